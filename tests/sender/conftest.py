"""A home with an account that a server of this machine plays, a clock that is turned by hand, and people in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from directory.inbox import queue, who
from directory.sender.account import Account
from directory.sender.drain import Drained, drain
from tests.sender.twilio_like import NUMBER, SID, TOKEN, TwilioLike

START = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)
"""Noon in California."""
SETTINGS = f"""clinic: Kite Community Health Center
short_name: Kite Health
phone: 209-555-0140
sms: {{account: {SID}, from: "{NUMBER}"}}
"""


class Clock:
    """What time it is."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def later(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


class Sending:
    """The queue of one home and its sender."""

    def __init__(self, home: Path, twilio: TwilioLike, clock: Clock) -> None:
        self.home, self.twilio, self.clock = home, twilio, clock
        self.account: Account | None = Account(SID, TOKEN, NUMBER, twilio.url)

    def put(self, number: str, text: str, *, cause: str | None = None, lasts: timedelta = timedelta(days=4)) -> bool:
        """A text that is due now."""
        now = self.clock()
        them = who.conversation(number)
        return queue.put(cause or f"test:{number}:{text}", them, who.seal(number), text, now, now + lasts, now)

    def run(self) -> Drained:
        """One run of the sender, a minute at least after the one before."""
        return drain(self.account, self.clock, lambda: 0.0)

    def state(self, cause: str) -> str | None:
        found = queue.state(cause)
        return found[0] if found else None


def person(number: int = 0) -> str:
    """A number that nobody has."""
    return f"+1209555{100 + number:04d}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "settings.yml").write_text(SETTINGS)
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setenv("PUENTE_TWILIO_TOKEN", TOKEN)
    monkeypatch.delenv("PUENTE_INBOX", raising=False)
    return tmp_path


@pytest.fixture
def twilio(clock: Clock) -> Iterator[TwilioLike]:
    with TwilioLike(now=clock) as server:
        yield server


@pytest.fixture
def sending(home: Path, twilio: TwilioLike, clock: Clock) -> Sending:
    return Sending(home, twilio, clock)
