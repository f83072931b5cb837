"""The end of an account: the row stays, its sessions and links are over at once."""

from __future__ import annotations

from datetime import datetime

from directory.accounts import people, sessions, tickets
from directory.accounts.shapes import Account

__all__ = ["end", "everybody_out"]


def end(account: Account, now: datetime, *, by: Account | None = None) -> None:
    """Ends an account; AccountError for the last admin and for oneself."""
    people.end(account, now, by=by)
    sessions.end_all(now, account=account.id)


def everybody_out(now: datetime) -> int:
    """Ends every session and every link for choosing a password, as after a restore; how many sessions."""
    tickets.end_all(now)
    return sessions.end_all(now)
