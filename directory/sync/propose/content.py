"""What a column holds, by its cells alone: the share of them that read as a phone, a ZIP, a city and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from directory import hours, phones
from directory.model import Capacity, Tri
from directory.plans import plan_by_alias
from directory.sync import fields, where
from directory.sync.propose import services

__all__ = ["EXPECTED", "KINDS", "Content", "content", "said"]

_LOOKED_AT = 300
_NPI = re.compile(r"[12]\d{9}")
_STREET = re.compile(r"(?:\d+[-\w]*\s+(?:[NSEW]\.?\s+)?[A-Za-z\d].*|p\.?\s?o\.?\s*box\b.*)", re.I)
_LETTERS = re.compile(r"[A-Za-z]{2}")
_LONGEST = 200
"""Letters: what is longer is a text, whatever stands in it."""
_CLOCK = re.compile(
    r"\d\s*(?:am|pm|a\.m|p\.m|:\d\d|hours)|\b(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom)", re.I
)
# A day and, right behind it, from when to when.
_DAY_AND_TIME = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[a-zéá]*\.?,?\s+(?:de\s+)?\d{1,2}(?::\d\d)?\s*"
    r"(?:[ap]\.?m?\.?\s*)?(?:-|–|to|a)\s*\d",
    re.I,
)


def _npi(text: str) -> bool:
    """Ten digits whose last one checks (Luhn, after the prefix 80840)."""
    digits = text.strip().removesuffix(".0")
    if not _NPI.fullmatch(digits):
        return False
    total = 24  # what the prefix adds
    for number, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if number % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _phone(text: str) -> bool:
    return not fields.zip_code(text) and bool(phones.parse(text))


def _county(text: str) -> bool:
    words = tuple(word for word in fields.split(text) if not fields.blank(word))
    found = where.area(words or (text,))
    return found.statewide or (bool(found.counties) and not found.problems)


def _between(low: float, high: float) -> Callable[[str], bool]:
    def within(text: str) -> bool:
        try:
            return low <= float(text) <= high and "." in text
        except ValueError:
            return False

    return within


def _language(text: str) -> bool:
    codes, unread = fields.languages(text)
    return bool(codes) and len(unread) <= len(codes)


def _capacity(text: str) -> bool:
    return fields.capacity(text) not in (None, Capacity.UNKNOWN)


def _plan(text: str) -> bool:
    return any(plan_by_alias(word) for word in (text, *fields.split(text, ";,|")))


def _email(text: str) -> bool:
    return "@" in text and fields.email(text) is not None and len(text.split()) <= 3


def _link(text: str) -> bool:
    return len(text.split()) == 1 and "@" not in text and bool(_LETTERS.search(text)) and fields.link(text) is not None


def _hours(text: str) -> bool:
    """Hours as far as words tell, also such as no week is read in: "Saturdays 8-11", "2nd and 4th Wed 3-5pm"."""
    if not _CLOCK.search(text):
        return False
    return hours.parse(text) is not None or len(_CLOCK.findall(text)) >= 2 or bool(_DAY_AND_TIME.search(text))


def _whole_address(text: str) -> bool:
    return "city" in fields.full_address(text)


KINDS: Mapping[str, Callable[[str], bool]] = {
    "email": _email,
    "link": _link,
    "npi": _npi,
    "zip": lambda text: fields.zip_code(text) is not None,
    "phone": _phone,
    "day": lambda text: fields.day(text) is not None,
    "latitude": _between(32.0, 42.5),
    "longitude": _between(-125.0, -113.5),
    "yes_no": lambda text: fields.tri(text) in (Tri.YES, Tri.NO),
    "capacity": _capacity,
    "hours": _hours,
    "language": _language,
    "county": _county,
    "city": lambda text: len(text) <= 40 and not any(map(str.isdigit, text)) and where.city_place(text) is not None,
    "plan": _plan,
    "service": lambda text: bool(services.read_cell(text)),
    "full_address": _whole_address,
    "street": lambda text: (
        _STREET.fullmatch(text) is not None and not (fields.day(text) or _phone(text) or _whole_address(text))
    ),
}
"""Kind of content -> whether a cell is of it."""

EXPECTED: Mapping[str, tuple[str, ...]] = {
    "phones": ("phone",), "faxes": ("phone",), "ttys": ("phone",), "postal_code": ("zip",), "city": ("city",),
    "counties": ("county", "city"), "url": ("link",), "email": ("email",), "hours_text": ("hours",),
    "languages": ("language",), "plans": ("plan",), "npi": ("npi",), "latitude": ("latitude",),
    "longitude": ("longitude",), "assured_on": ("day",), "as_of": ("day",), "edited_on": ("day",),
    "capacity_on": ("day",), "wheelchair": ("yes_no",), "taking_referrals": ("yes_no",), "confidential": ("yes_no",),
    "fee": ("yes_no",), "id_asked": ("yes_no",), "walk_in": ("yes_no",), "by_phone": ("yes_no",),
    "by_appointment": ("yes_no",), "capacity": ("capacity",), "address_1": ("street", "full_address"),
    "address": ("full_address", "street"), "programs": ("service",), "topics": ("service",), "county": ("county",),
}  # fmt: skip
"""Field -> the kinds of content that fit it; a field that is not here takes any text."""

_SAID: Mapping[str, str] = {
    "email": "e-mail addresses", "link": "web addresses", "npi": "NPI numbers", "zip": "ZIP codes", "phone": "phones",
    "day": "days", "latitude": "latitudes", "longitude": "longitudes", "yes_no": "yes / no marks",
    "capacity": "words about room", "hours": "opening hours", "language": "languages", "county": "counties",
    "city": "cities", "plan": "health plans", "service": "services that Puente knows",
    "full_address": "whole addresses", "street": "street addresses",
}  # fmt: skip


def said(kind: str) -> str:
    """The kind for a person, as a plural."""
    return _SAID.get(kind, kind)


@dataclass(frozen=True)
class Content:
    """What stands in a column: how many cells say something, how many differ, and of which kinds they are (0 to 1)."""

    filled: int
    distinct: int
    total: int
    shares: Mapping[str, float] = field(default_factory=dict)

    def share(self, kinds: Iterable[str]) -> float:
        """The share of the best of these kinds."""
        return max((self.shares.get(kind, 0.0) for kind in kinds), default=0.0)

    def best(self) -> tuple[str, float]:
        """The kind that most cells are of, the first in the order of `KINDS` when two are level."""
        return max(self.shares.items(), key=lambda item: item[1], default=("", 0.0))


@lru_cache(maxsize=65536)
def _is(kind: str, text: str) -> bool:
    return len(text) <= _LONGEST and KINDS[kind](text)


def content(cells: Iterable[str], kinds: Iterable[str] = ()) -> Content:
    """What the cells hold; `kinds` limits what is looked for."""
    every = [fields.clean(cell) for cell in cells]
    texts = [text for text in every if not fields.blank(text)]
    looked = texts[:: max(1, len(texts) // _LOOKED_AT)]
    wanted = tuple(kinds) or tuple(KINDS)
    shares = {kind: sum(_is(kind, text) for text in looked) / len(looked) for kind in wanted} if looked else {}
    return Content(len(texts), len(set(texts)), len(every), shares)
