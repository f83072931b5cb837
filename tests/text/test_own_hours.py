"""Hours that no week could be read in stand in a line as the list has them."""

from __future__ import annotations

import dataclasses

import pytest

from directory.model import Tri
from directory.text import listing as words
from tests.text.told import EN, ES, hit


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("Saturdays 8-11", "hours in their words: Saturdays 8-11", "horario en sus palabras: "),
        ("2nd and 4th Wed 3-5pm", "hours in their words: 2nd and 4th Wed 3-5pm", "segundo y cuarto miércoles del mes"),
        ("Call for hours", "call first to ask the hours", "llame primero"),
        ("2nd Wed 3-5pm, " * 6, "call first to ask the hours", "llame primero"),
    ],
)
def test_hours_that_nobody_could_read_stand_in_the_lists_own_words(text: str, english: str, spanish: str) -> None:
    unread = dataclasses.replace(hit(hours_text=text, schedule=None), open=Tri.UNKNOWN)
    assert english in words.line(unread, EN) and spanish in words.line(unread, ES)
    assert "open now" not in words.line(unread, EN)
