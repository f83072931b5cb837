from __future__ import annotations

import dataclasses
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from directory import hours, plans, search
from directory.eligibility import rules
from directory.model import (
    Address,
    Capacity,
    Interval,
    Language,
    Listing,
    Need,
    Phone,
    PhoneKind,
    Place,
    PlaceKind,
    Provenance,
    Reach,
    Schedule,
    Tri,
)
from directory.search import Freshness, Hit, Query, Relaxed, SearchResult
from directory.text import listing as words

EN, ES = Language.EN, Language.ES
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday
ZIP = Place(PlaceKind.ZIP, "Modesto", "Stanislaus", "95354", 37.64, -120.99)
COUNTY = Place(PlaceKind.COUNTY, "Humboldt County", "Humboldt", None, 40.7, -123.9)
WEEK = Schedule((*(Interval(day, time(9), time(17, 30)) for day in range(5)), Interval(5, time(10), time(12))))

OLIVO = Listing(
    id="list:1",
    organization="Olivo House",
    name="Olivo Pantry",
    provenance=Provenance("list", "1", "The county list", date(2026, 10, 1)),
    needs=(Need.FOOD,),
    programs=("food_bank",),
    counties=("Stanislaus",),
    reach=Reach.DISTANCE,
    address=Address("12 Oak St", "Modesto", "95354"),
    phones=(Phone("+12095550123"),),
    assured_on=date(2026, 10, 2),
)


def hit(**values: object) -> Hit:
    return Hit(dataclasses.replace(OLIVO, **values), 1.23, Tri.YES, Freshness.CHECKED)


def found(*hits: Hit, total: int | None = None, **query: object) -> SearchResult:
    asked = Query(**{"need": Need.FOOD, "place": ZIP, **query})
    return SearchResult(asked, hits, len(hits) if total is None else total, (), covered=True)


# A line


def test_a_line_for_a_text_message() -> None:
    assert words.line(hit(), EN, channel="sms") == (
        "Olivo Pantry - Food bank or pantry: 209-555-0123, 1.2 mi, open now, 12 Oak St, Modesto 95354. "
        "Checked Oct 2, 2026."
    )
    assert words.line(hit(), ES, channel="sms") == (
        "Olivo Pantry - Banco de comida o despensa: 209-555-0123, 1.2 mi, abierto ahora, 12 Oak St, Modesto 95354. "
        "Revisado el 2 de octubre de 2026."
    )


def test_a_line_for_the_chat_page() -> None:
    assert words.line(hit(), ES, channel="web").splitlines() == [
        "Olivo Pantry: Banco de comida o despensa",
        "209-555-0123 · a 1.2 millas · abierto ahora · 12 Oak St, Modesto 95354",
        "Revisado el 2 de octubre de 2026.",
    ]


TODAY = date(2026, 11, 22)
LISTED = Provenance("list", "1", "The county list", date(2026, 10, 1))
OLD = Provenance("old", "1", "The old list", date(2013, 5, 1))
NO_DAY = Provenance("list", "1", "The list")


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
        "Olivo Pantry - Food bank or pantry: no phone listed, open now. Checked Oct 2, 2026."
    )


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


# A page


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


# Several services of one place


BOX = dataclasses.replace(OLIVO, id="list:2", programs=("csfp",))


def with_also(*also: Hit, **values: object) -> Hit:
    return dataclasses.replace(hit(**values), also=also)


def service(is_open: Tri = Tri.YES, freshness: Freshness = Freshness.CHECKED, **values: object) -> Hit:
    return Hit(dataclasses.replace(BOX, **values), 1.23, is_open, freshness)


BOX_NAME = rules.program(BOX.programs[0]).short


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


ALL_YES = {"plans": ("kaiser",), "languages": ("es",), "taking_referrals": Tri.YES}


@pytest.mark.parametrize(
    ("query", "promise", "unknown"),
    [
        ({"plan": "kaiser"}, ", Kaiser:", "Kaiser or plan not known (ask first):"),
        ({"language": "es"}, ", Spanish:", "Spanish or language not known (ask first):"),
        ({"taking_referrals": True}, ", taking referrals:", "taking referrals or not known (ask first):"),
        ({"has_room": True}, ", with room:", "with room or not known (ask first):"),
        ({"open_now": True}, ", open now:", "open now or hours not known (call first):"),
    ],
)
def test_a_heading_promises_only_what_each_place_says(query: dict[str, object], promise: str, unknown: str) -> None:
    sure = dataclasses.replace(hit(**ALL_YES), room=Tri.YES)
    unsure = dataclasses.replace(hit(), open=Tri.UNKNOWN)
    assert words.header(found(sure, **query), EN).endswith(promise)
    for hits in ((sure, unsure), (unsure,)):
        assert words.header(found(*hits, **query), EN).endswith(unknown)
        spanish = words.header(found(*hits, **query), ES)
        assert spanish.endswith("primero):") and "no sabemos" in spanish
        assert spanish != words.header(found(sure, **query), ES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"need": Need.FOOD}, "Olivo Pantry: Food bank or pantry"),
        ({"need": Need.UTILITIES}, "Olivo Pantry"),
        ({"need": None, "program": "liheap"}, "Olivo Pantry"),
        ({"need": None, "text": "olivo"}, "Olivo Pantry: Food bank or pantry, Emergency shelter"),
    ],
)
def test_a_line_names_only_programs_of_the_need_asked_for(query: dict[str, object], expected: str) -> None:
    one = hit(programs=("food_bank", "emergency_shelter"))
    shelter = rules.program("emergency_shelter").short.en
    assert words.line(one, EN, query=Query(**query)).splitlines()[0] == expected.replace("Emergency shelter", shelter)
    assert shelter in words.details(one, EN)


def test_open_for_some_names_only_programs_of_the_need_asked_for() -> None:
    one = with_also(service(Tri.NO), programs=("emergency_shelter",))
    assert "open now for" not in words.line(one, EN, query=Query(need=Need.FOOD))


@pytest.mark.parametrize(
    ("about", "english", "spanish", "short"),
    [
        (0.2, "· about a mile away ·", "· a una milla, más o menos ·", ", about 1 mi,"),
        (7.6, "· about 8 miles away ·", "· a unas 8 millas ·", ", about 8 mi,"),
    ],
)
def test_a_distance_from_the_middle_of_a_town_is_only_about(
    about: float, english: str, spanish: str, short: str
) -> None:
    one = dataclasses.replace(hit(), miles=None, about_miles=about)
    assert english in words.line(one, EN) and spanish in words.line(one, ES)
    assert short in words.line(one, EN, channel="sms")
    assert f"Distance: {english.strip(' ·')}" in words.details(one, EN)
    assert words.shown(one, EN).miles is None


# Everything


WHOLE = {
    "schedule": WEEK,
    "languages": ("es", "hmn"),
    "how_to_apply": "Walk in",
    "documents": "A bill",
    "fees_text": "Free",
    "eligibility_text": "Families under $2,000",
    "description": "We give food.",
    "plans": ("kaiser",),
    "taking_referrals": Tri.YES,
    "capacity": Capacity.WAIT_LIST,
    "capacity_on": date(2026, 11, 1),
    "wheelchair": Tri.YES,
    "url": "https://example.org/",
    "email": "help@example.org",
}


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


TERMS = {
    "alert": "Closed on Friday.",
    "alert_until": date(2026, 11, 27),
    "fee": Tri.YES,
    "id_asked": Tri.NO,
    "walk_in": Tri.NO,
    "by_phone": Tri.YES,
    "by_appointment": Tri.YES,
    "capacity": Capacity.WAIT_LIST,
    "capacity_on": date(2026, 11, 1),
    "capacity_by": "Ana",
    "wait_list": "40 people",
}


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
        "Olivo Pantry - Notice: Closed on Friday. Food bank or pantry: 209-555-0123, 1.2 mi, open now, "
        "12 Oak St, Modesto 95354. Checked Oct 2, 2026."
    )
    listed = search.hit(dataclasses.replace(OLIVO, assured_on=None), now=NOW, place=ZIP)
    assert words.line(listed, EN, channel="sms").endswith("Listed Oct 1, 2026.")


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


# What lists write


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


# None


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("need", list(Need))
def test_nothing_found_is_never_a_dead_end(need: Need, language: Language) -> None:
    result = SearchResult(Query(need=need, place=COUNTY), (), 0, (), covered=False)
    nothing = words.none_found(result, language, TODAY)
    assert "Humboldt" in nothing.text
    assert "211" in nothing.text and "211" in nothing.phones
    assert "{" not in nothing.text and "None" not in nothing.text


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_sent_to_211_twice(language: Language) -> None:
    subjects = [{"need": need} for need in Need] + [{"program": program} for program in rules.programs()]
    for subject in subjects:
        for county in ("Humboldt", "Stanislaus", "Los Angeles"):
            place = dataclasses.replace(COUNTY, county=county)
            nothing = words.none_found(
                SearchResult(Query(**subject, place=place), (), 0, (), covered=True), language, TODAY
            )
            about = rules.program(subject["program"]).what.get(language) if "program" in subject else ""
            sent = re.findall(r"(?:call|llame al) 211", nothing.text.replace(about, ""), re.I)
            assert len(sent) <= 1 and "211" in nothing.text, nothing.text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("program", list(rules.programs()))
def test_nothing_found_for_a_program_tells_the_program_and_who_to_call(program: str, language: Language) -> None:
    query = Query(program=program, place=COUNTY, plan="partnership" if "partnership" in plans.plans() else None)
    nothing = words.none_found(SearchResult(query, (), 0, (), covered=True), language, TODAY)
    assert rules.program(program).what.get(language) in nothing.text
    in_text = re.findall(r"1-\d{3}-\d{3}-\d{4}|\b211\b", nothing.text)
    assert set(nothing.phones) <= set(in_text)


@pytest.mark.parametrize("plan", list(plans.plans()))
def test_a_plans_unverified_number_stands_beside_the_number_on_the_card(plan: str) -> None:
    query = Query(program="nmt", place=COUNTY, plan=plan)
    nothing = words.none_found(SearchResult(query, (), 0, (), covered=True), EN, TODAY)
    assert plans.plan(plan).phone in nothing.phones
    assert plans.plan(plan).phone_verified or "or call the number on your card" in nothing.text


# Names


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
