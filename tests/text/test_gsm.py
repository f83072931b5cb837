"""Texts counted as carriers count them; the boundaries are written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.text import gsm

COUNTED = [
    ("", 1),
    ("a" * 160, 1),
    ("a" * 161, 2),
    ("a" * 306, 2),
    ("a" * 307, 3),
    ("a" * 459, 3),
    ("a" * 460, 4),
    ("ñ¿¡éü" * 32, 1),
    ("á" * 70, 1),
    ("á" * 71, 2),
    ("á" * 134, 2),
    ("á" * 135, 3),
    ("a" * 159 + "ó", 3),
    ("€" * 80, 1),
    ("€" * 80 + "a", 2),
    ("a" * 159 + "[", 2),
    ("a" * 152 + "[" + "a" * 152, 3),  # the bracket goes whole into the second part
    ("🙂" * 35, 1),
    ("🙂" * 36, 2),
    ("🙂" * 33 + "🙂" * 33, 2),
    ("🙂" * 67, 3),
]


@pytest.mark.parametrize(("text", "count"), COUNTED, ids=lambda value: str(value)[:12])
def test_segments(text: str, count: int) -> None:
    assert gsm.segments(text) == count


@pytest.mark.parametrize(
    ("text", "name"), [("¿Mañana?", "GSM-7"), ("Sí", "UCS-2"), ("it’s", "UCS-2"), ("it's", "GSM-7")]
)
def test_encoding(text: str, name: str) -> None:
    assert gsm.encoding(text) == name


def test_typesetting_costs_nothing_and_accents_stay_unless_folded() -> None:
    said = "“Sí” — está abierto…\u00a0¿Mañana?"
    assert gsm.folded(said, accents=True) == '"Sí" - está abierto... ¿Mañana?'
    assert gsm.folded(said, accents=False) == '"Si" - esta abierto... ¿Mañana?'


def test_a_phone_number_is_never_cut() -> None:
    for before in range(100, 170):
        parts = gsm.parted("x" * 40 + " " + "y" * (before - 41) + " 1-800-555-0142 and more words after it " * 3, 1)
        assert all(part.count("555") == part.count("1-800-555-0142") for part in parts)


def test_a_number_in_brackets_with_spaces_is_never_cut() -> None:
    for before in range(120, 165):
        parts = gsm.parted("word " * (before // 5) + "(209) 555 0142 and on it goes " + "word " * 20, 1)
        assert sum("(209) 555 0142" in part for part in parts) == 1


def test_it_is_cut_between_lines_first() -> None:
    assert gsm.parted("a" * 100 + "\n" + "b" * 100, 1) == ("a" * 100, "b" * 100)


def test_a_line_goes_before_a_sentence_that_fits_better() -> None:
    assert gsm.parted("a" * 100 + "\n" + "b" * 40 + ". " + "c" * 100, 1)[0] == "a" * 100


def test_what_stands_after_a_colon_stays_beside_what_it_is_for() -> None:
    for before in range(130, 165):
        parts = gsm.parted("x" * before + " Thoughts of suicide: 988 and more words", 1)
        assert not any(part.endswith(":") for part in parts)


def test_the_sentences_of_hindi_are_cut_between() -> None:
    assert gsm.parted("\u0926" * 60 + "\u0964 " + "\u0916" * 20, 1) == ("\u0926" * 60 + "\u0964", "\u0916" * 20)


@given(st.text(max_size=700), st.integers(1, 4))
def test_each_part_fits_and_no_word_is_lost(text: str, most: int) -> None:
    parts = gsm.parted(text, most)
    assert all(gsm.segments(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
