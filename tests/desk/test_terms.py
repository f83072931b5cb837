"""On what terms a place helps, on its card."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from directory.desk.cards import Badge, Card, card
from directory.model import Capacity, Interval, Language, Listing, Provenance, Schedule, Tri
from directory.search import hit

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
PLACE = Listing("list:1", "Olivo House", "Olivo Pantry", Provenance("list", "1", "A list", date(2026, 10, 1)))
TERMS = {
    "alert": "Closed on Friday",
    "alert_until": date(2026, 11, 27),
    "fee": Tri.NO,
    "id_asked": Tri.YES,
    "walk_in": Tri.YES,
    "capacity": Capacity.WAIT_LIST,
    "capacity_on": date(2026, 11, 1),
    "capacity_by": "Ana",
    "wait_list": "40 people",
}


def shown(language: Language, **values: object) -> Card:
    return card(hit(Listing(**{**vars(PLACE), **values}), now=NOW), language)


@pytest.mark.parametrize(
    ("language", "notice", "facts"),
    [
        (
            Language.EN,
            "Notice, until Nov 27, 2026: Closed on Friday.",
            {
                "Cost": "Free",
                "Asks for an ID": "Yes",
                "To start": "Walk in",
                "Room": "Waiting list: 40 people (Ana, Nov 1, 2026)",
            },
        ),
        (
            Language.ES,
            "Aviso, hasta el 27 de noviembre de 2026: (en inglés) Closed on Friday.",
            {
                "Costo": "Gratis",
                "Pide identificación": "Sí",
                "Para empezar": "Llegue sin cita",
                "Cupo": "Lista de espera: 40 people (Ana, 1 de noviembre de 2026)",
            },
        ),
    ],
)
def test_a_card_says_the_terms_that_are_known_the_notice_first(
    language: Language, notice: str, facts: dict[str, str]
) -> None:
    one = shown(language, **TERMS)
    assert one.badges[0] == Badge(notice, "warn")
    said = {fact.label: fact.text for fact in one.main}
    assert {label: said[label] for label in facts} == facts


def test_a_card_says_nothing_of_terms_that_nobody_knows() -> None:
    one = shown(Language.EN)
    assert {fact.label for fact in (*one.main, *one.rest)} & {"Cost", "Asks for an ID", "To start"} == set()
    assert "Room" in {fact.label for fact in one.rest} - {fact.label for fact in one.main}


@pytest.mark.parametrize(
    ("hours_text", "note"),
    [
        ("Mon 9-5, or by appointment", 'The hours in their words: "Mon 9-5, or by appointment"'),
        ("Mon 9-5", ""),
    ],
)
def test_the_lists_own_words_on_hours_stand_under_the_week(hours_text: str, note: str) -> None:
    week = Schedule((Interval(0, time(9), time(17)),))
    hours = next(
        fact for fact in shown(Language.EN, schedule=week, hours_text=hours_text).main if fact.label == "Hours"
    )
    assert (hours.text, hours.note) == ("Monday 9 am to 5 pm", note)
