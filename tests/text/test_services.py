"""Several services of one place, in a line and in the details."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from directory.model import (
    Language,
    Phone,
    Tri,
)
from directory.search import Freshness, Query
from directory.text import listing as words
from tests.text.told import BOX_NAME, EN, ES, OLD, WEEK, WHOLE, found, hit, service, with_also


def test_a_line_names_the_programs_of_all_services_once() -> None:
    one = with_also(service(), service(programs=("food_bank",)))
    assert words.line(one, EN).splitlines()[0] == f"Olivo Pantry: Food bank or pantry, {BOX_NAME.en}"
    assert words.line(one, ES, channel="sms").startswith(
        f"Olivo Pantry - Banco de comida o despensa, {BOX_NAME.es}: 209-555-0123"
    )
    assert words.line(one, EN, query=Query(program="food_bank")).splitlines()[0] == "Olivo Pantry"


@pytest.mark.parametrize(
    ("first", "second", "english"),
    [
        (Tri.YES, Tri.YES, "· open now ·"),
        (Tri.NO, Tri.NO, "· closed now ·"),
        (Tri.YES, Tri.NO, "· open now for Food bank or pantry ·"),
        (Tri.YES, Tri.UNKNOWN, "· open now for Food bank or pantry ·"),
        (Tri.UNKNOWN, Tri.YES, f"· open now for {BOX_NAME.en} ·"),
        (Tri.NO, Tri.UNKNOWN, "· call first to ask the hours ·"),
    ],
)
def test_a_line_claims_no_hours_that_are_only_one_services(first: Tri, second: Tri, english: str) -> None:
    one = dataclasses.replace(with_also(service(second)), open=first)
    assert english in words.line(one, EN)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"assured_on": date(2026, 9, 1)}, "Checked Sep 1, 2026."),
        ({"assured_on": date(2026, 11, 1)}, "Checked Oct 2, 2026."),
        ({"assured_on": None}, "Listed Oct 1, 2026, call first."),
    ],
)
def test_a_line_has_the_date_that_claims_least(values: dict[str, object], expected: str) -> None:
    assert words.line(with_also(service(**values)), EN).endswith(expected)


def test_a_reply_carries_hours_and_dates_only_as_far_as_all_services_have_them() -> None:
    same = words.shown(with_also(service(hours_text="Mon 9-5"), hours_text="Mon 9-5"), Language.EN)
    assert (same.open, same.hours, same.checked_on) == (Tri.YES, "Mon 9-5", "2026-10-02")
    mixed = words.shown(with_also(service(Tri.NO, assured_on=None), hours_text="Mon 9-5"), Language.EN)
    assert (mixed.open, mixed.hours, mixed.checked_on) == (Tri.UNKNOWN, None, None)


def test_a_stale_service_is_left_to_the_details() -> None:
    old = service(freshness=Freshness.STALE, assured_on=None, provenance=OLD)
    one = with_also(old)
    assert BOX_NAME.en not in words.line(one, EN)
    assert words.line(one, EN).endswith("Checked Oct 2, 2026.")
    assert "Listed in 2013, call first." in words.details(one, EN)


def test_details_say_of_another_service_only_what_differs() -> None:
    number = (Phone("+12095550199"),)
    other = service(**{**WHOLE, "name": "Olivo Box", "phones": number, "documents": "An ID", "languages": ("es",)})
    lines = words.details(with_also(other, **WHOLE), EN).splitlines()
    assert lines[lines.index("Checked Oct 2, 2026. From: The county list.") + 1 :] == [
        f"Also there: Olivo Box: {BOX_NAME.en}",
        "Phone: 209-555-0199",
        "Languages: Spanish",
        "What to bring: An ID",
    ]
    lines = words.details(with_also(service(phones=number)), ES).splitlines()
    assert lines[-2:] == [f"Ahí también: {BOX_NAME.es}", "Teléfono: 209-555-0199"]


def test_a_service_that_differs_in_nothing_is_not_said_twice() -> None:
    assert words.details(with_also(service(programs=("food_bank",))), EN) == words.details(hit(), EN)


def test_the_phone_and_the_hours_of_each_service_that_has_its_own() -> None:
    one = with_also(service(phones=(Phone("+12095550199"),)), service(schedule=WEEK))
    assert words.phone_line(one, EN).splitlines() == [
        "Olivo Pantry: 209-555-0123.",
        f"Olivo Pantry, {BOX_NAME.en}: 209-555-0199.",
    ]
    assert len(words.hours_line(one, ES).splitlines()) == 3


@pytest.mark.parametrize(
    ("states", "english", "spanish"),
    [
        ((Tri.YES, Tri.YES), ", open now:", ", abierto ahora:"),
        ((Tri.YES, Tri.UNKNOWN), "open now or hours not known (call first):", "no sabemos (llame primero):"),
        ((Tri.UNKNOWN, Tri.UNKNOWN), "open now or hours not known (call first):", "no sabemos"),
    ],
)
def test_the_first_line_claims_open_now_only_of_what_is_open(
    states: tuple[Tri, ...], english: str, spanish: str
) -> None:
    result = found(*(dataclasses.replace(hit(), open=state) for state in states), open_now=True)
    assert english in words.header(result, EN)
    assert spanish in words.header(result, ES)
