"""What whoever watches `puente up` reads of events: sentences, never JSON; and once that the disk is full."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.supervisor.journal import Journal
from tests.small_disk import fill, mounted


def _line(name: str, **ids: object) -> bytes:
    event = {"at": "2026-11-22T10:00:00.000+00:00", "level": "WARNING", "process": "door", "event": name, **ids}
    return json.dumps(event).encode()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("door.assistant.away", "The assistant does not answer; people get a fixed sentence with 911, 988 and 211."),
        ("records.not_written", "Which answers were given could not be written down; they wait in memory."),
        ("some.other", "door warning: some.other count=3"),
    ],
)
def test_events_are_sentences_where_people_watch_and_json_in_the_log(tmp_path: Path, name: str, says: str) -> None:
    out, log = io.StringIO(), tmp_path / "puente.log"
    Journal(log, out=out).line("door", _line(name, count=3), answering=True)
    (shown,) = out.getvalue().splitlines()
    assert shown.endswith(says) and "{" not in shown
    assert json.loads(log.read_text())["event"] == name


def test_an_event_with_an_odd_time_is_shown_too(tmp_path: Path) -> None:
    out = io.StringIO()
    said = _line("door.assistant.back").replace(b"2026-11-22T10:00:00.000+00:00", b"soon")
    Journal(tmp_path / "puente.log", out=out).line("door", said, answering=True)
    assert out.getvalue() == "soon People are answered by the assistant again.\n"


def test_what_is_withheld_is_counted_in_the_log_and_not_shown(tmp_path: Path) -> None:
    out, log = io.StringIO(), tmp_path / "puente.log"
    journal = Journal(log, out=out)
    journal.line("door", b"zanahoria", answering=True)
    journal.tell_withheld(all=True)
    assert out.getvalue() == "" and json.loads(log.read_text())["lines"] == 1


def test_a_full_disk_is_said_once_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mounted(tmp_path / "disk") as disk:
        monkeypatch.setenv("PUENTE_HOME", str(disk))
        out = io.StringIO()
        journal = Journal(out=out)
        journal.line("assistant", _line("records.not_written"), answering=True)
        assert "disk is full" not in out.getvalue()
        fill(disk)
        for _ in range(3):
            journal.line("assistant", _line("conversations.not_written"), answering=True)
        assert out.getvalue().count("The disk is full: people are answered, but nothing new can be kept.") == 1
        assert "`puente purge`" in out.getvalue()
