"""Expressions that are not tried could not have matched."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.understanding import crisis
from bot.understanding.openings import Expressions
from bot.understanding.text import _fold_one, fold, plain

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("expression", "line", "tried"),
    [
        (r"(?<= )kill (?:me |myself )", " they kill me ", True),
        (r"(?<= )kill (?:me |myself )", " they skill me ", False),
        (r"(?<= )kill[a-z]* me ", " they killed me ", True),
        (r"(?<= )(?:kill|murder)[a-z]* me ", " murderer me ", True),
        (r"(?<= )(?:kill|murder)[a-z]* me ", " mur me ", False),
        (r"(?<= )(?:the |my )?end ", " end ", True),
        (r"(?<= )(?:the |my )?end ", " my end ", True),
        (r"(?<= )(?:the |my )?end ", " ending ", False),
        (r"(?<= )(?:\w+ ){0,3}end ", " so it ends ", True),
        (r"(?<= )(?:want|(?:wish|hope)(?:ed)?) it ", " wished it ", True),
        (r"(?<= )(?:want|(?:wish|hope)(?:ed)?) it ", " wishing it ", False),
        (r"(?<= )(?!no )now ", " now ", True),
        (r"(?<= )[dt]ie ", " tie ", True),
        (r"(?<= )die$", " die", True),
        (r"(?<= )\| die ", " a | die ", True),
        (r"(?<= )", " ", True),
    ],
)
def test_what_an_expression_may_begin_with(expression: str, line: str, tried: bool) -> None:
    compiled = re.compile(expression)
    assert Expressions([compiled]).that_may_match(line.split()) == ([compiled] if tried else [])
    assert tried or not compiled.search(line)


def test_they_come_in_their_order_and_once() -> None:
    both, one = re.compile("(?<= )(?:a |b )"), re.compile("(?<= )[a-z]* c ")
    assert Expressions([one, both]).that_may_match(["b", "a", "b"]) == [one, both]


def messages() -> Iterator[str]:
    for row in (HERE / "devset.jsonl").read_text("utf-8").splitlines():
        yield json.loads(row)["text"]
    for row in (HERE / "crisis.tsv").read_text("utf-8").splitlines():
        yield from row.split("\t")


def test_no_danger_and_no_saying_of_our_tables_is_left_out() -> None:
    patterns = crisis._patterns()
    many = (patterns.figures, patterns.worry, *patterns.dangers.values())
    tried = matched = 0
    for message in messages():
        line = crisis._line(message, patterns)
        for expressions in many:
            kept = expressions.that_may_match((*line.split(), "|"))
            matching = [each for each in expressions.all() if each.search(line)]
            assert set(matching) <= set(kept), message
            tried, matched = tried + len(kept), matched + len(matching)
    assert 0 < matched < tried < 60 * sum(1 for _ in messages())


def test_the_short_ways_of_plain_and_fold_say_the_same_of_every_letter() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if unicodedata.category(letter) == "Cs":
            continue
        composed = unicodedata.normalize("NFC", letter)
        seen = "".join(one for one in composed if one in "\n\t" or unicodedata.category(one)[0] != "C")
        assert plain(letter) == seen
        assert fold(letter) == _fold_one(letter)
