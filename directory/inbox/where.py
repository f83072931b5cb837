"""Where the stores lie: SQLite files in PUENTE_HOME, or one database for all that PUENTE_INBOX names."""

from __future__ import annotations

import os
from pathlib import Path

from directory import store

__all__ = ["INBOX", "OPT_OUTS", "QUEUE", "STORES", "file", "url"]

INBOX, QUEUE, OPT_OUTS = "inbox", "queue", "opt_outs"
STORES = (INBOX, QUEUE, OPT_OUTS)


def url() -> str | None:
    """The SQLAlchemy URL of one database for all stores; None where they are files of this home."""
    return os.environ.get("PUENTE_INBOX") or None


def file(name: str) -> Path | None:
    """The SQLite file of a store, whether or not it is there; None where a database server keeps it."""
    return None if url() else store.home() / f"{name}.db"
