"""A slip of the hand in a file of notes, told by its line: no such day, a missing colon, a tab, an open quote."""

from __future__ import annotations

import re
from datetime import date

import yaml

__all__ = ["Slip", "no_day", "slip_of"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST = re.compile(r"[\s-]*([\w-]{1,30})")
_COLON = "could not find expected ':'"
_INNER = "mapping values are not allowed"
_SAID = (
    ("tab character", "the line begins with a tab. Begin it with spaces."),
    (_INNER, "a colon stands where none can be read. Either the line above lacks its colon and the space after it, or "
     "this text holds a colon itself: then write the text in quotes."),
    ("did not find expected '-'", "the line does not begin under those above it. Put the same spaces before it."),
    ("did not find expected key", "the line does not begin under those above it. Put the same spaces before it."),
)  # fmt: skip
_ELSE = "this cannot be read. Look here and on the line above for a missing bracket, quote or colon."

Slip = tuple[int, str]
"""A line of the file, and what is the matter with it."""


def no_day(event: yaml.ScalarEvent, key: str) -> str | None:
    """What is wrong with a scalar that is written as a day and is none, as 2026-02-30; `key` stands before it."""
    if not event.implicit[0] or not _DAY.fullmatch(event.value):
        return None
    try:
        date.fromisoformat(event.value)
    except ValueError:
        return f"'{key[:30]}' is {event.value}, and the calendar has no such day. Mend the day or the month."
    return None


def slip_of(error: yaml.YAMLError, text: str) -> Slip | None:
    """Where the parser stopped and what to look for there; None where it names no line."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return None
    problem, context = f"{error.problem} {error.context}", error.context_mark
    if context and _COLON in problem:
        return context.line + 1, f"there is no ':' after '{_first_word(text, context.line)}'. Write name: value."
    if context and "quoted scalar" in problem:
        return context.line + 1, "a quote is opened and not closed. Close it, or leave it out."
    mark = error.problem_mark or context
    said = next((said for sign, said in _SAID if sign in problem), _ELSE)
    return (min(mark.line, text.rstrip().count("\n")) + 1, said) if mark else None


def _first_word(text: str, line: int) -> str:
    found = _FIRST.match(text.splitlines()[line])
    return found[1] if found else "the first word"
