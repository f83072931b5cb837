"""The page of a place: what differing lists say and why one value is shown, what became of it, what people report."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory import store
from directory.accounts import Role
from directory.inbox import reports
from directory.model import Listing, Tri
from directory.publication import saying
from directory.publication.publish import publish
from directory.publication.saying import Why
from directory.sync import stage
from directory.sync.decisions import Kind
from directory.sync.review import decide
from directory.tables import Said
from tests.conftest import demo_copy
from tests.desk.listings import FULL, NOW, SCRIPT, Outline, listed

Desk = Callable[..., TestClient]
TODAY = NOW.date()


@pytest.fixture
def demo(desk_home: Path, demo_home: Path, signed: Callable[..., TestClient]) -> TestClient:
    """The desk over a copy of the demo directory, with all that was read."""
    demo_copy(demo_home, desk_home)
    return signed(Role.STAFF)


def one_that_differs(field: str) -> Listing:
    with store.open_directory() as db:
        row = db.execute(
            "SELECT listing.id FROM said JOIN listing ON listing.rowid = said.listing"
            " WHERE json_extract(differs, '$.' || ?) IS NOT NULL ORDER BY 1",
            (field,),
        ).fetchone()
        return store.listing(db, row[0])


def text(desk: TestClient, path: str) -> str:
    answer = desk.get(path)
    assert answer.status_code == 200
    return Outline(answer.text).text


def test_what_differing_lists_say_stands_field_by_field_with_the_reason(demo: TestClient) -> None:
    listing = one_that_differs("hours_text")
    page = text(demo, f"/place/{listing.id}?lang=es")
    said = page.split("Lo que dicen las listas que no coinciden")[-1]
    assert f"Horario {listing.hours_text}" in said
    assert "Otras tantas listas, igual de nuevas, dicen otra cosa." in said
    assert "Demo guide by county (invented) (del 16 de noviembre de 2026)" in said and "dice lo mismo" in said
    whole = text(demo, f"/place/{listing.id}?lang=en")
    assert "Hours Monday-Friday, 8-5" in whole and "As many lists say something else" in whole


def test_where_all_agree_the_page_says_so(client: Desk) -> None:
    page = text(client(FULL), "/place/roster:Pantry")
    assert "No list says anything else than what is shown here." in page


def test_a_decision_is_named_as_the_reason_with_who_and_why_and_stands_in_the_history(demo: TestClient) -> None:
    listing = one_that_differs("hours_text")
    with stage.open_work() as work:
        made = decide(
            work, Kind.KEEP, listing.id, who="Ana", why="called them", now=NOW, field="hours_text",
            value='"Tuesday, Thursday, 10-2"',
        )  # fmt: skip
        decide(work, Kind.NOTICE, listing.id, who="Ana", why="flood", now=NOW, until=TODAY + timedelta(days=9))
    publish(now=NOW + timedelta(minutes=1), who="Ana")
    page = text(demo, f"/place/{listing.id}")
    assert "Hours Tuesday, Thursday, 10-2 Decided by Ana on Nov 23, 2026: called them" in page
    past = text(demo, f"/place-history/{listing.id}")
    assert f"History: {listing.name}" in past
    assert "Decided to show, whatever the lists say: Hours" in past and "Ana: called them" in past
    assert "Notice beside the place until Dec 2, 2026" in past
    assert "came onto the list Demo roster of plan partners (invented)." in past
    assert made.number == 1


def test_the_history_of_a_place_that_no_list_told_of_says_so(client: Desk) -> None:
    desk = client(FULL)
    assert "Nothing is known of what became of this place." in text(desk, "/place-history/roster:Pantry")
    assert desk.get("/place-history/roster:none").status_code == 404


def test_a_confidential_place_tells_no_values_in_its_history(demo: TestClient) -> None:
    with stage.open_work() as work, work:
        id, source, row = work.execute(
            "SELECT listing_id, source_id, row_id FROM link JOIN staged USING (source_id, row_id)"
            " WHERE confidential = 1 ORDER BY 1"
        ).fetchone()
        run = work.execute("SELECT max(number) FROM run WHERE source_id = ?", (source,)).fetchone()[0]
        work.execute(
            "INSERT INTO change VALUES (?, ?, ?, 'changed', 'address', ?, ?)",
            (run, source, row, "1 Hidden Lane", "2 Hidden Lane"),
        )
    past = text(demo, f"/place-history/{id}")
    assert "changed: Address" in past and "Hidden Lane" not in past


def test_who_is_gone_is_told_why(demo: TestClient) -> None:
    listing = one_that_differs("hours_text")
    with stage.open_work() as work:
        decide(work, Kind.CLOSED, listing.id, who="Ana", why="shut in May", now=NOW)
    publish(now=NOW + timedelta(minutes=1), who="Ana")
    answer = demo.get(f"/place/{listing.id}")
    assert answer.status_code == 404
    assert "closed for good by Ana on 2026-11-23: shut in May" in Outline(answer.text).text


def test_the_number_of_people_who_report_it_leads_to_the_inbox(client: Desk) -> None:
    desk = client(FULL)
    assert "Nobody says that something here is wrong." in text(desk, "/place/roster:Pantry")
    reports.listing(FULL.id, "phone", "web-1", NOW)
    assert "One person says that something here is wrong" in text(desk, "/place/roster:Pantry")
    reports.listing(FULL.id, "moved", "sms-2", NOW)
    page = desk.get("/place/roster:Pantry").text
    assert '<a href="/inbox">2 people say that something here is wrong</a>' in page


def test_the_page_leads_on_to_verify_edit_and_history(client: Desk) -> None:
    links = {attrs.get("href") for attrs in Outline(client(FULL).get("/place/roster:Pantry").text).all("a")}
    ways = {"/places/edit?id=roster%3APantry", "/place-history/roster%3APantry", "/verify/call/roster%3APantry"}
    assert ways <= links


def test_a_community_worker_is_led_to_no_page_that_is_closed_to_them(client: Desk) -> None:
    page = client(FULL, role=Role.CHW).get("/place/roster:Pantry").text
    links = {attrs.get("href") or "" for attrs in Outline(page).all("a")}
    assert "/verify/call/roster%3APantry" in links and not any(link.startswith("/places") for link in links)


# Why a value is shown, from what the rows say


def said(source: str, row: str, as_of: str | None, *, agrees: tuple[str, ...] = (), **differs: object) -> Said:
    return Said(source, row, as_of, agrees, differs)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((said("roster", "1", None, agrees=("url",)), said("old", "2", None, url="b")), Why.NEWER),
        ((said("roster", "1", "2026-11-01", agrees=("url",)), said("old", "2", "2026-11-01", url="b")), Why.FIRST),
        (
            (
                said("roster", "1", None, agrees=("url",)),
                said("demo", "2", None, agrees=("url",)),
                said("old", "3", "2026-11-20", url="b"),
            ),
            Why.MOST,
        ),
        ((said("hand", "1", "2026-11-01", agrees=("url",)), said("roster", "2", None, url="b")), Why.HAND),
    ],
)
def test_the_reason_is_the_rule_that_decided(client: Desk, desk_home: Path, rows: tuple[Said, ...], why: Why) -> None:
    listing = dataclasses.replace(FULL, url="https://example.org/a")
    client(listing)
    put(desk_home / "directory.db", rows)
    (found,) = saying.of_listing(listing, TODAY, desk_home / "directory.db")
    assert (found.field, found.shown, found.why) == ("url", "https://example.org/a", why)
    assert [one.text for one in found.sayings if not one.shown] == ["b"]


def test_lists_that_contradict_each_other_leave_it_unknown(client: Desk, desk_home: Path) -> None:
    desk = client(dataclasses.replace(FULL, wheelchair=Tri.UNKNOWN))
    rows = (said("roster", "1", None, wheelchair="yes"), said("old", "2", "2026-11-01", wheelchair="no"))
    put(desk_home / "directory.db", rows)
    page = text(desk, "/place/roster:Pantry")
    assert "Wheelchair access Not known The lists contradict each other, so it counts as not known." in page
    assert "The roster (of Nov 1, 2026) Yes" in page and "An old list (of Nov 1, 2026) No" in page


def test_what_a_list_says_is_hostile_too(client: Desk, desk_home: Path) -> None:
    desk = client(FULL, listed("other"))
    put(
        desk_home / "directory.db", (said("old", "2", None, description=SCRIPT, name="x" * 10_000, url="javascript:1"),)
    )
    page = desk.get("/place/roster:Pantry").text
    assert SCRIPT not in page and "&lt;script&gt;" in page and "x" * 500 not in page
    assert 'href="javascript:' not in page


def put(path: Path, rows: tuple[Said, ...]) -> None:
    """What rows of lists say of the first place of that directory."""
    with sqlite3.connect(path) as db:
        db.execute("INSERT OR IGNORE INTO source VALUES ('hand', 'By hand', NULL, NULL, NULL, NULL, NULL, 0)")
        (rowid,) = db.execute("SELECT rowid FROM listing WHERE id = ?", (FULL.id,)).fetchone()
        for one in rows:
            values = (rowid, one.source, one.row, one.as_of, json.dumps(one.agrees), json.dumps(one.differs))
            db.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", values)
    db.close()
