"""Comparators: each looks at one thing of two rows and says the same, different or cannot tell, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from directory import places
from directory.model import Tri
from directory.sync.match import words
from directory.sync.match.facts import Facts
from directory.sync.match.outcome import Reason

__all__ = ["Compared", "address", "name", "names", "npi", "phone", "service", "site"]


@dataclass(frozen=True)
class Compared:
    """The same, different or cannot tell, and why; no reason where a row says nothing."""

    same: Tri
    reason: Reason | None = None


_SILENT = Compared(Tri.UNKNOWN)
_FAR = 15.0
"""Miles: a point may be the middle of a ZIP or a city."""
_LIKE = 85.0
_LIKE_WHOLE = 92.0
_LIKE_SERVICE = 60.0


def npi(a: Facts, b: Facts) -> Compared:
    """The National Provider Identifier; one organization may have several."""
    if not (a.npi and b.npi):
        return _SILENT
    return Compared(Tri.YES, Reason.NPI_SAME) if a.npi == b.npi else Compared(Tri.NO, Reason.NPI_DIFFERS)


def phone(a: Facts, b: Facts) -> Compared:
    """Any number that both have; faxes do not count."""
    if not (a.phones and b.phones):
        return _SILENT
    if a.phones & b.phones:
        return Compared(Tri.YES, Reason.PHONE_SAME)
    return Compared(Tri.NO, Reason.PHONE_DIFFERS)


def site(a: Facts, b: Facts) -> Compared:
    """City and ZIP, however the street is written; one of them may be mistyped."""
    zips = _equal(a.zip, b.zip)
    cities = Tri.YES if a.city and b.city and _alike(a.city, b.city) else _equal(a.city, b.city)
    if Tri.YES in (zips, cities):
        return Compared(Tri.YES, Reason.CITY_SAME)
    if a.point and b.point and places.miles(*a.point, *b.point) > _FAR:
        return Compared(Tri.NO, Reason.CITY_DIFFERS)
    if Tri.NO in (zips, cities):
        return Compared(Tri.NO, Reason.CITY_DIFFERS)
    return _SILENT


def _equal(a: str | None, b: str | None) -> Tri:
    if not (a and b):
        return Tri.UNKNOWN
    return Tri.YES if a == b else Tri.NO


def _alike(a: str, b: str) -> bool:
    return a == b or (a[0] == b[0] and min(len(a), len(b)) > 5 and DamerauLevenshtein.distance(a, b) == 1)


def address(a: Facts, b: Facts) -> Compared:
    """House number, street and unit, in one city; a direction or a unit that one row leaves out says nothing."""
    if a.street is None or b.street is None:
        return _SILENT
    where = site(a, b)
    if where.same == Tri.NO:
        return where
    one, other = a.street, b.street
    if not (one.number and other.number):
        return _SILENT if one.name != other.name or not one.name else Compared(Tri.YES, Reason.ADDRESS_SAME)
    if one.box != other.box:
        return _SILENT
    street = _street(one, other)
    if street == Tri.NO:
        return Compared(Tri.NO, Reason.STREET_DIFFERS)
    if one.number != other.number:
        typo = DamerauLevenshtein.distance(one.number, other.number) == 1 and len(one.number) > 2
        return Compared(Tri.NO, Reason.NUMBER_SIMILAR if typo else Reason.NUMBER_DIFFERS)
    if one.unit and other.unit and one.unit != other.unit:
        return Compared(Tri.UNKNOWN, Reason.UNIT_DIFFERS)
    if street == Tri.UNKNOWN:
        return Compared(Tri.UNKNOWN, Reason.STREET_SIMILAR)
    return Compared(Tri.YES, Reason.ADDRESS_SAME) if where.same == Tri.YES else _SILENT


def _street(a: words.Street, b: words.Street) -> Tri:
    if (a.direction and b.direction and a.direction != b.direction) or (a.kind and b.kind and a.kind != b.kind):
        return Tri.NO
    if a.name == b.name:
        return Tri.YES
    one, other = "".join(a.name), "".join(b.name)
    if any(letter.isdigit() for letter in one + other):
        return Tri.YES if one == other else Tri.NO
    if fuzz.ratio(one, other) >= _LIKE:
        return Tri.YES
    return Tri.UNKNOWN if fuzz.partial_ratio(one, other) >= _LIKE and min(len(one), len(other)) > 2 else Tri.NO


_EQUAL = Compared(Tri.YES, Reason.NAME_SAME)
_SIMILAR = Compared(Tri.YES, Reason.NAME_SIMILAR)
_LONGER = Compared(Tri.UNKNOWN, Reason.NAME_LONGER)
_MORE = Compared(Tri.UNKNOWN, Reason.NAME_MORE)
_SHORT_FORM = Compared(Tri.UNKNOWN, Reason.NAME_SHORT_FORM)
_PARTLY = Compared(Tri.UNKNOWN, Reason.NAME_PARTLY)
_BRANCH = Compared(Tri.NO, Reason.BRANCH_DIFFERS)
_OTHER = Compared(Tri.NO, Reason.NAME_DIFFERS)


def name(a: Facts, b: Facts) -> Compared:
    """The organizations' names; one list may give as a name what the other calls the organization."""
    like = _like(a.organization, b.organization)
    if like in (_EQUAL, _SIMILAR):
        return like
    for one, other in ((a.service, b.organization), (a.organization, b.service)):
        if one and other and _like(one, other) == _EQUAL and len(one) > 1:
            return _EQUAL
    if _short_form(a, b) or _short_form(b, a):
        return _SHORT_FORM
    return like


def names(a: str, b: str) -> Compared:
    """Two names of organizations, as lists write them."""
    return _like(words.name(a), words.name(b))


def _short_form(a: Facts, b: Facts) -> bool:
    """Whether the name of `a` is the first letters of the name of `b`."""
    if len(a.organization) != 1 or not 2 <= len(a.organization[0]) <= 7:
        return False
    return a.organization[0] in words.initials(b.organization_text)


@lru_cache(maxsize=1 << 12)
def _like(a: tuple[str, ...], b: tuple[str, ...]) -> Compared:
    one, other = set(a), set(b)
    if one == other:
        return _EQUAL
    left, right = one - other, other - one
    if _branches(left, right):
        return _BRANCH
    if not (_telling(left) or _telling(right)) and _written_alike(a, b):
        return _SIMILAR
    shared = one & other
    if not left or not right:
        if not (shared - words.WEAK or len(shared) > 1):
            return _PARTLY
        return _LONGER if left | right <= words.WEAK | _city_words() else _MORE
    strong = shared - words.WEAK - words.DIRECTIONS
    return _PARTLY if 2 * len(strong) >= min(len(one - words.WEAK), len(other - words.WEAK)) > 0 else _OTHER


def _telling(left: set[str]) -> bool:
    """Whether words are left that tell branches apart: numbers, directions."""
    return any(word in words.DIRECTIONS or not word.isalpha() for word in left)


def _branches(left: set[str], right: set[str]) -> bool:
    """Whether both names have a number, a direction or a city that the other lacks."""
    return bool(
        (left & words.DIRECTIONS and right & words.DIRECTIONS)
        or (_numbers(left) and _numbers(right))
        or (left and right and left <= _city_words() and right <= _city_words())
    )


def _numbers(left: set[str]) -> bool:
    return not all(map(str.isalpha, left))


@lru_cache(maxsize=1)
def _city_words() -> frozenset[str]:
    return frozenset(word for found in places.names() for word in words.name(found)) - words.WEAK


def _written_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """The same words but for a slip of the keys or a gap between words."""
    if fuzz.ratio("".join(a), "".join(b)) >= _LIKE_WHOLE:
        return True
    left, right = sorted(set(a) - set(b)), sorted(set(b) - set(a))
    return len(left) == len(right) == 1 and _slip(left[0], right[0])


def _slip(a: str, b: str) -> bool:
    return min(len(a), len(b)) > 4 and DamerauLevenshtein.distance(a, b) <= 1 + (min(len(a), len(b)) > 8)


def service(a: Facts, b: Facts) -> Compared:
    """What is done there: the name beyond the organization's, then programs and needs."""
    if a.service and b.service:
        return _named_service(a, b)
    if a.service and _like(a.service, b.organization) == _EQUAL:
        return Compared(Tri.YES, Reason.SERVICE_SAME)
    if b.service and _like(b.service, a.organization) == _EQUAL:
        return Compared(Tri.YES, Reason.SERVICE_SAME)
    if _apart(a.needs, b.needs):  # lists sort the same place under other needs; programs they do not mix up
        return Compared(Tri.NO if _apart(a.programs, b.programs) else Tri.UNKNOWN, Reason.SERVICE_DIFFERS)
    if a.service or b.service:
        return _SILENT
    return Compared(Tri.YES, Reason.SERVICE_SAME if a.needs & b.needs else None)


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b and not a & b)


def _named_service(a: Facts, b: Facts) -> Compared:
    like = _like(a.service, b.service)
    if like in (_EQUAL, _SIMILAR):
        return Compared(Tri.YES, Reason.SERVICE_SAME)
    if like in (_LONGER, _MORE):
        return _SILENT
    ratio = fuzz.token_sort_ratio(" ".join(a.service), " ".join(b.service))
    if like == _BRANCH or ratio < _LIKE_SERVICE or _apart(a.programs, b.programs):
        return Compared(Tri.NO, Reason.SERVICE_DIFFERS)
    return _SILENT
