"""Signing in, unlocking and changing one's own password: the slow-down, the password, the session, the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from directory.accounts import audit, passwords, people, sessions, slowing, tickets
from directory.accounts.sessions import SignedIn
from directory.accounts.shapes import Account

__all__ = ["Entered", "Wait", "change_password", "sign_in", "unlock"]


@dataclass(frozen=True)
class Entered:
    """The person is in; `token` is for their browser."""

    account: Account
    token: str


@dataclass(frozen=True)
class Wait:
    """Too many failures: the whole seconds until the next try."""

    seconds: int


def sign_in(
    name: str, password: str, address: str, now: datetime, *, device: str = "computer"
) -> Entered | Wait | None:
    """A session for who has that name and password; None when they do not fit, whichever of them is wrong."""
    found = _proved(name, password, address, now, "signin.failed")
    if not isinstance(found, Account):
        return found
    token = sessions.begin(found, now, device=device)
    audit.note(found, "signin.done", str(found.id), now)
    return Entered(found, token)


def unlock(signed: SignedIn, password: str, address: str, now: datetime) -> Entered | Wait | None:
    """The locked session open again under a new token; None when the password is wrong."""
    found = _proved(signed.account.name, password, address, now, "signin.unlock_failed")
    if not isinstance(found, Account):
        return found
    token = sessions.unlock(signed.session, now)
    audit.note(found, "signin.unlocked", str(found.id), now)
    return Entered(found, token)


def change_password(signed: SignedIn, former: str, password: str, address: str, now: datetime) -> bool | Wait:
    """Whether the former password was right; then the new one holds, and every other session and every link has ended.

    AccountError for a new one that cannot be.
    """
    passwords.refuse(password, signed.account)
    found = _proved(signed.account.name, former, address, now, "account.password_failed")
    if not isinstance(found, Account):
        return found or False
    passwords.put(found, password, now)
    sessions.end_all(now, account=found.id, but=signed.session)
    tickets.end_all(now, account=found.id)
    return True


def _proved(name: str, password: str, address: str, now: datetime, failed: str) -> Account | Wait | None:
    name = people.folded(name)
    if seconds := slowing.wait(name, address, now):
        return Wait(seconds)
    account = passwords.fits(name, password)
    if account is None:
        known = people.by_name(name)  # what was typed may be a password: of a name that nobody has nothing is kept
        audit.note(None, failed, str(known.id) if known else "", now)
        return None
    slowing.forgive(name, address)
    return account
