"""Sends what waits in the queue: each text once, in the hours for it, never to somebody who is out or in peace.

A text is taken from the queue before it goes out, so that a kill leaves it `sending`. Whoever comes next asks the
company whether it went out, and only sends again what did not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from directory import locks, pause, store
from directory.errors import InboxError
from directory.inbox import barred, elsewhere, opt_outs, queue
from directory.inbox.queue import Waiting
from directory.inbox.shapes import as_text
from directory.inbox.who import unseal
from directory.sender import ran, twilio
from directory.sender.account import Account
from directory.sender.hours import awake, left_today
from directory.sender.twilio import Found, Later, NotThere, OptedOut, Refused, Sent, Unsure, Wrong

__all__ = ["SIMULATED", "Drained", "drain"]

SIMULATED = "sim:"
"""How the number of a phone begins that is only played, in the terminal or on the page."""
_HERE = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
"""Numbers that a text may be begun to: a foreign one may cost any price, a short one is a machine."""
_MOST = 1000
_TRIES = 20
"""So often a text is tried that nobody takes; its time is over before, as a rule."""
_LONGEST = timedelta(hours=1)
_SOON = timedelta(minutes=15)
_GIVEN_UP = timedelta(days=1)
"""So long after its time a text in doubt is given up when nobody can be asked."""

Clock = Callable[[], datetime]
Jitter = Callable[[], float]
T = TypeVar("T")


@dataclass
class Drained:
    """What came of it: how many went out, wait for later, are in doubt, ended, or found somebody out.

    `simulated` are the texts of played phones; `kept` says why nothing was sent: night, paused, busy; `refused` is the
    company's code for our account; `no_account` counts the texts that only lack one, `unreadable` those that were
    sealed under another key: both wait.
    """

    sent: int = 0
    later: int = 0
    doubt: int = 0
    failed: int = 0
    stopped: int = 0
    no_account: int = 0
    unreadable: int = 0
    simulated: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    kept: str | None = None
    refused: int | None = None


class _Busy(Exception):
    """Another process sends."""


def drain(account: Account | None, now: Clock, jitter: Jitter) -> Drained:
    """Sends what is due, one text after the other; `jitter` gives 0 to 1. InboxError while opt-outs are not known.

    Without an account only played phones get theirs.
    """
    if pause.paused():
        return Drained(kept="paused")
    if not awake(now()):
        return Drained(kept="night")
    store.home().mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with locks.locked(store.home() / "sender.lock", busy=_Busy()):
            done = _Round(account, now, jitter).all()
            ran.note(now(), done.refused)
            elsewhere.noted(now())
            return done
    except _Busy:
        return Drained(kept="busy")


class _Round:
    """One run over the queue."""

    def __init__(self, account: Account | None, now: Clock, jitter: Jitter) -> None:
        self._account, self._now, self._jitter = account, now, jitter
        self._done = Drained()

    def all(self) -> Drained:
        """The doubtful first: until it is known whether they went out, they must not be sent."""
        for item in queue.in_doubt(self._now()):
            if self._done.refused is None:
                self._asked_about(item)
        for item in self._taken():
            self._one(item)
        return self._done

    def _taken(self) -> Iterator[Waiting]:
        for _ in range(_MOST):
            if self._done.refused is not None or not awake(self._now()) or pause.paused():
                return
            item = queue.claim(self._now())
            if item is None:
                return
            yield item

    def _one(self, item: Waiting) -> None:
        number = self._number(item)
        if number is None:
            queue.later(item.id, self._now() + _SOON)
        elif barred.void(item.who, as_text(item.claimed_at)):
            queue.later(item.id, self._now())  # whoever takes it next sees why, and cancels it
        elif number.startswith(SIMULATED):
            queue.sent(item.id, None, self._now())
            self._done.simulated.append(item.text)
        elif self._account is None:
            queue.later(item.id, self._now() + _SOON)
            self._done.no_account += 1
        elif not _HERE.fullmatch(number):
            self._failed(item, "abroad")
        else:
            valid = min(left_today(self._now()), item.expires - self._now())
            self._ended(item, twilio.send(self._account, number, item.text, valid=valid))

    def _number(self, item: Waiting) -> str | None:
        """The number; None, and counted, where number or text cannot be read under this key."""
        with suppress(InboxError):
            if item.text:
                return unseal(item.reach)
        self._done.unreadable += 1
        return None

    def _ended(self, item: Waiting, answer: twilio.Answer) -> None:
        if isinstance(answer, Sent):
            self._sent(item, answer.sid)
        elif isinstance(answer, OptedOut):
            self._out(item)
        elif isinstance(answer, Refused):
            self._done.codes.append(answer.code)
            self._failed(item, str(answer.code))
        elif isinstance(answer, Wrong):
            self._done.refused = answer.code
            queue.later(item.id, self._now() + _SOON)
        elif isinstance(answer, Later):
            self._later(item, self._now() + timedelta(seconds=answer.seconds))
        else:
            self._done.doubt += 1  # it stays `sending`: asked about before anything is sent again

    def _asked_about(self, item: Waiting) -> None:
        """A text of which nobody knows whether it went out."""
        number = self._number(item)
        if number is None:
            if self._now() > item.expires + _GIVEN_UP:
                self._failed(item, "unreadable")
        elif number.startswith(SIMULATED):
            queue.later(item.id, self._now())
        else:
            self._learned(item, self._find(item, number))

    def _learned(self, item: Waiting, found: Found | NotThere | Unsure | Wrong) -> None:
        if isinstance(found, Found):
            self._out(item) if found.stopped else self._sent(item, found.sid)
        elif isinstance(found, NotThere):
            self._later(item, self._now())
        elif self._now() > item.expires + _GIVEN_UP:
            self._failed(item, "unknown")
        else:
            self._done.refused = found.code if isinstance(found, Wrong) else None
            self._done.doubt += 1

    def _find(self, item: Waiting, number: str) -> Found | NotThere | Unsure | Wrong:
        if self._account is None:
            return Unsure("no_account")
        return twilio.find(self._account, number, item.text, item.claimed_at)

    def _sent(self, item: Waiting, sid: str | None) -> None:
        queue.sent(item.id, sid, self._now())
        self._done.sent += 1

    def _out(self, item: Waiting) -> None:
        opt_outs.out(item.who, "sender", self._now())  # first: a kill in between must not leave them written to
        queue.failed(item.id, "21610", self._now())
        self._done.stopped += 1

    def _failed(self, item: Waiting, code: str) -> None:
        queue.failed(item.id, code, self._now())
        self._done.failed += 1

    def _later(self, item: Waiting, least: datetime) -> None:
        """Again 1, 2, 4 ... minutes after the last try and a little more, not before `least`; not without end."""
        if item.tries >= _TRIES:
            self._failed(item, "tries")
            return
        minutes = min(timedelta(minutes=2 ** min(item.tries - 1, 10)), _LONGEST)
        queue.later(item.id, max(item.claimed_at + minutes * (1 + self._jitter() / 4), least))
        self._done.later += 1
