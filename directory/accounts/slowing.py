"""After failed sign-ins one has to wait, by name and by address, longer each time, never for ever.

Each try is counted before the password is looked at, so that many at once gain nothing; a right password takes its own
try back. A try during the wait is not counted and looks at no password. Kept are keyed hashes: no name, no address.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory import keys
from directory.accounts import file

__all__ = ["forgive", "wait"]

_FORGOTTEN = timedelta(hours=1)


@dataclass(frozen=True)
class _Pace:
    """So many tries are free; after that the wait doubles from two seconds up to `most`."""

    free: int
    most: int

    def seconds(self, times: int) -> int:
        return min(2 ** min(times - self.free + 1, 20), self.most) if times >= self.free else 0


# A short limit for a name: else anybody could keep its owner out by trying. A clinic's people share one address.
_BY_NAME = _Pace(free=5, most=60)
_BY_ADDRESS = _Pace(free=30, most=900)


def wait(name: str, address: str, now: datetime) -> int:
    """The whole seconds to wait before the next try; 0 when this try may go on, which is then counted."""

    def look(db: sqlite3.Connection) -> int:
        db.execute("DELETE FROM failure WHERE last_at < ?", (file.as_text(now - _FORGOTTEN),))
        left = max(_left(db, who, pace, now) for who, pace in _keys(name, address))
        if not left:
            for who, _ in _keys(name, address):
                _count(db, who, now)
        return left

    return file.write(file.SESSIONS, look)


def forgive(name: str, address: str) -> None:
    """After a right password: the failures of the name are forgotten, of the address only this try.

    Else somebody with an account could try others' for ever, signing in themselves in between.
    """
    (of_name, _), (of_address, _) = _keys(name, address)

    def change(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM failure WHERE who = ?", (of_name,))
        db.execute("UPDATE failure SET times = max(times - 1, 0) WHERE who = ?", (of_address,))

    file.write(file.SESSIONS, change)


def _keys(name: str, address: str) -> tuple[tuple[str, _Pace], tuple[str, _Pace]]:
    return (
        (keys.keyed_hash("desk.slow.name", name), _BY_NAME),
        (keys.keyed_hash("desk.slow.address", address), _BY_ADDRESS),
    )


def _left(db: sqlite3.Connection, who: str, pace: _Pace, now: datetime) -> int:
    row = db.execute("SELECT times, last_at FROM failure WHERE who = ?", (who,)).fetchone()
    if row is None:
        return 0
    over = file.as_time(row[1]) + timedelta(seconds=pace.seconds(row[0]))
    # A clock that was set back must not make anybody wait for longer than the pace says.
    return min(max(0, -int(-(over - now).total_seconds() // 1)), pace.most)


def _count(db: sqlite3.Connection, who: str, now: datetime) -> None:
    db.execute(
        """INSERT INTO failure VALUES (?, 1, ?)
           ON CONFLICT (who) DO UPDATE SET times = times + 1, last_at = excluded.last_at""",
        (who, file.as_text(now)),
    )
