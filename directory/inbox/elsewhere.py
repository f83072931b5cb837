"""An inbox that a database server keeps: this home knows of it, and notices when an older one took its place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from directory import whole_files
from directory.inbox import stores, where
from directory.inbox.shapes import as_text, kept_until

__all__ = ["noted", "put_back"]


def noted(now: datetime) -> None:
    """Server and home both hold the time, the server first; nothing where the stores are files of this home."""
    if where.url():
        stores.write(where.QUEUE, lambda db: _noted(db, as_text(now)))
        whole_files.write(where.note(), as_text(now) + "\n")


def put_back() -> bool:
    """Whether the server knows less than it did when this home last noted it: then STOPs may be lost with the rest."""
    if not where.url() or not where.note().exists():
        return False
    newest = stores.row(where.QUEUE, select(func.max(kept_until.c.at)))[0] or ""
    return bool(newest < where.note().read_text("ascii").strip())


def _noted(db: Connection, at: str) -> None:
    """The latest time stays: of several machines one may have a clock that is behind."""
    db.execute(stores.insert(db, kept_until).values(at=at).on_conflict_do_nothing())
    latest = select(func.max(kept_until.c.at)).scalar_subquery()
    db.execute(delete(kept_until).where(kept_until.c.at < latest))
