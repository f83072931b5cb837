"""Reads one value of a note: a day of our time, a line of text, dates from and until, a figure, a phone."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from directory import phones
from directory.eligibility.strict import Entry, Period, Text, refuse_overlaps

__all__ = ["MOST", "as_phone", "day", "dollars", "line", "period", "phone", "twin"]

_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)
_LETTERS = 300
_SHORT = re.compile(r"[2-9]11|988")
MOST: Final = 10_000_000


def day(entry: Entry) -> date:
    """A day between 2000 and 2100."""
    found = entry.day()
    if not _FIRST <= found <= _LAST:
        raise entry.refuse(f"{found} is no day of our time. Mend the year.")
    return found


def line(entry: Entry) -> str:
    """One line of text."""
    found = " ".join(entry.text().split())
    if len(found) > _LETTERS or not found.isprintable():
        raise entry.refuse(f"one line of at most {_LETTERS} letters was expected here. Shorten it.")
    return found


def twin(entry: Entry) -> Text:
    """One line in English and one in Spanish."""
    found = entry.fields(("en", "es"))
    return Text(line(found["en"]), line(found["es"]))


def period(found: Mapping[str, Entry]) -> Period:
    """The days `from` and `until`, both included; null or absent where none is known."""
    start, until = (found[key].maybe(day) if key in found else None for key in ("from", "until"))
    dates = Period(start, until)
    if until:
        refuse_overlaps(found["until"].path, found["until"].key, [dates])
    return dates


def dollars(entry: Entry) -> float:
    """A figure that can be an amount or a percentage."""
    found = entry.number()
    if not math.isfinite(found) or not 0 < found < MOST:
        raise entry.refuse(f"{found} is no amount. Write a number above 0.")
    return found


def phone(entry: Entry) -> str:
    """A phone as we write it, from any form in which people write one; 211 may stand without quotes."""
    written = Entry(str(entry.value), entry.path, entry.key) if type(entry.value) is int else entry
    found = as_phone(written.text()) or written.phone()
    if len(found) == 3 and not _SHORT.fullmatch(found):
        raise entry.refuse(f"'{found}' does not look like 1-800-555-0123 or 211. Write it so.")
    return found


def as_phone(text: str) -> str | None:
    """1-559-555-0199 of (559) 555-0199; None where the text is not surely one number of this country and no more."""
    found = phones.parse(text.strip())
    if len(found) != 1 or found[0].extension or found[0].label:
        return None
    number = found[0].number
    if len(number) == 3:
        return number
    parts = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number)
    return f"1-{'-'.join(parts.groups())}" if parts else None
