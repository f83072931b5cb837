"""What is kept from one reading of a message to the next changes nothing that is read."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from bot.components._shell import gazetteer
from bot.understanding.language import evidence
from bot.understanding.ngrams import NgramClassifier, features
from bot.understanding.text import tokens

MESSAGES = ("i need food in modesto", "necesito un raite al doctor", "i need a ride a ride a ride", "qwxz vbnmk", "")


@pytest.fixture(scope="module")
def classifier() -> NgramClassifier:
    said = {"food": "i need food {}", "ride": "a ride to the doctor {}", "rent": "help with my rent {}"}
    learned = [(text.format(n).split(), label) for label, text in said.items() for n in ("now", "soon", "today", "ya")]
    return NgramClassifier.fit([words for words, _ in learned], [label for _, label in learned])


@pytest.mark.parametrize("text", MESSAGES)
def test_features_are_counted_as_they_were_learned(classifier: NgramClassifier, text: str) -> None:
    words = text.split()
    for _ in range(2):
        for side, (counted, all_of_them) in enumerate(zip(classifier._counted(words), features(words), strict=True)):
            numbers = classifier.numbers[side]
            known = [(numbers[name], times) for name, times in all_of_them.items() if name in numbers]
            assert list(counted.items()) == known, "the same, in the same order"


def test_no_more_words_are_kept_than_a_few_thousand(classifier: NgramClassifier) -> None:
    for number in range(6000):
        classifier.guess((f"w{number}", "x" * 400))
    assert len(classifier._kept) <= 4096
    assert max(map(len, classifier._kept)) <= 16


@pytest.mark.parametrize(("one", "other"), list(product(MESSAGES, MESSAGES)))
def test_of_two_messages_each_is_read_by_itself(one: str, other: str) -> None:
    finder = gazetteer(frozenset())
    finder.find(one)
    words, meant = finder._read(other)
    assert words == finder._speller.parted(tokens(other))
    assert meant == finder._speller.corrected(words)


def test_drawn_out_letters_are_still_heard() -> None:
    assert evidence("i neeeed foood") == evidence("i need food") != (0.0, 0.0)
    assert Counter(evidence("necesitooo comida"))[0.0] == 1
