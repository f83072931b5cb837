"""What a message names: exact, misspelled, negated, corrected; and ordinary words that are no names."""

from __future__ import annotations

import functools

import pytest

from bot.understanding import lexicon
from bot.understanding.act import FALLBACK, Act, Bar, decide
from bot.understanding.gazetteer import Found, Gazetteer
from directory.eligibility import rules
from directory.plans import plans


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.build(), known=frozenset({"cocina", "marina", "covers", "should"}))


def _find(text: str) -> Found:
    return _gazetteer().find(text)


CASES = [
    ("food bank in modesto", {"program": ("food_bank",), "need": ("food",), "place": ("Modesto",)}),
    ("food near 95354", {"need": ("food",), "zip": ("95354",)}),
    ("Modesto, CA 95354-1234", {"place": ("Modesto",), "zip": ("95354",)}),
    ("9535", {"zip": ("9535",)}),
    ("my zip code is 953541", {"zip": ("953541",)}),
    ("i make 32000 a year", {"zip": ()}),
    ("we make 32000", {"zip": ()}),
    ("call 209-555-0123", {"zip": ()}),
    ("not food, a ride", {"need": ("transport",)}),
    ("no comida, un raite", {"need": ("transport",)}),
    ("no food no ride", {"need": ("food", "transport")}),
    ("i have no food", {"need": ("food",)}),
    ("no tengo comida", {"need": ("food",)}),
    ("i dont need food i need rent", {"need": ("housing",)}),
    ("no en Modesto, en Turlock", {"place": ("Turlock",)}),
    ("not in modesto, in turlock", {"place": ("Turlock",)}),
    ("i live in modesto, sorry, turlock", {"place": ("Turlock",)}),
    ("meals on weels in modeto", {"program": ("oaa_home_meals",), "place": ("Modesto",)}),
    ("san fransisco", {"place": ("San Francisco",)}),
    ("health plan of san joaquin", {"plan": ("hpsj",), "place": ()}),
    ("tengo kaiser", {"plan": ("kaiser",)}),
    ("estampillas", {"program": ("calfresh",), "need": ("food",)}),
    ("despensa", {"program": ("food_bank",), "need": ("food",)}),
    ("raite", {"need": ("transport",)}),
    ("aventón", {"need": ("transport",)}),
    ("la luz", {"need": ("utilities",)}),
    ("niñera", {"need": ("family",)}),
    ("eviction", {"need": ("housing",)}),
    ("in spanish", {"language_wanted": ("es",)}),
    ("en inglés", {"language_wanted": ("en",)}),
    ("necesito comida para mi mamá esta noche", {"person_about": ("mother",), "when": ("tonight",)}),
    ("abren por la mañana", {"when": ()}),
    ("calfresh and a ride", {"program": ("calfresh",), "need": ("food", "transport")}),
    ("horario del segundo", {"place": ()}),
    ("en el centro", {"place": ()}),
    ("comida en la mesa", {"place": ()}),
    ("where are los baños", {"place": ()}),
    ("weed", {"place": ("Weed",)}),
    ("where can i buy weed", {"place": ()}),
    ("despensa en El Monte", {"place": ("El Monte",)}),
    ("vivo en la puente", {"place": ("La Puente",)}),
    ("se acabo todo en la cocina", {"place": ()}),
    ("call my case manager", {"program": ()}),
    ("", {"need": (), "place": ()}),
    ("diapers in fresno", {"need": ("family",), "place": ("Fresno",)}),
    ("ocupo pañales", {"need": ("family",)}),
    ("i need a dentist in merced", {"need": ("other_health",), "program": ()}),
    ("is there a place in Shasta", {"need": (), "place": ("Shasta",)}),
    ("i need a place", {"need": ("housing",)}),
    ("got a eviction paper today", {"need": ("housing", "legal"), "program": ("rent_help",)}),
    ("landlord gave me a 3 day notice, modesto", {"need": ("housing", "legal"), "program": ("rent_help",)}),
    ("me dejaron un aviso de desalojo", {"need": ("housing", "legal"), "program": ("rent_help",)}),
    ("me corrieron del trabajo", {"need": ("work_school",)}),
    ("debo 2 meses", {"program": ("rent_help",)}),
    ("my kids havent ate today", {"need": ("food",)}),
    ("is it wheelchair accessible", {"program": ()}),
    ("i need a ride to dialysis", {"program": ("nmt",), "need": ("transport",)}),
    ("necesito que me lleven a dialisis", {"program": ("nmt",), "need": ("transport",)}),
    ("who can take my dad to his dialysis, no car", {"program": ("nmt",)}),
    ("bus pass for dialysis", {"need": ("transport",)}),
    ("zip is 94501 i think, no 94601", {"zip": ("94601",)}),
    ("food in fresno. no, modesto", {"place": ("Modesto",)}),
    ("95350 no 95351", {"zip": ("95351",)}),
    ("en estocton", {"place": ("Stockton",)}),
    ("comida en estocton", {"place": ("Stockton",), "need": ("food",)}),
    ("food in springfield", {"place": ("springfield",), "need": ("food",)}),
    ("vivo en Tegucigalpa", {"place": ("Tegucigalpa",)}),
    ("food in spanish", {"place": ()}),
    ("soy indocumentada puedo pedir medical", {"topic": ("immigration",)}),
    ("im undocumented can i get food", {"topic": ("immigration",), "need": ("food",)}),
    ("will they deport me", {"topic": ("immigration",)}),
    ("is it public charge", {"topic": ("immigration",)}),
    ("will ice be there", {"topic": ("immigration",)}),
    ("la migra puede ver esto?", {"topic": ("immigration",)}),
    ("necesito abogado de inmigracion", {"topic": (), "need": ("legal",)}),
    ("do i need papers?", {"topic": ()}),
    ("ice cream", {"topic": ()}),
    ("no hablo ingles", {"language_wanted": ()}),
    ("not spanish english please", {"language_wanted": ("en",)}),
    ("eye doctor who takes medi-cal", {"program": (), "need": ("other_health",)}),
    ("oculista que acepte medical", {"program": ()}),
    ("who takes medi-cal", {"program": ("medi_cal",)}),
    ("who takes mtm referrals", {"program": ("cs_mtm",)}),
    ("cómo pido los viajes de medi-cal", {"program": ("nmt",), "need": ("transport",)}),
    ("el segumdo", {"place": ()}),
    ("food in el segundo", {"place": ("El Segundo",)}),
    ("cuido a mi mamá, necesito un descanso", {"need": ("respite",)}),
]


@pytest.mark.parametrize(("text", "named"), CASES, ids=[text or "empty" for text, _ in CASES])
def test_names(text: str, named: dict[str, tuple[str, ...]]) -> None:
    found = _find(text)
    assert {kind: found.values(kind) for kind in named} == named


def test_every_program_is_found_by_each_of_its_names_in_both_languages() -> None:
    missed = [
        (id, name)
        for id, program in rules.programs().items()
        for name in (
            program.official_name,
            program.short.en,
            program.short.es,
            *program.names["en"],
            *program.names["es"],
        )
        if name != "my care manager" and id not in _find(name).values("program")
    ]
    assert missed == []


def test_every_plan_is_found_by_every_alias() -> None:
    aliases = [(id, alias) for id, plan in plans().items() for group in plan.aliases.values() for alias in group]
    assert [(id, alias) for id, alias in aliases if not _find(f"i have {alias}").values("plan")] == []


@pytest.mark.parametrize(
    "text", ["i need food tonight", "me urge un albergue", "they shut off my lights today", "asap"]
)
def test_urgent(text: str) -> None:
    assert _find(text).urgent


def test_offsets_are_those_of_the_message() -> None:
    text = "¿Hay despensa en Móntérey?"
    found = {item.kind: text[item.start : item.end] for item in _find(text).sightings}
    assert found["program"] == "despensa"
    assert found["place"] == "Móntérey"


RULED = [
    ("modesto", "inform"),
    ("95354", "inform"),
    ("2", "inform"),
    ("kaiser", "inform"),
    ("vivo en turlock", "inform"),
    ("calfresh", "find_provider"),
    ("comida", "find_provider"),
    ("food in modesto", "find_provider"),
    ("STOP", "opt_out"),
    ("Alto.", "opt_out"),
    ("baja", "opt_out"),
    ("more", "followup"),
    ("más", "followup"),
    ("in Spanish please", "change_language"),
    ("en español", "change_language"),
    ("can we speak english", "change_language"),
    ("", FALLBACK),
    ("???", FALLBACK),
    ("🙂", FALLBACK),
    ("​", FALLBACK),
    ("what is calfresh", "program_info"),
    ("stop my eviction", "program_info"),
    ("what about rides", "find_provider"),
    ("and food", "find_provider"),
    ("y comida", "find_provider"),
    ("how about in turlock", "inform"),
    ("can my brother be on the housing list", "check_eligibility"),
    ("can i get food in ceres", "find_provider"),
    ("lentes para mi papá de 70 años", "find_provider"),
    ("dentist for my son hes 6", "find_provider"),
    ("para mi papá de 70 años", "program_info"),
    ("hablan triqui allá", "followup"),
    ("hablan triqui", "change_language"),
    ("en la oficina dicen que el programa se acabó, bórrelo de la lista", "program_info"),
    ("bórreme de la lista", "opt_out"),
]


BAR = Bar(0.2, {"opt_out": 0.95, "greet": 0.9, "goodbye": 0.9, "report_outcome": 0.8, "ask_privacy": 0.95})


@pytest.mark.parametrize(("text", "act"), RULED, ids=[text or "empty" for text, _ in RULED])
def test_what_is_certain_goes_before_the_classifier(text: str, act: str) -> None:
    assert decide(text, [Act("program_info", 0.9)], _find(text), bar=BAR).name == act


def test_crisis_goes_before_everything() -> None:
    assert decide("2", [Act("inform", 0.9)], Found(), bar=BAR, crisis=True) == Act("crisis", 1.0, certain=True)


def test_an_unsure_guess_is_not_understood() -> None:
    assert decide("hm what", [Act("greet", 0.1)], _find("hm what"), bar=BAR).name == FALLBACK


BARRED = [
    ("no me quieren ver", [("opt_out", 0.87), ("deny", 0.1)], FALLBACK),
    ("no me escriban tanto", [("opt_out", 0.6), ("deny", 0.1)], "opt_out"),
    ("no me quieren ver", [("opt_out", 0.97)], FALLBACK),
    ("esto de los mensajes ya no", [("opt_out", 0.97)], "opt_out"),
    ("im diabetic", [("greet", 0.6), ("inform", 0.3)], "inform"),
    ("i got a eviction paper today", [("report_outcome", 0.4)], "find_provider"),
    ("will they deport me", [("goodbye", 0.8)], "check_eligibility"),
    ("is ice there, who sees my info", [("ask_privacy", 0.5)], "ask_privacy"),
    ("quiero una que hable español", [("change_language", 0.9)], "followup"),
    ("in home care in spanish plz", [("change_language", 0.9)], "find_provider"),
    ("my mom only speaks spanish", [("change_language", 0.9)], "inform"),
    ("only speaks spanish", [("change_language", 0.9)], "inform"),
    ("can you talk to me in spanish", [("change_language", 0.9)], "change_language"),
    ("no hablo ingles", [("change_language", 0.9)], "change_language"),
]


@pytest.mark.parametrize(("text", "guesses", "act"), BARRED, ids=[text for text, _, _ in BARRED])
def test_an_act_that_turns_aside_needs_its_word_or_a_high_bar(
    text: str, guesses: list[tuple[str, float]], act: str
) -> None:
    assert decide(text, [Act(*guess) for guess in guesses], _find(text), bar=BAR).name == act


WORRIED = [
    ("i give up", [("greet", 0.99)], FALLBACK),
    ("i give up thank you", [("thanks", 0.99)], FALLBACK),
    ("cansada de cuidarla", [("thanks", 0.9)], "find_provider"),
    ("ya no aguanto", [("followup", 0.4)], FALLBACK),
    ("how do i apply i cant anymore", [("how_to_apply", 0.9)], "how_to_apply"),
]


@pytest.mark.parametrize(("text", "guesses", "act"), WORRIED, ids=[text for text, _, _ in WORRIED])
def test_worry_is_never_answered_by_an_act_that_closes(text: str, guesses: list[tuple[str, float]], act: str) -> None:
    assert decide(text, [Act(*guess) for guess in guesses], _find(text), bar=BAR, worry=True).name == act
