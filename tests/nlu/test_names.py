"""What a message asks for, in the words of people and of health workers: needs, programs, plan, urgency, time."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from bot.understanding import lexicon
from bot.understanding.gazetteer import Found, Gazetteer
from bot.understanding.spelling import by_ear, ordinary
from directory import places


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.build())


def _find(text: str) -> Found:
    return _gazetteer().find(text)


def _rows() -> list[list[str]]:
    lines = (Path(__file__).parent / "names.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("row", _rows(), ids=[row[0] for row in _rows()])
def test_what_is_asked_for(row: list[str]) -> None:
    text, needs, programs, place, plan, urgent, by = row
    found = _find(text)
    assert "+".join(sorted(found.values("need"))) == needs
    assert "+".join(sorted(found.values("program"))) == programs
    assert _written(next(iter(found.values("place")), "")).casefold() == place.casefold()
    assert next(iter(found.values("plan")), "") == plan
    assert found.urgent == bool(urgent)
    assert next(iter(found.values("when")), "") == by


def _written(text: str) -> str:
    return getattr(places.resolve(text), "name", None) or text


TOLD = [
    ("me van a llamar", "need"),
    ("me llega un mensaje cada rato", "need"),
    ("necesito un interprete", "language_wanted"),
    ("si health plan of san joaquin", "language_wanted"),
    ("apartment with furniture for my family", "guide"),
    ("they dont care about me", "program"),
    ("do i have access to my records", "program"),
    ("my phone screen is broken", "need"),
    ("estoy en mi casa", "need"),
    ("i work nights", "need"),
    ("can someone mow my lawn", "program"),
    ("el hombre me dijo", "need"),
    ("i need a drink", "need"),
]


@pytest.mark.parametrize(("text", "kind"), TOLD, ids=[text for text, _ in TOLD])
def test_ordinary_words_name_nothing(text: str, kind: str) -> None:
    assert _find(text).values(kind) == ()


BY = [
    ("tonight", "tonight"),
    ("pa hoy", "today"),
    ("tomorrow at 5:30", "tomorrow 5:30"),
    ("mañana a las 5 y media", "tomorrow 5:30"),
    ("mañana a las 8 de la mañana", "tomorrow 8:00 am"),
    ("el viernes", "friday"),
    ("friday 9am", "friday 9:00 am"),
    ("in 5 days", "in 5 days"),
    ("en 5 días", "in 5 days"),
    ("en tres dias", "in 3 days"),
    ("in a couple days", "in 2 days"),
    ("next week", "next week"),
    ("la proxima semana", "next week"),
    ("12/5", "dec 5"),
    ("dec 5th", "dec 5"),
    ("el 5 de diciembre", "dec 5"),
    ("by the 1st", "the 1st"),
    ("para el dia 15", "the 15th"),
]
NOT_BY = [
    "yesterday",
    "last friday",
    "el viernes pasado",
    "since monday",
    "desde el lunes",
    "for now",
    "now im in fresno",
    "5 days ago",
    "hace 3 dias",
    "dialysis monday wednesday and friday",
    "i have 3 kids",
    "may i get food",
]


@pytest.mark.parametrize(("text", "by"), BY, ids=[text for text, _ in BY])
def test_by_when(text: str, by: str) -> None:
    assert _find(f"i need it {text}").values("when")[:1] == (by,)


@pytest.mark.parametrize("text", NOT_BY)
def test_what_is_over_or_of_every_week_is_no_time(text: str) -> None:
    assert _find(text).values("when") == ()


PLAIN = [
    "i need food",
    "necesito comida",
    "any pantry open saturday",
    "what time do they open tomorrow",
    "en 2 semanas",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_request_is_not_urgent(text: str) -> None:
    assert not _find(text).urgent


def test_the_most_urgent_need_comes_first() -> None:
    assert _find("i need a job and a place to sleep tonight").values("need") == ("housing", "work_school")
    assert _find("need a ride friday, and my lights go off today").values("need") == ("utilities", "transport")


def test_offsets_of_glued_and_split_words_are_those_of_the_message() -> None:
    text = "needfood near sta ckton"
    found = {item.kind: text[item.start : item.end] for item in _find(text).sightings}
    assert found["need"] == "food"
    assert found["place"] == "sta ckton"


def test_a_slip_in_the_examples_is_no_ordinary_word() -> None:
    counts = {"modeto": 1, "hombre": 1, "stoktn": 9, "zapallo": 1}
    assert ordinary(counts, _gazetteer().vocabulary) == {"hombre", "stoktn", "zapallo"}


def test_words_that_sound_alike_are_alike() -> None:
    assert by_ear("alverge") == by_ear("albergue")
    assert by_ear("despenza") == by_ear("despensa")


@pytest.mark.parametrize("text", ["i h s s " * 700, "foodbank" * 500, "xqzvab wrtplk fodbnk " * 200, "1 " * 2000])
def test_a_long_message_is_read_to_its_bound(text: str) -> None:
    assert len(_find(text).words) <= 1000
