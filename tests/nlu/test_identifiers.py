"""Numbers that nobody should send here are taken out; ZIPs, amounts, ages, dates and the phones of places are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.understanding.identifiers import MASK, mask
from directory.eligibility import questions, rules

TABLE = yaml.safe_load((Path(__file__).parent / "identifiers.yml").read_text("utf-8"))
TAKEN = [(kind, text) for kind, texts in TABLE["taken"].items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), TAKEN)
def test_it_is_taken_out(kind: str, text: str) -> None:
    masked = mask(text)
    assert kind in masked.kinds
    assert MASK in masked.text
    assert re.search(r"\d{6,}|\d{3}\D{0,3}\d{2}\D{0,3}\d{4}", masked.text) is None


@pytest.mark.parametrize("text", TABLE["kept"])
def test_it_stays_what_it_is(text: str) -> None:
    assert (mask(text).text, mask(text).kinds) == (text, ())


def test_the_choices_of_our_questions_stay_what_they_are() -> None:
    labels = [choice.label for choice in questions.group_choices()]
    labels += [choice.label for condition in rules.conditions().values() for choice in condition.choices]
    texts = [words for label in labels for words in (label.en, label.es)]
    assert len(texts) > 50
    assert [text for text in texts if mask(text).kinds] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my social is 078-05-1120, food near 95354", "my social is ***, food near 95354"),
        (
            "mi numero A es A123456789, necesito un refugio en Fresno",
            "mi numero A es ***, necesito un refugio en Fresno",
        ),
        ("4111 1111 1111 1111 and 078051120 pay my rent", "*** and *** pay my rent"),
        ("call me at 209-555-0123, we make 2,400 in 95354", "call me at ***, we make 2,400 in 95354"),
    ],
)
def test_the_rest_of_the_message_stays(text: str, left: str) -> None:
    assert mask(text).text == left
    assert not mask(text).alone


@pytest.mark.parametrize("text", ["078-05-1120", "my ssn is 078-05-1120", "mi ebt 4111 1111 1111 1111", "A123456789"])
def test_a_message_of_nothing_else_is_told(text: str) -> None:
    assert mask(text).alone


def test_hidden_characters_and_other_digits_hide_no_number() -> None:
    for text in ("078\u200b-05-\u200b1120", "０７８−０５−１１２０", "٠٧٨-٠٥-١١٢٠", "078\u00a005\u00a01120"):
        assert mask(text).kinds == ("ssn",), text
