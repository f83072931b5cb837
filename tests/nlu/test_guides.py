"""Which guide a message is about, and which ordinary requests are about none."""

from __future__ import annotations

import functools

import pytest

from bot.understanding import lexicon
from bot.understanding.act import Act, Bar, decide
from bot.understanding.gazetteer import Found, Gazetteer
from bot.understanding.guided import Guided
from bot.understanding.text import tokens
from directory.eligibility.guides import GAP, guides


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.build())


def _find(text: str) -> Found:
    return _gazetteer().find(text)


NAMED = [
    ("ebt stollen", "stolen_ebt"),
    ("they denyed my calfresh", "denial_and_appeal"),
    ("court date for eviction tomorrow", "eviction_paper"),
    ("they are going to shut it off", "utility_shutoff"),
    ("me quitaron las horas de ihss", "denial_and_appeal"),
    ("my ebt card got stolen", "stolen_ebt"),
    ("Somebody stole all the money off my EBT card!", "stolen_ebt"),
    ("me robaron el dinero de mi tarjeta EBT", "stolen_ebt"),
    ("my ebt was declined", "declined_ebt"),
    ("la tarjeta ebt no pasa", "declined_ebt"),
    ("they denied my calfresh", "denial_and_appeal"),
    ("how do I appeal", "denial_and_appeal"),
    ("me negaron el Medi-Cal", "denial_and_appeal"),
    ("will it hurt my green card", "public_charge"),
    ("¿afecta mis papeles?", "public_charge"),
    ("is wic public charge", "public_charge"),
    ("i lost my medical", "lapsed_medi_cal"),
    ("my medi-cal was cancelled", "lapsed_medi_cal"),
    ("me quitaron el medical", "lapsed_medi_cal"),
    ("what is medical baseline", "medical_baseline"),
    ("diapers", "diapers"),
    ("ocupo pañales", "diapers"),
    ("no formula for my baby", "baby_formula"),
    ("my lights got cut off", "utility_shutoff"),
    ("nos cortaron la luz", "utility_shutoff"),
    ("they shut off our water", "water_bill"),
    ("me cortaron el agua", "water_bill"),
    ("is there a free lawyer", "legal_aid"),
    ("my landlord wont fix the heater", "tenant_rights"),
    ("el dueño cambió la chapa", "tenant_rights"),
    ("being discharged from the hospital", "leaving_hospital"),
    ("me dan de alta mañana", "leaving_hospital"),
    ("my son gets out of jail friday", "leaving_jail"),
    ("mi hijo sale de la cárcel", "leaving_jail"),
    ("i got an eviction notice", "eviction_paper"),
    ("me llegó un aviso de desalojo", "eviction_paper"),
]
ORDINARY = [
    "i need food",
    "food near 95354",
    "food bank in modesto",
    "rent help in fresno",
    "a ride to my doctor",
    "what is calfresh",
    "can i get calfresh",
    "do i qualify for medi-cal",
    "how do i apply for wic",
    "i need a ride home from the hospital",
    "behind on rent",
    "help with my light bill",
    "i need a lawyer",
    "section 8",
    "shelter tonight",
    "meals on wheels for my mom",
    "who helps with rent",
    "i have medi-cal",
    "my plan is health net",
    "stolen",
    "gone",
    "i lost my job",
    "more",
    "the second one",
    "necesito comida",
    "despensa en modesto",
    "ayuda con la renta",
    "un raite al doctor",
    "qué es calfresh",
    "puedo recibir wic",
    "necesito un abogado",
    "debo dos meses de renta",
    "recibo de la luz",
    "tengo medi-cal",
    "perdí mi trabajo",
    "un albergue esta noche",
    "quien cuida a mi mamá",
    "dónde hay comida caliente",
    "la segunda",
    "gracias",
    "no",
    "sí",
]


@pytest.mark.parametrize(("text", "id"), NAMED, ids=[text for text, _ in NAMED])
def test_a_next_door_question_names_its_guide(text: str, id: str) -> None:
    assert _find(text).values("guide")[:1] == (id,)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_request_is_no_guide(text: str) -> None:
    assert _find(text).values("guide") == ()


@pytest.mark.parametrize("id", sorted(guides()))
def test_each_name_finds_its_guide(id: str) -> None:
    for name in (*guides()[id].names["en"], *guides()[id].names["es"]):
        for text in (name.replace(GAP, " "), name.replace(GAP, " my own new ")):
            assert id in _find(text).values("guide"), text


def test_a_guide_leaves_what_else_is_named() -> None:
    found = _find("they stole my ebt and i need food in modesto")
    assert found.values("guide") == ("stolen_ebt",)
    assert found.values("program") == ("calfresh",) and "food" in found.values("need")
    assert found.values("place") == ("Modesto",)


@pytest.mark.parametrize("text", ["i dont need diapers i need food", "no quiero pañales, quiero comida"])
def test_what_is_not_wanted_is_no_guide(text: str) -> None:
    assert _find(text).values("guide") == () and _find(text).values("need") == ("food",)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("stole ebt", (0, 2)),
        ("they stole one two three four five ebt now", (1, 8)),
        ("stole one two three four five six ebt", None),
        ("ebt stole", None),
        ("they stole it. my ebt", None),
    ],
)
def test_a_gap_holds_a_few_words_of_one_sentence(text: str, span: tuple[int, int] | None) -> None:
    words = tokens(text)
    found = list(Guided({"stole ... ebt": "x"}).find([word.text for word in words], words))
    assert [(each.first, each.last) for each in found] == ([span] if span else [])


def test_of_names_that_overlap_the_longest_counts() -> None:
    words = tokens("water bill help")
    found = list(Guided({"water bill": "short", "water bill help": "long"}).find([word.text for word in words], words))
    assert [each.value for each in found] == ["long"]


@pytest.mark.parametrize("guess", ["greet", "goodbye", "opt_out", "out_of_scope", "report_problem"])
def test_a_message_that_names_a_guide_does_not_turn_the_talk_aside(guess: str) -> None:
    text = "they changed the locks on me"
    act = decide(text, [Act(guess, 0.95)], _find(text), bar=Bar(least=0.3, high={guess: 0.9}))
    assert act.name in ("program_info", "find_provider")
