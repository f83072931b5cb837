"""A phone that writes by text message and can be written to later; and a clinic that has told its hours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.context import Goal
from directory import hours
from directory.inbox import who
from directory.text import gsm
from tests.actions.conftest import Stage

OPEN = datetime(2026, 11, 23, 10, 0, tzinfo=hours.PACIFIC)
"""A Monday morning."""
CLOSED = datetime(2026, 11, 20, 19, 0, tzinfo=hours.PACIFIC)
"""A Friday evening."""
SETTINGS = 'clinic: Kite Community Clinic\nphone: "209-555-0140"\nhours: "Mon-Fri 8am-5pm"\n'
CALL = "209-555-0140"


def phone(last: int = 123) -> Stage:
    """The phone of somebody."""
    number = f"+1209555{last:04d}"
    return Stage(channel="sms", who=who.conversation(number), reach=who.seal(number))


def clinic(home: Path, monkeypatch: pytest.MonkeyPatch, at: datetime, settings: str = SETTINGS) -> None:
    """The clinic of the settings, at that time."""
    (home / "settings.yml").write_text(settings, "utf-8")
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: at))


def text(messages: list[dict[str, Any]]) -> str:
    """What the phone shows."""
    return "\n".join(message["text"] for message in messages)


def short(messages: list[dict[str, Any]], most: int = 2) -> bool:
    """Whether each of them is at most so many parts."""
    return all(gsm.segments(message["text"]) <= most for message in messages)
