"""`puente code`: a clerk makes a code, looks at what it opens, and texts it to who agreed; no number is shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from directory import store
from directory.cli import main
from directory.inbox import lists, opt_outs, queue, quiet, stores, where, who
from directory.inbox.shapes import waiting
from tests.actions.conftest import RECORDS

NUMBER = "209-555-0177"
PERSON = "+12095550177"
NIGHT = datetime(2026, 11, 24, 5, 30, tzinfo=timezone.utc)
"""Half past nine in the evening in California."""
DAY = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where places are published, on a Monday at ten."""
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        tmp_path / "directory.db", records=RECORDS, sources=[source], publication="made-1", published_at=DAY
    )
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setattr("directory.commands.codes.now", lambda: DAY)
    return tmp_path


def puente(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["code", *arguments], input=typed)


def told(*arguments: str, typed: str | None = None) -> Any:
    result = puente(*arguments, "--json", typed=typed)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refused(*arguments: str, typed: str | None = None) -> str:
    result = puente(*arguments, typed=typed)
    assert result.exit_code != 0 and "Traceback" not in result.stderr and not result.stdout
    return " ".join(result.stderr.split())


def made(*more: str) -> str:
    code: str = told("make", "food", "--near", "Modesto", *more)["code"]
    return code


def text_to(code: str, *more: str, number: str = NUMBER) -> Result:
    return puente("text", code, "--consent", "at the desk today", *more, typed=f"{number}\n")


def test_a_code_is_made_shown_and_listed(home: Path) -> None:
    result = puente("make", "food", "--near", "95354", "--language", "es", "--by", "Ana")
    assert result.exit_code == 0 and "Pantry 2" in result.stdout and "Tell the person" in result.stdout
    (given,) = told("list")
    assert given["code"] in result.stdout and (given["by"], given["language"], given["until"]) == (
        "Ana", "es", "2027-01-22",
    )  # fmt: skip
    shown = told("show", given["code"].lower())
    assert [item["name"] for item in shown["listings"]][:2] == ["Pantry 1", "Pantry 2"] and shown["gone"] == []


def test_where_somebody_may_text_the_number_is_named(home: Path) -> None:
    sms = 'sms: {account: AC00000000000000000000000000000000, from: "+12095550100"}\n'
    (home / "settings.yml").write_text(f'clinic: Kite Clinic\nphone: "209-555-0140"\n{sms}', "utf-8")
    assert "to 209-555-0100, or write" in " ".join(puente("make", "food", "--near", "Modesto").stdout.split())


def test_a_list_is_narrowed_as_a_search_is(home: Path) -> None:
    code = told("make", "food_bank", "--near", "Merced", "--only", "wheelchair", "--open-now", "--plan", "Health Net")
    saved = lists.find(code["code"], DAY)
    assert saved and saved.only == ("open_now", "wheelchair") and saved.ids == ("made:14",)
    assert (saved.need, saved.program, saved.plan, saved.county) == ("food", "food_bank", "health_net", "Merced")


def test_a_dry_run_makes_none(home: Path) -> None:
    assert told("make", "food", "--near", "Modesto", "--dry-run")["code"] is None
    assert told("list") == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("make", "food"), "--near"),
        (("make", "unicorns", "--near", "Modesto"), "There is no program 'unicorns'"),
        (("make", "food", "--near", "Atlantis"), "We do not know the place"),
        (("make", "food", "--near", "Modesto", "--plan", "nobody"), "There is no plan"),
        (("make", "food", "--near", "Modesto", "--only", "gold"), "free"),
        (("make", "legal", "--near", "Modesto"), "No code was made"),
        (("show", "ZZZZZ"), "opens no list now"),
        (("show", ""), "opens no list now"),
        (("text", "ZZZZZ", "--consent", "at the desk"), "opens no list now"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(home: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says.casefold() in refused(*arguments).casefold()
    assert told("list") == []


def test_a_place_that_ended_is_named_for_staff(home: Path) -> None:
    code = made()
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=RECORDS[1:], sources=[source], publication="made-2", published_at=DAY
    )
    assert told("show", code)["gone"] == ["made:1"]
    assert "left out: made:1" in puente("show", code).stdout


def test_no_refuge_stands_in_it(home: Path) -> None:
    code = told("make", "emergency_shelter", "--near", "Modesto")
    assert [item["name"] for item in code["listings"]] == ["Made Shelter"]


def rows() -> list[Any]:
    return stores.read(where.QUEUE, lambda db: list(db.execute(waiting.select())), [])


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_text_waits_for_who_agreed_and_names_no_number(home: Path, language: str) -> None:
    code = made("--language", language)
    result = text_to(code)
    assert result.exit_code == 0 and code in result.stdout
    assert "0177" not in result.stdout + result.stderr and "5550177" not in result.stdout + result.stderr
    assert ("the list" in result.stdout) if language == "en" else ("la lista" in result.stdout)
    (row,) = rows()
    assert row.who == who.conversation(PERSON) and row.state == "waiting"
    (kept,) = (home / "consents").iterdir()
    line = json.loads(kept.read_text("utf-8"))
    assert line["how"] == "at the desk today" and line["language"] == language and "0177" not in str(line)
    again = text_to(code)
    assert again.exit_code == 1 and "not sent twice" in again.stderr and len(rows()) == 1


def test_the_language_of_the_text_can_be_another(home: Path) -> None:
    assert "la lista" in text_to(made(), "--language", "es").stdout


def test_without_consent_nothing_is_asked_or_sent(home: Path) -> None:
    code = made()
    assert "--consent" in refused("text", code, typed=f"{NUMBER}\n")
    assert "Ask the person" in " ".join(text_to(code, "--consent", " ").stderr.split()) and rows() == []


def test_who_left_or_is_to_be_left_in_peace_gets_none(home: Path) -> None:
    code = made()
    opt_outs.out(who.conversation(PERSON), "word", DAY)
    assert text_to(code).exit_code == 1 and rows() == []
    quiet.hush(who.conversation("+12095550188"), DAY)
    assert text_to(code, number="(209) 555-0188").exit_code == 1 and rows() == []


def test_at_night_it_waits_for_the_morning(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = made()
    monkeypatch.setattr("directory.commands.codes.now", lambda: NIGHT)
    plain = told("text", code, "--consent", "at the desk today", typed=f"{NUMBER}\n")
    assert plain["not_before"].startswith("2026-11-24T09:")
    assert queue.claim(NIGHT) is None


@pytest.mark.parametrize("number", ["", "hello", "555-0177", "+44 20 7946 0958", "209-555-0177 and 209-555-0178"])
def test_no_mobile_number_is_told_and_never_repeated(home: Path, number: str) -> None:
    result = text_to(made(), number=number)
    assert result.exit_code == 1 and rows() == [] and "Traceback" not in result.stderr
    assert not number or number not in result.stderr


def test_a_dry_run_asks_for_no_number(home: Path) -> None:
    code = made()
    plain = told("text", code, "--consent", "at the desk today", "--dry-run")
    assert code in plain["text"] and rows() == [] and not (home / "consents").exists()


def test_in_a_real_process_the_number_is_read_from_a_pipe(home: Path) -> None:
    environment = {**os.environ, "PUENTE_HOME": str(home)}
    run = [sys.executable, "-W", "error", "-m", "directory.cli", "code"]
    make = [*run, "make", "food", "--near", "Modesto", "--json"]
    code = json.loads(subprocess.run(make, env=environment, capture_output=True, check=True, text=True).stdout)["code"]
    sent = subprocess.run(
        [*run, "text", code, "--consent", "at the desk"], env=environment, input=NUMBER, capture_output=True, text=True
    )
    assert sent.returncode == 0 and "0177" not in sent.stdout + sent.stderr and len(rows()) == 1
