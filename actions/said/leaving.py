"""Leaving, or having just left, a hospital, a nursing home, a jail or foster care."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from actions.said import patterns
from actions.said.plain import Sentence
from actions.said.signs import Found, denied, readable

__all__ = ["found"]


def found(sentence: Sentence) -> Iterator[Found]:
    """The facts that follow from what a sentence says was left, is left or will be left soon."""
    if _pattern("long_ago").search(sentence.text) or not _pattern("places").search(sentence.text):
        return
    for place, facts in _facts().items():
        for match in _leaves(place).finditer(sentence.text):
            before = sentence.text[: match.start() + 1].rpartition(" , ")[2].split()[-3:]
            if readable(sentence, match) and not denied(before):
                yield from (Found(fact, True, match.start()) for fact in facts)
                if _pattern("no_home").search(sentence.text):
                    yield Found("leaving_place_no_home", True, match.start())


@functools.cache
def _leaves(place: str) -> re.Pattern[str]:
    tables = _tables()
    verbs, names = "|".join(tables["verbs"]), "|".join(tables["names"][place])
    alone = "|".join(tables["alone"].get(place, ()))
    whole = (
        rf" (?:{verbs}) (?:(?:the|a|an|of|from|my|del|de|la|el|un|una|county|state|my|federal) ){{0,3}}(?:{names})(?= )"
    )
    return re.compile(f"{whole}| (?:{alone})(?= )" if alone else whole)


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    tables = _tables()
    named = [word for words in tables["names"].values() for word in words] if name == "places" else []
    listed: Sequence[str] = [*named, *tables[name]]
    return re.compile(r"\b(?:" + "|".join(listed) + r")\b")


def _facts() -> Mapping[str, Sequence[str]]:
    facts: Mapping[str, Sequence[str]] = _tables()["facts"]
    return facts


def _tables() -> Mapping[str, Any]:
    return patterns.table("leaving")
