"""One cell at a time."""

from __future__ import annotations

from datetime import date

import pytest

from directory.model import Capacity, Tri
from directory.sync import access, fields
from directory.sync.where import area


@pytest.mark.parametrize(
    ("text", "tri"),
    [
        ("X", Tri.YES), ("x", Tri.YES), ("Yes", Tri.YES), ("✓", Tri.YES), ("1", Tri.YES), ("1.0", Tri.YES),
        ("Sí", Tri.YES),
        ("N", Tri.NO), ("no", Tri.NO), ("0", Tri.NO), ("", Tri.UNKNOWN), ("N/A", Tri.UNKNOWN), ("Unknown", Tri.UNKNOWN),
        ("sometimes", None), ("call", None),
    ],
)  # fmt: skip
def test_yes_no_unknown(text: str, tri: Tri | None) -> None:
    assert fields.tri(text) == tri


@pytest.mark.parametrize(
    ("text", "capacity"),
    [
        ("Open", Capacity.OPEN), ("6 week waitlist", Capacity.WAIT_LIST), ("Lista de espera", Capacity.WAIT_LIST),
        ("FULL", Capacity.FULL), ("assessment first", Capacity.ASSESSMENT_FIRST), ("", Capacity.UNKNOWN),
        ("Call", Capacity.UNKNOWN), ("blue", None),
    ],
)  # fmt: skip
def test_capacity(text: str, capacity: Capacity | None) -> None:
    assert fields.capacity(text) == capacity


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-03", date(2026, 10, 3)), ("10/3/2026", date(2026, 10, 3)), ("10/3/26", date(2026, 10, 3)),
        ("2007-05-02T00:00:00.000", date(2007, 5, 2)), ("Oct 3, 2026", date(2026, 10, 3)), ("13/45/2026", None),
        ("2026-10-03 00:00:00", date(2026, 10, 3)), ("soon", None), ("3", None),
    ],
)  # fmt: skip
def test_day(text: str, day: date | None) -> None:
    assert fields.day(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [("94610", "94610"), ("94610.0", "94610"), ("94610-1234", "94610"), ("9461", None), ("CA", None), ("946101", None)],
)
def test_zip(text: str, code: str | None) -> None:
    assert fields.zip_code(text) == code


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("FAMILY BUILDERS BY ADOPTION", "Family Builders by Adoption"),
        ("MOM'S MEALS OF THE VALLEY", "Mom's Meals of the Valley"),
        ("YMCA OF THE EAST BAY LLC", "YMCA of the East Bay LLC"),
        ("CORA", "CORA"),
        ("WIC - EPA", "WIC - EPA"),
        ("PG&E CARE & FERA PROGRAM", "PG&E Care & FERA Program"),
        ("Already Fine", "Already Fine"),
        ("DESPENSA DE LA ESPERANZA", "Despensa de la Esperanza"),
    ],
)
def test_title(text: str, shown: str) -> None:
    assert fields.title(text) == shown


@pytest.mark.parametrize(
    ("text", "codes", "unread"),
    [
        ("English/Spanish", ("en", "es"), ()),
        ("Español, Inglés", ("es", "en"), ()),
        ("English; Spanish; Hmong", ("en", "es", "hmn"), ()),
        ("Chinese (Cantonese)", ("zh",), ()),
        ("Spanish, interpreter available for other languages", ("es",), ()),
        ("Spanish, Klingon", ("es",), ("klingon",)),
        ("", (), ()),
    ],
)
def test_languages(text: str, codes: tuple[str, ...], unread: tuple[str, ...]) -> None:
    assert fields.languages(text) == (codes, unread)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("www.kite.example.org", "https://www.kite.example.org"),
        ("http://kite.example.org/a?b=c", "http://kite.example.org/a?b=c"),
        ("see kite.example.org.", "https://kite.example.org"),
        ("javascript:alert(1)", None),
        ("kite@example.org", None),
        ("none yet", None),
    ],
)
def test_link(text: str, link: str | None) -> None:
    assert fields.link(text) == link


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\u200bb\x00 c\r\n  d", "ab c d"),
        ("<p>Free &amp; warm</p>", "Free & warm"),
        ("MÃ¡rcia", "Márcia"),
        ("x < y", "x < y"),
    ],
)
def test_clean(text: str, clean: str) -> None:
    assert fields.clean(text) == clean


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("380 Fulton Street, San Francisco, CA, 94102",
         {"address_1": "380 Fulton Street", "city": "San Francisco", "postal_code": "94102"}),
        ("1 Kite Row, Suite 2, Oakland, CA 94601",
         {"address_1": "1 Kite Row, Suite 2", "city": "Oakland", "postal_code": "94601"}),
        ("1 Kite Row", {"address_1": "1 Kite Row"}),
    ],
)  # fmt: skip
def test_full_address(text: str, parts: dict[str, str]) -> None:
    assert fields.full_address(text) == parts


@pytest.mark.parametrize(
    ("words", "counties", "statewide"),
    [
        (("Fresno", "Kings County", "Madera Co."), ("Fresno", "Kings", "Madera"), False),
        (("L.A. County",), ("Los Angeles",), False),
        (("Alameda Counties",), ("Alameda",), False),
        (("Solano", "Sonoma Counties", "Vallejo", "Santa Rosa"), ("Solano", "Sonoma"), False),
        (("Hanford",), ("Kings",), False),
        (("Fresno", "Hanford"), ("Fresno",), False),
        (("All counties",), (), True),
        (("Todos los condados",), (), True),
        (("Nowhereland",), (), False),
    ],
)
def test_area(words: tuple[str, ...], counties: tuple[str, ...], statewide: bool) -> None:
    found = area(words)
    assert (found.counties, found.statewide) == (counties, statewide)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("Family Health Services., Public Health Nutrition.,", "Family Health Services, Public Health Nutrition"),
        ("Main Campus Clinics.", "Main Campus Clinics"),
        ("Abilities United. ", "Abilities United"),
        ("Family Support Center., (OSH)", "Family Support Center (OSH)"),
        ("- Heron House -", "Heron House"),
        ("Amber Pantry ,, North;", "Amber Pantry, North"),
        ("Copper Mill, Inc.", "Copper Mill, Inc."),
        ("Copper Mill, Inc., North", "Copper Mill, Inc., North"),
        ("Office of the U.S.", "Office of the U.S."),
        ("St. Kite's Table", "St. Kite's Table"),
        ("Heron No. 5", "Heron No. 5"),
        ("Route 9:15 (Night)", "Route 9:15 (Night)"),
        ("Ámbar A.C.", "Ámbar A.C."),
        ("...", ""),
    ],
)
def test_a_name_has_no_stray_marks(text: str, tidy: str) -> None:
    assert fields.tidy(text) == tidy


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("CLOSED until further notice", True),
        ("closed!!", True),
        ("Temporarily closed", True),
        ("Cerrado hasta nuevo aviso", True),
        ("Closed Sundays", False),
        ("Closed on holidays", False),
        ("Closed for lunch", False),
        ("Mon-Fri 9-5, closed weekends", False),
        ("", False),
    ],
)
def test_a_place_is_shut_only_where_the_whole_text_says_so(text: str, shut: bool) -> None:
    assert access.closed(text) is shut
