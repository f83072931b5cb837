"""Part of a list that was shown: open at some time, free, without an appointment or an ID; unknown is never a yes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.eligibility import rules
from directory.hours.when import Window, closes_at, fits, opens_at
from directory.model import Listing, Tri
from directory.search.query import Freshness, Hit

__all__ = ["FREE", "Narrowing", "narrowed", "open_then", "states"]

FREE = frozenset({"free", "none", "nocost", "nocharge", "freeofcharge", "gratis", "ninguno", "ninguna", "sincosto"})
"""What a place writes for a price of nothing, as `rules.key_of` reads it."""

LATEST, EARLIEST = "latest", "earliest"


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to on a day (`today`); `order` puts first who closes latest or opens earliest."""

    today: date
    window: Window | None = None
    free: bool = False
    walk_in: bool = False
    no_id: bool = False
    order: str | None = None


def narrowed(hits: Iterable[Hit], narrowing: Narrowing) -> tuple[Hit, ...]:
    """Who surely fits, in the order asked for, then of whom nobody knows; who surely does not fit is left out."""
    states_of = [(hit, set(states(hit, narrowing).values())) for hit in hits]
    sure = [hit for hit, found in states_of if found <= {Tri.YES}]
    unsure = [hit for hit, found in states_of if Tri.NO not in found and not found <= {Tri.YES}]
    return (*_ordered(sure, narrowing), *unsure)


def states(hit: Hit, narrowing: Narrowing) -> dict[str, Tri]:
    """For each thing asked for, whether the place has it."""
    found: dict[str, Tri] = {}
    if narrowing.window:
        found["open"] = _any([open_then(each, narrowing) for each in hit.services])
    wanted = {"free": narrowing.free, "walk_in": narrowing.walk_in, "no_id": narrowing.no_id}
    for name in (name for name, is_wanted in wanted.items() if is_wanted):
        found[name] = _same([_TERMS[name](each.listing) for each in hit.services])
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


def _free(listing: Listing) -> Tri:
    if listing.fee is not Tri.UNKNOWN:
        return _not(listing.fee)
    own = listing.fees_text and rules.key_of(listing.fees_text)
    return Tri.YES if own in FREE else Tri.UNKNOWN


def _not(state: Tri) -> Tri:
    return {Tri.YES: Tri.NO, Tri.NO: Tri.YES}.get(state, Tri.UNKNOWN)


_TERMS: Mapping[str, Callable[[Listing], Tri]] = {
    "free": _free,
    "walk_in": lambda listing: listing.walk_in,
    "no_id": lambda listing: _not(listing.id_asked),
}


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
