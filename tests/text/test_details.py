"""Everything that is known of one place."""

from __future__ import annotations

import dataclasses
import re

import pytest

from directory import search
from directory.model import (
    Language,
    Schedule,
    Tri,
)
from directory.search import Freshness
from directory.text import listing as words
from tests.text.told import EN, ES, NO_DAY, NOW, OLIVO, TERMS, WEEK, WHOLE, ZIP, found, hit


def test_details_say_everything_that_is_known() -> None:
    assert words.details(hit(**WHOLE), EN).splitlines() == [
        "Olivo Pantry",
        "Run by: Olivo House",
        "What: Food bank or pantry",
        "Phone: 209-555-0123",
        "Address: 12 Oak St, Modesto 95354",
        "Distance: 1.2 miles away",
        "Serves: Stanislaus County",
        "Website: https://example.org/",
        "Email: help@example.org",
        "Hours: Monday to Friday 9 am to 5:30 pm; Saturday 10 am to noon",
        "Open now.",
        "On holidays, call first.",
        "Languages: Spanish and Hmong",
        "How to apply: Walk in",
        "What to bring: A bill",
        "Cost: Free",
        "Health plans: Kaiser",
        "Takes new referrals: yes.",
        "Room: waiting list, when last asked (Nov 1, 2026).",
        "Wheelchair access: yes.",
        "In their words: We give food.",
        'Who they help, the place says: "Families under $2,000" Call to be sure.',
        "Checked Oct 2, 2026. From: The county list.",
    ]


@pytest.mark.parametrize(
    ("hours_text", "more"),
    [
        ("Mon-Fri 9am-5:30pm; Saturday 10-12", False),
        ("Lunes a viernes de 9 a 5:30, sábado 10 a 12", False),
        ("Mon-Fri 9-5:30, Sat 10-12, or by appointment", True),
        ("Mon-Fri 9-5:30, Sat 10-12. Closed in August", True),
        ("Mon-Fri 9-5:30, Sat 10-12 (call first)", True),
        ("Mon-Fri 9-5:30, Sat 10-12; closed on holidays", True),
        ("lunes a viernes 9 a 5:30, y con cita", True),
        ("N/A", False),
        (None, False),
    ],
)
def test_the_lists_own_words_stand_beside_the_week_when_they_say_more(hours_text: str | None, more: bool) -> None:
    one = hit(schedule=WEEK, hours_text=hours_text)
    beside = f'The hours in their words: "{hours_text}"'
    for text in (words.details(one, EN), words.hours_line(one, EN)):
        assert "Monday to Friday 9 am to 5:30 pm" in text and (beside in text) is more
    assert ("El horario, en sus palabras:" in words.details(one, ES)) is more
    for channel in ("web", "sms"):
        assert "their words" not in words.line(one, EN, channel=channel)


def test_english_words_of_a_list_are_called_english_once_in_a_spanish_answer() -> None:
    own = {**WHOLE, "hours_text": "Mon-Fri 9-5:30 or by appointment", "alert": "Closed today / Cerrado hoy"}
    text = words.details(hit(**own), ES)
    assert text.count("(en inglés)") == 1 and 'palabras: "(en inglés) Mon-Fri' in text
    assert "Aviso: Closed today / Cerrado hoy." in text
    assert "(in English)" not in words.details(hit(**own), EN)
    page = words.page(found(*(hit(id=f"list:{n}", alert="Closed on Friday") for n in range(3))), ES)
    assert page.count("(en inglés) Closed on Friday") == 3, "each place stands by itself, on a card of its own"
    spanish = {"description": "Damos comida a las familias.", "how_to_apply": "Llame primero", "fees_text": "Gratis"}
    assert "(en inglés)" not in words.details(hit(**spanish), ES)


def test_details_say_on_what_terms_a_place_helps_the_notice_first() -> None:
    english, spanish = (words.details(hit(**TERMS), language).splitlines() for language in (EN, ES))
    assert english[1] == "Notice, until Nov 27, 2026: Closed on Friday."
    assert spanish[1] == "Aviso, hasta el 27 de noviembre de 2026: (en inglés) Closed on Friday."
    for line in (
        "To start: Call them, make an appointment, no walk-ins",
        "ID: they do not ask for one",
        "Cost: It may cost you something, ask how much",
        "Room: waiting list (40 people), when last asked (Ana, Nov 1, 2026).",
    ):
        assert line in english
    for line in (
        "Para empezar: Llame por teléfono, haga una cita, sin cita no atienden",
        "Identificación: no la piden",
        "Costo: Puede costarle algo, pregunte cuánto",
        "Cupo: hay lista de espera (40 people), la última vez que se preguntó (Ana, 1 de noviembre de 2026).",
    ):
        assert line in spanish


@pytest.mark.parametrize(
    ("how_to_apply", "shown"),
    [
        ("Walk in", False),
        ("Walk in or call first", False),
        ("Call for an appointment", True),
        ("No walk-ins", True),
        ("Call or text", True),
        ("Walk in with a paper that has your name", True),
    ],
)
def test_how_to_apply_is_not_said_twice(how_to_apply: str, shown: bool) -> None:
    text = words.details(hit(walk_in=Tri.YES, by_phone=Tri.YES, how_to_apply=how_to_apply), EN)
    assert ("How to apply:" in text) is shown and "To start: Walk in, call them" in text


@pytest.mark.parametrize("language", [EN, ES])
@pytest.mark.parametrize(
    ("values", "times"), [({}, 1), ({"confidential": True, "address": None}, 1), ({"phones": ()}, 0)]
)
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_a_line_says_once_to_call_first_and_not_where_there_is_no_number(
    values: dict[str, object], times: int, language: Language, channel: words.Channel
) -> None:
    one = dataclasses.replace(hit(assured_on=None, **values), open=Tri.UNKNOWN, freshness=Freshness.LISTED)
    text = words.line(one, language, channel=channel)
    assert len(re.findall("call first|llame primero", text)) == times
    assert ("hours not known" in text or "no sabemos el horario" in text) is bool(values)


def test_a_reply_carries_the_notice_as_its_line_has_it() -> None:
    for language in (EN, ES):
        notice = words.shown(hit(**TERMS), language).notice
        assert notice and words.line(hit(**TERMS), language).startswith(f"Olivo Pantry: {notice} ")
    assert words.shown(hit(), EN).notice is None


def test_what_a_place_charges_in_its_own_words_is_not_said_twice() -> None:
    text = words.details(hit(fee=Tri.NO, fees_text="Free for families"), EN)
    assert [line for line in text.splitlines() if line.startswith("Cost")] == ["Cost: Free for families"]


def test_a_text_message_says_the_notice_and_none_of_the_other_terms() -> None:
    assert words.line(hit(**{**TERMS, "alert_until": None}), EN, channel="sms") == (
        "Olivo Pantry - Food bank or pantry: 209-555-0123, 1.2 mi, open now, checked Oct 2, 2026. "
        "Notice: Closed on Friday."
    )
    listed = search.hit(dataclasses.replace(OLIVO, assured_on=None), now=NOW, place=ZIP)
    assert words.line(listed, EN, channel="sms").endswith("listed Oct 1, 2026.")


def test_a_long_notice_is_cut_in_a_text_message_and_whole_in_the_details() -> None:
    one = hit(alert=f"{'Closed ' * 30}until May.")
    assert len(words.line(one, EN, channel="sms")) < len(words.line(hit(), EN, channel="sms")) + 100
    assert "until May." in words.details(one, EN)


def test_the_answer_about_hours_begins_with_the_notice() -> None:
    said = words.hours_line(hit(schedule=WEEK, alert="Closed on Friday"), EN)
    assert said.startswith("Notice: Closed on Friday. Olivo Pantry: Monday to Friday")


def test_hours_of_a_list_without_a_date_are_told_as_such_and_never_as_open() -> None:
    undated = dataclasses.replace(OLIVO, assured_on=None, provenance=NO_DAY, schedule=Schedule(always=True))
    one = search.hit(undated, now=NOW, place=ZIP)
    assert "open now" not in words.line(one, EN)
    assert "Hours, from a list without a date: open day and night" in words.details(one, EN).splitlines()
    assert "Horario, de una lista sin fecha: abierto de día y de noche" in words.details(one, ES).splitlines()


def test_details_say_unknown_as_unknown() -> None:
    text = words.details(dataclasses.replace(hit(phones=()), open=Tri.UNKNOWN), EN)
    for line in (
        "Phone: none listed.",
        "Hours: not known.",
        "Languages: not known. Ask for an interpreter when you call.",
        "Takes new referrals: not known.",
    ):
        assert line in text.splitlines()
    assert "Hours: not known. Call first to ask." in words.details(hit(), EN).splitlines()


def test_a_places_long_words_are_cut_after_a_word() -> None:
    text = words.details(hit(description="word " * 500), EN)
    assert max(len(line) for line in text.splitlines()) < 330
    assert "word ..." in text
    assert "word " * 400 in words.details(hit(description="word " * 500), EN, clip=100_000)
