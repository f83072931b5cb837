"""How many answers were given, and about what: the raw material of reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import click

from directory import records
from directory.commands.telling import as_json_option, day_option, now, show, tell
from directory.eligibility import rules
from directory.errors import PrivacyError
from directory.model import Language, Need
from directory.records import Count

__all__ = ["register"]

_SINCE_DAYS = 30
_NONE = {
    "need": "(no need named)",
    "program": "(no program named)",
    "county": "(no county named)",
    "act": "(none: a fixed sentence, or a danger)",
    "language": "(not known)",
}
_OUTCOMES = {
    "listings": "places were shown",
    "none_found": "no place was found",
    "may_qualify": "checked: may qualify",
    "probably_not": "checked: probably not",
    "cannot_tell": "checked: cannot tell",
    "verdict": "a whole need was checked",
    "question": "a question back",
    "program": "a program was told",
    "steps": "how to get it was told",
    "guide": "a guide was told",
    "crisis": "the lines for a danger",
    "worry": "a kind word and a line",
    "handoff": "sent to a person",
    "saved": "kept for the clinic",
    "language": "about the language",
    "opt_out": "asked to stop",
    "menu": "what Puente can do",
    "smalltalk": "a few words",
    "fallback": "was not understood, or had no answer",
    "paused": "the sentence of a pause",
    "away": "the assistant was away",
    "busy": "too many were writing",
    "too_slow": "the answer took too long",
}
_LANGUAGES = {"en": "English", "es": "Spanish"}


def register(group: click.Group) -> None:
    """Adds `answers` to the `puente` command."""
    group.add_command(answers_command)


@click.command("answers")
@day_option("--since", help="From this day on; else the last 30 days.")
@click.option("--by", type=click.Choice(list(records.BY)), default="need", show_default=True, help="What to count by.")
@click.option("--searches-without-result", "unmet", is_flag=True, help="Count what was looked for and not found.")
@as_json_option
def answers_command(since: date | None, by: str, unmet: bool, as_json: bool) -> None:
    """Count the answers that Puente gave.

    Of each answer a record is kept that holds no word and nobody's name or number: the day, what it was about, and how
    it went. Small numbers can still point at somebody in a small county: keep them among staff.

    Example: puente answers --since 2026-11-01 --by county
    """
    day = since or now().date() - timedelta(days=_SINCE_DAYS)
    found = _read(lambda: records.without_result(since=day) if unmet else records.counts(by, since=day))
    names = ("need", "program", "county") if unmet else (by,)
    show(_plain(found, names, day), "\n".join(_lines(found, names, day, unmet=unmet)), as_json=as_json)


def _read(count: Callable[[], tuple[Count, ...]]) -> tuple[Count, ...]:
    def work() -> tuple[Count, ...]:
        try:
            return count()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise PrivacyError(
                f"{records.path()} is damaged ({error}), so the answers of the past cannot be counted. People are "
                "answered all the same. The next answer moves it aside and begins a new one; to get the old counts "
                "back, restore the last backup: puente restore --help"
            ) from error

    return tell(work)


def _plain(found: Sequence[Count], names: Sequence[str], since: date) -> dict[str, object]:
    rows = [{**dict(zip(names, item.values, strict=True)), "answers": item.answers} for item in found]
    return {"since": since.isoformat(), "answers": sum(item.answers for item in found), "rows": rows}


def _lines(found: Sequence[Count], names: Sequence[str], since: date, *, unmet: bool) -> Iterator[str]:
    what = "searches that found no place" if unmet else "answers"
    if not found:
        yield f"No {what} since {since}."
        return
    yield f"{sum(item.answers for item in found)} {what} since {since}, by {', '.join(names)}:"
    width = len(str(max(item.answers for item in found)))
    told = [[_named(name, value) for name, value in zip(names, item.values, strict=True)] for item in found]
    wide = [max(len(row[column]) for row in told) for column in range(len(names))]
    for item, row in zip(found, told, strict=True):
        cells = (cell.ljust(space) for cell, space in zip(row, wide, strict=True))
        yield f"{item.answers:>{width}}  {'  '.join(cells)}".rstrip()


def _named(name: str, value: str | None) -> str:
    """A value as staff call it."""
    if value is None:
        return _NONE.get(name, "-")
    if name == "need" and value in {need.value for need in Need}:
        return rules.need_names()[Need(value)].get(Language.EN)
    if name == "program" and value in rules.programs():
        return rules.program(value).short.get(Language.EN)
    return {"outcome": _OUTCOMES, "language": _LANGUAGES}.get(name, {}).get(value, value)
