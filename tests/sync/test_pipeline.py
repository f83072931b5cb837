"""What a refresh changes, what it leaves alone, and what stops it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from directory import sync
from directory.errors import ChangedHeadings, EmptyList, FetchError, ListError, SourceError, UnreadableList
from directory.publication.overview import overview
from directory.sync import crew, incoming, stage, taking
from directory.sync.problems import Code

from .conftest import HEADINGS, NOW, ROWS, Sync


def _dump(home: Path) -> str:
    """All of work.db but what is noted of a list that came in and was not taken."""
    with sqlite3.connect(home / "work.db") as work:
        return "\n".join(line for line in work.iterdump() if not _noted(line))


def _noted(line: str) -> bool:
    return line.startswith('INSERT INTO "list_file"') or (line.startswith('INSERT INTO "run"') and "'stopped'" in line)


def _stopped(home: Path) -> list[str]:
    with sqlite3.connect(home / "work.db") as work:
        return [why for (why,) in work.execute("SELECT why FROM run WHERE kind = 'stopped' ORDER BY number")]


def test_first_run_keeps_row_hash_link_draft_and_bytes(refresh: Sync, home: Path) -> None:
    report = refresh(*ROWS)
    assert (report.rows, report.drafts, len(report.added), report.changed, report.gone) == (10, 10, 10, (), ())
    raw = home / "raw" / "small" / report.sha256
    assert hashlib.sha256(raw.read_bytes()).hexdigest() == report.sha256
    with stage.open_work() as work:
        row = work.execute("SELECT * FROM raw_row WHERE row_id = '3'").fetchone()
        assert json.loads(row["cells"]) == ROWS[2].split(",")
        assert stage.cells(work, "small", "3") == dict(zip(HEADINGS.split(","), ROWS[2].split(","), strict=True))
        assert taking.fingerprint(stage.cells(work, "small", "3")) == row["sha256"]
        assert stage.links(work, "small")["3"] == "small:3"


def test_the_same_bytes_are_no_work(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    before = _dump(home)
    report = refresh(*ROWS)
    assert report.unchanged and report.rows == 10
    assert _dump(home) == before


def test_a_reordered_list_is_the_same_list(refresh: Sync) -> None:
    refresh(*ROWS)
    report = refresh(*reversed(ROWS))
    assert (report.added, report.changed, report.gone) == ((), (), ())


def test_a_change_is_told_field_by_field(refresh: Sync) -> None:
    refresh(*ROWS)
    report = refresh(ROWS[0].replace("Pantry 1", "Pantry One").replace("2026-10-01", "2026-11-20"), *ROWS[1:])
    assert {(c.row, c.field, c.before, c.after) for c in report.changed} == {
        ("1", "organization", "Pantry 1", "Pantry One"),
        ("1", "name", "Pantry 1", "Pantry One"),
        ("1", "assured_on", "2026-10-01", "2026-11-20"),
    }


def test_gone_is_ended_and_may_come_back(refresh: Sync) -> None:
    refresh(*ROWS)
    assert refresh(*ROWS[1:]).gone == ("1",)
    with stage.open_work() as work:
        ended = work.execute("SELECT ended_on, ended_why FROM staged WHERE row_id = '1'").fetchone()
        assert tuple(ended) == ("2026-11-21", "left the list")
    assert refresh(*ROWS[2:]).gone == ("2",)
    assert refresh(*ROWS).added == ("1", "2")


def test_a_row_that_can_no_longer_be_read_is_gone_and_reported(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    report = refresh(ROWS[0].replace("Pantry 1", ""), *ROWS[1:])
    assert report.gone == ("1",) and report.counts == {Code.NO_NAME: 1}
    assert sync.publish(NOW).listings == 9


@pytest.mark.parametrize("left", [0, 6])
def test_the_brake_stops_when_too_much_would_go(refresh: Sync, home: Path, left: int) -> None:
    refresh(*ROWS)
    before = _dump(home)
    with pytest.raises(ListError) as caught:
        refresh(*ROWS[:left])
    assert "nothing was changed" in str(caught.value)
    assert _dump(home) == before


def test_thirty_percent_may_go_and_more_when_a_person_says_so(refresh: Sync) -> None:
    refresh(*ROWS)
    assert len(refresh(*ROWS[:7]).gone) == 3
    assert len(refresh(*ROWS[:1], accept_gone=True).gone) == 6


def test_a_trial_changes_nothing(refresh: Sync, home: Path) -> None:
    report = refresh(*ROWS, dry_run=True)
    assert report.dry_run and len(report.added) == 10
    assert not (home / "raw").exists()
    with stage.open_work() as work:
        assert stage.staged(work, "small") == {} and stage.last_run(work, "small") is None


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        (HEADINGS.replace("Phone", "Telephone"), '"Phone" seems now to be called "Telephone"'),
        (HEADINGS.replace(",Checked", ""), 'Missing: "Checked"'),
    ],
)
def test_changed_headings_stop_the_run_and_are_named(refresh: Sync, home: Path, headings: str, says: str) -> None:
    refresh(*ROWS)
    before = _dump(home)
    with pytest.raises(ChangedHeadings, match=says) as caught:
        refresh(*ROWS, headings=headings)
    assert "small.csv, line 1" in str(caught.value)
    assert _dump(home) == before


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", EmptyList, "bad.csv, line 1"),
        (b"\n\n", EmptyList, "bad.csv, line 1"),
        (HEADINGS.encode() + b"\n", EmptyList, "bad.csv, line 2"),
        (b"PK\x03\x04\x00\x00\x00\x00", (UnreadableList, ChangedHeadings), "bad.csv, line 1"),
        (b"\x00\x01\x02\xff\xfe", UnreadableList, "bad.csv, line 1"),
        (HEADINGS.encode() + b'\n1,"' + b"x" * 200_000 + b'"', UnreadableList, "bad.csv, line 2"),
        (b"<html><body>Not found</body></html>", UnreadableList, "bad.csv: this is a web page (HTML)"),
    ],
)
def test_an_unreadable_list_is_one_sentence_with_file_and_line(
    refresh: Sync, home: Path, data: bytes, error: type[Exception], says: str
) -> None:
    refresh(*ROWS)
    sync.publish(NOW)
    published, before = (home / "directory.db").read_bytes(), _dump(home)
    path = home / "bad.csv"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        sync.run("small", file=path, now=NOW)
    assert says in str(caught.value) and "nothing was changed" in str(caught.value).lower()
    assert (home / "directory.db").read_bytes() == published and _dump(home) == before


def test_text_that_a_spreadsheet_saved_in_windows_letters_is_read(home: Path) -> None:
    path = home / "windows.csv"
    path.write_bytes((HEADINGS + "\n" + ROWS[0].replace("Pantry 1", "Despensa Niño")).encode("cp1252"))
    sync.run("small", file=path, now=NOW)
    with stage.open_work() as work:
        assert '"organization":"Despensa Niño"' in (stage.staged(work, "small")["1"].draft or "")


def test_an_xlsx_that_is_none(home: Path) -> None:
    path = home / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(UnreadableList, match=r"list\.xlsx, line 1"):
        sync.run("demo_partner_matrix", file=path, now=NOW)


def test_a_json_line_that_is_none_is_a_problem_of_that_line_only(home: Path) -> None:
    path = home / "list.jsonl"
    good = {"id": "a", "name": "Amber Pantry", "category": "food", "areas": ["Alameda County"], "phone": "5105550101"}
    path.write_text(json.dumps(good) + '\n{"id": "b", "name": \n', encoding="utf-8")
    report = sync.run("bay_navigator_2026", file=path, now=NOW)
    assert report.drafts == 1 and [(p.line, p.code) for p in report.problems] == [(2, Code.DAMAGED_ROW)]
    path.write_text("not json\n", encoding="utf-8")
    with pytest.raises(UnreadableList, match=r"list\.jsonl, line 1"):
        sync.run("bay_navigator_2026", file=path, now=NOW)


def test_a_missing_file_an_unknown_source_and_a_list_that_is_only_a_file(home: Path) -> None:
    with pytest.raises(UnreadableList, match="cannot be read"):
        sync.run("small", file=home / "none.csv", now=NOW)
    with pytest.raises(SourceError, match=r"Known sources: .*small"):
        sync.run("../etc/passwd", now=NOW)
    with pytest.raises(SourceError, match=r"puente source new FILE.*Known sources"):
        sync.run("quite_another", now=NOW)
    with pytest.raises(SourceError, match=r"Did you mean small\? Known sources: (?!.*demo_)"):
        sync.run("smal", now=NOW)
    with pytest.raises(FetchError, match="--file"):
        sync.run("small", now=NOW)


def test_a_file_without_end_is_not_read_to_its_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MAX_BYTES", 1_000_000)
    with pytest.raises(UnreadableList, match="larger than 1 MB"):
        sync.run("small", file=Path("/dev/zero"), now=NOW)
    with pytest.raises(UnreadableList, match="cannot be read"):
        sync.run("small", file=home, now=NOW)


def test_the_fetcher_stands_in_for_the_network(home: Path) -> None:
    own = home / "sources" / "small.yml"
    own.write_text(own.read_text(encoding="utf-8") + "fetch: https://lists.example.org/small.csv\n", encoding="utf-8")
    asked: list[str] = []

    def fetcher(url: str) -> bytes:
        asked.append(url)
        return "\n".join([HEADINGS, *ROWS]).encode()

    assert sync.run("small", now=NOW, fetcher=fetcher).drafts == 10
    assert asked == ["https://lists.example.org/small.csv"]


def test_two_runs_cannot_meet(refresh: Sync, home: Path) -> None:
    with (home / "sync.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ListError, match="Another refresh"):
            refresh(*ROWS)
        with pytest.raises(ListError, match="Another refresh"):
            sync.publish(NOW)
    assert refresh(*ROWS).drafts == 10


def test_every_row_is_kept_or_reported(refresh: Sync) -> None:
    report = refresh(*ROWS, ROWS[0], ROWS[1].replace("Pantry 2", "Other"), ",,,,,,,,x", "99,No Program,,Fresno,,,,,")
    refusing = [problem for problem in report.problems if problem.code.refuses]
    assert report.rows == 14 == report.drafts + len(refusing)
    assert [problem.code for problem in refusing] == [
        Code.REPEATED_ROW, Code.REPEATED_ID, Code.NO_ROW_ID, Code.NO_NEED,
    ]  # fmt: skip


def test_the_report_reads_for_people_and_for_programs(refresh: Sync) -> None:
    report = refresh(*ROWS, ROWS[0], "12,Pantry 12,food_bank,Fresno,12 Kite Row,Fresno,93701,call,soon")
    text = report.to_text()
    assert "rows read from small.csv: 12." in text and "Kept: 11. Left out: 1." in text
    assert "for example line 13: 'call'" in text and "puente publish" in text
    plain = report.to_json()
    json.dumps(plain)
    codes = {item["code"]: item for item in plain["problems"]}  # type: ignore[index, attr-defined]
    assert codes["unreadable_phone"]["es"]["means"].startswith("No se pudo leer un teléfono")


def test_what_was_stopped_is_noted_and_never_the_last_run(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    for rows, headings in ((ROWS[:2], HEADINGS), (ROWS, HEADINGS.replace("Phone", "Telephone")), ((), HEADINGS)):
        with pytest.raises(ListError):
            refresh(*rows, headings=headings)
        with pytest.raises(ListError):
            refresh(*rows, headings=headings, dry_run=True)
    said = _stopped(home)
    assert len(said) == 3 and "8 of 10 places" in said[0] and "small.csv, line 2" in said[2]
    assert [run.stopped is None for run in overview(NOW).runs] == [False]
    assert refresh(*ROWS, dry_run=True).unchanged and overview(NOW).runs[0].stopped is not None
    assert refresh(*ROWS).unchanged
    assert [run.stopped for run in overview(NOW).runs] == [None]  # the right list came again: nothing is left to do
    with stage.open_work() as work:
        last = stage.last_run(work, "small")
        assert last is not None and (last.kind, last.records, last.added) == ("sync", 10, 0)
    assert refresh(*ROWS).unchanged and len(_stopped(home)) == 3


MANY = tuple(f"{n},Pantry {n},food_bank,Fresno,{n} Kite Row,Fresno,93701,559-555-0100," for n in range(11, 41))
RIDES = tuple(f"{n},Rides {n},nmt,Kings,{n} Elm Row,Hanford,93230,559-555-0100," for n in range(41, 45))


@pytest.mark.parametrize(
    ("rows", "stops"),
    [
        (RIDES[:1], None),
        ((), "no place of Small list is left for Non-Medical Transportation"),
        ([row.replace("nmt", "food_bank") for row in RIDES], "Non-Medical Transportation"),
        ([row.replace("Kings", "Tulare") for row in RIDES], "is left for Kings County (4 before)"),
        ([row.replace("Kings", "statewide") for row in RIDES], None),
    ],
)
def test_the_brake_stops_when_a_program_or_county_vanished(
    refresh: Sync, rows: tuple[str, ...], stops: str | None
) -> None:
    refresh(*MANY, *RIDES)
    if stops is None:
        assert not refresh(*MANY, *rows).unchanged
        return
    with pytest.raises(ListError) as caught:
        refresh(*MANY, *rows)
    assert stops.casefold() in str(caught.value).casefold() and "--accept-gone" in str(caught.value)
    assert not refresh(*MANY, *rows, accept_gone=True).unchanged


def test_two_places_of_a_program_may_vanish(refresh: Sync) -> None:
    refresh(*MANY, *RIDES[:2])
    assert refresh(*MANY).gone == ("41", "42")


def test_whatever_changed_has_the_number_of_its_run(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    refresh(ROWS[0].replace("Pantry 1", "Larder 1"), *reversed(ROWS[2:]))
    with stage.open_work() as work:
        runs = dict(map(tuple, work.execute("SELECT row_id, changed_run FROM staged")))
        assert {row for row, number in runs.items() if number == 2} == {"1", "2"}
        assert tuple(work.execute("SELECT * FROM source").fetchone())[:2] == ("small", "Small list")
        assert work.execute("SELECT count(*) FROM list_row WHERE run = 2").fetchone()[0] == 1


def test_a_list_too_long_to_hold_is_read_the_same(refresh: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[tuple[object, ...]]:
        return [
            (report.added, report.gone, report.rows, report.counts)
            for report in (refresh(*ROWS), refresh(*reversed(ROWS[2:]), ROWS[0], ROWS[0]), refresh(*ROWS[1:]))
        ]

    held = told()
    refresh(*ROWS[:1], accept_gone=True)
    with stage.open_work() as work, work:
        for table in ("change", "link", "staged", "list_row", "raw_row", "run"):
            work.execute(f"DELETE FROM {table}")
    monkeypatch.setattr("directory.sync.taking.HELD", 3)
    monkeypatch.setattr("directory.sync.taking.CHUNK", 2)
    assert told() == held


def test_helpers_make_of_a_long_list_what_one_process_makes(
    refresh: Sync, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row.replace("Pantry", f"Pantry {k}").replace(row.split(",")[0], f"{k}-{row.split(',')[0]}", 1)
            for k in range(400) for row in ROWS]  # fmt: skip
    made = []
    for many in (10**9, 500):
        monkeypatch.setattr(crew, "MANY", many)
        refresh(*rows, dry_run=False)
        with stage.open_work() as work:
            made.append([tuple(row) for row in work.execute("SELECT row_id, draft, problems, place FROM staged")])
        (home / "work.db").unlink()
    assert len(made[0]) == 4000 and sorted(made[0]) == sorted(made[1])
