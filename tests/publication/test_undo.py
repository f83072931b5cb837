"""Undo: the former publication, whole, in one step; what is staged stays staged, and everybody is told so."""

from __future__ import annotations

from datetime import date

import pytest

from directory import store, sync
from directory.errors import PublishError
from directory.publication import change_report, shelf
from directory.publication.history import history, one
from directory.publication.overview import overview
from directory.publication.pending import Filter, pending
from directory.publication.undo import state, undo
from directory.sync import stage
from directory.sync.decisions import Kind

from .conftest import Work
from .test_incremental import in_force, whole


def names() -> list[str]:
    with store.open_directory() as connection:
        return [row[0] for row in connection.execute("SELECT name FROM listing ORDER BY rowid")]


def published(work: Work, *versions: str) -> list[str]:
    """Publishes one list of five places again and again, each time with another name of the first."""
    ids = []
    for number in range(2, 6):
        work.put("a", str(number), name=f"Place {number}")
    for version in versions:
        work.put("a", "1", name=version)
        ids.append(sync.publish(work.later(minutes=1)).id)
    return ids


def test_undo_goes_back_step_by_step_and_forward_by_name(work: Work) -> None:
    first, second, third = published(work, "One", "Two", "Three")
    done = undo(work.later(minutes=1), who="ana")
    assert (done.file, names()[0], [change.id for change in done.changes]) == (second, "Place 2", ["a:1"])
    assert "Two" in names() and done.changes[0].fields[0] == ("name", "Three", "Two")
    assert undo(work.later(minutes=1)).file == first and "One" in names()
    with pytest.raises(PublishError, match="no earlier publication"):
        undo(work.later(minutes=1))
    assert undo(work.later(minutes=1), to=third).file == third and "Three" in names()
    with stage.open_work() as connection:
        assert state(connection) is None, "the newest is in force again"
        assert [record.kind for record in shelf.records(connection)] == ["publish"] * 3 + ["undo"] * 3
    assert not list(work.home.glob("*.part"))


def test_a_trial_changes_nothing(work: Work) -> None:
    published(work, "One", "Two")
    before = (work.home / "directory.db").read_bytes()
    assert undo(work.later(minutes=1), dry_run=True).changes and (work.home / "directory.db").read_bytes() == before
    assert len(history()) == len([event for event in history() if event.kind != "undone"])


@pytest.mark.parametrize("newer", ["nothing", "anyway", "row", "decision", "taken back"])
def test_publishing_what_was_undone_has_to_be_meant(work: Work, newer: str) -> None:
    first, _ = published(work, "One", "Two")
    number = work.decide(Kind.NOTICE, "a:2", value="Hm", until=date(2027, 1, 1))
    sync.publish(work.later(minutes=1))
    undo(work.later(minutes=1), to=first)
    found = overview(work.now)
    assert found and found.undone and found.undone.file == first
    work.later(minutes=1)
    match newer:
        case "row":
            work.put("a", "9", name="Nine")
        case "decision":
            work.decide(Kind.CLOSED, "a:3")
        case "taken back":
            work.take_back(number)
        case _:
            pass
    assert "Publishing shows the lists that were undone (a) again" in str(pending(work.now).undone)
    if newer == "nothing":
        with pytest.raises(PublishError, match=r"puente sync a --again [0-9A-F]{8}\..*--anyway"):
            sync.publish(work.now)
        assert "One" in names()
    else:
        report = sync.publish(work.now, anyway=newer == "anyway")
        assert not report.whole and "Two" in names()
        assert in_force() == whole(work)


def test_a_file_that_is_gone_or_changed_is_not_put_back(work: Work) -> None:
    first, second, third = published(work, "One", "Two", "Three")
    with shelf.file_of(second).open("ab") as file:
        file.write(b"x")
    with pytest.raises(PublishError, match="not what it was"):
        undo(work.later(minutes=1), to=second)
    assert undo(work.later(minutes=1), dry_run=True).file == first
    shelf.file_of(first).unlink()
    with pytest.raises(PublishError, match="no earlier publication"):
        undo(work.later(minutes=1))
    for wrong in (third, "20200101T000000Z-001", "../work"):
        with pytest.raises(PublishError):
            undo(work.later(minutes=1), to=wrong)
    assert "Three" in names()


def test_the_file_in_force_is_never_thrown_away(work: Work) -> None:
    published(work, *(f"Name {n}" for n in range(7)))
    assert len(list((work.home / "publications").glob("*.db"))) == 5


def test_no_undo_shows_a_place_that_is_confidential_by_now(work: Work) -> None:
    there = {"address_1": "427 Owl Way", "city": "Fresno", "postal_code": "93702", "state": "CA"}
    work.put("a", "2")
    work.put("a", "1", name="Casa", address=there, description="Beds.")
    sync.publish(work.now)
    work.put("a", "1", name="Casa", confidential=True)
    report = sync.publish(work.later(minutes=1))
    with pytest.raises(PublishError, match="confidential by now"):
        undo(work.later(minutes=1))
    text, table = change_report.paths(report.id)
    told = text.read_text() + table.read_text()
    assert "Casa" in told and "address" in told and "427" not in told and "93702" not in told and "Beds" not in told


@pytest.mark.parametrize(
    ("former", "today"),
    [
        pytest.param(None, "b:1", id="joined to a refuge since"),
        pytest.param("b:1", "a:1", id="told apart since, a refuge by itself"),
    ],
)
def test_no_undo_shows_a_place_under_the_id_that_it_had_before(work: Work, former: str | None, today: str) -> None:
    there = {"address_1": "427 Owl Way", "city": "Fresno", "postal_code": "93702", "state": "CA"}
    joined = today == "b:1"
    work.put("b", "1", name="Casa", confidential=joined or None)
    work.put("a", "1", former, name="Casa", address=there)
    sync.publish(work.now)
    if joined:
        work.put("a", "1", today, name="Casa", address=there)
    else:
        work.put("a", "1", today, name="Casa", confidential=True)
    sync.publish(work.later(minutes=1), accept_gone=True)
    with pytest.raises(PublishError, match="confidential by now"):
        undo(work.later(minutes=1))


def test_no_undo_shows_a_place_that_is_left_out_because_nothing_but_its_address_could_be_told(work: Work) -> None:
    there = {"address_1": "427 Owl Way", "city": "Fresno", "postal_code": "93702", "state": "CA"}
    work.put("a", "2")
    work.put("a", "1", name="Casa", address=there, phones=None)
    sync.publish(work.now)
    with work.open() as connection:
        number = work.run(connection, "a")
        connection.execute(
            """UPDATE staged SET draft = NULL, refused = 1, problems = '[["phones","no_contact","Casa"]]',
               changed_run = ? WHERE source_id = 'a' AND row_id = '1'""",
            (number,),
        )
    sync.publish(work.later(minutes=1), accept_gone=True)
    with pytest.raises(PublishError, match="confidential by now"):
        undo(work.later(minutes=1))


def test_the_brake_stops_what_would_empty_a_county_a_program_or_a_list(work: Work) -> None:
    for number in range(10):
        work.put("a", str(number))
    work.put("b", "1", counties=["Inyo"], programs=["wic"])
    sync.publish(work.now)
    work.end("b", "1")
    with pytest.raises(PublishError, match=r"county Inyo.*program wic.*list b.*--accept-gone"):
        sync.publish(work.later(minutes=1))
    assert "no place of the county Inyo would be left" in pending(work.now).stops
    assert sync.publish(work.now, accept_gone=True).gone == 1


def test_a_list_whose_places_bear_the_day_of_a_newer_list_is_not_gone(work: Work) -> None:
    work.put("a", "1")
    sync.publish(work.now)
    newer = {"source": "c", "row": "1", "source_title": "c", "as_of": "2026-11-20", "demo": False}
    work.put("c", "1", "a:1", provenance=newer)
    assert not pending(work.later(minutes=1)).stops


def test_the_brake_stops_when_much_of_all_would_go(work: Work) -> None:
    for number in range(10):
        work.put("a", str(number))
    sync.publish(work.now)
    for number in range(3):
        work.end("a", str(number))
    assert not pending(work.now).stops
    work.decide(Kind.CLOSED, "a:5")
    with pytest.raises(PublishError, match=r"4 of 10 places \(40%\)"):
        sync.publish(work.later(minutes=1))


def test_a_diff_is_by_listing_and_field_and_can_be_cut_down(work: Work) -> None:
    work.put("a", "1", counties=["Fresno"])
    work.put("a", "2", counties=["Kings"])
    work.put("b", "1", counties=["Kings"], needs=["housing"])
    work.put("b", "2")
    sync.publish(work.now)
    work.put("a", "1", counties=["Fresno"], description="New words")
    work.put("b", "3", counties=["Kern"])
    work.decide(Kind.CLOSED, "a:2")
    work.end("b", "1")
    found = pending(work.later(minutes=1))
    kinds = {change.id: (change.kind.value, change.reason) for change in found.changes}
    assert kinds == {
        "a:1": ("changed", None),
        "b:3": ("new", None),
        "a:2": ("gone", "closed for good by ana on 2026-11-21: called"),
        "b:1": ("gone", "left b on 2026-11-21"),
    }
    assert [tuple(f) for c in found.changes for f in c.fields] == [("description", None, "New words")]
    for wanted, ids in (
        (Filter(source="b"), {"b:1", "b:3"}),
        (Filter(county="Kings"), {"a:2", "b:1"}),
        (Filter(need="housing"), {"b:1"}),
        (Filter(county="Kings", source="a"), {"a:2"}),
    ):
        cut = pending(work.now, wanted)
        assert {change.id for change in cut.changes} == ids and cut.counts == found.counts


def test_gone_from_one_list_is_not_gone(work: Work) -> None:
    work.put("a", "1", plans=["p1"])
    work.put("b", "7", "a:1", plans=["p2"])
    work.put("a", "2")
    sync.publish(work.now)
    work.end("a", "1")
    report = sync.publish(work.later(minutes=1))
    assert (report.changed, report.gone) == (1, 0)
    with store.open_directory() as connection:
        for name in ("a:1", "b:7"):
            assert store.listing(connection, name).plans == ("p2",)
        assert store.listing(connection, "b:7").id == "a:1"


def test_what_each_list_said_can_be_read(work: Work) -> None:
    work.put("a", "1", description="One")
    work.put("b", "7", "a:1", description="Two")
    work.put("c", "9", "a:1", description="two")
    sync.publish(work.now)
    with store.open_directory() as connection:
        said = store.said(connection, "c:9")
        assert [(item.source, item.row, sorted(dict(item.differs))) for item in said] == [
            ("a", "1", ["description"]),
            ("b", "7", ["name", "organization"]),
            ("c", "9", ["name", "organization"]),
        ]
        assert "description" in said[2].agrees and said[0].as_of == date(2026, 11, 1)


def test_history_has_everything_in_order_and_shows_one(work: Work) -> None:
    first, _ = published(work, "One", "Two")
    work.later(minutes=1)
    work.decide(Kind.CLOSED, "a:2")
    with work.open() as connection:
        work.run(connection, "b", "stopped")
        connection.execute("UPDATE run SET why = 'too much gone' WHERE kind = 'stopped'")
    undo(work.later(minutes=1), who="ana")
    events = history()
    assert [event.kind for event in events][-3:] == ["stopped", "decided", "undone"]
    assert events[-1].in_force and events[-1].who == "ana" and "too much gone" in events[-3].text
    shown = one(first)
    assert shown.report and "Places shown: 5" in shown.report
    assert dict(one(events[-2].id).details)["why"] == "called"
    with pytest.raises(PublishError, match="puente history"):
        one("nothing")


def test_a_report_names_who_and_what_and_no_cell_runs(work: Work) -> None:
    work.put("a", "1", name="=HYPERLINK(1)", description="old")
    work.put("a", "2")
    sync.publish(work.now, who="ana")
    work.put("a", "1", name="=HYPERLINK(1)", description="+1 new")
    report = sync.publish(work.later(minutes=1), who="ben")
    text, table = change_report.paths(report.id)
    assert "- By: ben" in text.read_text() and "=HYPERLINK(1)" in text.read_text()
    lines = table.read_text().splitlines()
    assert lines[1] == "changed,a:1,'=HYPERLINK(1),a,description,old,'+1 new,"
    assert {path.stat().st_mode & 0o777 for path in (text, table)} == {0o600}
    assert text.parent.stat().st_mode & 0o777 == 0o700
