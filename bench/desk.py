"""Measures the look-up of the desk through its whole application, over invented listings, somebody signed in.

Each page is asked for as a browser asks: the session is looked up, the search is done, the page is drawn and sent.
The time is from the request to the last byte of the answer, one request after the other, in this process; beside it
stands what a processor spent on it, because a machine that others use tells of them too.

    python -m bench.desk                       at 100,000 listings
    python -m bench.desk --listings 20000
    python -m bench.desk --save                and into its section of bench/RESULTS.md
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

from starlette.applications import Starlette
from starlette.types import Message

from bench import make_listings
from bench.results import options, tell
from bench.search import NOW, WORDS, ZIPS
from directory import store
from directory.accounts import Role, people, sessions
from directory.desk.app import create_app
from directory.desk.frame.routes import COOKIE

__all__ = ["KINDS", "Figures", "main"]

HEADING = "## The desk's look-up"
ROUNDS = 100
STATIC = Path(__file__).resolve().parent.parent / "directory" / "desk" / "static"

Asker = Callable[[random.Random], dict[str, str]]


def _need(chance: random.Random) -> str:
    return f"need:{chance.choice(list(make_listings.PROGRAMS)).value}"


def _what(chance: random.Random) -> str:
    programs = [id for known in make_listings.PROGRAMS.values() for id, _ in known]
    return f"program:{chance.choice(programs)}" if chance.random() < 0.4 else _need(chance)


def _near(chance: random.Random) -> str:
    return f"{chance.choice(list(make_listings.COUNTIES))} County" if chance.random() < 0.3 else chance.choice(ZIPS)


def _every_day(chance: random.Random) -> dict[str, str]:
    """What somebody at a desk asks: a need where, and now and then each of the other things."""
    shares: tuple[tuple[str, float, str], ...] = (
        ("plan", 0.5, chance.choice(make_listings.PLANS)),
        ("language", 0.4, chance.choice(("es", "hmn", "vi"))),
        ("taking_referrals", 0.4, "1"),
        ("open_now", 0.3, "1"),
        ("has_room", 0.2, chance.choice(("1", "wait_list"))),
        ("wheelchair", 0.1, "1"),
        ("walk_in", 0.1, "1"),
        ("words", 0.1, chance.choice(WORDS)),
        ("page", 0.15, chance.choice("234")),
    )
    return {
        "what": _what(chance),
        "near": _near(chance),
        **{name: value for name, share, value in shares if chance.random() < share},
    }


def _everything(chance: random.Random) -> dict[str, str]:
    flags = dict.fromkeys(("taking_referrals", "open_now", "has_room", "wheelchair", "walk_in"), "1")
    plan, language = chance.choice(make_listings.PLANS), chance.choice(("es", "hmn"))
    return {"what": _what(chance), "near": _near(chance), "plan": plan, "language": language, **flags}


KINDS: Mapping[str, Asker] = {
    "what CHWs ask in a day, mixed": _every_day,
    "need and ZIP": lambda chance: {"what": _need(chance), "near": chance.choice(ZIPS)},
    "program in the densest county": lambda chance: {"what": _what(chance), "near": "Los Angeles County"},
    "every filter": _everything,
    "a plan and nothing else": lambda chance: {"plan": chance.choice(make_listings.PLANS)},
    "words and nothing else": lambda chance: {"words": chance.choice(WORDS)},
    "the empty form": lambda chance: {},
}


@dataclass(frozen=True)
class Figures:
    """Of one kind of page: milliseconds by the clock, milliseconds of a processor, and bytes of each answer."""

    clock: list[float]
    cpu: list[float]
    bytes: list[int]


class _Browser:
    """Somebody signed in, as the application sees them."""

    def __init__(self, app: Starlette, token: str) -> None:
        self._app, self._headers = app, [(b"host", b"127.0.0.1"), (b"cookie", f"{COOKIE}={token}".encode())]

    async def get(self, path: str, query: str = "") -> bytes:
        """The page; RuntimeError when it is none."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": quote(path).encode(), "query_string": query.encode(), "root_path": "",
            "headers": self._headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {},
        }  # fmt: skip
        await self._app(scope, receive, send)
        if sent[0]["status"] != 200:
            raise RuntimeError(f"the desk answered {sent[0]['status']}")
        return b"".join(message.get("body", b"") for message in sent)


async def measured(browser: _Browser, rounds: int) -> dict[str, Figures]:
    """Every kind of page so many times, in turns; each question is asked once before, so that caches are warm."""
    chance = random.Random(3)
    asked = {name: [urlencode(ask(chance)) for _ in range(rounds)] for name, ask in KINDS.items()}
    figures = {name: Figures([], [], []) for name in (*asked, "the page of a place")}
    place: re.Match[bytes] | None = None
    for number in range(-2, rounds):  # two rounds to warm up: the index, the templates
        for name, queries in asked.items():
            page = await _timed(browser, "/", queries[number], figures[name], keep=number >= 0)
            place = re.search(rb'<h3><a href="(/place/[^"?]+)', page) or place
        if place:
            path = unquote(place[1].decode())
            await _timed(browser, path, "", figures["the page of a place"], keep=number >= 0)
    return figures


async def _timed(browser: _Browser, path: str, query: str, figures: Figures, *, keep: bool) -> bytes:
    clock, cpu = time.perf_counter(), time.process_time()
    page = await browser.get(path, query)
    took, spent = time.perf_counter() - clock, time.process_time() - cpu
    if keep:
        figures.clock.append(took * 1000)
        figures.cpu.append(spent * 1000)
        figures.bytes.append(len(page))
    return page


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


def table(figures: Mapping[str, Figures]) -> str:
    """The figures for people."""
    lines = [
        "| page | p50 ms | p95 ms | max ms | p95 ms of a processor | KB of the page, median / most |",
        "|---|---|---|---|---|---|",
    ]
    for name, one in figures.items():
        size = f"{statistics.median(one.bytes) / 1000:.0f} / {max(one.bytes) / 1000:.0f}"
        times = (statistics.median(one.clock), _p95(one.clock), max(one.clock), _p95(one.cpu))
        lines.append(f"| {name} | {' | '.join(f'{value:.1f}' for value in times)} | {size} |")
    return "\n".join(lines)


def asked_for(page: bytes) -> tuple[list[str], int]:
    """What a browser asks for beside the page, and how many bytes that is."""
    files = re.findall(rb'(?:href|src)="/static/([a-z_]+\.[a-z]+)"', page)
    names = sorted({name.decode() for name in files})
    return names, sum((STATIC / name).stat().st_size for name in names)


def section(listings: int, figures: Mapping[str, Figures], files: list[str], size: int) -> str:
    """The section of the page of results."""
    about = (
        f"`python -m bench.desk --save`: {listings:,} invented listings, {ROUNDS} pages of each kind through the\n"
        "whole application (session, search with counts, template), one after the other, with questions by chance;\n"
        f"two rounds before are not counted. Beside the page a browser asks for {len(files)} files\n"
        f"({', '.join(files)}), {size / 1000:.0f} KB, which it keeps; no script holds up the page."
    )
    return f"{HEADING}, {date.today().isoformat()}\n\n{about}\n\n{table(figures)}\n"


def _home(folder: Path, listings: int) -> str:
    """A home with a published directory and an account; the token of its session."""
    os.environ["PUENTE_HOME"] = str(folder)
    sys.stderr.write(f"Writing {listings:,} invented listings ...\n")
    make_listings.main([str(store.directory_path()), "--listings", str(listings), "--quiet"])
    return sessions.begin(people.add("bench", Role.CHW, NOW), NOW)


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and saves when asked to."""
    parser = options(__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args(arguments)
    before = os.environ.get("PUENTE_HOME")
    try:
        with tempfile.TemporaryDirectory(prefix="puente-desk-") as folder:
            token = _home(Path(folder), wanted.listings)
            browser = _Browser(create_app(now=lambda: NOW), token)
            figures, page = asyncio.run(_both(browser, wanted.rounds))
    finally:
        os.environ.pop("PUENTE_HOME") if before is None else os.environ.update(PUENTE_HOME=before)
    files, size = asked_for(page)
    tell(section(wanted.listings, figures, files, size), keep=wanted.save)
    return 0


async def _both(browser: _Browser, rounds: int) -> tuple[dict[str, Figures], bytes]:
    return await measured(browser, rounds), await browser.get("/", "what=need%3Afood&near=95354")


if __name__ == "__main__":
    raise SystemExit(main())
