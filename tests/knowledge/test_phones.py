"""A cell of text becomes the phones in it, and nothing that is not surely one."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import phones
from directory.model import Phone, PhoneKind

VOICE, TTY, FAX, TEXT = PhoneKind.VOICE, PhoneKind.TTY, PhoneKind.FAX, PhoneKind.TEXT


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("4159312294", "+14159312294"),
        ("510-635-3663", "+15106353663"),
        ("(209) 555-0123", "+12095550123"),
        ("(209)555-0123", "+12095550123"),
        ("1.510.747.4567", "+15107474567"),
        ("1(415) 547-7800", "+14155477800"),
        ("14159312294", "+14159312294"),
        ("+14159312294", "+14159312294"),
        ("+1 (209) 555-0123", "+12095550123"),
        ("209/555-0123", "+12095550123"),
        ("650 363-1868", "+16503631868"),
        (" 209 555 0123 ", "+12095550123"),
        ("1-800-656-HOPE", "+18006564673"),
        ("415-554-PARK", "+14155547275"),
        ("1-800-GO-FEDEX", "+18004633339"),
        ("800-273-TALK (8255)", "+18002738255"),
        ("+52 664 123 4567", "+526641234567"),
        ("211", "211"),
        ("2-1-1", "211"),
        ("9-8-8", "988"),
        ("988", "988"),
        ("Call 2-1-1", "211"),
        ("Llame al 211", "211"),
        ("Suite 12, call 211 for help", "211"),
    ],
)
def test_a_cell_with_one_phone(cell: str, number: str) -> None:
    assert [phone.number for phone in phones.parse(cell)] == [number]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "   ",
        "Unavailable",
        "Contact your county social services",
        "363-1868",
        "555-0101",
        "123-456-7890",
        "209-155-0123",
        "+41569476757770",
        "415931229412",
        "Suite 211",
        "211 Main St",
        "Room 2-1-1",
        "999",
        "4115",
        "741741",
        "2025-11-21",
        "95354-1234",
        "none given",
    ],
)
def test_what_is_not_surely_a_phone_gives_none(cell: str) -> None:
    assert phones.parse(cell) == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Reservation Number: (844) 644-6363TTY: 711", [("+18446446363", None, VOICE), ("711", None, TTY)]),
        ("(844) 644-6363TTY: 711", [("+18446446363", None, VOICE), ("711", None, TTY)]),
        ("711 TTY", [("711", None, TTY)]),
        ("650 363-1868 ext. 12 / 650-555-0101 (fax)", [("+16503631868", "12", VOICE), ("+16505550101", None, FAX)]),
        ("209-555-0123x4", [("+12095550123", "4", VOICE)]),
        ("209 555 0123 #4", [("+12095550123", "4", VOICE)]),
        ("209-555-0123, extensión 77", [("+12095550123", "77", VOICE)]),
        ("Fax: 650-555-0102, Phone: 650-555-0103", [("+16505550102", None, FAX), ("+16505550103", None, VOICE)]),
        ("Phone: 209-555-0101 Fax: 209-555-0102", [("+12095550101", None, VOICE), ("+12095550102", None, FAX)]),
        ("650-555-0100 TTY 650-555-0101", [("+16505550100", None, VOICE), ("+16505550101", None, TTY)]),
        ("650-555-0100 voice 650-555-0101 tty", [("+16505550100", None, VOICE), ("+16505550101", None, TTY)]),
        ("209-555-0101 (TTY users call 711)", [("+12095550101", None, VOICE), ("711", None, TTY)]),
        ("1-877-555-0155 (TTY 711) Monday", [("+18775550155", None, VOICE), ("711", None, TTY)]),
        ("209-555-0123 (voice/TTY)", [("+12095550123", None, VOICE)]),
        ("call or text 209-555-0123", [("+12095550123", None, VOICE)]),
        ("Text HOME to 741741", [("741741", None, TEXT)]),
        ("text your ZIP to 898-211", [("898211", None, TEXT)]),
        ("988 or 911", [("988", None, VOICE), ("911", None, VOICE)]),
        ("209-555-0123; (209) 555-0123", [("+12095550123", None, VOICE)]),
        ("TTY number: 1-800-555-0199", [("+18005550199", None, TTY)]),
    ],
)
def test_kinds_and_extensions(cell: str, expected: list[tuple[str, str | None, PhoneKind]]) -> None:
    assert [(phone.number, phone.extension, phone.kind) for phone in phones.parse(cell)] == expected


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("(877) 555-0177 | sun bucks helpline |", "sun bucks helpline"),
        ("1 800 555 0199 Spanish", "Spanish"),
        ("209-555-0123 (fax)", None),
        ("209-555-0123", None),
        ("209-555-0123 " + "and a long story " * 10, None),
    ],
)
def test_a_short_word_beside_a_phone_is_its_label(cell: str, label: str | None) -> None:
    assert [phone.label for phone in phones.parse(cell)] == [label]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        (Phone("+12095550123"), "209-555-0123"),
        (Phone("+12095550123", extension="4"), "209-555-0123 ext. 4"),
        (Phone("+18005550123"), "1-800-555-0123"),
        (Phone("+18335550123", extension="2"), "1-833-555-0123 ext. 2"),
        (Phone("211"), "211"),
        (Phone("741741", kind=TEXT), "741741"),
        (Phone("+526641234567"), "+52 664 123 4567"),
    ],
)
def test_display(phone: Phone, shown: str) -> None:
    assert phones.display(phone) == shown


_DIGITS = st.integers(2, 9).map(str)
_NUMBERS = st.tuples(_DIGITS, st.integers(0, 99), _DIGITS, st.integers(0, 99), st.integers(0, 9999)).map(
    lambda parts: f"+1{parts[0]}{parts[1]:02}{parts[2]}{parts[3]:02}{parts[4]:04}"
)


@settings(deadline=None)
@given(_NUMBERS, st.none() | st.integers(1, 999999).map(str))
def test_a_displayed_phone_is_read_back(number: str, extension: str | None) -> None:
    phone = Phone(number, extension)
    assert phones.parse(phones.display(phone)) == (phone,)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_phones_of_the_right_shape(text: str) -> None:
    for phone in phones.parse(text):
        assert phone.number.lstrip("+").isdecimal()
        assert phone.number.startswith("+") or len(phone.number) in (3, 5, 6)


@pytest.mark.parametrize("text", ["call 211 " * 1000, "555-" * 2500, "( " * 5000, "+5 2 " * 2000])
def test_a_long_text_does_not_hang(text: str) -> None:
    started = time.process_time()
    phones.parse(text)
    assert time.process_time() - started < 2


def test_californian_phones_do_not_load_the_library_of_foreign_ones() -> None:
    code = (
        "import sys; from directory import phones; phones.display(phones.parse('209-555-0123')[0]); "
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
