"""Terse lines of a worker and rows of needs: what they name, and what only sounds like it."""

from __future__ import annotations

import functools

import pytest

from bot.understanding import lexicon
from bot.understanding.gazetteer import Found, Gazetteer


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.build())


def _find(text: str) -> Found:
    return _gazetteer().find(text)


NEEDS = [
    ("px 45F Modesto ocupa comida y medico", ("food", "other_health")),
    ("i need food and a doctor", ("food", "other_health")),
    ("busco comida y trabajo", ("food", "work_school")),
    ("i need food and i see a doctor", ("food",)),
    ("comida y tengo doctor", ("food",)),
    ("necesito ride pa mi chequeo del doctor in Fresno", ("transport",)),
    ("raite pal doctor en Merced", ("transport",)),
    ("ocupo raite y doctor", ("transport", "other_health")),
]


@pytest.mark.parametrize(("text", "needs"), NEEDS)
def test_a_row_of_needs_is_heard_whole(text: str, needs: tuple[str, ...]) -> None:
    assert _find(text).values("need") == needs


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("pantry 95354, sat am, Sp, free", "es"),
        ("mom of 4, 93722, diapers, Sp only, no income", "es"),
        ("52M stockton shelter, solo esp", "es"),
        ("30F food 95354 eng only", "en"),
        ("sparks for food in modesto", None),
        ("food en especial en modesto", None),
    ],
)
def test_a_short_word_for_a_language_is_one(text: str, language: str | None) -> None:
    assert next(iter(_find(text).values("language_wanted")), None) == language


@pytest.mark.parametrize(
    "text", ["el cliente necesita comida", "the client needs food", "px food 95354", "la clienta ocupa comida"]
)
def test_a_person_at_the_front_desk_is_a_patient(text: str) -> None:
    assert _find(text).values("person_about") == ("patient",)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("food in Fresno and a ramp for my mom in LA", ("Fresno", "Los Angeles")),
        ("i live in Fresno, food for my mom in LA", ("Los Angeles",)),
        ("comida en Tracy y raite para mi papa en Lodi", ("Tracy", "Lodi")),
        ("vivo en Tracy, comida y raite para mi papa en Lodi", ("Lodi",)),
    ],
)
def test_each_thing_keeps_its_place(text: str, places: tuple[str, ...]) -> None:
    assert _find(text).values("place") == places
