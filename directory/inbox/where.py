"""Where the stores lie: SQLite files in PUENTE_HOME, or one database for all that PUENTE_INBOX names."""

from __future__ import annotations

import os
from pathlib import Path

from directory import store
from directory.errors import InboxError

__all__ = ["INBOX", "OPT_OUTS", "QUEUE", "STORES", "file", "note", "url"]

INBOX, QUEUE, OPT_OUTS = "inbox", "queue", "opt_outs"
STORES = (INBOX, QUEUE, OPT_OUTS)


def url() -> str | None:
    """The SQLAlchemy URL of one database for all stores; None where they are files of this home."""
    return os.environ.get("PUENTE_INBOX") or None


def note() -> Path:
    """Stands in a home whose stores a database server keeps, so that nobody who lacks its URL begins others."""
    return store.home() / "inbox.elsewhere"


def file(name: str) -> Path | None:
    """The SQLite file of a store, whether or not it is there; None where a database server keeps it.

    InboxError where a server keeps it and PUENTE_INBOX does not say which.
    """
    if url():
        return None
    if note().exists():
        raise InboxError(
            "A database server keeps the inbox of this home, and PUENTE_INBOX is not set here, so nobody can be "
            "looked up or opted out. Nothing was changed. Set it as the service has it. Only where the server is "
            f"given up for good: rm {note()}"
        )
    return store.home() / f"{name}.db"
