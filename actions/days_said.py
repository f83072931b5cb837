"""The day that a message names: a date, a weekday, "in two weeks"; nothing where a number or a word is no day."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from directory.eligibility import strict
from directory.folding import unaccented

__all__ = ["IMPOSSIBLE", "PAST", "DaySaid", "day_in"]

IMPOSSIBLE, PAST = "impossible", "past"
_FILE = Path(__file__).parent / "days_said.yml"
_MOST_LETTERS = 1000
_JUST_GONE = timedelta(days=30)
"""A date without a year that lies no further back has passed; further back it is next year's."""


@dataclass(frozen=True)
class DaySaid:
    """A day that a message names; `rest` is the message without it, folded.

    `problem` says why it cannot be a day to come: `past`, with the day where there is one, or `impossible`. `later` is
    the other day that "next friday" may mean; `clashes` that a weekday was said which the date is not; `weekly` that it
    is the first of many; `bare` that only the number of a day was said, which may be one of a list.
    """

    day: date | None
    rest: str = ""
    problem: str | None = None
    later: date | None = None
    clashes: bool = False
    weekly: bool = False
    bare: bool = False


def day_in(text: str, today: date) -> DaySaid | None:
    """The day to come that a message names, the nearer one where two may be meant; None where it names none.

    "En ocho días" and "en quince días" are one and two weeks, as people say them.
    """
    said = _folded(text)
    for means, patterns in _ranks():
        found = [(match, day) for match in _matches(patterns, said) for day in [_READ[means](match, today)] if day]
        if found:
            return _chosen(found, said, today)
    return None


def _folded(text: str) -> str:
    said = unaccented(text[:_MOST_LETTERS].casefold())
    said = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", said)
    said = re.sub(r"['’]", "", said).replace(",", " , ")
    said = re.sub(r"(?<!\d)[./:-]|[./:-](?!\d)|[^\w\s,./:%$-]", " ", said)
    return f" {' '.join(said.split())} "


def _matches(patterns: Sequence[re.Pattern[str]], said: str) -> list[re.Match[str]]:
    """What the patterns find, in the order of the text; of two that overlap the one whose pattern comes first."""
    kept: list[re.Match[str]] = []
    for match in (match for pattern in patterns for match in pattern.finditer(said)):
        if all(match.end() <= other.start() or other.end() <= match.start() for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start())


def _chosen(found: Sequence[tuple[re.Match[str], DaySaid]], said: str, today: date) -> DaySaid:
    """The one that is meant: not one that is denied, the last after a correction, else the nearest to come."""
    left = [item for item in found if not _denied(said[: item[0].start()])] or list(found)
    between = said[left[0][0].end() : left[-1][0].start()].split()
    if _words("corrects").intersection(between):
        match, day = left[-1]
    else:
        match, day = min(left, key=lambda item: (item[1].problem is not None, item[1].day or date.max))
    rest = f"{said[: match.start()]} {said[match.end() :]}" if len(left) == 1 else _without(said, left)
    later = _beside_next_week(day, said, today)
    return replace(day, day=later or day.day, rest=" ".join(rest.split()))


def _without(said: str, found: Sequence[tuple[re.Match[str], DaySaid]]) -> str:
    for match, _ in reversed(found):
        said = f"{said[: match.start()]} {said[match.end() :]}"
    return said


def _denied(before: str) -> bool:
    return any(before.endswith(f" {word} ") for word in _tables()["denied"])


def _beside_next_week(day: DaySaid, said: str, today: date) -> date | None:
    """The same weekday in the week after this one, where "next week" stands beside a weekday of this one."""
    if day.day is None or not any(f" {words} " in said for words in _tables()["next_week"]):
        return None
    monday = today + timedelta(days=7 - today.weekday())
    return day.day if day.day >= monday else monday + timedelta(days=day.day.weekday())


# What a match means


def _date(match: re.Match[str], today: date) -> DaySaid | None:
    groups = match.groupdict()
    month, day = _month_and_day(groups)
    year = groups.get("year")
    if year is None:
        return _next_such(month, day, today, sure=bool(groups.get("month") or groups.get("led")))
    try:
        meant = date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    except ValueError:
        return DaySaid(None, problem=IMPOSSIBLE)
    return DaySaid(meant, problem=PAST if meant < today else None)


def _month_and_day(groups: Mapping[str, str | None]) -> tuple[int, int]:
    """Month and day; in figures the month comes first, unless it cannot be one."""
    if groups.get("month"):
        return _number("months", groups["month"]), _counted(groups["day"])
    month, day = int(groups["m"] or 0), int(groups["d"] or 0)
    return (day, month) if month > 12 >= day else (month, day)


def _next_such(month: int, day: int, today: date, *, sure: bool) -> DaySaid | None:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return DaySaid(None, problem=IMPOSSIBLE) if sure else None
    years = (year for year in range(today.year, today.year + 5) if day <= calendar.monthrange(year, month)[1])
    meant = next((date(year, month, day) for year in years), None)
    if meant is None:
        return DaySaid(None, problem=IMPOSSIBLE)
    if meant >= today:
        return DaySaid(meant) if meant - today < timedelta(days=366) else DaySaid(None, problem=IMPOSSIBLE)
    return DaySaid(meant, problem=PAST) if today - meant <= _JUST_GONE else DaySaid(_year_on(meant))


def _year_on(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)


def _day(match: re.Match[str], today: date) -> DaySaid | None:
    """The next day of that number; a weekday beside it has to fit where nothing else says that the number is a day."""
    groups = match.groupdict()
    number = _counted(groups["day"])
    if not 1 <= number <= 31:
        return DaySaid(None, problem=IMPOSSIBLE)
    from_day = _months_on(today.replace(day=1), 1) if groups.get("next") else today
    months = (_months_on(from_day.replace(day=1), ahead) for ahead in range(3))
    days = (month.replace(day=number) for month in months if number <= calendar.monthrange(month.year, month.month)[1])
    meant = next(day for day in days if day >= from_day)
    if not groups.get("weekday"):
        return DaySaid(meant, bare="dia" not in match[0])
    fits = meant.weekday() == _number("weekdays", groups["weekday"])
    named = re.search(r"\b(?:the|el|dia)\b|\d(?:st|nd|rd|th)", match[0])
    return DaySaid(meant, clashes=not fits) if fits or named else _weekday_of(groups["weekday"] or "", today)


def _weekday_of(word: str, today: date) -> DaySaid:
    ahead = (_number("weekdays", word) - today.weekday()) % 7
    return DaySaid(today + timedelta(days=ahead or 7))


_GONE = ("last", "this past", "past", "pasado", "el pasado", "que paso")
_THIS = ("this", "este", "this coming")
_NEXT = ("next", "proximo", "el proximo")
_WEEKLY = ("every", "each", "cada", "todos los", "todas los", "los")


def _weekday(match: re.Match[str], today: date) -> DaySaid:
    groups = match.groupdict()
    lead, tail, word = groups.get("lead") or "", groups.get("tail") or "", groups["weekday"] or ""
    number = _number("weekdays", word) if word in _numbers("weekdays") else _number("short", word)
    if lead in _GONE or tail in ("pasado", *_GONE):
        return DaySaid(today - timedelta(days=(today.weekday() - number) % 7 or 7), problem=PAST)
    ahead = (number - today.weekday()) % 7
    day = today + timedelta(days=ahead or (0 if lead in _THIS else 7))
    week = timedelta(days=7)
    if groups.get("week") or groups.get("weeks"):
        return DaySaid(day + week * (_counted(groups.get("weeks")) if groups.get("weeks") else 1))
    same_week = day.weekday() > today.weekday() and day - today < week
    later = day + week if same_week and (lead in _NEXT or tail == "proximo") else None
    return DaySaid(day, later=later, weekly=lead in _WEEKLY or word.endswith("days"))


def _ahead(match: re.Match[str], today: date) -> DaySaid | None:
    groups = match.groupdict()
    if "manana" in (groups.get("from") or "") or groups.get("from") == "tomorrow":
        today += timedelta(days=1)
    if groups.get("eight"):
        return DaySaid(today + timedelta(days=7 if groups["eight"] in ("ocho", "8") else 14))
    count, unit = _counted(groups["n"]), groups["unit"]
    if unit in ("month", "mes"):
        return DaySaid(_months_on(today, count)) if count <= 12 else None
    return DaySaid(today + timedelta(days=count * (7 if unit in ("week", "semana") else 1)))


def _near(match: re.Match[str], today: date) -> DaySaid:
    names = ("zero", "one", "two")
    return DaySaid(today + timedelta(days=next(n for n, name in enumerate(names) if match.groupdict().get(name))))


def _gone(match: re.Match[str], today: date) -> DaySaid:
    return DaySaid(None, problem=PAST)


_READ: Mapping[str, Callable[[re.Match[str], date], DaySaid | None]] = {
    "date": _date,
    "day": _day,
    "weekday": _weekday,
    "ahead": _ahead,
    "near": _near,
    "gone": _gone,
}


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# The words


def _counted(word: str | None) -> int:
    """A number in figures or words."""
    word = word or ""
    if word.isdecimal():
        return int(word)
    return _numbers("numbers").get(word) or _numbers("few").get(word) or _number("ordinals", word)


def _number(table: str, word: str | None) -> int:
    return _numbers(table)[word or ""]


@functools.cache
def _numbers(table: str) -> Mapping[str, int]:
    return {word: int(number) for number, words in _tables()[table].items() for word in words}


@functools.cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_tables()[table])


@functools.cache
def _ranks() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple((rank["means"], tuple(map(_compiled, rank["patterns"]))) for rank in _tables()["ranks"])


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, words in _stands_for():
        pattern = pattern.replace(f"{{{name}}}", words)
    return re.compile(rf"(?<![\w/.:$-])(?:{pattern})(?![\w/])")


def _stands_for() -> Iterator[tuple[str, str]]:
    tables = _tables()
    for name in ("month", "weekday", "number", "ordinal"):
        yield name, _one_of(_numbers(f"{name}s"))
    for name in ("short", "few"):
        yield name, _one_of(_numbers(name))
    yield "noun", _one_of(tables["nouns"])
    yield "measure", _one_of(tables["measures"])


def _one_of(words: Mapping[str, int] | Sequence[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


@functools.cache
def _tables() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
