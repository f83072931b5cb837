"""How a place reads in one line, in each channel and language."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from directory import hours, search
from directory.model import (
    Address,
    Language,
    Need,
    Phone,
    PhoneKind,
    Provenance,
    Tri,
)
from directory.search import Query, Relaxed, SearchResult
from directory.text import listing as words
from tests.text.told import COUNTY, EN, ES, LISTED, NO_DAY, NOW, OLD, OLIVO, WEEK, ZIP, found, hit


def test_a_line_for_a_text_message() -> None:
    assert words.line(hit(), EN, channel="sms") == (
        "Olivo Pantry - Food bank or pantry: 209-555-0123, 1.2 mi, open now, checked Oct 2, 2026."
    )
    assert words.line(hit(), ES, channel="sms") == (
        "Olivo Pantry - Banco de comida o despensa: 209-555-0123, 1.2 mi, abierto ahora, revisado 2 oct 2026."
    )


def test_a_line_for_the_chat_page() -> None:
    assert words.line(hit(), ES, channel="web").splitlines() == [
        "Olivo Pantry: Banco de comida o despensa",
        "209-555-0123 · a 1.2 millas · abierto ahora · 12 Oak St, Modesto 95354",
        "Revisado el 2 de octubre de 2026.",
    ]


@pytest.mark.parametrize(
    ("values", "english", "spanish"),
    [
        (
            {"assured_on": None},
            "Listed Oct 1, 2026, call first.",
            "En una lista del 1 de octubre de 2026, llame primero.",
        ),
        (
            {"assured_on": date(2026, 3, 1)},
            "Checked Mar 1, 2026, call first.",
            "Revisado el 1 de marzo de 2026, llame primero.",
        ),
        (
            {"assured_on": None, "provenance": OLD},
            "Listed in 2013, call first.",
            "En una lista de 2013, llame primero.",
        ),
        (
            {"assured_on": date(2024, 2, 3)},
            "Last checked in 2024, call first.",
            "Revisado por última vez en 2024, llame primero.",
        ),
        ({"assured_on": None, "provenance": NO_DAY}, "Date unknown, call first.", "Sin fecha, llame primero."),
    ],
)
def test_every_line_says_how_old_it_is(values: dict[str, object], english: str, spanish: str) -> None:
    record = dataclasses.replace(OLIVO, schedule=WEEK, **values)
    one = search.hit(record, now=NOW, place=ZIP)
    assert words.line(one, EN).endswith(english)
    assert words.line(one, ES).endswith(spanish)


@pytest.mark.parametrize(
    ("is_open", "english", "spanish"),
    [
        (Tri.YES, "open now", "abierto ahora"),
        (Tri.NO, "closed now", "cerrado ahora"),
        (Tri.UNKNOWN, "call first to ask the hours", "llame primero para preguntar el horario"),
    ],
)
def test_open_closed_and_unknown_are_three_things(is_open: Tri, english: str, spanish: str) -> None:
    one = dataclasses.replace(hit(), open=is_open)
    assert english in words.line(one, EN)
    assert spanish in words.line(one, ES)


def test_211_is_never_closed() -> None:
    one = dataclasses.replace(hit(phones=(Phone("211"),)), open=Tri.NO)
    assert "closed" not in words.line(one, EN) and "211" in words.line(one, EN)
    assert "cerrado" not in words.line(one, ES)


def test_no_phone_no_distance_and_no_street_are_said_or_left_out() -> None:
    one = dataclasses.replace(hit(phones=(), address=Address(None, "Modesto", None)), miles=None)
    assert words.line(one, EN, channel="sms") == (
        "Olivo Pantry - Food bank or pantry: no phone listed, ask 211, open now, checked Oct 2, 2026."
    )


@pytest.mark.parametrize("channel", ["sms", "web"])
@pytest.mark.parametrize("list_of", [LISTED, OLD, NO_DAY])
@pytest.mark.parametrize("confidential", [False, True])
def test_nobody_is_told_to_call_a_place_without_a_phone(
    list_of: Provenance, channel: words.Channel, confidential: bool
) -> None:
    said: dict[str, object] = {"provenance": list_of, "assured_on": None, "schedule": None, "hours_text": None}
    if confidential:
        said |= {"confidential": True, "address": None, "latitude": None, "longitude": None}
    one = dataclasses.replace(hit(phones=(), **said), open=Tri.UNKNOWN)
    english, spanish = words.line(one, EN, channel=channel), words.line(one, ES, channel=channel)
    assert "call first" not in english.lower() and "no phone listed, ask 211" in english
    assert "llame" not in spanish.lower() and "sin teléfono en la lista, pregunte al 211" in spanish
    assert "call first" in words.line(hit(**said), EN, channel="web").lower(), "one with a phone is called"


def test_a_confidential_place_has_no_address_and_says_so() -> None:
    one = hit(confidential=True, address=None)
    assert "private address, call first" in words.line(one, EN)
    assert "dirección privada" in words.details(one, ES)


def test_a_fax_is_never_the_phone_to_call() -> None:
    fax, text = Phone("+12095550124", kind=PhoneKind.FAX), Phone("+12095550125", kind=PhoneKind.TEXT)
    assert words.shown(hit(phones=(fax, text)), Language.EN).phone == "209-555-0125"
    assert words.shown(hit(phones=(fax,)), Language.EN).phone is None


def test_a_demo_place_is_marked_wherever_its_name_stands() -> None:
    demo = hit(provenance=dataclasses.replace(LISTED, demo=True))
    for text in (words.line(demo, EN), words.details(demo, EN), words.phone_line(demo, EN), words.hours_line(demo, EN)):
        assert "Olivo Pantry (demo)" in text
    assert words.shown(demo, Language.EN).demo
    assert words.shown(demo, Language.EN).name == "Olivo Pantry"
    for language, notice in ((EN, "Demo data: this place is invented."), (ES, "inventado")):
        for text in (words.details(demo, language), words.phone_line(demo, language), words.hours_line(demo, language)):
            assert notice in text


def test_what_a_place_says_of_the_filters_asked_for() -> None:
    query = Query(need=Need.FOOD, language="es", plan="kaiser", taking_referrals=True, has_room=True)
    yes = hit(languages=("es",), plans=("kaiser",), taking_referrals=Tri.YES)
    yes = dataclasses.replace(yes, room=Tri.YES)
    assert "works with Kaiser · speaks Spanish · taking referrals · has room" in words.line(yes, EN, query=query)
    unknown = words.line(hit(), ES, query=query)
    assert "pregunte si trabajan con Kaiser · pregunte si hablan español" in unknown
    other = words.line(hit(languages=("hmn",), plans=("iehp",)), EN, query=query)
    assert "Spanish" not in other and "Kaiser" not in other


def test_a_page_reads_back_what_was_understood_and_numbers_the_places() -> None:
    text = words.page(found(hit(), hit(name="Second"), total=14), EN)
    assert text.startswith("Food near 95354 (Modesto):\n\n1. Olivo Pantry")
    assert "\n\n2. Second" in text
    assert text.endswith("Say MORE for more places, or a number for all about that place.")
    assert words.page(found(hit()), ES).startswith("Comida cerca de 95354 (Modesto):")


def test_the_next_page_counts_on() -> None:
    text = words.page(found(hit(), total=6, offset=5), EN, 6)
    assert text.startswith("More: Food near 95354 (Modesto):\n\n6. Olivo Pantry")
    assert "MORE" not in text.replace("More:", "")


@pytest.mark.parametrize(
    ("query", "english", "spanish"),
    [
        ({"program": "calfresh"}, "CalFresh (food stamps) near", "CalFresh (estampillas) cerca de"),
        ({"place": COUNTY}, "Food in Humboldt County:", "Comida en el condado de Humboldt:"),
        ({"place": None}, "Food:", "Comida:"),
        (
            {"open_now": True, "text": "box"},
            'Modesto), with "box", open now:',
            'Modesto), con "box", abierto ahora:',
        ),
    ],
)
def test_the_first_line_names_what_and_where(query: dict[str, object], english: str, spanish: str) -> None:
    assert english in words.page(found(hit(), **query), EN).splitlines()[0]
    assert spanish in words.page(found(hit(), **query), ES).splitlines()[0]


@pytest.mark.parametrize("step", list(Relaxed))
@pytest.mark.parametrize("language", list(Language))
def test_what_was_given_up_is_said_and_no_longer_read_back(step: Relaxed, language: Language) -> None:
    query = Query(Need.FOOD, "wic", ZIP, "kaiser", "es", True, True, True)
    result = SearchResult(query, (hit(),), 1, (step,), covered=True)
    lines = words.page(result, language).splitlines()
    assert lines[1] == words.relaxed_line(step, query, language)
    gone = {Relaxed.LANGUAGE: "es", Relaxed.OPEN_NOW: "open now", Relaxed.PLAN: "Kaiser"}
    if language is EN and step in (Relaxed.OPEN_NOW, Relaxed.PLAN):
        assert gone[step] not in lines[0]


def test_a_page_with_a_demo_place_says_so_once_for_all() -> None:
    demo = hit(provenance=dataclasses.replace(LISTED, demo=True))
    assert words.page(found(demo, hit()), EN).endswith("Demo data: these places are invented.")
    assert "Demo" not in words.page(found(hit()), EN)


def test_a_county_without_a_list_is_said() -> None:
    result = dataclasses.replace(found(hit()), covered=False)
    assert "We have no list for Stanislaus County yet." in words.page(result, EN)
    assert "211" in words.page(result, EN) and "211" in words.page(result, ES)


def test_a_text_message_is_lines_without_gaps_or_letters_phones_cannot_show() -> None:
    text = words.page(found(hit(), hit()), EN, channel="sms")
    assert "\n\n" not in text
    assert text.isascii()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("es", "es"),
        ("Spanish", "es"),
        ("español", "es"),
        ("ESPANOL", "es"),
        ("hmong", "hmn"),
        ("klingon", None),
        ("", None),
    ],
)
def test_a_language_is_known_by_name_or_code(text: str, code: str | None) -> None:
    assert words.language_code(text) == code


def test_a_language_without_a_name_keeps_its_code() -> None:
    assert words.language_name("xx", EN) == "xx"


@pytest.mark.parametrize(("miles", "shown"), [(0.01, "0.1"), (1.24, "1.2"), (9.94, "9.9"), (9.96, "10"), (29.7, "30")])
def test_miles_are_as_fine_as_they_matter(miles: float, shown: str) -> None:
    assert f", {shown} mi," in words.line(dataclasses.replace(hit(), miles=miles), EN, channel="sms")


def test_hours_and_languages_of_a_reply_are_in_its_language() -> None:
    one = hit(schedule=hours.parse("Mon-Fri 9-5"), hours_text="Mon-Fri 9-5", languages=("es", "mix"))
    assert words.shown(one, Language.ES).hours == "lunes a viernes de 9 am a 5 pm"
    assert words.shown(one, Language.ES).languages == ("español", "mixteco")
    assert words.shown(one, Language.EN).languages == ("Spanish", "Mixteco")
    said = hit(schedule=None, hours_text="By appointment")
    assert words.shown(said, Language.ES).hours == "Con cita"
    own = hit(schedule=None, hours_text="By appointment with the pastor")
    assert words.shown(own, Language.ES).hours == "la lista dice, en inglés: By appointment with the pastor"
