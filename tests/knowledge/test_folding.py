"""Words made comparable: odd strings, one by one, as those that wrote the same folding each for itself had them."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from directory.folding import bare_words, spaced, unaccented

UNACCENTED = [
    ("Peña's  House", "Pena's  House"),
    ("CAÑÓN\tde Ñ", "CANON\tde N"),
    ("n\u0303 e\u0301", "n e"),  # the accents written as letters of their own
    ("ﬁrst ½ Ⅷ", "first 1⁄2 VIII"),
    ("Ｆｏｏｄ １２", "Food 12"),
    ("Straße Øre ł", "Straße Øre ł"),  # letters of their own, without an accent to lose
    ("İzmir", "Izmir"),
    ("a\u00a0b\u3000c", "a b c"),
    ("한국 食べ物", unicodedata.normalize("NFKD", "한국") + " 食へ物"),
    ("😀 ’ʻ`", "😀 ’ʻ`"),
    ("", ""),
]
SPACED = [
    ("  Casa\t DE \n la\u00a0Familia ", "casa de la familia"),
    ("CAFÉ  Señor", "café señor"),
    ("St. Mary's", "st. mary's"),
    ("STRASSE Straße", "strasse strasse"),
    ("\u3000\u2003", ""),
    ("", ""),
]
BARE_WORDS = [
    ("Peña's House", ["penas", "house"]),
    ("O’Connor-Ruiz, M.D.", ["oconnor", "ruiz", "m", "d"]),
    ("24-hour_line", ["24", "hour", "line"]),
    ("¿Dónde está?", ["donde", "esta"]),
    ("Straße", ["strasse"]),
    ("... ' ’", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "plain"), UNACCENTED)
def test_accents_go_and_all_else_stays(text: str, plain: str) -> None:
    assert unaccented(text) == plain


@pytest.mark.parametrize(("text", "plain"), SPACED)
def test_case_and_spaces_say_nothing(text: str, plain: str) -> None:
    assert spaced(text) == plain


@pytest.mark.parametrize(("text", "words"), BARE_WORDS)
def test_words_alone(text: str, words: list[str]) -> None:
    assert bare_words(text) == words


def test_no_letter_that_there_is_keeps_an_accent() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert not any(map(unicodedata.combining, unaccented(every)))
