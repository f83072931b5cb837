"""Whether a place has room, how long its wait list is, and the day until which it takes nobody, in a list's words."""

from __future__ import annotations

import re
from datetime import date, datetime

from directory.model import Capacity
from directory.sync import fields

__all__ = ["capacity", "next_day", "until", "wait_list"]

_WAIT_LIST = re.compile(r"wait(?:ing)?[\s-]?list(?:ed)?|lista de espera", re.I)
_AROUND_LENGTH = re.compile(
    r"[():;,~*]|\b(?:only|of|is|are|there|about|approx(?:imately)?\.?|currently|de|solo)(?!\w)", re.I
)
_LENGTH = re.compile(
    r"\d+\+?(?:\s*(?:-|–|to|a)\s*\d+)?\+?"
    r"(?:[\s-]*(?:people|persons?|families|famil(?:y|ies)|clients?|patients?|personas?|familias?|days?|weeks?|months?|years?"
    r"|d[ií]as?|semanas?|mes(?:es)?|años?)(?: (?:long|wait|waiting|on it))?)?",
    re.I,
)
_UNTIL = re.compile(
    r"(?:(?:currently )?(?:not (?:accepting|taking)(?: (?:new )?(?:referrals|clients|patients|applications))?"
    r"|(?:referrals )?(?:on hold|closed|paused|full))|en pausa|cerrado|lleno|no (?:se )?aceptan?)"
    r",? (?:until|thru|through|til|till|hasta)(?: el)? "
    r"(?P<day>\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{4}-\d\d-\d\d|[a-z]{3,9} \d{1,2}(?:, \d{4})?)",
    re.I,
)


def capacity(text: str) -> Capacity | None:
    """What the words say of room, also "on hold until 1/15"; None when they cannot be read."""
    return fields.capacity(text) or (Capacity.FULL if until(text) else None)


def wait_list(text: str) -> str | None:
    """How long the list is, of a text that speaks of one: "Wait list (40)" -> "40", "6 week waitlist" -> "6 week"."""
    if not _WAIT_LIST.search(text):
        return None
    rest = " ".join(_AROUND_LENGTH.sub(" ", _WAIT_LIST.sub(" ", text)).split()).strip(" -–—.")
    return rest if _LENGTH.fullmatch(rest) else None


def until(text: str) -> str | None:
    """The day, as written, until which there is no room: "not accepting until 1/15" -> "1/15"."""
    found = _UNTIL.fullmatch(text.strip(" .*"))
    return found["day"].strip() if found else None


def next_day(written: str, since: date) -> date | None:
    """The day that is meant by `1/15`, `1/15/2027` or `January 15`, said on the day `since`."""
    full = fields.day(written)
    if full:
        return full
    for form in ("%m/%d %Y", "%m-%d %Y", "%b %d %Y", "%B %d %Y"):
        for year in (since.year, since.year + 1):
            try:
                found = datetime.strptime(f"{written} {year}", form).date()
            except ValueError:
                continue
            if found >= since:
                return found
    return None
