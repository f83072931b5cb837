"""The choice that an answer means, by the words of its label or those of the table."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from actions.said import patterns
from actions.said.plain import plain
from actions.said.reading import facts_in
from directory.eligibility import rules
from directory.eligibility.conditions import Choice

__all__ = ["choice", "none_is_unclear"]

_NONE = ("none", "not_in_group", "not_applied")
"""The choices that "none of these" may mean, the first that the question has."""


def choice(fact: str, text: str, said: str) -> str | None:
    """The value that a message answers to a question with choices; None for no answer. `said` is the plain text."""
    values = {item.value for item in _choices(fact)}
    stated = facts_in(text).get(fact)
    if isinstance(stated, str) and stated in values:
        return stated
    if "?" in said or none_is_unclear(fact, said):
        return None
    if fact == _WORK_RULE and _tells_of_a_child(said):
        return _NOT_ABOUT_ME
    if _bare(said) in _tables()["none_of_these"]:
        return next((value for value in _NONE if value in values), None)
    longest = _longest(fact, said)
    return longest if longest in values else None


_WORK_RULE, _NOT_ABOUT_ME = "abawd_status", "not_in_group"
_CHILD_OF_THE_RULE = 14
"""The work rule is not about somebody with a child under this age."""


def _tells_of_a_child(said: str) -> bool:
    """Whether the age of a child is told that takes somebody out of the work rule: "my youngest is 6"."""
    told = (patterns.one("family", "said", name).search(f" {said} ") for name in ("aged", "aged_before"))
    return any(found is not None and _is_small(found["n"], found["unit"]) for found in told)


def _is_small(age: str, unit: str | None) -> bool:
    in_years = (unit or "year").startswith(_YEARS)
    return not in_years or (age.isdecimal() and int(age) < _CHILD_OF_THE_RULE)


_YEARS = ("year", "ano")


def none_is_unclear(fact: str, said: str) -> bool:
    """Whether a message says only "none of these", where labels begin so and go on ("none of these, but ...")."""
    tables = _tables()
    if fact == _WORK_RULE and _bare(said) in tables["plain_no"]:  # its question is none of yes and no
        return True
    begins = tuple(f"{none} " for none in tables["none_of_these"] if none not in tables["plain_no"])
    bare = _bare(said)
    return f"{bare} " in begins and any(
        label.startswith(begins) and label not in tables["none_of_these"] for label in _labels(fact)
    )


def _bare(said: str) -> str:
    return said.strip(" .,")


def _longest(fact: str, said: str) -> str | None:
    """The choice whose words fit best; None when two fit as well."""
    weights = {
        value: max((len(phrase) for phrase in phrases if f" {phrase} " in f" {said} "), default=0)
        for value, phrases in _main_words(fact).items()
    }
    best = max(weights.values(), default=0)
    fitting = [value for value, weight in weights.items() if weight == best > 0]
    return fitting[0] if len(fitting) == 1 else None


@functools.cache
def _main_words(fact: str) -> Mapping[str, tuple[str, ...]]:
    """Value -> its phrases: those of the table, and its whole labels."""
    listed: Mapping[str, list[str]] = _tables()["words"].get(fact, {})
    return {
        item.value: (*(str(word) for word in listed.get(item.value, ())), plain(item.label.en), plain(item.label.es))
        for item in _choices(fact)
    }


@functools.cache
def _labels(fact: str) -> tuple[str, ...]:
    """The labels as words alone: "none of these , but" and "none of these but" are one."""
    texts = (text for item in _choices(fact) for text in (item.label.en, item.label.es))
    return tuple(" ".join(plain(text).replace(",", " ").split()) for text in texts)


@functools.cache
def _choices(fact: str) -> tuple[Choice, ...]:
    return tuple(_all_choices(fact))


def _all_choices(fact: str) -> Iterator[Choice]:
    for condition in rules.conditions().values():
        if condition.fact == fact:
            yield from condition.choices


def _tables() -> Mapping[str, Any]:
    return patterns.table("choices")
