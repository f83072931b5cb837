"""Measures how two made-up lists, whose truth is known, are matched: precision, recall, questions, time, memory.

python -m bench.matching                  the table
python -m bench.matching --rows 5000      smaller
python -m bench.matching --seed 1         the seed that the rules were tuned on
python -m bench.matching --save           also written into bench/RESULTS.md
"""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from bench.made_lists import Place, pair
from bench.results import options, tell
from directory import schema
from directory.model import Provenance
from directory.sync.match import Match, Matcher, Outcome
from directory.sync.record import to_json

__all__ = ["Figures", "main", "measure"]

ROOT = Path(__file__).resolve().parent.parent
TUNING, REPORTING = 1, 2026
SHARED = 0.2


@dataclass
class Figures:
    """What came out; `wrong` and `missed` are (row, listing) pairs of keys to look at."""

    rows: int
    seconds: float = 0.0
    megabytes: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    right: int = 0
    asked_right: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    idle: list[tuple[int, Match]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(self.outcomes["same"], 1)

    @property
    def recall(self) -> float:
        return (self.right + self.asked_right) / (self.right + self.asked_right + len(self.missed))


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=REPORTING)
    parser.add_argument("--show", type=int, default=0, help="print that many wrong and missed rows")
    wanted = parser.parse_args()
    first, second = pair(wanted.rows, SHARED, wanted.seed)
    figures = measure(first, second)
    table = report(figures)
    tell(table, section(table, wanted.rows, wanted.seed), keep=wanted.save)
    for line in looked_at(figures, first, second, wanted.show):
        sys.stdout.write(line + "\n")


def measure(first: list[Place], second: list[Place]) -> Figures:
    """Matches the second list against the first in a work.db of its own."""
    figures = Figures(len(second))
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as folder:
        db = Database(Path(folder) / "work.db")
        schema.work.apply(db)
        db.conn.row_factory = sqlite3.Row
        with db.conn:
            fill(db.conn, first)
        drafts = [(str(place.key), to_json(place.listing)) for place in second]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()  # other work on the machine does not count
        found = list(Matcher(db.conn, "second").matches(iter(drafts)))
        figures.seconds = time.process_time() - began
        figures.megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        db.close()
    count(figures, found, {place.key for place in first})
    return figures


def fill(work: sqlite3.Connection, places: list[Place]) -> None:
    columns = "source_id, row_id, raw_sha256, line, draft, problems, refused, first_on, changed_on"
    work.executemany(
        f"INSERT INTO staged ({columns}) VALUES ('first', ?, '', 0, ?, '[]', 0, '', '')", list(staged(places))
    )
    work.executemany(
        """INSERT INTO link (source_id, row_id, listing_id, outcome, reasons, since)
           VALUES ('first', ?, ?, 'new', '[]', '')""",
        [(str(place.key), f"first:{place.key}") for place in places],
    )


def staged(places: list[Place]) -> Iterator[tuple[str, str]]:
    for place in places:
        provenance = Provenance("first", str(place.key), "First list", demo=True)
        yield str(place.key), to_json(replace(place.listing, id=f"first:{place.key}", provenance=provenance))


def count(figures: Figures, found: list[tuple[str, Match]], known: set[int]) -> None:
    for row, match in found:
        figures.outcomes[match.outcome.value] += 1
        true = f"first:{row}"
        if match.outcome == Outcome.SAME and match.listing_id != true:
            figures.wrong.append((int(row), match.listing_id))
        if match.outcome == Outcome.ASK and true not in {candidate.listing_id for candidate in match.candidates}:
            figures.idle.append((int(row), match))
        if int(row) not in known:
            continue
        if match.outcome == Outcome.SAME and match.listing_id == true:
            figures.right += 1
        elif match.outcome == Outcome.ASK and true in {candidate.listing_id for candidate in match.candidates}:
            figures.asked_right += 1
        else:
            figures.missed.append(int(row))


def report(figures: Figures) -> str:
    said = figures.outcomes
    known = figures.right + figures.asked_right + len(figures.missed)
    asked = (
        f"{1000 * said['ask'] / figures.rows:.1f}, {len(figures.idle) / max(said['ask'], 1):.0%} about another place"
    )
    rows = (
        ("precision of SAME", f"{figures.precision:.4f} ({len(figures.wrong)} wrong of {said['same']})", "0.99"),
        ("recall of SAME and ASK", f"{figures.recall:.4f}", "0.95"),
        ("of which SAME alone", f"{figures.right / known:.4f}", ""),
        ("questions for each 1,000 rows", asked, "few"),
        ("rows NEW / DIFFERENT", f"{said['new']:,} / {said['different']:,}", ""),
        (f"processor seconds, {figures.rows:,} rows against as many", f"{figures.seconds:.1f}", "30"),
        ("memory beside the lists, MB", f"{figures.megabytes:.0f}", "150"),
    )
    return "\n".join(("| figure | result | aim |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)))


def looked_at(figures: Figures, first: list[Place], second: list[Place], most: int) -> Iterator[str]:
    """Some wrong and missed rows, for whoever tunes the rules."""
    ours, theirs = {place.key: place for place in second}, {place.key: place for place in first}
    for row, listing in figures.wrong[:most]:
        yield f"wrong  {told(ours[row])}\n       {told(theirs[int(listing.partition(':')[2])])}"
    for row, match in figures.idle[:most]:
        yield f"idle   {told(ours[row])}\n       {[reason.value for reason in match.reasons]}"
        yield from (f"       {told(theirs[int(x.listing_id.partition(':')[2])])}" for x in match.candidates[:2])
    for row in figures.missed[:most]:
        yield f"missed {told(ours[row])}\n       {told(theirs[row])}"


def told(place: Place) -> str:
    listing = place.listing
    where = listing.address and f"{listing.address.address_1}, {listing.address.city} {listing.address.postal_code}"
    numbers = ", ".join(phone.number for phone in listing.phones)
    name = "" if listing.name == listing.organization else f" / {listing.name}"
    return f"{listing.organization}{name} | {where} | {numbers} | {listing.npi} | {','.join(listing.programs)}"


def section(table: str, rows: int, seed: int) -> str:
    return (
        f"## Matching two lists, {date.today().isoformat()}\n\n`python -m bench.matching --save`, {os.cpu_count()} "
        f"cores: two made-up lists of {rows:,} rows ({SHARED:.0%} in both) with the noise of `bench/made_lists.py`, "
        f"seed {seed};\nthe rules were tuned on seed {TUNING}.\n\n{table}\n"
    )


if __name__ == "__main__":
    main()
