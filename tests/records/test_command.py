"""`puente answers`: counts that a tired clerk reads, and JSON for reports."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory import hours
from directory.cli import main
from directory.eligibility import rules
from directory.model import Need
from directory.records import BY, Recorder
from directory.reply import Kind
from tests.records.conftest import reply, verdict

NOW = datetime.now(timezone.utc)
LEGAL = rules.need_names()[Need.LEGAL].en


def puente(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["answers", *arguments])


@pytest.fixture
def kept(file: Path, recorder: Recorder) -> Path:
    """Some answers of today, and one of 40 days ago."""
    found = reply(Kind.NONE_FOUND, need="food", program="wic", county="Alpine", language="es")
    for _ in range(3):
        recorder.add("find_provider", [found], now=NOW, channel="web")
    recorder.add("find_provider", [reply(Kind.NONE_FOUND, need="legal", county="Kern")], now=NOW, channel="web")
    checked = reply(Kind.VERDICT, need="food", program="calfresh", verdict=verdict("may_qualify"))
    recorder.add("inform", [checked], now=NOW, channel="sms")
    recorder.add("crisis", [reply(Kind.CRISIS, crisis="violence")], now=NOW, channel="web")
    recorder.add("greet", [reply(Kind.SMALLTALK)], now=NOW - timedelta(days=40), channel="web")
    recorder.close()
    return file


def test_the_last_thirty_days_by_need_with_the_names_that_staff_use(kept: Path) -> None:
    lines = puente().output.splitlines()
    assert lines[0].startswith("6 answers since 20") and lines[0].endswith("by need:")
    assert [line.split(maxsplit=1) for line in lines[1:]] == [["4", "food"], ["1", "(no need named)"], ["1", LEGAL]]


def test_since_a_day_counts_that_day_too(kept: Path) -> None:
    day = f"{(NOW - timedelta(days=40)).astimezone(hours.PACIFIC):%Y-%m-%d}"
    told = json.loads(puente("--since", day, "--by", "outcome", "--json").output)
    assert told["since"] == day and told["answers"] == 7
    assert {row["outcome"]: row["answers"] for row in told["rows"]} == {
        "none_found": 4, "may_qualify": 1, "crisis": 1, "smalltalk": 1,
    }  # fmt: skip


@pytest.mark.parametrize("by", BY)
def test_by_anything_the_counts_add_up(kept: Path, by: str) -> None:
    told = json.loads(puente("--by", by, "--json").output)
    assert sum(row["answers"] for row in told["rows"]) == told["answers"] == 6
    assert all(set(row) == {by, "answers"} for row in told["rows"])
    text = puente("--by", by).output
    assert "None" not in text and len(text.splitlines()) == len(told["rows"]) + 1


def test_searches_without_a_result_by_need_program_and_county(kept: Path) -> None:
    lines = puente("--searches-without-result").output.splitlines()
    assert lines[0].startswith("4 searches that found no place since")
    assert lines[1].split() == ["3", "food", "WIC", "Alpine"]
    assert lines[2].startswith("1  ") and "(no program named)" in lines[2] and lines[2].endswith("Kern")


@pytest.mark.parametrize("arguments", [(), ("--searches-without-result",), ("--json",)])
def test_before_anything_is_kept_it_says_so(file: Path, arguments: tuple[str, ...]) -> None:
    told = puente(*arguments)
    assert told.exit_code == 0 and not file.exists()
    assert json.loads(told.output)["rows"] == [] if arguments == ("--json",) else "since" in told.output


def test_a_file_that_was_only_begun_has_no_answers(file: Path) -> None:
    file.touch()
    assert puente().output.startswith("No answers since")


def test_a_damaged_file_is_said_in_words_and_left_as_it_is(file: Path) -> None:
    file.write_bytes(b"noise" * 4000)
    told = puente()
    assert told.exit_code == 1 and "is damaged" in told.output and "People are answered all the same" in told.output
    assert "Traceback" not in told.output and file.read_bytes() == b"noise" * 4000


def test_what_is_no_day_is_refused(kept: Path) -> None:
    told = puente("--since", "yesterday")
    assert told.exit_code == 2 and "is no day" in told.output


def test_a_small_count_is_for_staff_alone(kept: Path) -> None:
    assert "keep them among staff" in " ".join(puente("--help").output.split())
