"""prepare: what publishing now would put in force, built aside and compared with what people see today."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from directory import store, tables
from directory.errors import PublishError
from directory.publication import build, differences, shelf
from directory.publication.build import Progress
from directory.publication.checks import faults
from directory.publication.differences import ListingChange
from directory.publication.dirty import dirty
from directory.publication.gather import Gathered
from directory.publication.gone import why_gone
from directory.publication.shelf import Record
from directory.publication.standing import source_records
from directory.sync import decisions
from directory.sync.collector import uncollected

__all__ = ["Prepared", "Progress", "prepare"]

_PACIFIC = ZoneInfo("America/Los_Angeles")
_MOST_ANEW = 0.1
"""When more than this share of the listings is merged anew, building the whole is quicker."""
_FEW = 1000
_CACHE = 4096
"""Kilobytes of work.db in memory: nearly every page is read once."""


@dataclass(frozen=True)
class Prepared:
    """A directory that is built and not yet in force; `ids` are the listings looked at, None when it was all of them.

    `old` is what people see now, where it can be read; `base` what work.db knows of it, where that fits.
    """

    path: Path
    name: str
    connection: sqlite3.Connection
    old: sqlite3.Connection | None
    base: Record | None
    through: tuple[int, int]
    whole: bool
    ids: frozenset[str] | None
    changes: tuple[ListingChange, ...]
    sources: tuple[store.SourceRecord, ...]
    unchanged: bool
    listings: int
    confidential: int
    by_source: tuple[tuple[str, int], ...]

    def checked(self) -> str:
        """Its sha256, once it has its index, has passed its checks and lies on the disk; else PublishError.

        The connection to it is closed then.
        """
        build.index(self.connection)
        self.connection.close()
        with ThreadPoolExecutor(1) as beside, store.open_directory(self.path) as fresh:
            digest = beside.submit(shelf.sha256_of, self.path)
            for why in faults(fresh, self.listings, self.ids):
                raise PublishError(
                    f"The new directory did not pass its checks: {why}. What people see stays as it was. "
                    "Report this with the list that was read last."
                )
            shelf.to_disk(self.path)
            return digest.result()


@contextmanager
def prepare(
    work: sqlite3.Connection, now: datetime, *, whole: bool = False, progress: Progress | None = None
) -> Iterator[Prepared]:
    """What publishing would put in force; it is thrown away at the end unless it was swapped in meanwhile."""
    shelf.settle(work)
    work.execute(f"PRAGMA cache_size = -{_CACHE}")
    known = shelf.records(work)
    name = shelf.new_name(known, now)
    path = shelf.part(name)
    shelf.clear_left_over()
    with ExitStack() as stack:
        stack.enter_context(uncollected())
        stack.callback(path.unlink, missing_ok=True)
        try:
            yield _prepared(stack, work, now, path, known, name, whole, progress)
        except sqlite3.Error as error:
            raise PublishError(
                f"The new directory could not be written ({error}). What people see stays as it was. "
                "Look whether the disk is full, then run `puente publish` again."
            ) from error


def _prepared(
    stack: ExitStack, work: sqlite3.Connection, now: datetime, path: Path, known: list[Record], name: str, whole: bool,
    progress: Progress | None,
) -> Prepared:  # fmt: skip
    today = now.astimezone(_PACIFIC).date() if now.tzinfo else now.date()
    gathered = Gathered(work, today)
    sources = partial(source_records, work)
    through = (_last_run(work), decisions.last_number(work))
    old = _old(stack)
    base = shelf.in_force(known) if old else None
    aside = _Aside(work, gathered, sources, path, name, now, today)
    found = aside.replaced(base, old) if base and old and not whole and _made_alike(old) else None
    if found is None:
        path.unlink(missing_ok=True)
    connection, ids = found or (
        build.whole(path, gathered, sources, name=name, now=now, progress=progress), None,
    )  # fmt: skip
    stack.callback(connection.close)
    changes = _changes(old, connection, ids)
    changes = tuple(_reasoned(work, gathered, change) for change in changes)
    same = old is not None and base is not None and not whole and not changes
    same = same and old is not None and _made_alike(old) and differences.same(old, connection, ids)
    listed = tuple(sources(sorted(build.used_sources(connection))))
    looked_at = None if ids is None else frozenset(ids)
    return Prepared(
        path, name, connection, old, base, through, ids is None, looked_at, changes, listed, same,
        *_counts(connection),
    )  # fmt: skip


def _counts(connection: sqlite3.Connection) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    """How many places, how many of them are confidential, and how many of each list."""
    query = "SELECT source_id, count(*) FROM listing GROUP BY source_id ORDER BY source_id"
    by_source = tuple((row[0], int(row[1])) for row in connection.execute(query))
    secret = int(connection.execute("SELECT count(*) FROM listing WHERE confidential = 1").fetchone()[0])
    return sum(count for _, count in by_source), secret, by_source


@dataclass(frozen=True)
class _Aside:
    work: sqlite3.Connection
    gathered: Gathered
    sources: build.Sources
    path: Path
    name: str
    now: datetime
    today: date

    def replaced(self, base: Record, old: sqlite3.Connection) -> tuple[sqlite3.Connection, set[str]] | None:
        """A copy of the directory in force with what changed, or that itself, when nothing did; None when the whole has
        to be built.
        """
        with ThreadPoolExecutor(1) as beside:
            digest: Future[str] = beside.submit(shelf.sha256_of, store.directory_path())
            ids = dirty(
                self.work, old, self.gathered, through_run=base.through_run, through_decision=base.through_decision,
                published_at=self._published_at(base), today=self.today,
            )  # fmt: skip
            if len(ids) > max(_FEW, base.listings * _MOST_ANEW):
                return None
            entries = list(self.gathered.some(sorted(ids)))
            if build.stands(old, ids, entries, self.sources):
                return (old, set()) if digest.result() == base.sha256 else None
            shelf.copy(store.directory_path(), self.path)
            connection = tables.open_for_writing(self.path)
            done = build.replace(
                connection, ids, entries, self.gathered, self.sources, name=self.name, now=self.now
            )  # fmt: skip
            if done and digest.result() == base.sha256:
                return connection, ids
            connection.close()
        return None

    def _published_at(self, base: Record) -> str:
        """When the file in force was made: an undo puts an older one there."""
        query = "SELECT published_at FROM publication WHERE id = ?"
        found = self.work.execute(query, (base.file,)).fetchone()
        return str(found[0]) if found else base.published_at


def _old(stack: ExitStack) -> sqlite3.Connection | None:
    """What people see now; None when there is nothing that this version can read."""
    path = store.directory_path()
    if not path.is_file():
        return None
    opened = ExitStack()
    try:
        connection = opened.enter_context(store.open_directory(path, any_layout=True))
        if store.layout(connection) != store.LAYOUT:
            opened.close()
            return None
        connection.execute("SELECT count(*) FROM listing").fetchone()
    except sqlite3.Error:  # a damaged directory shows nobody anything
        opened.close()
        return None
    stack.push(opened)
    return connection


def _reasoned(work: sqlite3.Connection, gathered: Gathered, change: ListingChange) -> ListingChange:
    gone = change.kind is differences.Kind.GONE
    return replace(change, reason=why_gone(work, gathered, change.id)) if gone else change


def _made_alike(old: sqlite3.Connection) -> bool:
    row = old.execute("SELECT definition FROM publication").fetchone()
    return bool(row) and row[0] == build.definition()


def _last_run(work: sqlite3.Connection) -> int:
    return int(work.execute("SELECT coalesce(max(number), 0) FROM run").fetchone()[0])


def _changes(
    old: sqlite3.Connection | None, new: sqlite3.Connection, ids: Iterable[str] | None
) -> tuple[ListingChange, ...]:
    if old is None:
        return tuple(differences.first(new))
    return tuple(differences.between(old, new, ids))
