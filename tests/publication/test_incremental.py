"""A publication that replaces only what changed is the same as one that is built whole, whatever happened."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from directory import store, sync
from directory.publication import shelf
from directory.publication.prepare import prepare
from directory.sync import stage
from directory.sync.decisions import Kind

from .conftest import NOW, Work

Dump = dict[str, list[tuple[object, ...]]]
ROWS = 40
LISTS = ("a", "b", "c")


def dump(connection: sqlite3.Connection) -> Dump:
    """Every table with ids in place of row ids, and the listings in their order."""
    connection.row_factory = None
    ids = dict(connection.execute("SELECT rowid, id FROM listing").fetchall())
    found: Dump = {"order": connection.execute("SELECT id FROM listing ORDER BY rowid").fetchall()}
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    for name in names:
        if name.startswith(("listing_word", "sqlite_", "_sqlite", "publication", "search_index")):
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        rows = connection.execute(f"SELECT * FROM {name}").fetchall()
        at = next((n for n, column in enumerate(columns) if column in ("listing", "rowid")), None)
        found[name] = sorted((tuple(ids.get(v) if n == at else v for n, v in enumerate(row)) for row in rows), key=repr)
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, listing_word, instance)")
    found["words"] = sorted((term, ids[doc]) for term, doc in connection.execute("SELECT term, doc FROM temp.words"))
    return found


def whole(work: Work) -> Dump:
    with stage.open_work() as connection, prepare(connection, work.now, whole=True) as made:
        return dump(made.connection)


def in_force() -> Dump:
    with store.open_directory() as connection:
        return dump(connection)


class Chance:
    """One random thing after the other happens to a few rows of three lists."""

    def __init__(self, work: Work, seed: int) -> None:
        self.work, self.rng = work, random.Random(seed)
        self.decided: list[int] = []
        self.steps: list[Callable[[], None]] = [
            self.named, self.named, self.named, self.left, self.joined, self.apart, self.decides, self.takes_back,
            self.by_hand, self.day_passes, self.secret,
        ]  # fmt: skip

    def row(self) -> tuple[str, str]:
        return self.rng.choice(LISTS), str(self.rng.randrange(ROWS))

    def listing(self) -> str:
        return ":".join(self.row())

    def fields(self) -> dict[str, object]:
        rng = self.rng
        street = f"{rng.randrange(3)} Kite Row"
        address = {"address_1": street, "city": "Fresno", "postal_code": "93701", "state": "CA"}
        return {
            "name": rng.choice(("Owl House", "owl house", "Ábaco", "Zebra Kitchen", "kite", "Kite House")),
            "organization": rng.choice(("Owl", "Kite")),
            "description": rng.choice((None, "One", "Two.", "three words here")),
            "address": rng.choice((None, address)),
            "latitude": rng.choice((None, 36.7)),
            "longitude": -119.8,
            "counties": rng.sample(["Fresno", "Kings", "Kern", "Inyo"], 2),
            "plans": rng.sample(["p1", "p2"], 1),
            "languages": rng.sample(["en", "es", "hmn"], 2),
            "wheelchair": rng.choice(("yes", "no", "unknown")),
            "capacity": rng.choice((None, "open")),
            "capacity_on": rng.choice((None, "2026-10-25", "2026-11-20")),
            "assured_on": rng.choice((None, "2026-10-25", "2026-11-20")),
            "phones": [{"number": f"+1559555010{rng.randrange(4)}", "kind": "voice"}],
        }

    def named(self) -> None:
        fields = self.fields()
        place = f"{fields['organization']} {(fields['address'] or {}).get('address_1')}"  # type: ignore[attr-defined]
        self.work.put(*self.row(), place=place if fields["address"] else None, **fields)

    def secret(self) -> None:
        fields = {**self.fields(), "address": None, "latitude": None, "longitude": None, "confidential": True}
        self.work.put(
            *self.row(), place=f"Owl {self.rng.randrange(3)} Kite Row", marked=self.rng.random() < 0.5, **fields
        )

    def left(self) -> None:
        self.work.end(*self.row())

    def joined(self) -> None:
        self.work.put(*self.row(), self.listing(), **self.fields())

    def apart(self) -> None:
        source, row = self.row()
        self.work.put(source, row, f"{source}:{row}", **self.fields())

    def decides(self) -> None:
        kind = self.rng.choice((Kind.KEEP, Kind.CLOSED, Kind.NOT_LISTED, Kind.SUSPENDED, Kind.NOTICE))
        until = self.work.now.date() + timedelta(days=self.rng.randrange(3))
        more: dict[str, object] = {"field": "description", "value": '"Kept"'} if kind is Kind.KEEP else {"value": "Hm"}
        if kind in (Kind.SUSPENDED, Kind.NOTICE):
            more["until"] = until
        self.decided.append(self.work.decide(kind, self.listing(), **more))

    def takes_back(self) -> None:
        if self.decided:
            self.work.take_back(self.rng.choice(self.decided))

    def by_hand(self) -> None:
        said = self.rng.choice((["*"], ["description", "email"]))
        target = self.listing() if said != ["*"] else None
        self.work.put("hand", str(self.rng.randrange(5)), target, said=said, **self.fields())

    def day_passes(self) -> None:
        self.work.later(days=1)


@pytest.mark.parametrize("seed", range(12))
def test_replacing_what_changed_is_building_the_whole(work: Work, seed: int) -> None:
    chance = Chance(work, seed)
    for _ in range(60):
        chance.named()
    sync.publish(work.now, accept_gone=True)
    replaced = 0
    for _ in range(12):
        for _ in range(chance.rng.randrange(6)):
            chance.rng.choice(chance.steps)()
        work.later(seconds=1)
        made = sync.publish(work.now, accept_gone=True)
        replaced += not made.whole and not made.unchanged
        found, expected = in_force(), whole(work)
        assert found.keys() == expected.keys()
        for table in found:
            assert found[table] == expected[table], table
    assert replaced > 2


def test_nothing_new_is_no_publication(work: Work) -> None:
    work.put("a", "1")
    first = sync.publish(work.now)
    again = sync.publish(work.later(minutes=1))
    assert again.unchanged and again.id == first.id and "nothing was published" in again.to_text()
    work.put("a", "1")
    assert sync.publish(work.later(minutes=1)).unchanged, "the same row read again"
    with stage.open_work() as connection:
        assert len(shelf.records(connection)) == 1
        assert shelf.records(connection)[0].through_run == 2
    work.put("a", "1", description="New")
    changed = sync.publish(work.later(minutes=1))
    assert (changed.unchanged, changed.changed, changed.whole) == (False, 1, False)


def test_names_find_room_between_others_until_there_is_none(work: Work) -> None:
    work.put("a", "first", name="aa")
    work.put("a", "last", name="zz")
    sync.publish(work.now)
    kinds = []
    for number in range(16):
        work.put("a", str(number), name="m" * (20 - number))
        kinds.append(sync.publish(work.later(seconds=1)).whole)
        with store.open_directory() as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM listing ORDER BY rowid")]
        assert names == sorted(names)
    assert True in kinds and kinds.count(False) > 10


@pytest.mark.parametrize("damage", ["other layout", "other code", "not ours", "changed", "not a database"])
def test_what_does_not_fit_is_built_whole(work: Work, damage: str) -> None:
    for number in range(5):
        work.put("a", str(number))
    sync.publish(work.now)
    path = work.home / "directory.db"
    statement = {
        "other layout": "PRAGMA user_version = 1",
        "other code": "UPDATE publication SET definition = 'x'",
        "not ours": "UPDATE publication SET id = 'x'",
        "changed": "UPDATE listing SET name = 'Somebody else' WHERE id = 'a:3'",
    }
    if damage in statement:
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(statement[damage])
        connection.close()
    else:
        path.write_bytes(b"no database at all" * 500)
    work.put("a", "1", name="New name")
    report = sync.publish(work.later(minutes=1), accept_gone=True)
    assert report.whole and not report.unchanged
    assert in_force() == whole(work)


def test_room_goes_back_to_unknown_though_no_list_was_read(work: Work) -> None:
    work.put("a", "1", capacity="open", capacity_on="2026-11-20")
    work.put("a", "2")
    sync.publish(work.now)
    report = sync.publish(NOW + timedelta(days=31))
    assert report.changed == 1 and not report.whole
    with store.open_directory() as connection:
        assert store.listing(connection, "a:1").capacity_on is None


def test_a_notice_ends_by_itself(work: Work) -> None:
    work.put("a", "1")
    work.decide(Kind.NOTICE, "a:1", value="Closed today", until=date(2026, 11, 22))
    for days, alert in ((0, "Closed today"), (1, "Closed today"), (2, None)):
        sync.publish(NOW + timedelta(days=days))
        with store.open_directory() as connection:
            found = store.listing(connection, "a:1")
            assert found.alert == alert
            later = store.current(found, date(2026, 11, 23))
            assert later.alert is None
