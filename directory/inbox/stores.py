"""Opens the stores: an engine for each, lazily; SQLite files are made at the first write and set aside when damaged."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from directory import damaged, logs
from directory.errors import InboxError
from directory.inbox import where
from directory.inbox.shapes import OF_STORE, as_text, opt_outs_began

__all__ = ["BUSY_SECONDS", "change", "exists", "insert", "read", "row", "rows", "settled", "write"]

logger = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Connection], T]

BUSY_SECONDS = 10
_NO_SUCH_TABLE = "42P01"
"""As PostgreSQL says it."""
_POSTGRESQL = {"connect_timeout": 3, "options": "-c statement_timeout=3000", "tcp_user_timeout": 5000}
"""So long a database server is waited for: somebody may be waiting for their answer meanwhile."""
_DURABLE = (where.QUEUE, where.OPT_OUTS)
"""Stores whose rows must be on the disk before anything is done by them."""


def exists(name: str) -> bool:
    """Whether anything was ever written to that store."""
    file = where.file(name)
    return file is None or (file.exists() and file.stat().st_size > 0)


def read(name: str, work: Work[T], nothing: T) -> T:
    """What `work` reads from that store; `nothing` while it does not exist."""
    return _done(name, work, nothing) if exists(name) else nothing


def write(name: str, work: Work[T]) -> T:
    """What `work` does to that store, in one transaction: all or nothing. InboxError when it cannot be done."""
    return _done(name, work)


def rows(name: str, query: Any) -> tuple[Any, ...]:
    """The rows that a SELECT finds; none while the store does not exist."""
    none: tuple[Any, ...] = ()
    return read(name, lambda db: tuple(db.execute(query)), none)


def row(name: str, query: Any) -> Any:
    """The first row that a SELECT finds, or None."""
    return read(name, lambda db: db.execute(query.limit(1)).first(), None)


def change(name: str, statement: Any) -> int:
    """How many rows an UPDATE or DELETE changed; a store that does not exist is not made for it."""
    return write(name, lambda db: int(db.execute(statement).rowcount)) if exists(name) else 0


def insert(db: Connection, table: Any) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of this database."""
    return (postgresql if db.dialect.name == "postgresql" else sqlite).insert(table)


def settled(name: str) -> None:
    """Brings the log of a SQLite store into its file, so that nothing that was erased stays in it."""
    file = where.file(name)
    if file and file.exists():
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _done(name: str, work: Work[T], *nothing: T) -> T:
    try:
        return _tried(name, work, bool(nothing))
    except DBAPIError as error:
        file = where.file(name)
        broken = file is not None and error.orig is not None and damaged.is_damage(error.orig)
        if not broken and not _without_tables(error.orig):
            raise _refusal(name, error) from error
        if broken and file:
            _set_aside(name, file)
        _ready.clear()
    except SQLAlchemyError as error:
        raise _refusal(name, error) from error
    if nothing and not exists(name):
        return nothing[0]
    try:
        return _tried(name, work, bool(nothing))
    except SQLAlchemyError as error:
        raise _refusal(name, error) from error


def _tried(name: str, work: Work[T], only_reads: bool) -> T:
    engine = _engine(*_key(name))
    _made(name, engine)
    with engine.connect().execution_options(puente_writes=not only_reads) as db, db.begin():
        return work(db)


def _without_tables(error: BaseException | None) -> bool:
    """A file or database of an older Puente took the place of the one that was known."""
    return "no such table" in str(error) or getattr(error, "pgcode", None) == _NO_SUCH_TABLE


def _key(name: str) -> tuple[str, str, int]:
    file = where.file(name)
    return name, where.url() or f"sqlite:///{file.resolve() if file else ''}", os.getpid()


@lru_cache(maxsize=16)
def _engine(name: str, url: str, _: int) -> Engine:
    """Of each process its own: a connection that came along with a fork must not be used by both."""
    if not url.startswith("sqlite"):
        waits = _POSTGRESQL if url.startswith("postgresql") else {}
        return create_engine(url, future=True, pool_pre_ping=True, pool_size=2, max_overflow=8, connect_args=waits)
    # No pool: a restore puts another file in the place of this one, and whoever held it would write into the old.
    engine = create_engine(url, future=True, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _settings(name))
    event.listen(engine, "begin", _begin)
    return engine


def _settings(name: str) -> Callable[[Any, Any], None]:
    synchronous = "FULL" if name in _DURABLE else "NORMAL"

    def connected(db: Any, _: Any) -> None:
        db.isolation_level = None  # the driver would begin by itself, and too late
        for setting in ("journal_mode = WAL", f"synchronous = {synchronous}", "secure_delete = ON"):
            db.execute(f"PRAGMA {setting}")

    return connected


def _begin(db: Connection) -> None:
    writes = db.get_execution_options().get("puente_writes", True)
    db.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_ready: set[tuple[str, str, int, int]] = set()
"""Stores whose tables are there: name, URL, process, and which file it was."""


def _made(name: str, engine: Engine) -> None:
    file = where.file(name)
    new = file is not None and not exists(name)
    if file and new:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    key = (*_key(name), file.stat().st_ino if file else 0)
    if new:
        _ready.discard(key)  # the system may give a new file the number of one that is gone
    if key in _ready:
        return
    with engine.connect().execution_options(puente_writes=True) as db, db.begin():
        OF_STORE[name].create_all(db)
    _ready.add(key)


def _set_aside(name: str, file: Path) -> None:
    """A damaged file goes out of the way, and its days count from now on."""
    try:
        os.utime(file)
        day = date.fromisoformat(time.strftime("%Y-%m-%d", time.localtime(file.stat().st_mtime)))
    except FileNotFoundError:
        return
    if moved := damaged.aside(file, day):
        logs.event(logger, "inbox.damaged.moved_aside", level=logging.ERROR, file=logs.Id(moved.name))
        if name == where.OPT_OUTS:
            _note_loss(moved)


def _note_loss(moved: Path) -> None:
    """The new opt-outs say of themselves that they are not all, until a restore brings those from before."""
    at = datetime.fromtimestamp(moved.stat().st_mtime, timezone.utc)

    def noted(db: Connection) -> None:
        db.execute(insert(db, opt_outs_began).values(at=as_text(at), whole=False).on_conflict_do_nothing())

    write(where.OPT_OUTS, noted)


def _refusal(name: str, error: SQLAlchemyError) -> InboxError:
    why = type(getattr(error, "orig", None) or error).__name__
    place = where.file(name)
    what = str(place) if place else "the database that PUENTE_INBOX names"
    if "disk is full" in str(getattr(error, "orig", "")):
        return InboxError(
            f"The disk is full, so {what} could not be written, and nothing was changed. `puente purge` deletes what "
            "is past its days and says what is big; then try again."
        )
    return InboxError(
        f"{what} could not be read or written ({why}), so what people told cannot be kept. Nothing was changed. "
        "Look with `puente doctor`, then try again."
    )
