"""What a message names: exact, misspelled, negated, corrected; and ordinary words that are no names."""

from __future__ import annotations

import functools

import pytest

from bot.understanding import lexicon
from bot.understanding.act import FALLBACK, Act, decide
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
]


@pytest.mark.parametrize(("text", "act"), RULED, ids=[text or "empty" for text, _ in RULED])
def test_what_is_certain_goes_before_the_classifier(text: str, act: str) -> None:
    guess = Act("program_info", 0.9)
    assert decide(text, guess, _find(text), crisis=False, threshold=0.2).name == act


def test_crisis_goes_before_everything() -> None:
    assert decide("2", Act("inform", 0.9), Found(), crisis=True, threshold=0.2) == Act("crisis", 1.0, certain=True)


def test_an_unsure_guess_is_not_understood() -> None:
    assert decide("hm what", Act("greet", 0.1), _find("hm what"), crisis=False, threshold=0.2).name == FALLBACK
