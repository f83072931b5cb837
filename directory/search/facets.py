"""How many of the places found say what: sets are counted, no row is read, so it costs the same at any size of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from directory.model import Need
from directory.search.bits import runs
from directory.search.query import Relaxed
from directory.search.sieve import Answer, Sieve

__all__ = ["WALK_IN", "WHEELCHAIR", "Facets", "Said", "counted"]

WHEELCHAIR, WALK_IN = "wheelchair", "phone"
"""The barriers of `fitting.yml` whose answers say how one gets in: with a wheelchair, without a call before."""


@dataclass(frozen=True)
class Said:
    """Of the places found, each counted once: how many say yes, how many say no, of how many nobody knows.

    A place says yes when one of its services does, and no when one does and none says yes.
    """

    yes: int
    no: int
    unknown: int


@dataclass(frozen=True)
class Facets:
    """What the places found say, beside what was asked: `told` by open_now, taking_referrals, has_room, wheelchair and
    walk_in; `wait_list` how many have one; `checked` how many somebody checked lately; `stale` how many are old.

    `needs`, `programs`, `plans` and `languages`: how many places name each, the most first.
    """

    total: int
    told: Mapping[str, Said]
    wait_list: int
    checked: int
    stale: int
    needs: Mapping[str, int]
    programs: Mapping[str, int]
    plans: Mapping[str, int]
    languages: Mapping[str, int]


class _Counting:
    def __init__(self, sieve: Sieve, found: int) -> None:
        self._found, self._last = found, sieve.order["last"]
        self._body = sieve.order.everything & ~self._last
        self._masks = sieve.order.masks
        self.total = self.places(found)

    def places(self, mask: int) -> int:
        """How many of the places found have a service in that set."""
        return runs(self._found & mask, self._last, self._body)

    def said(self, answer: Answer) -> Said:
        yes, told = self.places(answer.yes), self.places(answer.yes | answer.no)
        return Said(yes, told - yes, self.total - told)

    def each(self, kind: str, names: Iterable[str]) -> Mapping[str, int]:
        """Those of the names that any place has, the most first."""
        counts = {name: self.places(self._masks.get(f"{kind}/{name}", 0)) for name in names}
        return dict(sorted(((name, count) for name, count in counts.items() if count), key=lambda one: (-one[1], one)))

    def known(self, kind: str) -> Iterator[str]:
        return (name.partition("/")[2] for name in self._masks if name.startswith(f"{kind}/"))


def counted(sieve: Sieve, found: int) -> Facets:
    """The counts of what was found (`found`, in the numbering of its sieve)."""
    counting = _Counting(sieve, found)
    answers = {
        "open_now": sieve.answer(Relaxed.OPEN_NOW),
        "taking_referrals": sieve.answer(Relaxed.TAKING_REFERRALS),
        "has_room": sieve.room,
        "wheelchair": sieve.fit(WHEELCHAIR),
        "walk_in": sieve.fit(WALK_IN),
    }
    return Facets(
        total=counting.total,
        told={name: counting.said(answer) for name, answer in answers.items()},
        wait_list=counting.places(sieve.order["capacity/wait_list"] & sieve.day.judged),
        checked=counting.places(sieve.day.checked),
        stale=counting.places(found & ~sieve.day.fresh),
        needs=counting.each("need", (need.value for need in Need)),
        programs=counting.each("program", counting.known("program")),
        plans=counting.each("plan", counting.known("plan")),
        languages=counting.each("language", counting.known("language")),
    )
