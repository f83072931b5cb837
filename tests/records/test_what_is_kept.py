"""What a record holds of an answer, and what it never holds."""

from __future__ import annotations

import json
import re
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from directory.records import DANGERS, Answer, Recorder
from directory.reply import Kind
from tests.records.conftest import NOON, reply, rows, shown, verdict

SECRET = "SECRETWORDS"


def test_of_a_list_the_day_the_act_what_where_and_which_places(file: Path, recorder: Recorder) -> None:
    said = reply(
        Kind.LISTINGS, need="food", program="food_bank", place="95354", county="Stanislaus", plan="health_net",
        listings=shown("made:9", "made:2"), total=2,
    )  # fmt: skip
    recorder.add("find_provider", [said], now=NOON, channel="web")
    assert recorder.flush()
    (row,) = rows(file)
    assert json.loads(row.pop("listings")) == ["made:2", "made:9"], "not in the order of the distance"
    assert re.fullmatch(r"[0-9a-f]{12}", row.pop("rule"))
    assert row == {
        "day": "2026-11-21", "channel": "web", "outcome": "listings", "language": "en", "danger": None,
        "act": "find_provider", "need": "food", "program": "food_bank", "county": "Stanislaus", "publication": None,
    }  # fmt: skip


@pytest.mark.parametrize("outcome", ["may_qualify", "probably_not", "cannot_tell"])
def test_of_a_verdict_what_it_says_and_no_reason(file: Path, recorder: Recorder, outcome: str) -> None:
    said = reply(Kind.VERDICT, need="food", program="calfresh", county="Kern", verdict=verdict(outcome))
    recorder.add("inform", [said], now=NOON, channel="sms")
    recorder.close()
    (row,) = rows(file)
    assert (row["outcome"], row["program"], row["channel"]) == (outcome, "calfresh", "sms")
    assert b"low income" not in file.read_bytes()


@pytest.mark.parametrize("danger", sorted(DANGERS))
def test_of_a_danger_its_class_day_channel_and_language_alone(file: Path, recorder: Recorder, danger: str) -> None:
    kind = Kind.WORRY if danger == "worry" else Kind.CRISIS
    said = reply(
        kind, crisis=danger, need="housing", program="emergency_shelter", place="Markleeville", county="Alpine",
        listings=shown("made:11"), total=1, language="es",
    )  # fmt: skip
    recorder.add("crisis", [said], now=NOON, channel="web")
    recorder.flush()
    (row,) = rows(file)
    kept = {name: value for name, value in row.items() if value is not None}
    assert kept == {"day": "2026-11-21", "channel": "web", "outcome": kind.value, "language": "es", "danger": danger}


def test_what_is_answered_beside_a_danger_does_not_say_so(file: Path, recorder: Recorder) -> None:
    beside = reply(Kind.LISTINGS, need="housing", county="Alpine", listings=shown("made:11"), total=1)
    recorder.add("crisis", [reply(Kind.CRISIS, crisis="unsafe_tonight"), beside], now=NOON, channel="web")
    recorder.add("inform", [beside], now=NOON, channel="web")
    recorder.flush()
    first, second = [row for row in rows(file) if row["outcome"] == "listings"]
    assert first == second and first["act"] == "inform"


def test_the_file_itself_refuses_more_of_a_danger(file: Path, recorder: Recorder) -> None:
    recorder.add("greet", [reply(Kind.SMALLTALK)], now=NOON, channel="web")
    recorder.flush()
    with closing(sqlite3.connect(file)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE answer SET danger = 'violence', county = 'Alpine'")
    with pytest.raises(ValueError, match="class, day, channel"):
        Answer(NOON.date(), "web", "crisis", danger="violence", county="Alpine")


def test_a_greeting_is_about_nothing_that_was_spoken_of_before(file: Path, recorder: Recorder) -> None:
    recorder.add("greet", [reply(Kind.SMALLTALK, need="food", county="Fresno")], now=NOON, channel="web")
    recorder.flush()
    (row,) = rows(file)
    assert (row["need"], row["county"], row["act"]) == (None, None, "greet")


def test_no_word_no_place_no_phone_and_no_hour_is_in_the_file(file: Path, recorder: Recorder) -> None:
    said = reply(
        Kind.QUESTION, need="food", program="calfresh", place=f"{SECRET} 95354", county="Kern",
        phones=("209-555-0144",), choices=((f"{SECRET} label", f"{SECRET} say"),),
    )  # fmt: skip
    recorder.add("inform", [{**said, "text": SECRET}], now=NOON + timedelta(minutes=17, seconds=43), channel="web")
    recorder.close()
    found = b"".join(path.read_bytes() for path in file.parent.iterdir() if path.name.startswith("records"))
    assert b"calfresh" in found
    for never in (SECRET.encode(), b"555-0144", b"20:17", b"12:17", str(int(NOON.timestamp()))[:8].encode()):
        assert never not in found
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_needs_in_one_message_are_two_rows_that_nothing_links(file: Path, recorder: Recorder) -> None:
    for number in range(40):
        both = [reply(Kind.NONE_FOUND, need="food", county=f"A{number}"), reply(Kind.NONE_FOUND, need="legal")]
        recorder.add("find_provider", both, now=NOON, channel="web")
    recorder.flush()
    with closing(sqlite3.connect(file)) as db:
        keys = [key for (key,) in db.execute("SELECT key FROM answer")]
        counties = [name for (name,) in db.execute("SELECT county FROM answer WHERE need = 'food'")]
        assert len(set(keys)) == 80 and keys == sorted(keys), "the file is in the order of its random keys"
        assert counties != [f"A{number}" for number in range(40)], "which is not the order in which they came"
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            db.execute("SELECT rowid FROM answer")


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-22T07:59:00", "2026-11-21"),
        ("2026-11-22T08:00:00", "2026-11-22"),
        ("2026-07-02T06:59:00", "2026-07-01"),
    ],
)
def test_the_day_is_the_one_in_california(file: Path, recorder: Recorder, utc: str, day: str) -> None:
    at = datetime.fromisoformat(utc).replace(tzinfo=timezone.utc)
    recorder.add("thanks", [reply(Kind.SMALLTALK)], now=at, channel="web")
    recorder.flush()
    assert [row["day"] for row in rows(file)] == [day]
