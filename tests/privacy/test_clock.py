"""A clock that jumps must not delete everything, and one that is set back must not keep anything for longer."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from directory.errors import PrivacyError
from directory.purge import clock, conversations_before, purge
from tests.privacy.conftest import ids, put

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=timezone.utc)


def days(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def talked(home: Path) -> Path:
    """A home in which somebody wrote today, yesterday, and 31 days ago; it ran a minute ago."""
    put(home, {"today": NOW, "yesterday": NOW - days(1), "old": NOW - days(31)})
    clock.note(home, NOW - timedelta(minutes=1))
    return home


def test_what_is_too_old_goes(talked: Path) -> None:
    purge(talked, NOW)
    assert ids(talked) == ["today", "yesterday"]


@pytest.mark.parametrize("jump", [days(41), days(365), days(365 * 12)])
def test_a_clock_far_ahead_deletes_nothing_by_itself(talked: Path, jump: timedelta) -> None:
    for _ in range(2):  # a second look does not get used to it
        with pytest.raises(PrivacyError, match="--now-is-right") as refused:
            purge(talked, NOW + jump)
    assert f"{NOW + jump:%Y-%m-%d}" in str(refused.value) and "2026-11-22" in str(refused.value)
    assert ids(talked) == ["old", "today", "yesterday"]
    with pytest.raises(PrivacyError):
        conversations_before(NOW + jump)
    assert clock.seen(talked) == NOW - timedelta(minutes=1)


def test_a_clock_that_is_right_after_all_is_said_by_hand(talked: Path) -> None:
    later = NOW + days(60)
    purge(talked, later, now_is_right=True)
    assert ids(talked) == []
    purge(talked, later + days(1))  # from now on by itself


def test_a_month_away_is_no_jump(talked: Path) -> None:
    purge(talked, NOW + days(29.5))
    assert ids(talked) == ["today"]


@pytest.mark.parametrize("back", [days(2), days(400), days(365 * 20)])
def test_a_clock_set_back_keeps_nothing_for_longer(talked: Path, back: timedelta) -> None:
    purge(talked, NOW - back)
    assert ids(talked) == ["today", "yesterday"], "counted by the later clock, the last time seen"
    assert clock.seen(talked) == NOW - timedelta(minutes=1)


def test_what_was_written_while_the_clock_was_ahead_counts_from_today(talked: Path) -> None:
    put(talked, {"from the future": NOW + days(365 * 5)})
    purge(talked, NOW)
    assert "from the future" in ids(talked)
    purge(talked, NOW + days(29.9))
    assert "from the future" in ids(talked)
    purge(talked, NOW + days(30.1))
    assert "from the future" not in ids(talked)


def test_a_file_from_the_future_counts_from_today(home: Path) -> None:
    log = home / "puente.log"
    log.write_text("{}\n", "utf-8")
    ahead = (NOW + days(1000)).timestamp()
    os.utime(log, (ahead, ahead))
    clock.note(home, NOW)
    purge(home, NOW)
    assert log.stat().st_mtime == pytest.approx(NOW.timestamp())
    purge(home, NOW + days(30.1))
    assert not log.exists()


def test_without_a_last_time_and_with_something_from_the_future_nothing_goes(talked: Path) -> None:
    (talked / "clock.json").unlink()
    put(talked, {"ahead": NOW + days(3)})
    with pytest.raises(PrivacyError, match="newest conversation"):
        purge(talked, NOW)
    assert ids(talked) == ["ahead", "old", "today", "yesterday"]
    purge(talked, NOW, now_is_right=True)
    assert ids(talked) == ["ahead", "today", "yesterday"]


def test_without_a_last_time_the_newest_conversation_says_when_it_ran(talked: Path) -> None:
    (talked / "clock.json").unlink()
    with pytest.raises(PrivacyError):
        purge(talked, NOW + days(100))
    purge(talked, NOW)
    assert ids(talked) == ["today", "yesterday"]


@pytest.mark.parametrize(
    "held", ["", "{", "[]", '{"seen": 5}', '{"seen": "yesterday"}', '{"seen": "2026-11-22"}', "\x00"]
)
def test_a_damaged_note_counts_as_none(talked: Path, held: str) -> None:
    (talked / "clock.json").write_text(held, "utf-8")
    purge(talked, NOW)
    assert ids(talked) == ["today", "yesterday"]
    assert json.loads((talked / "clock.json").read_text("utf-8"))["seen"].startswith("2026-11-22")


def test_a_trial_notes_nothing(talked: Path) -> None:
    before = (talked / "clock.json").read_bytes()
    report = purge(talked, NOW, dry_run=True)
    assert {outcome.id: outcome.gone for outcome in report.outcomes if outcome.gone} == {"conversations": 1}
    assert (talked / "clock.json").read_bytes() == before and len(ids(talked)) == 3


def test_the_clinic_s_days_count(talked: Path) -> None:
    (talked / "settings.yml").write_text("retention: {conversations: 1}\n", "utf-8")
    purge(talked, NOW + timedelta(minutes=1))
    assert ids(talked) == ["today"]


@pytest.mark.parametrize("others", [0, 2000])
def test_deleted_bytes_are_in_no_file(talked: Path, others: int) -> None:
    put(talked, {f"marker-{number}-zzqx": NOW - days(40) for number in range(500)})
    put(talked, {f"stays-{number}": NOW for number in range(others)})
    with closing(sqlite3.connect(talked / "conversations.db")) as open_too:
        open_too.execute("SELECT count(*) FROM conversation").fetchone()
        purge(talked, NOW)
        assert not [path.name for path in talked.rglob("*") if path.is_file() and b"zzqx" in path.read_bytes()]
    assert len(ids(talked)) == 2 + others
