"""One question against one index: who may fit, and for each filter who surely does and who surely does not."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce
from operator import or_

from directory import hours
from directory.eligibility import rules
from directory.model import Need, PlaceKind
from directory.search import fitting
from directory.search.around import Around
from directory.search.index import Day, Index, Numbering
from directory.search.leaving import left_out
from directory.search.query import FAR_MILES, NEAR_MILES, Query, Relaxed, by_foot

__all__ = ["Answer", "Sieve", "Width", "need_of"]

MOST_WORDS = 8


@dataclass(frozen=True)
class Width:
    """What is looked at beyond what was asked: places farther away (`far`), other programs of the need (`other`)."""

    far: bool = False
    other: bool = False


@dataclass(frozen=True)
class Answer:
    """What is known of a filter: who fits, who does not; of the others nobody knows."""

    yes: int
    no: int


def need_of(program: str | None) -> Need | None:
    """The need that a program is for."""
    known = rules.programs().get(program) if program else None
    return known.need if known else None


class Sieve:
    """A question at one time, so wide; its sets are those of one numbering, the map's when distances count."""

    def __init__(self, index: Index, connection: sqlite3.Connection, query: Query, now: datetime, width: Width) -> None:
        self.index, self.query, self._connection, self._width = index, query, connection, width
        self._minute = now.replace(second=0, microsecond=0)
        self._today = now.astimezone(hours.PACIFIC).date()
        self.on_map = by_foot(query.place) or (width.far and query.place is not None)
        self.order: Numbering = index.map if self.on_map else index.names

    @cached_property
    def day(self) -> Day:
        return self.index.day(self._today, self.order)

    @cached_property
    def around(self) -> Around | None:
        """The surroundings of the place, where distances count."""
        return self.index.around(self.query.place) if self.on_map and self.query.place else None

    @cached_property
    def candidates(self) -> int:
        """Who may fit before any filter."""
        mask = self._what & self.day.shown & ~self._left_out & self._refuges
        for word in _words(self.query.text):
            mask &= self.index.word(self._connection, word, self.order)
        if not mask or (self.query.text and not self.query.text.isspace() and not _words(self.query.text)):
            return 0
        return mask & self._where(mask)

    @property
    def _what(self) -> int:
        need = self.query.need or need_of(self.query.program)
        of_need = self.order[f"need/{need.value}"] if need else 0
        if self.query.program is None:
            return of_need if need else self.order.everything
        return self.order[f"program/{self.query.program}"] | (of_need if self._width.other else 0)

    @property
    def _left_out(self) -> int:
        """All sites of the organizations that did not work, where that was for the need asked for."""
        need = self.query.need or need_of(self.query.program)
        return left_out(self.index, self._connection, self.order, self.query.without, need)

    @property
    def _refuges(self) -> int:
        """The places kept secret alone, or everything but them where a roof is asked for."""
        secret, need = self.order["confidential/yes"], self.query.need or need_of(self.query.program)
        if self.query.refuges is None or (not self.query.refuges and need not in (None, Need.HOUSING)):
            return self.order.everything
        return secret if self.query.refuges else self.order.everything & ~secret

    def _where(self, mask: int) -> int:
        place = self.query.place
        if place is None:
            return mask
        if self._width.far:
            return self._served | self._around(FAR_MILES) & self.order["walk_in"]
        return self._served if place.kind is PlaceKind.COUNTY else self._close

    @cached_property
    def _close(self) -> int:
        """Who is found without going farther."""
        if not by_foot(self.query.place):
            return self._served
        return (self._served & self.order["by_county"]) | (self.near & self.order["walk_in"])

    @cached_property
    def _served(self) -> int:
        county = self.query.place.county if self.query.place else ""
        return self.order[f"county/{county}"] | (self.order["statewide"] & self.order["by_county"])

    @property
    def near(self) -> int:
        """Who is within the nearer distance, whether people walk in or not."""
        return self._around(NEAR_MILES)

    def _around(self, miles: float) -> int:
        return self.around.within(miles) if self.around else 0

    def steps(self) -> list[Relaxed]:
        """What may be given up, in its order; distance and program only once nothing is left without."""
        query = self.query
        asked = {
            Relaxed.LANGUAGE: query.language,
            Relaxed.OPEN_NOW: query.open_now,
            Relaxed.TAKING_REFERRALS: query.taking_referrals,
            Relaxed.CAPACITY: query.has_room,
            Relaxed.PLAN: query.plan,
            Relaxed.DISTANCE: self._width.far,
            Relaxed.PROGRAM: self._width.other,
        }
        return [step for step, wanted in asked.items() if wanted]

    def fit(self, barrier: str) -> Answer:
        """Who says that they help in spite of that barrier, and who says that they do not."""
        no = self.order[f"fits/{barrier}/no"]
        programs = (self.order[f"program/{program}"] for program in fitting.programs(barrier))
        yes = reduce(or_, programs, self.order[f"fits/{barrier}/yes"])
        return Answer(yes & ~no, no)

    @cached_property
    def room(self) -> Answer:
        """Who has room, as somebody lately said, and who is full or has a waiting list."""
        full = self.order["capacity/full"] | self.order["capacity/wait_list"]
        return Answer(self.order["capacity/open"] & self.day.judged, full & self.day.judged)

    @cached_property
    def later(self) -> int:
        """Who gives nothing of the need but programs that are to come after the others."""
        need = self.query.need or need_of(self.query.program)
        of_need = rules.needs().get(need, ()) if need else ()
        others = (self.order[f"program/{name}"] for name in of_need if name not in self.query.later)
        these = (self.order[f"program/{name}"] for name in self.query.later)
        return reduce(or_, these, 0) & ~reduce(or_, others, 0)

    def answer(self, step: Relaxed) -> Answer:
        """Who fits that filter and who does not."""
        order, query = self.order, self.query
        if step is Relaxed.LANGUAGE:
            return _stated(order, "language", query.language)
        if step is Relaxed.PLAN:
            return _stated(order, "plan", query.plan)
        if step is Relaxed.OPEN_NOW:
            yes, no = self.index.open(self._minute, order)
            known = self.day.fresh & ~self.index.noticed(self._connection, self._today, order)
            return Answer(yes & known, no & known)
        if step is Relaxed.TAKING_REFERRALS:
            return Answer(order["taking_referrals/yes"], order["taking_referrals/no"])
        if step is Relaxed.CAPACITY:
            waits = order["capacity/wait_list"] if query.wait_list else 0
            return Answer(self.room.yes | waits & self.day.judged, self.room.no & ~waits)
        yes = self._close if step is Relaxed.DISTANCE else order[f"program/{query.program}"]
        return Answer(yes, order.everything & ~yes)


def _stated(order: Numbering, column: str, value: str | None) -> Answer:
    yes = order[f"{column}/{value}"]
    return Answer(yes, order[column] & ~yes)


def _words(text: str | None) -> Sequence[str]:
    """The words of a text, each the beginning of a word that the listing must have, accents and capitals aside."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text or ""))[:MOST_WORDS]
