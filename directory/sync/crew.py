"""From untouched rows to what work.db keeps of them, on as many processes as there are cores when a list is long.

A helper process is this module run by itself: chunks of rows go in at its standard input, what became of them comes
out. It knows no database and holds no lock, and it ends when its input ends, however the process that feeds it died.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from directory.sync.normalize import normalize
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem
from directory.sync.source import Source

__all__ = ["Crew", "Drafted", "Fresh", "drafted"]

MANY = 6_000
"""Rows to be read anew from which on helpers pay for their start."""
MOST_HELPERS = 3
"""Each costs about 50 MB."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Fresh(NamedTuple):
    """A row that has to be read: its id and hash, its line, its cells, and what was wrong with it as a whole."""

    row_id: str
    sha256: str
    line: int
    cells: dict[str, str]
    damage: Code | None


class Drafted(NamedTuple):
    """What became of a row, as work.db keeps it; `draft` is None when it was refused."""

    row_id: str
    sha256: str
    line: int
    cells: str
    draft: str | None
    problems: str
    refused: bool
    place: str | None
    marked: bool


def drafted(rows: Sequence[Fresh], source: Source, headings: tuple[str, ...], today: date) -> list[Drafted]:
    """What became of each row; cells under the headings of the list are kept without them."""
    return [_drafted(row, source, headings, today) for row in rows]


def _drafted(row: Fresh, source: Source, headings: tuple[str, ...], today: date) -> Drafted:
    plain = tuple(row.cells) == headings[: len(row.cells)]
    cells = _ENCODE(list(row.cells.values()) if plain else row.cells)
    made = normalize(RawRow(row.line, row.cells, row.damage), source, identity=row.row_id, today=today)
    if isinstance(made, Problem):
        return Drafted(row.row_id, row.sha256, row.line, cells, None, _problems((made,)), True, None, False)
    return Drafted(
        row.row_id, row.sha256, row.line, cells, made.json, _problems(made.problems), False, made.place,
        made.marked,
    )  # fmt: skip


def _problems(problems: Sequence[Problem]) -> str:
    """Problems as the column of work.db keeps them; the line is that of their row."""
    return _ENCODE([(item.field, item.code.value, item.value) for item in problems]) if problems else "[]"


class Crew:
    """Reads chunks of rows and gives back what became of them, in order; used with `with`.

    `helpers` None takes a process for each core once there are many rows; 0 reads everything here.
    """

    def __init__(self, source: Source, headings: tuple[str, ...], today: date, *, helpers: int | None = None) -> None:
        self._job = (source, headings, today)
        self._wanted = _cores() if helpers is None else helpers
        self._helpers: list[_Helper] = []
        self._busy: deque[_Helper] = deque()
        self._count = 0

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for helper in self._helpers:
            helper.close()

    def put(self, rows: Sequence[Fresh]) -> Iterator[list[Drafted]]:
        """Takes a chunk, and gives what is done by now."""
        self._count += len(rows)
        if not rows:
            return
        if not self._helpers and (self._count <= MANY or self._wanted < 1):
            yield drafted(rows, *self._job)
            return
        if len(self._helpers) < self._wanted:
            self._helpers.append(_Helper(self._job))
            self._give(self._helpers[-1], rows)
            return
        helper = self._busy.popleft()
        done = helper.take()
        self._give(helper, rows)  # first, so that it reads on while what it read is written
        yield done

    def _give(self, helper: _Helper, rows: Sequence[Fresh]) -> None:
        helper.give(rows)
        self._busy.append(helper)

    def rest(self) -> Iterator[list[Drafted]]:
        """What is still being read."""
        while self._busy:
            yield self._busy.popleft().take()


_Job = tuple[Source, tuple[str, ...], date]


class _Helper:
    """One process that reads one chunk at a time; when it dies, its chunk is read here."""

    def __init__(self, job: _Job) -> None:
        root = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._job, self._rows = job, tuple[Fresh, ...]()
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._send(job)

    def give(self, rows: Sequence[Fresh]) -> None:
        self._rows = tuple(rows)
        headings = self._job[1]
        self._send([_packed(row, headings) for row in rows])

    def take(self) -> list[Drafted]:
        try:
            found = pickle.load(self._process.stdout)  # type: ignore[arg-type]
        except (EOFError, pickle.UnpicklingError):
            return drafted(self._rows, *self._job)
        return [Drafted(*row) for row in found]

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # it died with something unread
                    continue
        self._process.wait()

    def _send(self, plain: object) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        try:
            pickle.dump(plain, pipe, pickle.HIGHEST_PROTOCOL)
            pipe.flush()
        except OSError:  # `take` sees that nothing comes
            return


_Packed = tuple[str, str, int, "list[str] | dict[str, str]", "Code | None"]


def _packed(row: Fresh, headings: tuple[str, ...]) -> _Packed:
    """The row for its way through a pipe: without the headings when it has all of them."""
    whole = len(row.cells) == len(headings) and tuple(row.cells) == headings
    return row.row_id, row.sha256, row.line, list(row.cells.values()) if whole else row.cells, row.damage


def _unpacked(row: _Packed, headings: tuple[str, ...]) -> Fresh:
    row_id, sha256, line, cells, damage = row
    named = dict(zip(headings, cells, strict=True)) if isinstance(cells, list) else cells
    return Fresh(row_id, sha256, line, named, damage)


def _cores() -> int:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, MOST_HELPERS) if count > 1 else 0


def serve() -> None:
    """What a helper process does: reads chunks from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the run stops this too, by ending its input
    gc.disable()  # no row makes a cycle, and looking for some takes a while
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        job: _Job = pickle.load(sys.stdin.buffer)
        while True:
            rows = [_unpacked(row, job[1]) for row in pickle.load(sys.stdin.buffer)]
            pickle.dump([tuple(row) for row in drafted(rows, *job)], said, pickle.HIGHEST_PROTOCOL)
            said.flush()
    except (EOFError, OSError):
        return
