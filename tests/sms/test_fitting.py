"""What a phone shows: nothing of a page, a typewriter's letters, whole numbers, parts within what carriers count."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms.fitting import MOST_LETTERS, fitted, plain
from directory.text import gsm

WRITTEN = [
    ("**Food** near `Modesto`", "Food near Modesto"),
    ("# Food\n\n\n• one\n• two", "Food\n- one\n- two"),
    ("See https://www.benefitscal.com/.", "See benefitscal.com."),
    ("See https://www.example.org/apply?x=1, or call", "See example.org/apply?x=1, or call"),
    ("[Apply here](https://benefitscal.com/apply)", "Apply here: benefitscal.com/apply"),
    ("[benefitscal.com](https://benefitscal.com)", "benefitscal.com"),
    ("Modesto \u2014 \u201copen\u201d \u2026 it\u2019s 8\u201310\u00a0am", 'Modesto - "open" ... it\'s 8-10 am'),
    ("one  \n   \n\n two", "one\n two"),
    ("a\x00b\u200bc\ufeffd\ud800e", "abcde"),
    ("5 * 3 * 2 and snake_case__name", "5 * 3 * 2 and snake_case__name"),
    ("2026/11/22 and 1/2/3", "2026/11/22 and 1/2/3"),
    ("1 Food bank\n2 CalFresh", "1 Food bank\n2 CalFresh"),
]


@pytest.mark.parametrize(("text", "shown"), WRITTEN)
def test_what_only_a_page_shows_is_gone(text: str, shown: str) -> None:
    (one,) = fitted([{"text": text, "custom": {}}], accents="keep")
    assert one["text"] == shown


def test_accents_stay_or_are_folded_as_the_clinic_says() -> None:
    message = {"text": "Está bien, ¿dónde vive? Mañana \u2014 sí", "custom": {"kind": "question"}}
    (kept,) = fitted([message], accents="keep")
    (folded,) = fitted([message], accents="fold")
    assert kept["text"] == "Está bien, ¿dónde vive? Mañana - sí" and kept["encoding"] == "UCS-2"
    assert folded["text"] == "Esta bien, ¿donde vive? Mañana - si" and folded["encoding"] == "GSM-7"


@pytest.mark.parametrize(
    ("said", "encoding"), [("", "UCS-2"), (", accents: fold", "GSM-7"), (", accents: keep", "UCS-2")]
)
def test_the_setting_decides(home: Path, said: str, encoding: str) -> None:
    sms = f'sms: {{account: AC{"0" * 32}, from: "209-555-0199"{said}}}\n'
    (home / "settings.yml").write_text(f"clinic: A\n{sms}")
    assert fitted([{"text": "sí", "custom": {}}])[0]["encoding"] == encoding


def test_what_a_reply_is_stays_beside_each_part() -> None:
    custom = {"kind": "crisis", "crisis": "self_harm"}
    parts = fitted([{"text": "Call 988. " * 100, "custom": custom}, {"text": " \n ", "custom": {}}], accents="keep")
    assert len(parts) > 1 and all(part["custom"] == custom for part in parts)
    assert all(part["segments"] == gsm.segments(part["text"]) <= 4 for part in parts)


LETTERS = st.text(st.sampled_from("abc áñ€😀.\n-*#`[]()/:0123456789"), max_size=2500)


@given(LETTERS, st.sampled_from(["listings", "language", "nonsense", None]), st.sampled_from(["keep", "fold"]))
def test_any_text_comes_in_parts_that_fit(text: str, kind: Any, accents: str) -> None:
    parts = fitted([{"text": text, "custom": {"kind": kind}}], accents=accents)
    assert all(part["text"].strip() and part["segments"] <= 4 and len(part["text"]) <= MOST_LETTERS for part in parts)
    whole = "".join("".join(part["text"].split()) for part in parts)
    shown = "".join(gsm.folded(plain(text), accents=accents == "keep").split())
    assert whole == shown


@given(st.text(max_size=300), st.text(max_size=300), st.integers(200, 999), st.integers(0, 9999))
def test_a_number_is_never_broken(before: str, after: str, area: int, line: int) -> None:
    number = f"{area}-555-{line:04d}"
    text = f"{before} {number} {after}"
    whole = re.findall(rf"(?<!\d){number}(?!\d)", gsm.folded(plain(text), accents=True))
    parts = fitted([{"text": text, "custom": {}}], accents="keep")
    assert sum(len(re.findall(rf"(?<!\d){number}(?!\d)", part["text"])) for part in parts) >= len(whole)
