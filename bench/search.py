"""Measures the search alone, in process, over invented listings: milliseconds for each kind of question.

Each kind is asked for many places and values. The time is that of the whole call: the published file is opened, the
index is found in memory, the page's listings are read. Beside it stands a plain SQL count of the same filter in the
same file, opened the same way: it ranks nothing and reads no listing.

    python -m bench.search                       at 100,000 listings
    python -m bench.search --listings 10000
    python -m bench.search --curve               time and memory from 1,000 to 1,000,000 listings too
    python -m bench.search --curve --save        and into its section of bench/RESULTS.md
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil

from bench import make_listings
from bench.results import options, tell
from directory import places, store
from directory.model import Need, Place
from directory.search import Query, index, search

__all__ = ["KINDS", "Figures", "main"]

ROOT = Path(__file__).resolve().parent.parent
HEADING = "## Search alone"
CURVE = (1_000, 5_000, 10_000, 100_000, 1_000_000)
ROUNDS = 120
COUNTS = 20
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
ZIPS = ("95354", "95202", "95340", "93637", "93721", "93230", "93291", "93301", "93901", "90012", "92501", "92101",
        "94401", "94607", "90802", "91101")  # fmt: skip
WORDS = ("mesa", "family center", "puente hands", "sierra", "groceries", "casa apoyo", "rides benchmark", "rio 12")

Asker = Callable[[random.Random], Query]


def _place(chance: random.Random, *, county: bool = False) -> Place:
    name = chance.choice(list(make_listings.COUNTIES)) + " County" if county else chance.choice(ZIPS)
    found = places.resolve(name)
    if isinstance(found, places.OverCountyLine):
        return found.options[0]
    assert isinstance(found, Place), found
    return found


def _need(chance: random.Random) -> Need:
    return chance.choice(list(make_listings.PROGRAMS))


def _all(chance: random.Random, place: Place) -> Query:
    return Query(
        need=_need(chance),
        place=place,
        plan=chance.choice(make_listings.PLANS),
        language=chance.choice(("es", "hmn")),
        open_now=True,
        taking_referrals=True,
        has_room=True,
        text=chance.choice(WORDS[:5]),
    )


def _program(chance: random.Random) -> str:
    return chance.choice(make_listings.PROGRAMS[_need(chance)])[0]


KINDS: Mapping[str, Asker] = {
    "need and ZIP": lambda chance: Query(need=_need(chance), place=_place(chance)),
    "program and ZIP": lambda chance: Query(program=_program(chance), place=_place(chance)),
    "ZIP and nothing else": lambda chance: Query(place=_place(chance)),
    "need in the densest county": lambda chance: Query(need=_need(chance), place=_densest()),
    "every filter, by ZIP": lambda chance: _all(chance, _place(chance)),
    "every filter, by county": lambda chance: _all(chance, _place(chance, county=True)),
    "a plan and nothing else": lambda chance: Query(plan=chance.choice(make_listings.PLANS)),
    "words and nothing else": lambda chance: Query(text=chance.choice(WORDS)),
    "open now and nothing else": lambda chance: Query(open_now=True),
    "no filter at all": lambda chance: Query(),
    "no filter, the 40th page": lambda chance: Query(offset=195),
}


def _densest() -> Place:
    found = places.resolve("Los Angeles County")
    assert isinstance(found, Place)
    return found


@dataclass(frozen=True)
class Figures:
    """One directory's figures: seconds, megabytes, and for each kind milliseconds p50, p95 and of the plain count."""

    listings: int
    build: float
    first: float
    memory: float
    file: float
    kinds: dict[str, tuple[float, float, float]]


# One directory, in a process of its own


def measure(path: Path, rounds: int) -> Figures:
    """What the search costs over that directory; builds its index anew."""
    connection = sqlite3.connect(path)
    began = time.process_time()
    index.build(connection)
    build = time.process_time() - began
    connection.commit()
    count = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    connection.close()
    return Figures(count, build, *_in_a_new_process(path), path.stat().st_size / 1e6, _kinds(path, rounds))


def _in_a_new_process(path: Path) -> tuple[float, float]:
    """Seconds of the first question, and megabytes that the search keeps after one of each kind."""
    command = [sys.executable, "-m", "bench.search", "--first", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    first, kept = json.loads(done.stdout)
    return first, kept


def first(path: Path) -> None:
    """Prints those two, for `_in_a_new_process`."""
    chance = random.Random(1)
    queries = [ask(chance) for ask in KINDS.values()]
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    search(queries[0], now=NOW, path=path)
    took = time.perf_counter() - began
    for query in queries:
        search(query, now=NOW, path=path)
    # A mapped file's pages count as resident, but they are the file's, and the system takes them back.
    mapped = sum(region.rss for region in psutil.Process().memory_maps() if region.path == str(path))
    sys.stdout.write(json.dumps([took, (psutil.Process().memory_info().rss - before - mapped) / 1e6]))


def _kinds(path: Path, rounds: int) -> dict[str, tuple[float, float, float]]:
    chance = random.Random(2)
    asked = {name: [ask(chance) for _ in range(rounds)] for name, ask in KINDS.items()}
    for queries in asked.values():
        for query in queries:
            search(query, now=NOW, path=path)
    times: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds):  # in turns, so that a machine that drifts drifts for all
        for name, queries in asked.items():
            times[name].append(_timed(partial(search, queries[number], now=NOW, path=path)))
    return {
        name: (
            statistics.median(took),
            statistics.quantiles(took, n=20)[18],
            statistics.median(_timed(partial(_count, path, query)) for query in asked[name][:COUNTS]),
        )
        for name, took in times.items()
    }


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of this thread on a processor: on a machine that others use, the clock would tell of them."""
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


# The plain count


def _count(path: Path, query: Query) -> int:
    conditions, values = zip(*_conditions(query), strict=True) if any(_conditions(query)) else ((), ())
    where = " AND ".join(conditions) or "1"
    with store.open_directory(path) as connection:
        found: int = connection.execute(
            f"SELECT count(DISTINCT place) FROM listing AS l WHERE {where}", [one for some in values for one in some]
        ).fetchone()[0]
    return found


def _conditions(query: Query) -> Iterator[tuple[str, tuple[object, ...]]]:
    inside = "l.rowid IN (SELECT listing FROM {} WHERE {} = ?)"
    if query.need:
        yield inside.format("listing_need", "need"), (query.need.value,)
    if query.program:
        yield inside.format("listing_program", "program"), (query.program,)
    if query.plan:
        yield inside.format("listing_plan", "plan"), (query.plan,)
    if query.language:
        yield inside.format("listing_language", "language"), (query.language,)
    if query.place:
        x, y, z = places.on_globe(query.place.latitude, query.place.longitude)
        circle = "(l.x - ?) * (l.x - ?) + (l.y - ?) * (l.y - ?) + (l.z - ?) * (l.z - ?) <= ?"
        served = inside.format("service_area", "county")
        yield f"({served} OR {circle})", (query.place.county, x, x, y, y, z, z, places.chord(30) ** 2)
    if query.taking_referrals:
        yield "l.taking_referrals = ?", ("yes",)
    if query.has_room:
        yield "l.capacity = ?", ("open",)
    if query.text:
        words = " AND ".join(f'"{word}"*' for word in query.text.split())
        yield "l.rowid IN (SELECT rowid FROM listing_word WHERE listing_word MATCH ?)", (words,)


# The report


def table(figures: Figures) -> str:
    lines = [
        "| question | p50 ms | p95 ms | a plain SQL count, p50 ms | ratio of the medians |",
        "|---|---|---|---|---|",
    ]
    for name, (median, slow, count) in figures.kinds.items():
        lines.append(f"| {name} | {median:.1f} | {slow:.1f} | {count:.1f} | {count / median:.1f} |")
    return "\n".join(lines)


def curve(many: list[Figures]) -> str:
    named = ("need and ZIP", "every filter, by ZIP", "no filter at all")
    heads: tuple[str, ...] = ("listings", "index built, s of CPU", "first question, ms", "memory kept, MB", "file, MB")
    heads += tuple(f"{name}, p50 / p95 ms" for name in named)
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for one in many:
        cells = [
            f"{one.listings:,}",
            f"{one.build:.2f}",
            f"{one.first * 1000:.0f}",
            f"{one.memory:.1f}",
            f"{one.file:.0f}",
        ]
        cells += [f"{one.kinds[name][0]:.1f} / {one.kinds[name][1]:.1f}" for name in named]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def section(wide: Figures, many: list[Figures]) -> str:
    about = (
        f"`python -m bench.search --curve --save`: {wide.listings:,} invented listings, {ROUNDS} calls of "
        "`directory.search.search`\nfor each kind of question, in process, warm, in turns, with places and values by "
        "chance; milliseconds of the\nthread on a processor (the file stays open)."
    )
    text = f"{HEADING}, {date.today().isoformat()}\n\n{about}\n\n{table(wide)}\n"
    return f"{text}\n{curve(many)}\n" if many else text


def _made(folder: Path, count: int) -> Path:
    sys.stderr.write(f"Writing {count:,} invented listings ...\n")
    path = folder / f"{count}.db"
    make_listings.main([str(path), "--listings", str(count), "--quiet"])
    return path


def main(arguments: list[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--curve", action="store_true", help="from 1,000 to 1,000,000 listings too (minutes)")
    parser.add_argument("--most", type=int, default=CURVE[-1], help="end the curve there")
    parser.add_argument("--first", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.first:
        first(wanted.first)
        return 0
    sizes = sorted({wanted.listings, *(size for size in CURVE if wanted.curve and size <= wanted.most)})
    figures = {}
    with tempfile.TemporaryDirectory(prefix="puente-search-") as folder:
        for size in sizes:
            path = _made(Path(folder), size)
            figures[size] = measure(path, ROUNDS)
            path.unlink()
    text = section(figures[wanted.listings], [figures[size] for size in sizes] if wanted.curve else [])
    tell(text, keep=wanted.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
