"""The nearest places for each program and need, each shown once, with what one needs to choose at a glance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from directory.desk.intake.told import Told
from directory.eligibility import rules
from directory.model import Language, Need, Tri
from directory.search import Hit, Query, Relaxed, SearchResult, search
from directory.text import listing as words
from directory.text import terms
from directory.text.catalogue import say

__all__ = ["Near", "Nearest"]

_MOST = 3
_TONES = {Tri.YES: "good", Tri.NO: "bad", Tri.UNKNOWN: "soft"}


@dataclass(frozen=True)
class Near:
    """A place in two lines; `badges` are words with their tone."""

    id: str
    name: str
    phone: str
    where: str
    hours: str
    dated: str
    badges: tuple[tuple[str, str], ...]
    ticked: bool
    demo: bool


class Nearest:
    """Looks for places near where the person lives; one that was shown beside a program is not shown again."""

    def __init__(self, told: Told, language: Language, now: datetime, path: Path) -> None:
        self._told, self._language, self._now, self._path = told, language, now, path
        self._shown: set[str] = set()

    def of_program(self, program: str) -> tuple[Near, ...]:
        """The nearest that give this program, in this plan where plans give it; empty where nobody does."""
        known = rules.program(program)
        query = Query(need=known.need, program=program, plan=self._told.plan if known.plan_benefit else None)
        found = self._search(query)
        return () if found is None or Relaxed.PROGRAM in found.relaxed else self._near(found)

    def of_need(self, need: Need) -> tuple[Near, ...]:
        """The nearest of a need that stand beside none of its programs."""
        found = self._search(Query(need=need), more=len(self._shown))
        return self._near(found) if found else ()

    def instead(self, need: Need) -> tuple[str, ...]:
        """Where no place is found: what to do."""
        found = self._search(Query(need=need))
        if found is None:
            return (say("desk.intake.where_first", self._language),)
        if found.hits:  # all of them stand beside another need
            return ()
        return tuple(words.none_found(found, self._language, self._now.date()).text.splitlines())

    def _search(self, query: Query, more: int = 0) -> SearchResult | None:
        if self._told.place is None:
            return None
        asked = replace(
            query, place=self._told.place, language=self._told.speaks, refuges=False, limit=_MOST + min(more, 30)
        )
        return search(asked, now=self._now, path=self._path)

    def _near(self, found: SearchResult) -> tuple[Near, ...]:
        fresh = [hit for hit in found.hits if hit.listing.id not in self._shown][:_MOST]
        self._shown |= {hit.listing.id for hit in fresh}
        return tuple(self._one(hit, found.query) for hit in fresh)

    def _one(self, hit: Hit, query: Query) -> Near:
        language, record = self._language, hit.listing
        street = words.where(record, language) or (words.address_text(record.address) if record.address else "")
        near = words.distance(hit, language)
        return Near(
            id=record.id,
            name=words.title(record, language),
            phone=words.phone_shown(record) or say("desk.no_number", language),
            where=", ".join(part for part in (street, near) if part),
            hours=words.capital(words.hours_in_words(hit, language) or say("desk.call_first", language)).rstrip("."),
            dated=words.capital(words.dated(hit, language)),
            badges=tuple(self._badges(hit, query)),
            ticked=record.id in self._told.ids,
            demo=record.provenance.demo,
        )

    def _badges(self, hit: Hit, query: Query) -> list[tuple[str, str]]:
        language, record = self._language, hit.listing
        found = [(say(f"desk.open.{hit.open.value}", language), _TONES[hit.open])]
        found += [(words.capital(one.text), _TONES[one.state]) for one in words.answers(hit, query, language)]
        if record.taking_referrals is not Tri.UNKNOWN:
            told = say(f"desk.intake.referrals.{record.taking_referrals.value}", language)
            found.append((told, _TONES[record.taking_referrals]))
        if notice := terms.notice(record, language):
            found.insert(0, (notice, "warn"))
        return list(dict.fromkeys(found))
