"""Publishing: whole, checked, swapped, undone; and the demo that can be taken out again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from directory import store, sync
from directory.errors import PublishError
from directory.model import Address, Capacity
from directory.sync import record, stage

from .conftest import NOW, ROWS, Sync


def test_what_is_staged_is_what_people_see(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    report = sync.publish(NOW)
    with store.open_directory() as connection:
        listing = store.listing(connection, "small:3")
        assert store.publication(connection).listings == 10
        assert [item.as_of for item in store.sources(connection)] == [date(2026, 11, 1)]
    assert (listing.address, listing.assured_on) == (Address("3 Kite Row", "Fresno", "93701"), date(2026, 10, 3))
    assert report.sources == (("small", 10),) and not report.demo
    with stage.open_work() as work:
        assert work.execute("SELECT id, listings FROM publication").fetchall()[0][1] == 10


def places_staged() -> int:
    """How many places the rows in force are; several rows may be one."""
    with stage.open_work() as work:
        query = """SELECT count(DISTINCT listing_id) FROM link JOIN staged USING (source_id, row_id)
                   WHERE refused = 0 AND ended_on IS NULL"""
        return int(work.execute(query).fetchone()[0])


def test_nothing_is_no_directory(home: Path) -> None:
    with pytest.raises(PublishError, match="puente sync"):
        sync.publish(NOW)
    assert not (home / "directory.db").exists()


def test_the_last_five_publications_stay(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    names = [sync.publish(NOW + timedelta(minutes=n), whole=True).id for n in range(7)]
    kept = sorted(path.stem for path in (home / "publications").glob("*.db"))
    assert kept == sorted(names)[-5:]
    assert not list(home.glob("*.part*"))


def test_many_publications_in_one_second_have_names_of_their_own(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    names = [sync.publish(NOW, whole=True).id for _ in range(12)]
    assert len(set(names)) == 12 and names == sorted(names)
    assert sorted(path.stem for path in (home / "publications").glob("*.db")) == names[-5:]


def test_a_directory_that_cannot_be_put_in_its_place_is_no_publication(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    (home / "directory.db").mkdir()
    with pytest.raises(PublishError, match="could not be put in its place"):
        sync.publish(NOW)
    assert not list((home / "publications").iterdir()) and not list(home.glob("*.part*"))
    with stage.open_work() as work:
        assert stage.publications(work) == set()
    (home / "directory.db").rmdir()
    assert sync.publish(NOW).listings == 10


def test_a_reader_keeps_the_directory_it_opened(refresh: Sync) -> None:
    refresh(*ROWS)
    sync.publish(NOW)
    with store.open_directory() as old:
        assert old.execute("SELECT count(*) FROM listing").fetchone()[0] == 10
        refresh(*ROWS[:8])
        sync.publish(NOW)
        assert old.execute("SELECT count(*) FROM listing").fetchone()[0] == 10
    with store.open_directory() as new:
        assert new.execute("SELECT count(*) FROM listing").fetchone()[0] == 8


def test_a_directory_that_fails_its_checks_is_not_shown(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    sync.publish(NOW)
    before = (home / "directory.db").read_bytes()
    with stage.open_work() as work, work:
        draft = record.from_json(work.execute("SELECT draft FROM staged WHERE row_id = '1'").fetchone()[0])
        told = replace(
            draft, address=None, latitude=None, longitude=None, confidential=True, description="At 12 Kite Street."
        )
        work.execute("UPDATE staged SET draft = ?, changed_run = 2 WHERE row_id = '1'", (record.to_json(told),))
    with pytest.raises(PublishError, match="small:1 still shows where it is"):
        sync.publish(NOW)
    assert (home / "directory.db").read_bytes() == before
    assert not list(home.glob("*.part*"))


@pytest.mark.parametrize(("days", "capacity"), [(0, "open"), (30, "open"), (31, "unknown")])
def test_what_was_said_about_room_is_worth_thirty_days(home: Path, days: int, capacity: str) -> None:
    own = home / "sources" / "small.yml"
    own.write_text(own.read_text(encoding="utf-8") + "  capacity: Room\n", encoding="utf-8")
    path = home / "small.csv"
    path.write_text("Number,Name,Program,Counties,Street,City,ZIP,Phone,Checked,Room\n" + ROWS[0] + ",open\n")
    sync.run("small", file=path, now=NOW)
    sync.publish(NOW.replace(month=11, day=1) + timedelta(days=days))
    with store.open_directory() as connection:
        assert store.listing(connection, "small:1").capacity == Capacity(capacity)


def test_the_demo_goes_and_leaves_a_real_list_that_came_later(refresh: Sync, home: Path) -> None:
    assert not sync.demo_present(home / "directory.db")
    loaded = sync.load_demo(NOW)
    assert sync.demo_present(home / "directory.db") and loaded.publication.demo
    assert loaded.publication.listings == places_staged() <= sum(run.drafts for run in loaded.runs)
    refresh(*ROWS)
    with pytest.raises(PublishError, match=r"would stand beside real ones \(small\).*`puente demo remove`"):
        sync.publish(NOW)
    removed = sync.remove_demo(NOW)
    assert not sync.demo_present(home / "directory.db")
    assert removed.publication.listings == 10 and removed.ended == sum(run.drafts for run in loaded.runs)
    with sqlite3.connect(home / "directory.db") as connection:
        assert connection.execute("SELECT id FROM source").fetchall() == [("small",)]


@pytest.mark.parametrize("published", [True, False])
def test_the_demo_is_never_loaded_beside_a_real_list(refresh: Sync, home: Path, published: bool) -> None:
    refresh(*ROWS)
    if published:
        sync.publish(NOW)
    before = {path.name: path.read_bytes() for path in home.glob("*.db")}
    with pytest.raises(PublishError, match=r"real lists \(small\).*PUENTE_HOME=\S+ puente demo load$"):
        sync.load_demo(NOW)
    assert {path.name: path.read_bytes() for path in home.glob("*.db")} == before


def test_a_damaged_directory_does_not_keep_the_demo_from_a_whole_one(home: Path) -> None:
    (home / "directory.db").write_text("not what it should be. " * 100)
    assert sync.load_demo(NOW).publication.demo and sync.demo_present(home / "directory.db")


def test_the_demo_comes_again_after_it_was_removed(home: Path) -> None:
    first = sync.load_demo(NOW)
    sync.remove_demo(NOW)
    assert (
        sync.load_demo(NOW).publication.listings
        == first.publication.listings
        == sync.load_demo(NOW).publication.listings
    )


def test_removing_the_demo_when_there_is_nothing_else(home: Path) -> None:
    sync.load_demo(NOW)
    assert sync.remove_demo(NOW).publication.listings == 0
    assert sync.remove_demo(NOW).ended == 0
