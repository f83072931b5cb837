"""Hours, notices, names and phones of one place, in words."""

from __future__ import annotations

import dataclasses
from datetime import time

import pytest

from directory import search
from directory.model import (
    Interval,
    Language,
    Need,
    Phone,
    PhoneKind,
    Schedule,
)
from directory.search import Query, SearchResult
from directory.text import listing as words
from tests.text.told import COUNTY, EN, ES, NOW, OLD, OLIVO, TODAY, WEEK, ZIP, hit


@pytest.mark.parametrize(
    ("schedule", "english", "spanish"),
    [
        (WEEK, "Monday to Friday 9 am to 5:30 pm", "lunes a viernes de 9 am a 5:30 pm; sábado de 10 am a mediodía"),
        (Schedule(always=True), "open day and night", "abierto de día y de noche"),
        (Schedule((Interval(1, time(9), time(0)),)), "Tuesday 9 am to midnight", "martes de 9 am a medianoche"),
        (
            Schedule(tuple(Interval(day, time(8), time(9)) for day in (0, 2, 4))),
            "Monday, Wednesday and Friday 8 am to 9 am",
            "lunes, miércoles y viernes de 8 am a 9 am",
        ),
        (
            Schedule(tuple(Interval(day, time(8), time(20)) for day in range(7))),
            "every day 8 am to 8 pm",
            "todos los días de 8 am a 8 pm",
        ),
        (
            Schedule((Interval(0, time(8), time(11)), Interval(0, time(13), time(15)))),
            "Monday 8 am to 11 am and 1 pm to 3 pm",
            "lunes de 8 am a 11 am y de 1 pm a 3 pm",
        ),
    ],
)
def test_a_week_in_words(schedule: Schedule, english: str, spanish: str) -> None:
    assert english in words.week(schedule, EN)
    assert spanish in words.week(schedule, ES)


def test_the_hours_of_one_place() -> None:
    assert words.hours_line(hit(schedule=WEEK), EN).endswith("Saturday 10 am to noon. Open now.")
    said = words.hours_line(hit(hours_text="by appointment"), EN)
    assert said == "Olivo Pantry says its hours are: by appointment. Open now? We do not know. Call first."
    assert words.hours_line(hit(), ES) == "No sabemos el horario de Olivo Pantry. Llame primero: 209-555-0123."
    assert words.hours_line(hit(schedule=Schedule()), EN).startswith("We do not know the hours of Olivo Pantry.")
    assert "no phone" in words.hours_line(hit(phones=()), EN)


@pytest.mark.parametrize(
    ("values", "english", "spanish"),
    [
        ({"schedule": WEEK}, "listed in 2013: Monday to Friday", "publicado en 2013: lunes a viernes"),
        ({"hours_text": "Mornings"}, "listed in 2013: Mornings", "publicado en 2013: Mornings"),
    ],
)
def test_old_hours_are_told_with_their_year_and_never_as_open_or_closed(
    values: dict[str, object], english: str, spanish: str
) -> None:
    record = dataclasses.replace(OLIVO, assured_on=None, provenance=OLD, **values)
    old = search.hit(record, now=NOW, place=ZIP)
    for text in (words.details(old, EN), words.hours_line(old, EN), words.shown(old, EN).hours or ""):
        assert english in text
    assert "Open now? We do not know. Call first." in words.details(old, EN)
    for text in (words.details(old, ES), words.hours_line(old, ES), words.shown(old, ES).hours or ""):
        assert spanish in text and "Cerrado ahora" not in text and "Abierto ahora." not in text


@pytest.mark.parametrize("nothing", ["None", "none.", "N/A", "n.a.", "NA", "Ninguno", "ninguna", "No aplica", "-", " "])
def test_words_that_say_there_are_none_are_no_line(nothing: str) -> None:
    fields = ("eligibility_text", "description", "documents", "how_to_apply", "hours_text")
    bare = words.details(hit(), EN)
    assert words.details(hit(**dict.fromkeys(fields, nothing)), EN) == bare
    assert "Cost: Free" in words.details(hit(fees_text="None"), EN)
    assert "Costo: Gratis" in words.details(hit(fees_text="Free"), ES)
    assert "Cost" not in words.details(hit(fees_text="N/A"), EN)
    assert "Nonesuch" in words.details(hit(eligibility_text="Nonesuch families"), EN)


@pytest.mark.parametrize(
    ("name", "organization", "expected"),
    [
        ("Administration", "Society of the Olive", "Society of the Olive, Administration"),
        ("Stanislaus County District Council", "Society of the Olive", None),
        ("Modesto Office", "Olivo House", "Olivo House, Modesto Office"),
        ("Oficina de administración", "Casa Olivo", "Casa Olivo, Oficina de administración"),
        ("Olivo Pantry", "Olivo House", "Olivo Pantry"),
        ("Food Pantry", "Tule Food Pantry", "Tule Food Pantry"),
        ("Family Center", "family center", "Family Center"),
    ],
)
def test_a_name_that_any_organization_may_have_says_whose_it_is(
    name: str, organization: str, expected: str | None
) -> None:
    one = hit(name=name, organization=organization)
    expected = expected or f"{organization}, {name}"
    assert words.line(one, EN).startswith(f"{expected}: ")
    assert words.details(one, EN).splitlines()[0] == expected
    assert words.shown(one, EN).name == expected
    assert ("Run by" in words.details(one, EN)) is (name == "Olivo Pantry")


def test_the_phones_of_one_place() -> None:
    numbers = (Phone("+12095550123", "4", label="intake"), Phone("+12095550124", kind=PhoneKind.FAX))
    assert words.phone_line(hit(phones=numbers), EN) == "Olivo Pantry: 209-555-0123 ext. 4 (intake), fax 209-555-0124."
    assert words.phone_line(hit(phones=()), ES) == "No tenemos teléfono de Olivo Pantry."


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("need", list(Need))
def test_nothing_found_is_never_a_dead_end(need: Need, language: Language) -> None:
    result = SearchResult(Query(need=need, place=COUNTY), (), 0, (), covered=False)
    nothing = words.none_found(result, language, TODAY)
    assert "Humboldt" in nothing.text
    assert "211" in nothing.text and "211" in nothing.phones
    assert "{" not in nothing.text and "None" not in nothing.text
