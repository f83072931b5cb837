"""Part of a list: open at some time, free, without an ID, with a ramp; unknown is never a yes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from directory.eligibility import rules
from directory.hours.when import Window, closes_at, fits, opens_at
from directory.model import Listing, Tri
from directory.search import fitting
from directory.search.query import Freshness, Hit

__all__ = ["FREE", "OPEN", "TERMS", "Held", "Narrowing", "held", "narrowed", "open_then", "states"]

FREE = frozenset({"free", "none", "nocost", "nocharge", "freeofcharge", "gratis", "ninguno", "ninguna", "sincosto"})
"""What a place writes for a price of nothing, as `rules.key_of` reads it."""

LATEST, EARLIEST = "latest", "earliest"
OPEN = "open"
"""The name of the time asked for, beside those of the terms."""


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to on a day (`today`): a time, keys of `TERMS`.

    `order` puts first who closes latest or opens earliest.
    """

    today: date
    window: Window | None = None
    terms: tuple[str, ...] = ()
    order: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """Everything that is asked for, what a person can change least first."""
        return tuple(name for name in _BY_WEIGHT if name in self.terms or (name == OPEN and self.window))

    def only(self, parts: Iterable[str]) -> Narrowing:
        """The same with those parts alone."""
        kept = set(parts)
        window = self.window if OPEN in kept else None
        return replace(self, window=window, terms=tuple(name for name in self.terms if name in kept))


@dataclass(frozen=True)
class Held:
    """Whom a narrowing (`asked`) leaves: `narrowing` is what was held, `given_up` what no place has beside the rest.

    `unsaid` is what was held and no place left says that it has.
    """

    hits: tuple[Hit, ...]
    asked: Narrowing
    narrowing: Narrowing
    given_up: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


def held(hits: Sequence[Hit], narrowing: Narrowing, *, loosen: bool) -> Held:
    """Whom it leaves; where that is nobody and `loosen` is true, one part after the other is given up."""
    kept = narrowing.parts
    if loosen and not narrowed(hits, narrowing):
        kept = ()
        for part in narrowing.parts:
            kept = (*kept, part) if narrowed(hits, narrowing.only((*kept, part))) else kept
    rest = narrowing.only(kept)
    left = narrowed(hits, rest)
    found = [states(hit, rest) for hit in left]
    unsaid = tuple(part for part in kept if left and not any(each[part] is Tri.YES for each in found))
    return Held(left, narrowing, rest, tuple(part for part in narrowing.parts if part not in kept), unsaid)


def narrowed(hits: Iterable[Hit], narrowing: Narrowing) -> tuple[Hit, ...]:
    """Who surely fits, in the order asked for, then of whom nobody knows; who surely does not fit is left out.

    Of those of whom something is not known, who surely has the more of it comes first.
    """
    told = [(hit, list(states(hit, narrowing).values())) for hit in hits]
    sure = [hit for hit, found in told if set(found) <= {Tri.YES}]
    unsure = [(hit, found.count(Tri.YES)) for hit, found in told if Tri.NO not in found and Tri.UNKNOWN in found]
    return (*_ordered(sure, narrowing), *(hit for hit, _ in sorted(unsure, key=lambda one: -one[1])))


def states(hit: Hit, narrowing: Narrowing) -> dict[str, Tri]:
    """For each thing asked for, whether the place has it."""
    found: dict[str, Tri] = {}
    if narrowing.window:
        found[OPEN] = _any([open_then(each, narrowing) for each in hit.services])
    for name in narrowing.terms:
        found[name] = _JOINED.get(name, _same)([TERMS[name](each) for each in hit.services])
    return found


def open_then(service: Hit, narrowing: Narrowing) -> Tri:
    """Whether one service is open at the time asked for; an old week or a notice says nothing sure."""
    if narrowing.window is None or service.freshness is Freshness.STALE or service.listing.alert:
        return Tri.UNKNOWN
    return fits(service.listing.schedule, narrowing.window, narrowing.today)


def _any(found: Sequence[Tri]) -> Tri:
    return next((state for state in (Tri.YES, Tri.UNKNOWN) if state in found), Tri.NO)


def _same(found: Sequence[Tri]) -> Tri:
    return found[0] if len(set(found)) == 1 else Tri.UNKNOWN


def _of_the_place(found: Sequence[Tri]) -> Tri:
    """Of what holds for all services at one address: what one of them says, unless another says else."""
    return _same([state for state in found if state is not Tri.UNKNOWN] or [Tri.UNKNOWN])


def _free(hit: Hit) -> Tri:
    listing = hit.listing
    if listing.fee is not Tri.UNKNOWN:
        return _not(listing.fee)
    own = listing.fees_text and rules.key_of(listing.fees_text)
    return Tri.YES if own in FREE else Tri.UNKNOWN


def _not(state: Tri) -> Tri:
    return {Tri.YES: Tri.NO, Tri.NO: Tri.YES}.get(state, Tri.UNKNOWN)


def _told(barrier: str) -> Callable[[Hit], Tri]:
    """What a listing says in its columns and its own words."""
    return lambda hit: fitting.of(hit.listing, barrier)


def _column(read: Callable[[Listing], Tri]) -> Callable[[Hit], Tri]:
    return lambda hit: read(hit.listing)


_DELIVERED = frozenset({"oaa_home_meals", "cs_mtm"})
"""Programs that bring what they give to people's homes."""
_DELIVERS = re.compile(
    r"\b(?:home[- ]delivered|home delivery|deliver(?:s|y|ies|ed)? (?:\w+ ){0,4}to (?:\w+ )?homes?|we deliver"
    r"|delivery available|brought to your home|a domicilio)\b",
    re.IGNORECASE,
)


def _delivers(hit: Hit) -> Tri:
    listing = hit.listing
    texts = (listing.name, listing.description, listing.how_to_apply)
    said = any(_DELIVERS.search(text) for text in texts if text)
    return Tri.YES if said or _DELIVERED & set(listing.programs) else Tri.UNKNOWN


TERMS: Mapping[str, Callable[[Hit], Tri]] = {
    "free": _free,
    "walk_in": _column(lambda listing: listing.walk_in),
    "no_id": _told("id"),
    "wheelchair": _told("wheelchair"),
    "families": _told("kids"),
    "pets": _told("pets"),
    "referrals": _column(lambda listing: listing.taking_referrals),
    "room": lambda hit: hit.room,
    "parking": lambda hit: Tri.UNKNOWN,
    "delivery": _delivers,
}
"""By what is asked for, whether a service has it; of parking no list says anything."""

_JOINED: Mapping[str, Callable[[Sequence[Tri]], Tri]] = {
    "wheelchair": _of_the_place,
    "pets": _of_the_place,
    "delivery": _of_the_place,
}
_BY_WEIGHT = (
    "wheelchair",
    "families",
    "pets",
    "no_id",
    OPEN,
    "walk_in",
    "free",
    "referrals",
    "room",
    "parking",
    "delivery",
)


def _ordered(hits: list[Hit], narrowing: Narrowing) -> list[Hit]:
    """As found, or by the hour at which they close or open on the days asked for."""
    if narrowing.order == LATEST:
        return sorted(hits, key=lambda hit: -max(_hours(hit, narrowing)))
    return sorted(hits, key=lambda hit: min(_hours(hit, narrowing))) if narrowing.order == EARLIEST else hits


def _hours(hit: Hit, narrowing: Narrowing) -> list[int]:
    """The closing or opening minutes of its services that are surely open then."""
    hour = closes_at if narrowing.order == LATEST else opens_at
    days = (narrowing.window.days if narrowing.window else ()) or (None,)
    weeks = [each.listing.schedule for each in hit.services if open_then(each, narrowing) is Tri.YES]
    found = (hour(week, day) for week in weeks if week for day in days)
    return [minute for minute in found if minute is not None] or [0]
