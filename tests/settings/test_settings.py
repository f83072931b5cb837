from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot import preparing
from directory import store, sync
from directory.errors import SettingsError
from directory.settings import Sender, Settings, refuse_demo_with_sender, settings
from directory.status import status
from tests.conftest import ROOT, environment, free_port

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
SENDER = "sms: {account: AC0123, from: 209-555-0150}\n"
REAL = store.SourceRecord("list", "A list")
DEMO = store.SourceRecord("demo", "An invented list", demo=True)


def publish(home: Path, *sources: store.SourceRecord) -> None:
    when = datetime(2026, 11, 1, tzinfo=timezone.utc)
    store.write_directory(home / "directory.db", records=(), sources=sources, publication="test", published_at=when)


def test_without_a_file_nothing_is_claimed_of_the_clinic() -> None:
    assert settings() == Settings(clinic=None, phone=None, demo=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Settings()),
        ("clinic: Roble Health\nphone: 209-555-0150\n", Settings("Roble Health", "209-555-0150")),
        ("demo: true\n", Settings("Puente Demo Clinic", "209-555-0100", True, invented=True)),
        ("demo: true\nclinic: Ours\n", Settings("Ours", "209-555-0100", True, invented=True)),
        ("demo: true\nclinic: Ours\nphone: 209-555-0150\n", Settings("Ours", "209-555-0150", True)),
        (SENDER, Settings(sms=Sender("AC0123", "+12095550150"))),
    ],
)
def test_settings_are_read(tmp_path: Path, text: str, expected: Settings) -> None:
    file = tmp_path / "settings.yml"
    file.write_text(text)
    assert settings(file) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- a", "clinic"),
        ("clnic: x", "clnic"),
        ("demo: maybe", "demo"),
        ("phone: 2095550150", "phone"),
        ("a: [", "line 1"),
        ("invented: true", "invented"),
        ("sms: true", "account"),
        ("sms: {account: AC1}", "from"),
        ("sms: {account: AC1, from: nobody}", "phone number"),
        ("sms: {account: AC1, from: 2095550150}", "in quotes"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "settings.yml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=named) as caught:
        settings(file, strict=True)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    ("sources", "text", "clinic", "demo"),
    [
        ((DEMO,), "", "Puente Demo Clinic", True),
        ((DEMO,), "clinic: Ours\nphone: 209-555-0150\n", "Ours", True),
        ((REAL,), "", None, False),
        ((REAL,), "demo: true\n", None, True),
        ((DEMO, REAL), "", None, True),
        ((), "", None, False),
    ],
)
def test_the_invented_clinic_stands_in_only_where_nothing_real_is_published(
    home: Path, sources: tuple[store.SourceRecord, ...], text: str, clinic: str | None, demo: bool
) -> None:
    publish(home, *sources)
    (home / "settings.yml").write_text(text)
    found = settings()
    assert (found.clinic, found.demo, found.invented) == (clinic, demo, clinic == "Puente Demo Clinic")


# Invented places and real text messages


def refused_by(home: Path, *words: str) -> None:
    """The command says in a sentence why it does not; in a process of its own, as it ends the one it runs in."""
    command = [sys.executable, "-m", "directory.cli", *words]
    result = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=120)
    assert (result.returncode, "names a sender" in result.stderr) == (1, True), result.stderr


def test_a_sender_and_the_demo_refuse_each_other(home: Path) -> None:
    refuse_demo_with_sender(demo=True)
    (home / "settings.yml").write_text(SENDER)
    refuse_demo_with_sender(demo=False)
    with pytest.raises(SettingsError, match=r"\+12095550150.*puente demo remove"):
        refuse_demo_with_sender(demo=True)


def test_the_demo_is_neither_loaded_nor_published_beside_a_sender(home: Path) -> None:
    (home / "settings.yml").write_text(SENDER)
    for words in (("demo", "load"), ("up", "--demo", "--port", str(free_port()), "--desk-port", str(free_port()))):
        refused_by(home, *words)
        assert not (home / "directory.db").exists() and not (home / "work.db").exists()
    sync.run("demo_plan_roster", now=NOW)
    with pytest.raises(SettingsError, match="demo remove"):
        sync.publish(NOW)
    assert not (home / "directory.db").exists()


def test_the_assistant_does_not_start_with_both_until_the_demo_is_taken_out(home: Path) -> None:
    sync.load_demo(NOW)
    (home / "settings.yml").write_text(SENDER)
    for words in (("up", "--port", str(free_port()), "--desk-port", str(free_port())), ("assistant",)):
        refused_by(home, *words)
    assert not sync.remove_demo(NOW).publication.demo
    preparing.ensure_directory()


def test_a_directory_of_another_version_is_published_anew_before_the_assistant_starts(home: Path) -> None:
    sync.load_demo(NOW)
    connection = sqlite3.connect(home / "directory.db")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    preparing.ensure_directory()
    assert (status().outdated, status().demo) == (False, True)
