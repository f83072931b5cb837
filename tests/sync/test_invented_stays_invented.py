"""Invented places never become real ones: not through an export, not by a correction, not beside a real list."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from directory import exports, store, sync
from directory.errors import ListError, PublishError
from directory.status import status
from directory.sync import hand, stage
from directory.sync.source import load

from .conftest import NOW, ROWS, Sync

EXPORTS = [("puente_csv", "csv", False), ("puente_hsds", "json", False), ("puente_hsds", "zip", True)]


def exported(path: Path, *, tabular: bool) -> Path:
    kind = "csv" if path.suffix == ".csv" else "hsds"
    exports.export(exports.Order(kind, exports.Choice(NOW.date()), tabular=tabular), path)
    return path


@pytest.mark.parametrize(("source", "suffix", "tabular"), EXPORTS)
def test_an_export_of_the_demo_is_invented_wherever_it_is_read(
    home: Path, monkeypatch: pytest.MonkeyPatch, source: str, suffix: str, tabular: bool
) -> None:
    sync.load_demo(NOW)
    path = exported(home / f"export.{suffix}", tabular=tabular)
    monkeypatch.setenv("PUENTE_HOME", str(home / "other"))
    read = sync.run(source, file=path, now=NOW)
    sync.publish(NOW)
    assert read.drafts and [item.source.demo for item in status().sources] == [True]
    with store.open_directory() as connection:
        some = connection.execute("SELECT id FROM listing LIMIT 1").fetchone()[0]
        assert store.listing(connection, some).provenance.demo
    assert sync.remove_demo(NOW).publication.listings == 0


@pytest.mark.parametrize(("source", "suffix", "tabular"), EXPORTS)
def test_such_an_export_is_not_taken_beside_a_real_list(
    refresh: Sync, home: Path, monkeypatch: pytest.MonkeyPatch, source: str, suffix: str, tabular: bool
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(home / "other"))
    sync.load_demo(NOW)
    path = exported(home / f"export.{suffix}", tabular=tabular)
    monkeypatch.setenv("PUENTE_HOME", str(home))
    refresh(*ROWS)
    with pytest.raises(ListError, match=r"holds invented places.*real lists \(small\)"):
        sync.run(source, file=path, now=NOW)
    with stage.open_work() as work:
        assert stage.demo_sources(work) == []


def test_nor_is_a_list_of_the_demo(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    with pytest.raises(ListError, match=re.escape("real lists (small)")):
        sync.run("demo_referral_feed", now=NOW)


def test_a_real_list_is_not_published_beside_the_demo(refresh: Sync, home: Path) -> None:
    sync.load_demo(NOW)
    refresh(*ROWS)
    with pytest.raises(PublishError, match="puente demo remove"):
        sync.publish(NOW)
    assert sync.remove_demo(NOW).publication.sources == (("small", 10),)


def test_what_is_corrected_of_an_invented_place_goes_with_it(home: Path) -> None:
    sync.load_demo(NOW)
    with stage.open_work() as work:
        known, base = hand.shown(work, "demo_plan_roster:D0001")
        hand.edit(work, known, base, {"fees_text": "Free"}, who="Ana", now=NOW)
        real = {"name": "Mesa del Valle", "topics": "food", "counties": "Stanislaus", "phones": "209-555-0123"}
        hand.add(work, real, who="Ana", now=NOW)
    sync.publish(NOW)
    assert sync.remove_demo(NOW).publication.sources == (("hand", 1),)
    with sqlite3.connect(home / "directory.db") as connection:
        assert connection.execute("SELECT name FROM listing").fetchall() == [("Mesa del Valle",)]


def test_a_list_of_ones_own_may_be_read_where_nothing_is_invented(refresh: Sync) -> None:
    refresh(*ROWS)
    assert "demo" in load("puente_csv").columns and sync.publish(NOW).listings == 10
