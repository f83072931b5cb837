"""New fields, places and programs of one row; each table has its near misses."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import phones
from directory.model import Capacity, Phone, Tri
from directory.sync import access, confidential, fields, npi, room, source
from directory.sync.normalize import Draft, beside, normalize
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem
from directory.sync.purpose import program_ids
from directory.sync.record import plain, to_json
from directory.sync.source import Column, Part, Source
from directory.sync.where import area

TODAY = date(2026, 11, 21)
ROW = {
    "organization": "Kite Pantry", "programs": "food_bank", "counties": "Fresno", "address_1": "1 Kite Row",
    "city": "Fresno", "postal_code": "93701", "phones": "559-555-0101",
}  # fmt: skip


def list_of(**words: dict[str, tuple[str, ...]]) -> Source:
    """A list whose headings are the fields themselves."""
    columns = {name: Column((Part(name),)) for name in source.FIELDS - {"hints", "last_hints", "confidential"}}
    columns |= {name: replace(columns[name], words=table) for name, table in words.items()}
    return Source("own", "Own", source.Layout("csv"), columns, ("number",), (), "x", as_of=date(2026, 11, 20))


LIST = list_of()


def read(**cells: str) -> tuple[dict[str, Any], list[tuple[str, str, str | None]]]:
    made = normalize(RawRow(1, {**ROW, **cells}), LIST, identity="1", today=TODAY)
    assert isinstance(made, Draft)
    return made.plain, [(item.field, item.code.value, item.value) for item in made.problems]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234567893", "1234567893"), ("1234567893.0", "1234567893"), ("NPI: 1245319599", "1245319599"),
        ("123-456-7893", "1234567893"), ("1234567890", None), ("123456789", None), ("12345678930", None),
        ("0000000000", None), ("n/a", None), ("１２３４５６７８９３", None),
    ],
)  # fmt: skip
def test_npi(text: str, number: str | None) -> None:
    assert npi.read(text) == number


def test_one_wrong_digit_is_always_found() -> None:
    right = "1234567893"
    wrong = [right[:at] + digit + right[at + 1 :] for at in range(10) for digit in "0123456789" if digit != right[at]]
    assert not any(npi.valid(digits) for digits in wrong)


def test_an_npi_that_fails_its_check_is_told_and_not_taken() -> None:
    assert read(npi="1234567893")[0]["npi"] == "1234567893"
    found, problems = read(npi="1234567890")
    assert "npi" not in found
    assert problems == [("npi", "bad_npi", "1234567890")]


@pytest.mark.parametrize(
    ("text", "tri"),
    [
        ("Free", Tri.NO), ("None", Tri.NO), ("No fee", Tri.NO), ("Gratis", Tri.NO), ("Sin costo", Tri.NO),
        ("None. Donations welcome", Tri.NO), ("$0", Tri.NO), ("Free of charge", Tri.NO), ("Free*", Tri.NO),
        ("$5", Tri.YES), ("$5 per visit", Tri.YES), ("Sliding scale", Tri.UNKNOWN), ("Sliding fee scale.", Tri.UNKNOWN),
        ("Según sus ingresos", Tri.UNKNOWN), ("$20-$40", Tri.YES),
        ("Free for children", Tri.UNKNOWN), ("None for most services", Tri.UNKNOWN), ("Vary", Tri.UNKNOWN),
        ("Free or $5", Tri.UNKNOWN), ("Ask", Tri.UNKNOWN), ("Cash and checks accepted", Tri.UNKNOWN),
        ("Donation", Tri.UNKNOWN), ("No one is turned away", Tri.UNKNOWN),
        ("$1 for a lost card, $5 for a copy", Tri.UNKNOWN),
    ],
)  # fmt: skip
def test_fee_in_words(text: str, tri: Tri) -> None:
    assert access.fee_in_words(text) == tri


def test_a_sliding_scale_may_be_nothing_so_its_fee_is_unknown_and_its_words_stay() -> None:
    found, problems = read(fees_text="Sliding scale", fee="Sliding scale")
    assert (found["fees_text"], found.get("fee"), problems) == ("Sliding scale", None, [])


@pytest.mark.parametrize(
    ("text", "tri"),
    [
        ("On hold", "no"), ("Paused", "no"), ("Not at this time", "no"), ("Closed to referrals", "no"),
        ("WAITLIST", "no"), ("Wait list only", "no"), ("Lista de espera", "no"), ("Yes", "yes"), ("Accepting", "yes"),
        ("No", "no"), ("Unknown", None), ("Hold for pickup", None), ("Ask about the waitlist", None),
        ("Not on hold", None), ("Closed on Sundays", None), ("Paused once", None),
    ],
)  # fmt: skip
def test_what_a_column_on_referrals_says(text: str, tri: str | None) -> None:
    found, problems = read(taking_referrals=text)
    assert found.get("taking_referrals") == tri
    assert problems == ([] if tri or text == "Unknown" else [("taking_referrals", "unclear_yes_no", text)])


@pytest.mark.parametrize(
    ("text", "tri"),
    [
        ("Photo ID", Tri.YES), ("Photo ID, proof of address", Tri.YES), ("Identificación", Tri.YES),
        ("No ID needed", Tri.NO), ("Nothing", Tri.NO), ("None", Tri.NO), ("No se pide identificación", Tri.NO),
        ("ID if you have one", Tri.UNKNOWN), ("Photo ID or a bill", Tri.UNKNOWN), ("Proof of address", Tri.UNKNOWN),
        ("ID card office", Tri.UNKNOWN), ("ID is not required, proof of address", Tri.UNKNOWN),
    ],
)  # fmt: skip
def test_id_in_words(text: str, tri: Tri) -> None:
    assert access.id_in_words(text) == tri


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Walk in", {"walk_in": "yes"}),
        ("Walk-ins welcome", {"walk_in": "yes"}),
        ("Call first", {"by_phone": "yes"}),
        ("Walk in or call 559-555-0101", {"walk_in": "yes", "by_phone": "yes"}),
        ("Appointment required", {"by_appointment": "yes"}),
        ("By appointment only", {"by_appointment": "yes", "walk_in": "no"}),
        ("Apply by phone. Appointment necessary", {"by_phone": "yes", "by_appointment": "yes"}),
        ("Call for an appointment", {"by_phone": "yes", "by_appointment": "yes"}),
        ("No appointment needed", {"walk_in": "yes", "by_appointment": "no"}),
        ("No walk-ins", {"walk_in": "no"}),
        ("Llame primero", {"by_phone": "yes"}),
        ("Sin cita", {"walk_in": "yes", "by_appointment": "no"}),
        ("Solo con cita", {"by_appointment": "yes", "walk_in": "no"}),
        ("Walk in on Tuesdays", {}),
        ("Walk in. Appointment necessary for some services", {}),
        ("Walk in, no walk-ins", {}),
        ("Call for information", {}),
        ("Call for an application", {}),
        ("Referral from a doctor", {}),
        ("Walk in closet organizers", {}),
    ],
)
def test_ways_in(text: str, ways: dict[str, str]) -> None:
    assert {way: tri.value for way, tri in access.ways_in(text).items()} == ways


def test_a_column_outranks_words_and_what_it_cannot_say_is_told() -> None:
    found, problems = read(how_to_apply="Walk in", walk_in="No", fee="maybe", fees_text="Free")
    assert (found["walk_in"], found["fee"], found["fees_text"]) == ("no", "no", "Free")
    assert problems == [("fee", "unclear_yes_no", "maybe")]


@pytest.mark.parametrize(
    ("text", "capacity", "length"),
    [
        ("Wait list (40)", Capacity.WAIT_LIST, "40"), ("waitlist 3 months", Capacity.WAIT_LIST, "3 months"),
        ("Waiting list: 2-3 months", Capacity.WAIT_LIST, "2-3 months"), ("Wait list", Capacity.WAIT_LIST, None),
        ("Lista de espera (12 personas)", Capacity.WAIT_LIST, "12 personas"), ("On hold", Capacity.FULL, None),
        ("wait list as of 1/15", Capacity.WAIT_LIST, None), ("not accepting until 1/15", Capacity.FULL, None),
        ("Open", Capacity.OPEN, None), ("Assessment first", Capacity.ASSESSMENT_FIRST, None), ("12", None, None),
        ("until 1/15", None, None),
    ],
)  # fmt: skip
def test_room(text: str, capacity: Capacity | None, length: str | None) -> None:
    assert (room.capacity(text), room.wait_list(text)) == (capacity, length)


@pytest.mark.parametrize(
    ("text", "capacity", "wait_list"),
    [
        ("not accepting until 1/15", "full", "until 1/15"),
        ("On hold until January 15, 2027", "full", "until January 15, 2027"),
        ("On hold until 11/1/2026", None, None),  # that day has passed
        ("On hold until 13/45", None, None),
    ],
)
def test_no_room_until_a_day(text: str, capacity: str | None, wait_list: str | None) -> None:
    found, _ = read(capacity=text)
    assert (found.get("capacity"), found.get("wait_list")) == (capacity, wait_list)


def test_who_said_it_and_when() -> None:
    found, problems = read(capacity="Wait list (40)", capacity_by="Ana", capacity_on="11/15/2026", wait_list="")
    told = {name: found[name] for name in ("capacity", "wait_list", "capacity_by", "capacity_on")}
    assert told == {"capacity": "wait_list", "wait_list": "40", "capacity_by": "Ana", "capacity_on": "2026-11-15"}
    assert problems == []


BAY = ("Alameda", "Contra Costa", "Marin", "Napa", "San Francisco", "San Mateo", "Santa Clara", "Solano", "Sonoma")


@pytest.mark.parametrize(
    ("word", "counties", "problem"),
    [
        ("Bay Area", BAY, None), ("the nine-county Bay Area", BAY, None), ("Área de la Bahía", BAY, None),
        ("Inland Empire", ("Riverside", "San Bernardino"), None), ("Sacramento", ("Sacramento",), None),
        ("Central Valley", (), Code.UNSURE_REGION), ("Northern California", (), Code.UNSURE_REGION),
        ("Greater Bay Area", (), Code.UNSURE_REGION), ("SoCal", (), Code.UNSURE_REGION),
        ("Bay Point", ("Contra Costa",), Code.CITY_AS_COUNTY), ("Nowhereland", (), Code.UNKNOWN_COUNTY),
    ],
)  # fmt: skip
def test_regions(word: str, counties: tuple[str, ...], problem: Code | None) -> None:
    found = area((word,))
    assert (found.counties, [code for code, _ in found.problems]) == (counties, [problem] if problem else [])


def test_the_words_of_the_source_say_which_counties_a_region_has() -> None:
    own = list_of(counties={"central valley": ("Fresno", "Madera")})
    made = normalize(RawRow(1, {**ROW, "counties": "Central Valley"}), own, identity="1", today=TODAY)
    assert isinstance(made, Draft)
    assert (made.plain["counties"], made.problems) == (["Fresno", "Madera"], ())


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"county": "Fresno"}, None),
        ({"county": "Fresno County"}, None),
        ({"county": ""}, None),
        ({"county": "Kern"}, ("county", "county_clash", "Kern / Fresno 93701")),
        ({"county": "Frezno"}, ("county", "unknown_county", "Frezno")),
        ({"city": "Los Angeles"}, ("postal_code", "city_zip_clash", "Los Angeles 93701")),
        ({"latitude": "34.05", "longitude": "-118.24"}, ("latitude", "coordinates_clash", "34.0500, -118.2400")),
        ({"postal_code": "93701.0"}, None),
    ],
)
def test_places_have_to_agree(cells: dict[str, str], problem: tuple[str, str, str] | None) -> None:
    found, problems = read(**cells)
    assert problems == ([problem] if problem else [])
    assert found["address"]["address_1"] == "1 Kite Row"


def test_the_county_of_the_address_stands_in_for_one_that_is_not_said() -> None:
    assert read(counties="", city="", postal_code="", county="Kern")[0]["counties"] == ["Kern"]


@pytest.mark.parametrize(
    ("text", "programs", "unread"),
    [
        ("Housing Transition/ Navigation Services", ("cs_housing_navigation",), ()),
        ("ShortTerm PostHospitalization Housing", ("cs_stphh",), ()),
        ("H0043-U6", ("cs_housing_navigation",), ()), ("h0043 u6", ("cs_housing_navigation",), ()),
        ("H0043-U6; H2016-U6", ("cs_housing_navigation",), ()), ("S9977-U4/U5/U7", ("cs_mtm",), ()),
        ("T2012/T2014/H2014 -U6", ("cs_day_habilitation",), ()),
        ("H0043-U6 Housing Navigation", ("cs_housing_navigation",), ()),
        ("H0044-U5 (set-up costs, January 2026)", ("cs_home_transition",), ()), ("HCV (Section 8)", ("hcv",), ()),
        ("Housing Deposits & Respite Services", ("cs_housing_deposits", "cs_respite"), ()),
        ("Respite Services*", ("cs_respite",), ()), ("WIC / CalFresh", ("wic", "calfresh"), ()),
        ("Unavailable", (), ()), ("TBD", (), ()),
        ("H0043", (), ("H0043",)), ("H0043-U6 Housing Deposits", (), ("H0043-U6 Housing Deposits",)),
        ("Housing Deposits; Frisbee", ("cs_housing_deposits",), ("Frisbee",)),
        ("WIC and Frisbee", (), ("WIC and Frisbee",)), ("T1016-U8", (), ("T1016-U8",)),
    ],
)  # fmt: skip
def test_programs(text: str, programs: tuple[str, ...], unread: tuple[str, ...]) -> None:
    assert program_ids(text) == (programs, unread)


@pytest.mark.parametrize("text", ["Unavailable", "N/A", "TBD", "-", "—", "?", "none listed", "No disponible"])
def test_words_for_nothing_are_nothing(text: str) -> None:
    found, problems = read(url=text, email=text, npi=text, hours_text=text, languages=text, capacity=text, walk_in=text)
    plain_row, _ = read()
    assert (found, problems) == (plain_row, [])


def test_footnote_stars_are_no_part_of_a_name() -> None:
    marked = ("organization", "programs", "counties", "city", "postal_code", "languages")
    found, problems = read(**{name: f"{ROW.get(name, 'Spanish')}*" for name in marked})
    assert (found, problems) == (read(languages="Spanish")[0], [])


def test_the_untouched_cell_stands_beside_what_was_read() -> None:
    cells = {**ROW, "postal_code": " 93701.0 ", "phones": "559-555-0101TTY: 711", "other": "x", "email": " "}
    told = beside(cells, LIST)
    assert (told["postal_code"], told["phones"]) == (" 93701.0 ", "559-555-0101TTY: 711")
    assert not {"other", "email"} & told.keys()


CELLS = st.sampled_from(
    ["", "Fresno", "Bay Area", "yes", "no", "Call", "Mon-Fri 9-5", "=1+1", "$5", "1234567893", "2026-11-01", "x" * 300,
     "KITE PANTRY OF THE VALLEY", "Domestic violence shelter", "Wait list (40)", "Walk in", "36.7", "-119.8", "en, es"]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(sorted(LIST.columns)), CELLS, max_size=12))
def test_the_plain_form_is_that_of_the_record(cells: dict[str, str]) -> None:
    made = normalize(RawRow(1, {**ROW, **cells}), LIST, identity="1", today=TODAY)
    assert pickle.loads(pickle.dumps(made)) == made
    if isinstance(made, Draft):
        assert made.plain == plain(made.listing)
        assert made.json == to_json(made.listing) == json.dumps(made.plain, ensure_ascii=False, separators=(",", ":"))


def test_drafts_share_nothing() -> None:
    first, second = (normalize(RawRow(1, ROW), LIST, identity="1", today=TODAY) for _ in range(2))
    assert isinstance(first, Draft) and isinstance(second, Draft)
    for key in ("needs", "programs", "counties", "phones", "address", "provenance"):
        assert first.plain[key] == second.plain[key] and first.plain[key] is not second.plain[key], key


def test_another_day_is_another_reading() -> None:
    row = RawRow(1, {**ROW, "assured_on": "2026-11-21"})
    before, after = (normalize(row, LIST, identity="1", today=date(2026, 11, day)) for day in (20, 21))
    assert isinstance(before, Draft) and isinstance(after, Draft)
    assert [item.code for item in before.problems] == [Code.FUTURE_DATE] and "assured_on" not in before.plain
    assert after.plain["assured_on"] == "2026-11-21"


def test_a_source_of_its_own_is_read_by_itself() -> None:
    other = list_of(programs={"food_bank": ("wic",)})
    for own, program in ((LIST, "food_bank"), (other, "wic"), (LIST, "food_bank")):
        made = normalize(RawRow(1, ROW), own, identity="1", today=TODAY)
        assert isinstance(made, Draft) and made.plain["programs"] == [program]


@pytest.mark.parametrize("pattern", ["_NAMED", "_SECRET", "_VIOLENCE"])
def test_no_telling_word_is_passed_over_by_the_quick_look(pattern: str) -> None:
    @settings(deadline=None, max_examples=100, database=None)
    @given(st.from_regex(getattr(confidential, pattern)))
    def check(text: str) -> None:
        assert confidential._may_tell(text)

    check()


_DIGITS = st.integers(2_000_000_000, 9_999_999_999).map(str)
_SHAPES = st.sampled_from(
    ["{a}-{b}-{c}", "({a}) {b}-{c}", "{a}.{b}.{c}", "{a}{b}{c}", "1-{a}-{b}-{c}", "+1 {a} {b} {c}", "1({a}) {b}-{c}",
     "{a} {b} {c}", "{a}/{b}-{c}", "1.{a}.{b}.{c}"]
)  # fmt: skip


@settings(deadline=None)
@given(_DIGITS, _SHAPES)
def test_a_plain_phone_is_what_the_library_reads(digits: str, shape: str) -> None:
    text = shape.format(a=digits[:3], b=digits[3:6], c=digits[6:])
    found = phones.parse(text)
    known = phonenumbers.parse(text, "US")
    if digits[3] in "01":
        assert found == ()
    else:
        assert found == (Phone(phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.E164)),)


@settings(deadline=None)
@given(_DIGITS, _SHAPES, st.sampled_from(["", " ext. 5", " x12", "x123456"]))
def test_the_quick_way_and_the_long_way_read_the_same(digits: str, shape: str, more: str) -> None:
    text = shape.format(a=digits[:3], b=digits[3:6], c=digits[6:]) + more
    assert phones.parse(text) == phones.parse(f" {text} ;")


@pytest.mark.parametrize(
    "text", ["=1+1", " =1+1", "\u00a0=1+1", "@SUM(A1)", "+A1(", "\u3000=1", "a=1", "(=1)", "- a list"]
)
def test_a_formula_is_found_by_its_first_letter(text: str) -> None:
    assert fields.formula(text) == bool(fields._FORMULA.match(text))


def test_a_row_without_a_need_is_a_problem() -> None:
    made = normalize(RawRow(7, {**ROW, "programs": "TBD"}), LIST, identity="1", today=TODAY)
    assert made == Problem(7, "topics", Code.NO_NEED, "Kite Pantry")


@pytest.mark.parametrize(
    ("cell", "programs"),
    [
        ("CalFresh\nWIC", ["calfresh", "wic"]),
        ("CalFresh\r\nHousing\r\nDeposits", ["calfresh"]),
        ("Housing\nDeposits", ["cs_housing_deposits"]),
        ("CalFresh; WIC\nHousing Deposits", ["calfresh", "wic", "cs_housing_deposits"]),
    ],
)
def test_each_line_of_a_cell_is_a_value_but_a_wrapped_one_is_one(cell: str, programs: list[str]) -> None:
    column = Column((Part("programs"),), split=";|", words={"housing deposits": ("cs_housing_deposits",)})
    cut = replace(LIST, columns={**LIST.columns, "programs": column})
    made = normalize(RawRow(1, {**ROW, "programs": cell}), cut, identity="1", today=TODAY)
    assert isinstance(made, Draft)
    assert made.plain["programs"] == programs


@pytest.mark.parametrize("cells", [{"hours_text": "CLOSED until further notice"}, {"description": "closed!!"}])
def test_a_place_that_its_list_calls_closed_is_left_out_and_told(cells: dict[str, str]) -> None:
    made = normalize(RawRow(1, {**ROW, **cells}), LIST, identity="1", today=TODAY)
    assert isinstance(made, Problem) and (made.code, made.value) == (Code.CLOSED, *cells.values())
