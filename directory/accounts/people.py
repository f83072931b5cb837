"""The accounts themselves: who there is, who comes, changes and ends; rows end, they are not deleted."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from directory.accounts import audit, file
from directory.accounts.shapes import Account, Role
from directory.errors import AccountError

__all__ = [
    "Person",
    "add",
    "any_account",
    "as_name",
    "by_id",
    "by_name",
    "change",
    "end",
    "folded",
    "listed",
    "person",
]

_LONGEST_NAME = 40
_LONGEST_SHOWN = 80
_NAME = re.compile(r"[^\W_](?:[^\W_]|[._@'-])*")
_COLUMNS = "id, name, shown, role, organization, demo"


@dataclass(frozen=True)
class Person:
    """An account as admins see it; `ready` when a password was chosen, `ended_at` None while it may sign in."""

    account: Account
    ready: bool
    created_at: datetime
    ended_at: datetime | None


def as_name(text: str) -> str:
    """A sign-in name as it is kept: small letters, one way to write each; AccountError for what is none."""
    name = folded(text)
    if not 2 <= len(name) <= _LONGEST_NAME or not _NAME.fullmatch(name) or not _latin(name):
        raise AccountError(
            f"A sign-in name has 2 to {_LONGEST_NAME} letters and figures, and may hold . _ - @ ' between them: "
            "rosa.diaz. Nothing was changed. Choose such a name."
        )
    return name


def by_name(text: str) -> Account | None:
    """Who signs in with that name and may; None for a name that is nobody's, or whose account has ended."""
    return _one("name = ? AND ended_at IS NULL", folded(text))


def by_id(id: int) -> Account | None:
    """That account, when it has not ended."""
    return _one("id = ? AND ended_at IS NULL", id)


def person(text: str) -> Person:
    """The account of that name, ended or not; AccountError when there is none."""
    name = folded(text)
    for found in listed():
        if found.account.name == name:
            return found
    raise AccountError("Nobody has that sign-in name, so nothing was changed. See who there is: puente account list")


def listed() -> tuple[Person, ...]:
    """Every account: those that may sign in first, by the name shown."""
    query = f"""SELECT {_COLUMNS}, password IS NOT NULL, created_at, ended_at FROM account
                ORDER BY ended_at IS NOT NULL, shown COLLATE NOCASE, id"""
    rows: list[tuple[object, ...]] = file.read(file.DESK, lambda db: db.execute(query).fetchall(), [])
    return tuple(
        Person(
            _account(row),
            bool(row[6]),
            file.as_time(str(row[7])),
            file.as_time(str(row[8])) if row[8] is not None else None,
        )
        for row in rows
    )


def any_account() -> bool:
    """Whether there is or was an account of a real person."""
    query = "SELECT EXISTS (SELECT 1 FROM account WHERE demo = 0)"
    return bool(file.read(file.DESK, lambda db: db.execute(query).fetchone()[0], 0))


def add(
    name: str, role: Role, now: datetime, *, shown: str = "", organization: str = "", by: Account | None = None,
    demo: bool = False,
) -> Account:  # fmt: skip
    """A new account that cannot sign in until a password is chosen; AccountError for a name that is taken."""
    name, organization = as_name(name), _one_line(organization, "organization")
    shown = _one_line(shown, "name") or name

    def put(db: sqlite3.Connection) -> int:
        if db.execute("SELECT 1 FROM account WHERE name = ?", (name,)).fetchone():
            raise AccountError(
                f"The sign-in name {name} is taken, perhaps by somebody who left: a name stays with its person, so "
                "that the log of who did what stays true. Nothing was changed. Choose another name."
            )
        made = db.execute(
            "INSERT INTO account (name, shown, role, organization, demo, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            (name, shown, role.value, organization, int(demo), file.as_text(now)),
        )
        if not demo:  # from here on nobody looks around without a password
            db.execute("UPDATE account SET ended_at = ? WHERE demo = 1 AND ended_at IS NULL", (file.as_text(now),))
        audit.put(db, by, "account.added", str(made.lastrowid), now)
        return int(made.lastrowid or 0)

    id = file.write(file.DESK, put)
    return Account(id, name, shown, role, organization, demo)


def change(
    account: Account, now: datetime, *, role: Role | None = None, shown: str | None = None,
    organization: str | None = None, by: Account | None = None,
) -> Account:  # fmt: skip
    """The account with another role, name shown or organization; AccountError when no admin would be left."""
    new_shown = (_one_line(shown, "name") or account.name) if shown is not None else account.shown
    new_place = _one_line(organization, "organization") if organization is not None else account.organization
    new_role = role or account.role

    def put(db: sqlite3.Connection) -> None:
        before = _in_force(db, account.id)
        if new_role is not Role.ADMIN:
            _refuse_last_admin(db, account.id)
        db.execute(
            "UPDATE account SET role = ?, shown = ?, organization = ? WHERE id = ?",
            (new_role.value, new_shown, new_place, account.id),
        )
        if before.role is not new_role:
            audit.put(db, by, f"account.role.{new_role.value}", str(account.id), now)
        if (before.shown, before.organization) != (new_shown, new_place):
            audit.put(db, by, "account.changed", str(account.id), now)

    file.write(file.DESK, put)
    return Account(account.id, account.name, new_shown, new_role, new_place, account.demo)


def end(account: Account, now: datetime, *, by: Account | None = None) -> None:
    """Ends an account; AccountError for the last admin and for oneself. Who calls it ends the sessions, too."""
    if by is not None and by.id == account.id:
        raise AccountError(
            "Nobody ends their own account, so nothing was changed: another admin does it, or puente account end NAME"
        )

    def put(db: sqlite3.Connection) -> None:
        _in_force(db, account.id)
        _refuse_last_admin(db, account.id)
        db.execute("UPDATE account SET ended_at = ?, password = NULL WHERE id = ?", (file.as_text(now), account.id))
        audit.put(db, by, "account.ended", str(account.id), now)

    file.write(file.DESK, put)


def _in_force(db: sqlite3.Connection, id: int) -> Account:
    row = db.execute(f"SELECT {_COLUMNS} FROM account WHERE id = ? AND ended_at IS NULL", (id,)).fetchone()
    if row is None:
        raise AccountError("That account has ended, perhaps just now by somebody else. Nothing was changed.")
    return _account(row)


def _refuse_last_admin(db: sqlite3.Connection, id: int) -> None:
    """Looked at within the change itself: two admins who end each other at once must not both succeed."""
    query = "SELECT id FROM account WHERE role = 'admin' AND ended_at IS NULL AND demo = 0 AND password IS NOT NULL"
    if {row[0] for row in db.execute(query)} == {id}:
        raise AccountError(
            "That is the last admin who can sign in, and without one nobody could invite or help anybody. Nothing was "
            "changed. Make somebody else an admin first, and let them choose their password."
        )


def _one(where: str, value: object) -> Account | None:
    query = f"SELECT {_COLUMNS} FROM account WHERE {where}"
    row = file.read(file.DESK, lambda db: db.execute(query, (value,)).fetchone(), None)
    return _account(row) if row else None


def _account(row: tuple[object, ...]) -> Account:
    id, name, shown, role, organization, demo = row[:6]
    return Account(int(str(id)), str(name), str(shown), Role(str(role)), str(organization), bool(demo))


def folded(text: str) -> str:
    """What was typed as a sign-in name, as one that is kept would be written; it need not be one."""
    return unicodedata.normalize("NFKC", text.strip()).casefold()


def _latin(name: str) -> bool:
    """Letters that look alike in other alphabets would let one person pass for another."""
    letters = (letter for letter in name if letter.isalpha())
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def _one_line(text: str, what: str) -> str:
    """Text that is shown to others: one line without what turns or hides letters."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(plain) > _LONGEST_SHOWN:
        raise AccountError(
            f"The {what} is longer than {_LONGEST_SHOWN} letters. Nothing was changed. Write it shorter."
        )
    return plain
