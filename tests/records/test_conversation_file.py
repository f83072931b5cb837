"""The file of conversations under trouble: whoever writes goes on, and what is kept is kept again when it can be."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.conversation_file import DAY, ConversationFile
from tests.records.conftest import events, fill, lines

NOW = 1_795_000_000.0
TODAY = date(2026, 11, 21)
Open = Callable[..., ConversationFile]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Conversation files that try again at once, closed at the end."""
    made: list[ConversationFile] = []

    def make(folder: Path, again: float = 0.0) -> ConversationFile:
        made.append(ConversationFile(folder / "conversations.db", again=again, today=lambda: TODAY))
        return made[-1]

    yield make
    for kept in made:
        kept.close()


def stored(folder: Path) -> dict[str, str]:
    """What the file itself holds."""
    with closing(sqlite3.connect(folder / "conversations.db")) as db:
        return dict(db.execute("SELECT id, state FROM conversation"))


def test_what_is_kept_is_there_after_a_restart(tmp_path: Path, opened: Open) -> None:
    first = opened(tmp_path)
    first.put("web-1", NOW, '{"a":1}')
    first.put("web-1", NOW + 5, '{"a":2}')
    first.close()
    again = opened(tmp_path)
    assert again.get("web-1") == '{"a":2}' and again.get("web-2") is None and again.ids() == ["web-1"]
    assert stat.S_IMODE((tmp_path / "conversations.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "garbage",
    [b"no database", b"SQLite format 3\x00" + b"\xff" * 9000, os.urandom(20_000)],
    ids=["text", "head", "noise"],
)
def test_damaged_at_the_start_it_is_moved_aside(
    tmp_path: Path, opened: Open, garbage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "conversations.db").write_bytes(garbage)
    kept = opened(tmp_path)
    aside = tmp_path / "conversations.damaged-2026-11-21.db"
    assert aside.read_bytes() == garbage
    assert lines(caplog) == [{"event": "conversations.damaged.moved_aside", "file": aside.name}]
    kept.put("web-1", NOW, "{}")
    assert stored(tmp_path) == {"web-1": "{}"}


def test_a_page_in_the_middle_that_is_damaged_is_found_at_the_start(tmp_path: Path, opened: Open) -> None:
    kept = opened(tmp_path)
    for number in range(2000):
        kept.put(f"web-{number}", NOW, "x" * 100)
    kept.close()
    with (tmp_path / "conversations.db").open("r+b") as stream:
        stream.seek(4096 * 5)
        stream.write(b"\xa5" * 4096 * 3)
    kept = opened(tmp_path)
    assert kept.ids() == [] and list(tmp_path.glob("conversations.damaged-*.db"))


def test_two_that_are_damaged_on_one_day_are_both_there(tmp_path: Path, opened: Open) -> None:
    for garbage in (b"one", b"two"):
        (tmp_path / "conversations.db").write_bytes(garbage)
        opened(tmp_path).close()
    names = ("conversations.damaged-2026-11-21.db", "conversations.damaged-2026-11-21-2.db")
    assert [(tmp_path / name).read_bytes() for name in names] == [b"one", b"two"]


def test_damaged_while_it_runs_the_next_turns_are_kept(
    tmp_path: Path, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    kept = opened(tmp_path)
    kept.put("web-1", NOW, "before")
    for path in tmp_path.glob("conversations.db*"):
        path.write_bytes(os.urandom(path.stat().st_size or 4096))
    assert kept.get("web-1") in (None, "before")
    kept.put("web-2", NOW, "after")
    assert kept.get("web-2") == "after" and stored(tmp_path)["web-2"] == "after"
    assert events(caplog).count("conversations.damaged.moved_aside") == 1


def test_taken_away_while_it_runs_a_new_one_begins(tmp_path: Path, opened: Open) -> None:
    kept = opened(tmp_path)
    kept.put("web-1", NOW, "before")
    for path in tmp_path.glob("conversations.db*"):
        path.unlink()
    kept.put("web-2", NOW, "after")
    assert stored(tmp_path) == {"web-2": "after"} and kept.get("web-2") == "after"


def test_locked_by_another_nobody_waits_long_and_nothing_is_lost(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.conversation_file.BUSY_SECONDS", 0.05)
    kept = opened(tmp_path, again=60)
    kept.put("web-1", NOW, "one")
    with closing(sqlite3.connect(tmp_path / "conversations.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        for number in range(50):
            kept.put("web-1", NOW, f"turn {number}")
            assert kept.get("web-1") == f"turn {number}"
        assert time.monotonic() - began < 2, "only the first waits"
        other.execute("ROLLBACK")
    assert events(caplog) == ["conversations.not_written"]
    assert stored(tmp_path) == {"web-1": "one"}
    kept.close()
    assert stored(tmp_path) == {"web-1": "turn 49"}
    assert events(caplog) == ["conversations.not_written", "conversations.written_again"]


def test_on_a_full_disk_talks_go_on_and_are_kept_once_there_is_room(
    small: Path, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    kept = opened(small)
    kept.put("web-1", NOW, "before")
    full = fill(small)
    for number in range(300):
        kept.put(f"web-{number}", NOW, f"turn {number} " + "x" * 300)
        assert kept.get(
            f"web-{number}",
        ).startswith(f"turn {number} ")  # type: ignore[union-attr]
    assert "conversations.not_written" in events(caplog) and len(kept.ids()) == 300
    full.unlink()
    kept.put("web-1", NOW, "after")
    assert stored(small)["web-1"] == "after" and len(stored(small)) == 300
    assert events(caplog) == ["conversations.not_written", "conversations.written_again"]


def test_it_begins_on_a_full_disk(small: Path, opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    full = fill(small)
    kept = opened(small)
    kept.put("web-1", NOW, "held")
    assert kept.get("web-1") == "held" and kept.get("web-2") is None and kept.ids() == ["web-1"]
    assert len(events(caplog)) == 1
    full.unlink()
    kept.put("web-2", NOW, "kept")
    assert stored(small) == {"web-1": "held", "web-2": "kept"}


def test_what_nobody_may_write_to_is_still_told_at_the_start(tmp_path: Path, opened: Open) -> None:
    (tmp_path / "conversations.db").mkdir()
    with pytest.raises(OSError, match="conversations"):
        opened(tmp_path)


def test_old_ones_go_from_the_bytes_too_and_those_of_a_wrong_clock_count_from_today(
    tmp_path: Path, opened: Open
) -> None:
    kept = opened(tmp_path)
    for id, at in (("old-marker", NOW - 31 * DAY), ("new", NOW), ("ahead", NOW + 365 * DAY)):
        kept.put(id, at, "{}")
    assert kept.purge(NOW - 30 * DAY, NOW) == 1
    assert sorted(kept.ids()) == ["ahead", "new"]
    assert not any(b"old-marker" in path.read_bytes() for path in tmp_path.iterdir())
    assert kept.purge(NOW + DAY, NOW + 31 * DAY) == 2, "the one of the wrong clock is no year older than the other"
