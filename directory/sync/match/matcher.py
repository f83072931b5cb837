"""The rows of one list against those of all others: one listing for one place, and a person is asked where in doubt."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from directory.sync import decisions
from directory.sync.match.blocks import Blocks
from directory.sync.match.facts import Facts, read
from directory.sync.match.judge import Judged, Verdict, judge
from directory.sync.match.outcome import Candidate, Match, Outcome, Reason

__all__ = ["Matcher"]

_SHOWN = 5
"""Candidates that a person is shown of one row."""


@dataclass(frozen=True)
class _Found:
    """What was found of one row: the outcome so far, and the verdict it rests on."""

    match: Match
    verdict: Verdict = Verdict.UNLIKE
    lines: frozenset[str] = frozenset()


class Matcher:
    """Finds the listings of other lists that the new rows of `source_id` belong to; without other lists it is idle."""

    def __init__(self, work: sqlite3.Connection, source_id: str) -> None:
        self._work = work
        self._source = source_id
        self._lines: dict[str, object] = {}
        self._parts: Counter[str] = Counter()

    def matches(self, fresh: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Match]]:
        """Row id and match of each row (row id, draft as JSON) that has no link yet, in the same order."""
        if not self._others():
            yield from ((row, self._own(row, Outcome.NEW, (Reason.FIRST_SEEN,))) for row, _ in fresh)
            return
        same, different = self._decided()
        blocks: Blocks | None = None
        found: dict[str, _Found] = {}
        for row, draft in fresh:
            blocks = blocks or Blocks(self._work, self._source)
            found[row] = self._found(row, read(draft), blocks, same.get(row), different.get(row, frozenset()))
        yield from self._settled(found)

    def _others(self) -> bool:
        """Whether another list has rows in force; by the key, so that the rows of this list are not gone through."""
        query = "SELECT 1 FROM staged WHERE source_id {} ? AND refused = 0 AND ended_on IS NULL LIMIT 1"
        return any(self._work.execute(query.format(side), (self._source,)).fetchone() for side in ("<", ">"))

    def _own(self, row: str, outcome: Outcome, reasons: tuple[Reason, ...]) -> Match:
        return Match(outcome, f"{self._source}:{row}", reasons)

    def _decided(self) -> tuple[dict[str, str], dict[str, set[str]]]:
        """Row -> the listing that somebody said it is; row -> those that it is not."""
        same: dict[str, str] = {}
        different: dict[str, set[str]] = {}
        for item in decisions.in_force(self._work, today=date.min):
            if item.row_id is None or item.source_id is None:
                continue
            if item.kind == decisions.Kind.SAME and item.source_id == self._source:
                same[item.row_id] = item.listing_id
            if item.kind == decisions.Kind.DIFFERENT:
                if item.source_id == self._source:
                    different.setdefault(item.row_id, set()).add(item.listing_id)
                own, _, row = item.listing_id.partition(":")
                if own == self._source:
                    different.setdefault(row, set()).add(f"{item.source_id}:{item.row_id}")
        return same, different

    def _found(
        self, row: str, facts: Facts, blocks: Blocks, same: str | None, different: Iterable[str]
    ) -> _Found:  # fmt: skip
        self._note_lines(facts)
        if same:
            return _Found(Match(Outcome.SAME, same, (Reason.DECIDED_SAME,)), Verdict.EXACT)
        judged = self._judged(facts, blocks)
        refused = set(different) & judged.keys()
        for listing in refused:
            del judged[listing]
        found = self._chosen(row, judged)
        if refused and found.match.outcome in (Outcome.NEW, Outcome.DIFFERENT):
            return _Found(self._own(row, Outcome.DIFFERENT, (Reason.DECIDED_DIFFERENT,)))
        return replace(found, lines=facts.phones)

    def _note_lines(self, facts: Facts) -> None:
        """Keeps which phones of this list ring at several doors."""
        for phone in facts.phones if facts.door else ():
            known = self._lines.setdefault(phone, hash(facts.door))
            if known != hash(facts.door):
                self._lines[phone] = None

    def _judged(self, facts: Facts, blocks: Blocks) -> dict[str, Judged]:
        """Listing -> the verdict on it; a row of it that surely is another place makes the others doubtful."""
        near = [(listing, blocks.facts(number)) for number, (_, _, listing) in blocks.near(facts).items()]
        central = _central(facts, [known for _, known in near])
        together: dict[str, list[Judged]] = {}
        for listing, known in near:
            verdict = judge(facts, known)
            if verdict.verdict == Verdict.MOVED and central:
                verdict = Judged(Verdict.OTHER, (*verdict.reasons, Reason.PHONE_SHARED))
            together.setdefault(listing, []).append(verdict)
        return {listing: max(items, key=lambda item: item.verdict) for listing, items in together.items()}

    def _chosen(self, row: str, judged: dict[str, Judged]) -> _Found:
        best = max((item.verdict for item in judged.values()), default=Verdict.UNLIKE)
        chosen = {listing: item for listing, item in judged.items() if item.verdict == best}
        if best == Verdict.PART and len(chosen) > 1:
            return _Found(self._own(row, Outcome.DIFFERENT, (*next(iter(chosen.values())).reasons, Reason.ONE_SERVICE)))
        if best >= Verdict.SAME and len(chosen) == 1:
            [(listing, item)] = chosen.items()
            return _Found(Match(Outcome.SAME, listing, item.reasons), best)
        if best >= Verdict.PART:
            asked = self._ask(row, _closest(chosen))
            if best == Verdict.PART:
                self._parts[asked.candidates[0].listing_id] += 1
            return _Found(asked, best)
        if best == Verdict.OTHER:
            nearest = max(chosen.values(), key=lambda item: len(item.reasons))
            return _Found(self._own(row, Outcome.DIFFERENT, nearest.reasons), best)
        return _Found(self._own(row, Outcome.NEW, (Reason.FIRST_SEEN,)))

    def _ask(self, row: str, judged: dict[str, Judged]) -> Match:
        candidates = tuple(Candidate(listing, judged[listing].reasons) for listing in sorted(judged)[:_SHOWN])
        reasons = (Reason.SEVERAL_LISTINGS,) if len(judged) > 1 else candidates[0].reasons
        return Match(Outcome.ASK, f"{self._source}:{row}", reasons, candidates)

    def _settled(self, found: dict[str, _Found]) -> Iterator[tuple[str, Match]]:
        """The matches when all rows are known: no two rows of one list are one listing."""
        taken = self._taken()
        wanted = Counter(
            (item.match.listing_id, item.verdict) for item in found.values() if item.match.outcome == Outcome.SAME
        )
        best: dict[str, Verdict] = {}
        for listing, verdict in wanted:
            best[listing] = max(verdict, best.get(listing, verdict))
        for row, item in found.items():
            yield row, self._settle(row, item, taken, wanted, best)

    def _taken(self) -> set[str]:
        """The listings that a row of this list in force belongs to already."""
        query = """SELECT link.listing_id FROM link JOIN staged
                   ON staged.source_id = link.source_id AND staged.row_id = link.row_id
                   WHERE link.source_id = ? AND staged.refused = 0 AND staged.ended_on IS NULL"""
        return {str(listing) for (listing,) in map(tuple, self._work.execute(query, (self._source,)))}

    def _settle(
        self, row: str, item: _Found, taken: set[str], wanted: Counter[tuple[str, Verdict]], best: dict[str, Verdict]
    ) -> Match:
        match = item.match
        if item.verdict == Verdict.MOVED and any(self._lines.get(line, 0) is None for line in item.lines):
            return self._own(row, Outcome.DIFFERENT, (*match.reasons, Reason.PHONE_SHARED))
        if item.verdict == Verdict.PART and match.candidates:
            return self._settle_part(row, match, taken, best)
        if match.outcome != Outcome.SAME or match.reasons == (Reason.DECIDED_SAME,):
            return match
        listing = match.listing_id
        if listing not in taken and wanted[listing, best[listing]] == 1 and best[listing] == item.verdict:
            return match
        why = Reason.SEVERAL_ROWS if listing not in taken and best[listing] == item.verdict else Reason.LISTING_TAKEN
        return Match(Outcome.ASK, f"{self._source}:{row}", (*match.reasons, why), (Candidate(listing, match.reasons),))

    def _settle_part(self, row: str, match: Match, taken: set[str], best: dict[str, Verdict]) -> Match:
        """No question where another row of this list is the whole place, or several are services of it."""
        listing = match.candidates[0].listing_id
        if listing in taken or listing in best or self._parts[listing] > 1:
            return self._own(row, Outcome.DIFFERENT, (*match.reasons, Reason.ONE_SERVICE))
        return match


def _central(facts: Facts, near: list[Facts]) -> bool:
    """Whether a phone of these facts rings at two other doors or more."""
    doors = {known.door for known in near if known.phones & facts.phones and known.door}
    return len(doors - {facts.door}) > 1


def _closest(judged: dict[str, Judged]) -> dict[str, Judged]:
    """Those that name the same service too, where there are any."""
    named = {listing: item for listing, item in judged.items() if Reason.SERVICE_SAME in item.reasons}
    return named or judged
