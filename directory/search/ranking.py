"""Best first: the program, plan, filters, any age, the barriers, stale last, nearest, checked before listed, name.

What fits is split by one question after the other, and only as far as a page reads on: nobody sorts 50,000 listings to
show five.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import takewhile

from directory.model import Tri
from directory.search.bits import positions, runs
from directory.search.facets import Facets, counted
from directory.search.query import Relaxed, by_foot
from directory.search.sieve import Answer, Sieve

__all__ = ["Ranking"]

_ORDER = (
    Relaxed.PROGRAM,
    Relaxed.PLAN,
    Relaxed.CAPACITY,
    Relaxed.TAKING_REFERRALS,
    Relaxed.OPEN_NOW,
    Relaxed.LANGUAGE,
)
_CAR = "car"
_A_WALK = 1.0
"""Miles that most people walk."""
_NOWHERE = 9.0
"""Farther than anything: the straight line through the unit globe is no longer than 2."""


class Ranking:
    """All that fits one question (`found`, in the numbering of its sieve), and the order of it."""

    def __init__(self, sieve: Sieve, found: int, answers: dict[Relaxed, Answer]) -> None:
        self._sieve, self._index, self._order, self._found = sieve, sieve.index, sieve.order, found
        every = found
        asked = [answers[step] for step in _ORDER if step in answers]
        self.fits = {barrier: sieve.fit(barrier) for barrier in sieve.query.barriers}
        later = sieve.later if sieve.query.later else 0
        self._splits: list[tuple[int, ...]] = [_split(one, every) for one in asked]
        if sieve.query.wait_list and Relaxed.CAPACITY in answers:  # a list will do, but room is what they want
            self._splits.insert(asked.index(answers[Relaxed.CAPACITY]), _split(Answer(sieve.room.yes, 0), every))
        self._splits += [(every & ~later, later)] if later else []
        self._distant = self._order["walk_in"] | sieve.near if by_foot(sieve.query.place) else 0
        self._splits += [_split(self._on_foot(barrier, one), every) for barrier, one in self.fits.items()]
        self._splits.append((sieve.day.fresh, every & ~sieve.day.fresh))

    def _on_foot(self, barrier: str, said: Answer) -> Answer:
        """Without a car a place around the corner is as good as one far away that helps by phone, and it is nearer."""
        around = self._sieve.around
        if barrier != _CAR or around is None:
            return said
        return Answer(said.yes | (around.within(_A_WALK) & self._distant & ~said.no), said.no)

    def facets(self) -> Facets:
        """How many of the places found say what."""
        return counted(self._sieve, self._found)

    def places(self) -> int:
        """How many places were found, each once."""
        last = self._order["last"]
        return runs(self._found, last, self._order.everything & ~last)

    def page(self, offset: int, limit: int) -> list[list[int]]:
        """For each place of the page, the positions (by name) of its services that fit, best first."""
        first = self._index.firsts
        places: dict[int, None] = {}
        for position in self._best() if limit > 0 else ():
            places[first[position]] = None
            if len(places) >= offset + limit:
                break
        return [self._services(place) for place in list(places)[offset:]]

    def _best(self) -> Iterator[int]:
        for part in _parts(self._found, self._splits):
            yield from self._ordered(part)

    def _ordered(self, part: int) -> Iterator[int]:
        checked, around = self._sieve.day.checked, self._sieve.around
        near = part & self._distant
        if near and around:
            yield from map(self._by_name, around.nearest(near, checked))
        rest = part & ~near
        yield from self._named(rest & checked)
        yield from self._named(rest & ~checked)

    def _by_name(self, position: int) -> int:
        return self._order.by_name[position] if self._order.by_name is not None else position

    def _named(self, part: int) -> Iterator[int]:
        """In the order of the names: a place stands where its first service belongs, or later."""
        ranks, firsts = self._index.ranks, self._index.firsts
        if self._order.by_name is not None:
            yield from sorted(map(self._by_name, positions(part)), key=ranks.__getitem__)
            return
        waiting: list[tuple[int, int]] = []
        for position in positions(part):
            soonest = ranks[firsts[position]]
            while waiting and waiting[0][0] < soonest:
                yield heappop(waiting)[1]
            heappush(waiting, (ranks[position], position))
        while waiting:
            yield heappop(waiting)[1]

    def said(self, page: Sequence[Sequence[int]]) -> dict[str, tuple[Tri, ...]]:
        """What the best service of each place of a page says of each barrier asked for."""
        return {
            barrier: tuple(_state(one, self._here(services[0])) for services in page)
            for barrier, one in self.fits.items()
        }

    def _services(self, place: int) -> list[int]:
        firsts = self._index.firsts
        there = takewhile(lambda position: firsts[position] == place, range(place, len(firsts)))
        return sorted((position for position in there if self._found >> self._here(position) & 1), key=self._key)

    def _here(self, position: int) -> int:
        """The position in this numbering of one by name."""
        return self._index.of_name[position] if self._order.by_name is not None else position

    def _key(self, position: int) -> tuple[float, ...]:
        here = self._here(position)
        split = [next(part for part, mask in enumerate(masks) if mask >> here & 1) for masks in self._splits]
        around = self._sieve.around
        far = around.squared(here) if around and self._distant >> here & 1 else _NOWHERE
        return *split, far, not self._sieve.day.checked >> here & 1, self._index.ranks[position]


def _split(answer: Answer, every: int) -> tuple[int, ...]:
    return answer.yes, every & ~(answer.yes | answer.no), answer.no


def _state(answer: Answer, position: int) -> Tri:
    if answer.yes >> position & 1:
        return Tri.YES
    return Tri.NO if answer.no >> position & 1 else Tri.UNKNOWN


def _parts(mask: int, splits: Sequence[tuple[int, ...]]) -> Iterator[int]:
    """The set in parts, the best first: no more of it is split than is read."""
    if not mask:
        return
    if not splits:
        yield mask
        return
    for part in splits[0]:
        yield from _parts(mask & part, splits[1:])
