"""Notes of staff beside a place, "how to refer here": who may write and end them, and whom they never reach."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role, audit, notes, people
from directory.backup import kept
from directory.errors import NoteError
from tests.desk.conftest import account
from tests.desk.forms import post
from tests.desk.listings import FULL, NOW, SCRIPT, Outline, listed

Desk = Callable[..., TestClient]
PLACE = "/place/roster:Pantry"
WORDS = "Ask for Ana at the side door.\nThey want the SSN card last."


def keep(desk: TestClient, words: str, id: str = FULL.id) -> object:
    return post(desk, "/place-note", {"id": id, "words": words})


def test_a_note_stands_beside_the_place_with_who_wrote_it_and_when(client: Desk) -> None:
    desk = client(FULL, role=Role.CHW)
    assert "Nobody has written a note yet." in desk.get(PLACE).text
    answer = keep(desk, WORDS)
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"{PLACE.replace(':', '%3A')}?said=")
    page = Outline(desk.get(answer.headers["location"]).text).text
    assert "The note is kept." in page and "Ask for Ana at the side door. They want the SSN card last." in page
    assert "Chw1 Rivera, Nov 23, 2026, noon." in page
    assert "Never write a patient's name" in page and "Only staff see these notes." in page
    assert "Staff note" in desk.get("/", params={"near": "95354"}).text
    assert [entry.what for entry in audit.entries(kind="note")] == ["note.written"]
    assert "Ana" not in json.dumps([vars(entry) for entry in audit.entries()], default=str)


def test_a_note_that_ended_stays_in_the_history(client: Desk) -> None:
    desk = client(FULL)
    keep(desk, WORDS)
    (note,) = notes.of_place([FULL.id])
    answer = post(desk, "/place-note/end", {"id": FULL.id, "number": str(note.number)})
    page = Outline(desk.get(answer.headers["location"]).text).text
    assert "The note has ended." in page and "Ended notes (1)" in page
    assert "Ended by Staff1 Rivera, Nov 23, 2026, noon." in page and "Nobody has written a note yet." in page
    assert "Staff note" not in desk.get("/", params={"near": "95354"}).text
    again = post(desk, "/place-note/end", {"id": FULL.id, "number": str(note.number)})
    assert again.status_code == 400 and "Staff1 Rivera ended this note before" in again.text


def test_only_who_wrote_a_note_and_staff_may_end_it(client: Desk, signed: Callable[..., TestClient]) -> None:
    writer, other = client(FULL, role=Role.CHW), signed(Role.CHW, "chw2")
    keep(writer, WORDS)
    (note,) = notes.of_place([FULL.id])
    sent = {"id": FULL.id, "number": str(note.number)}
    assert "End this note" not in other.get(PLACE).text and "End this note" in writer.get(PLACE).text
    refused = post(other, "/place-note/end", sent)
    assert refused.status_code == 400 and "only they or staff end it" in refused.text
    assert len(notes.of_place([FULL.id])) == 1
    assert post(signed(Role.STAFF), "/place-note/end", sent).status_code == 303
    assert not notes.of_place([FULL.id])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "The note is empty"),
        ("\u200b \x00", "The note is empty"),
        ("x" * 1001, "1,001 letters"),
        (WORDS, "stands beside the place already"),
    ],
)
def test_what_is_no_note_is_said_beside_what_was_written_and_kept_nowhere(client: Desk, words: str, told: str) -> None:
    desk = client(FULL)
    keep(desk, WORDS)
    answer = keep(desk, words)
    assert answer.status_code == 400 and told in Outline(answer.text).text
    assert 'aria-invalid="true"' in answer.text
    assert f">{words.strip()}</textarea>" in answer.text or not words.strip("\u200b \x00")
    assert len(notes.of_place([FULL.id])) == 1


def test_one_note_too_many_is_refused(client: Desk) -> None:
    client(FULL)
    who = account(Role.STAFF, "staff1")
    for number in range(notes.MOST):
        notes.write(FULL.id, f"note {number}", who, NOW)
    with pytest.raises(NoteError, match="20 notes beside this place"):
        notes.write(FULL.id, "one more", who, NOW)


def test_a_hostile_note_runs_nothing_and_turns_no_text_around(client: Desk) -> None:
    desk = client(FULL)
    keep(desk, f"{SCRIPT}{{{{ 7 * 7 }}}} \u202edrawkcab\u202c")
    page = desk.get(PLACE).text
    assert SCRIPT not in page and "&lt;script&gt;" in page and "{{ 7 * 7 }}" in page and "\u202e" not in page


def test_a_note_needs_a_place_a_sign_in_and_the_token_of_the_form(
    client: Desk, signed: Callable[..., TestClient]
) -> None:
    desk = client(FULL)
    assert keep(desk, WORDS, "roster:none").status_code == 404
    assert desk.post("/place-note", data={"id": FULL.id, "words": WORDS}).status_code == 403
    assert signed(None).post("/place-note", data={"id": FULL.id, "words": WORDS}).headers["location"] == "/signin"
    for number in ("", "x", "99999", "-1", "٣"):
        assert post(desk, "/place-note/end", {"id": FULL.id, "number": number}).status_code == 400
    assert not notes.of_place([FULL.id])


def test_a_note_follows_a_place_that_was_found_to_be_another_one(client: Desk, desk_home: Path) -> None:
    client(listed("before"))
    notes.write("roster:before", WORDS, account(Role.STAFF, "staff1"), NOW)
    (desk_home / "directory.db").unlink()
    desk = client(FULL)
    with sqlite3.connect(desk_home / "directory.db") as db:
        db.execute("INSERT INTO listing_alias SELECT 'roster:before', rowid FROM listing")
    db.close()
    assert "Ask for Ana" in desk.get(PLACE).text
    assert "Staff note" in desk.get("/", params={"near": "95354"}).text


def test_no_note_is_in_the_published_directory_or_in_an_export_and_backups_take_it_along(
    client: Desk, desk_home: Path, run_puente: Callable[..., str]
) -> None:
    desk = client(FULL, listed("other"))
    keep(desk, "Zwiebelkuchen at the side door")
    for name in ("csv", "hsds"):
        run_puente(desk_home, "export", "--format", name, "--output", str(desk_home / f"out.{name}"))
    for file in ("out.csv", "out.hsds", "directory.db"):
        content = (desk_home / file).read_bytes()
        assert b"Pantry" in content and b"Zwiebelkuchen" not in content
    assert b"Zwiebelkuchen" in b"".join(path.read_bytes() for path in desk_home.glob("desk.db*"))
    assert kept.belongs("desk.db")


def test_notes_are_written_for_the_name_shown_today(client: Desk) -> None:
    client(FULL)
    who = account(Role.STAFF, "staff1")
    notes.write(FULL.id, WORDS, who, NOW)
    people.change(who, NOW, shown="Ana Ruiz")
    (note,) = notes.of_place([FULL.id])
    assert note.writer == "Ana Ruiz"
