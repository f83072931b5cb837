"""The small tables of words, what a message said, and slots there and back."""

from __future__ import annotations

import dataclasses

import pytest

from actions import slots
from actions.asked_shown import followup
from actions.heard import fold, hear
from actions.slots import Asked, Choice, Known, Shown, Want
from actions.words import LAST, number_said, only_picks, ordinal, tail_place


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2), ("#2", 2), (" 2. ", 2), ("12", 12), ("0", 0), ("two", 2), ("Dos", 2), ("the second", 2),
        ("la segunda", 2), ("numero del 1", 1), ("el numero de la 2", 2),
        ("el 3", 3), ("número tres", 3), ("option 4", 4), ("el último", LAST), ("last one", LAST),
        ("95354", None), ("uno de mis hijos", None), ("not that one", None), ("second hand clothes", 2), ("", None),
        ("about 2,900 a month", None), ("about 2.900 al mes", None), ("number 2, 900 Main St", 2),
    ],
)  # fmt: skip
def test_numbers(text: str, number: int | None) -> None:
    assert number_said(text) == number


@pytest.mark.parametrize(
    ("text", "picks"),
    [
        ("2", True), ("the second one please", True), ("la segunda por favor", True), ("#3", True), ("last one", True),
        ("I take care of 2 kids", False), ("i work about 3 days a week", False), ("we have a second baby", False),
        ("cuido a la 1 niña", False), ("a mother of 3", False),
    ],
)  # fmt: skip
def test_what_says_a_number_and_more_picks_nothing(text: str, picks: bool) -> None:
    assert only_picks(text) is picks


@pytest.mark.parametrize(("text", "number"), [("1st", 1), ("tercera", 3), ("two kids", None)])
def test_ordinals(text: str, number: int | None) -> None:
    assert ordinal(text) == number


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("show me more", "more"), ("más lugares", "more"), ("tell me more", "about"),
        ("hours?", "hours"), ("horario", "hours"),
        ("is it open now", "open"), ("abren los sábados", "hours"), ("teléfono", "phone"), ("the address", "address"),
        ("¿dónde queda?", "address"), ("any closer?", "closer"), ("ese no", "not_that"), ("food in modesto", None),
    ],
)  # fmt: skip
def test_followups(text: str, kind: str | None) -> None:
    assert followup(text) == kind


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("food in Reno", "reno"),
        ("comida cerca de Tijuana", "tijuana"),
        ("food", None),
        ("i am in a very very long line now", None),
    ],
)
def test_tail_place(text: str, place: str | None) -> None:
    assert tail_place(text) == place


def test_fold() -> None:
    assert fold("¡Más  información!") == " mas informacion "


def test_hear_reads_entities_and_survives_nothing() -> None:
    heard = hear(
        {
            "text": "x",
            "intent": {"name": "inform"},
            "entities": [
                {"entity": "need", "value": "food"},
                {"entity": "need", "value": "food"},
                {"entity": "place", "value": "Modesto"},
                {"entity": "zip", "value": "95354"},
            ],
            "urgent": True,
        }
    )
    assert (heard.needs, heard.place, heard.urgent) == (("food",), "95354", True)
    assert hear({}).names_something is False


def test_slots_there_and_back() -> None:
    known = Known(
        language="es",
        need="food",
        place="Modesto",
        shown=Shown(("a", "b"), 5, 9, Want("food", "food_bank"), "Modesto", open_now=True, focus="a"),
        asked=Asked("county", (Choice("county", "95322, Merced County"),), (Want("food"),), 1, 2),
    )
    kept = {event["name"]: event["value"] for event in slots.changes(Known(), known)}
    assert slots.read(kept) == known
    assert slots.changes(known, slots.read(kept)) == []


def test_a_field_of_another_version_is_left_out() -> None:
    assert slots.read({"shown": {"ids": ["a"], "new": 1}, "asked": 7}) == dataclasses.replace(
        Known(), shown=Shown(("a",))
    )
