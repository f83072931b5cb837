"""The end of an account: the row stays, its sessions and links are over at once."""

from __future__ import annotations

from datetime import datetime

from directory.accounts import people, sessions
from directory.accounts.shapes import Account

__all__ = ["end"]


def end(account: Account, now: datetime, *, by: Account | None = None) -> None:
    """Ends an account; AccountError for the last admin and for oneself."""
    people.end(account, now, by=by)
    sessions.end_all(now, account=account.id)
