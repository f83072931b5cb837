"""How many people a message says are in the home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.said import patterns
from actions.said.numbers import number
from actions.said.plain import Sentence
from actions.said.signs import denied, readable

__all__ = ["MOST_SAID", "members", "sizes"]

MOST_SAID = 20
"""A home of more people than this is taken for something else."""


def sizes(sentence: Sentence) -> Iterator[int]:
    """Every size that a sentence states."""
    if _nobodys_size(sentence):
        return
    for pattern in patterns.every("household", "said"):
        for match in pattern.finditer(sentence.text):
            if _stated(sentence, match):
                yield from _sensible(int(match["n"]))
    for match in _one("two_kinds").finditer(sentence.text):
        if _stated(sentence, match):
            yield from _sensible(_count(match["a"]) + _count(match["b"]))
    listed = [count for count, match in members(sentence.text) if _stated(sentence, match, kids=True)]
    yield from listed
    if not listed:
        yield from (
            1
            for pattern in patterns.every("household", "alone")
            for match in pattern.finditer(sentence.text)
            if _stated(sentence, match)
        )


def _nobodys_size(sentence: Sentence) -> bool:
    """A limit of the rules, a home that somebody has left since, the home of a neighbor."""
    text = sentence.text
    of_a_rule = _one("about_limits").search(text) and not _one("ours").search(text)
    return bool(of_a_rule or _one("some_left").search(text) or _one("of_another").search(text))


def _stated(sentence: Sentence, match: re.Match[str], *, kids: bool = False) -> bool:
    before = sentence.text[: match.start() + 1].rpartition(" , ")[2].split()
    if denied(before) or (before[-1:] == ["si"] and "y si" in sentence.text) or _what_if(before):
        return False
    return kids or not sentence.asks or _plain_in_question(sentence, match)


def _what_if(before: list[str]) -> bool:
    return (
        before[-2:] == ["what", "if"]
        or bool({"fueramos", "suppose", "unless", "when", "cuando"} & set(before[-3:]))
        or ("were" in before[-3:] and before[0] != "were")
    )


def _plain_in_question(sentence: Sentence, match: re.Match[str]) -> bool:
    """ "can we get it if we are 4" says how many; "do you have to be 4" does not."""
    return readable(sentence, match, asking=True) and not re.search(
        r"\b(?:have to be|tienen que ser|hay que ser)\b", sentence.text
    )


def _sensible(size: int) -> Iterator[int]:
    if 1 <= size <= MOST_SAID:
        yield size


def _count(said: str | None) -> int:
    value = number(said or "")
    return 1 if value is None else int(value)


def members(text: str, *, answering: bool = False) -> Iterator[tuple[int, re.Match[str]]]:
    """Every list of people that says how many live together ("me and my 3 kids"), the one speaking counted once."""
    for match in _one("list_living").finditer(text):
        count = _members(match["list"], speaker=False)
        if count and _one("many_whole").search(f" {match['list']} ") and not _owns_more(text, match):
            yield count, match
            return
    for match in _one("list_alone").finditer(text):
        said = f" {match['list']} "
        count = _members(said, speaker=True)
        closed = answering or _one("exactly").search(text[: match.start() + 1]) or count >= 3
        if count and (_one("many_whole").search(said) or closed) and not _owns_more(text, match):
            yield count, match


def _owns_more(text: str, match: re.Match[str]) -> bool:
    """ "my wife and i have 2 kids", "me and 2 friends went": the list is not the home."""
    return bool(_one("owns_more").match(text[match.end() :]))


def _members(said: str, *, speaker: bool) -> int:
    """How many a list counts; 0 when it names nobody speaking, or a number of children that nobody knows."""
    items = [item for item in _one("join").split(f" {said.strip()} ".replace("  ", " ")) if item.strip()]
    selves = sum(1 for item in items if _one("myself").fullmatch(item.strip()))
    if selves > 1 or (speaker and selves == 0):
        return 0
    total = 1
    for item in items:
        if _one("myself").fullmatch(item.strip()):
            continue
        many = _one("many_whole").search(f" {item.strip()} ")
        total += _count(many["n"]) if many else 1
    return total if total <= MOST_SAID else 0


def _one(key: str) -> re.Pattern[str]:
    return patterns.one("household", key)
