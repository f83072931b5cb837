"""The commands: what they print, and how they end."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from directory.commands import publication, refresh, telling
from directory.commands.telling import tell

from .conftest import HEADINGS, ROWS


@pytest.fixture
def group() -> click.Group:
    made = click.Group("puente")
    refresh.register(made)
    publication.register(made)
    return made


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "small.csv"
    path.write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    return path


def _run(group: click.Group, *words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


def test_sync_and_publish_tell_people_what_happened(group: click.Group, file: Path) -> None:
    trial = _run(group, "sync", "small", "--file", file, "--dry-run")
    assert trial.exit_code == 0 and "This was a trial: nothing was changed." in trial.output
    done = _run(group, "sync", "small", "--file", file)
    assert done.exit_code == 0 and "Kept: 10. Left out: 0." in done.output
    again = _run(group, "sync", "small", "--file", file)
    assert "the same list as last time" in again.output
    shown = _run(group, "publish")
    assert shown.exit_code == 0 and "Published. Places: 10. Lists: 1." in shown.output


def test_json_is_json(group: click.Group, file: Path) -> None:
    plain = json.loads(_run(group, "sync", "small", "--file", file, "--json").output)
    assert (plain["source"], plain["rows"], plain["added"], plain["gone"]) == ("small", 10, 10, 0)
    plain = json.loads(_run(group, "publish", "--json").output)
    assert plain["listings"] == 10 and plain["sources"] == [{"id": "small", "listings": 10}]


@pytest.mark.parametrize("words", [("sync", "nowhere"), ("sync", "small"), ("publish",)])
def test_what_cannot_be_done_is_one_sentence_and_exit_1(group: click.Group, home: Path, words: tuple[str, ...]) -> None:
    result = _run(group, *words)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ") and "Traceback" not in result.output
    assert result.output.count("\n") == 1


def test_the_brake_and_the_way_past_it(group: click.Group, file: Path) -> None:
    _run(group, "sync", "small", "--file", file)
    file.write_text("\n".join([HEADINGS, *ROWS[:2]]), encoding="utf-8")
    stopped = _run(group, "sync", "small", "--file", file)
    assert stopped.exit_code == 1 and "8 of 10 places (80%)" in stopped.output and "--accept-gone" in stopped.output
    assert _run(group, "sync", "small", "--file", file, "--accept-gone").exit_code == 0


def test_demo_comes_and_goes(group: click.Group, home: Path) -> None:
    loaded = _run(group, "demo", "load")
    assert loaded.exit_code == 0 and "invented demo data" in loaded.output
    removed = _run(group, "demo", "remove", "--json")
    assert json.loads(removed.output)["publication"]["listings"] == 0


def test_the_demo_beside_a_real_list_is_refused_in_one_line(group: click.Group, file: Path) -> None:
    _run(group, "sync", "small", "--file", file)
    _run(group, "publish")
    refused = _run(group, "demo", "load")
    assert refused.exit_code == 1 and refused.output.startswith("Error: ") and refused.output.count("\n") == 1
    assert "holds real lists (small)" in refused.output


def test_every_command_has_an_example_in_its_help(group: click.Group) -> None:
    for words in (("sync",), ("publish",), ("demo", "load"), ("demo", "remove")):
        assert f"Example: puente {' '.join(words)}" in _run(group, *words, "--help").output


def test_a_list_that_the_brake_stopped_is_taken_again_from_what_was_kept(group: click.Group, file: Path) -> None:
    _run(group, "sync", "small", "--file", file)
    file.write_text("\n".join([HEADINGS, *ROWS[:2]]), encoding="utf-8")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert _run(group, "sync", "small", "--file", file).exit_code == 1
    file.unlink()
    done = _run(group, "sync", "small", "--again", sha256[:8], "--accept-gone", "--json")
    assert json.loads(done.output)["gone"] == 8 and json.loads(done.output)["sha256"] == sha256


def test_two_lists_of_one_day_are_told_apart_by_file_and_time(group: click.Group, file: Path) -> None:
    _run(group, "sync", "small", "--file", file)
    other = file.with_name("second.csv")
    other.write_text("\n".join([HEADINGS, *ROWS[1:]]), encoding="utf-8")
    _run(group, "sync", "small", "--file", other)
    short = hashlib.sha256(other.read_bytes()).hexdigest()[:12]
    told = _run(group, "sync", "small", "--again", f"{telling.now():%Y-%m-%d}").output
    assert re.search(rf"  {short}  came \d{{4}}-\d\d-\d\d \d\d:\d\d  second\.csv\n", told) and "small.csv" in told
    assert _run(group, "sync", "small", "--again", short).exit_code == 0


@pytest.mark.parametrize("said", ["ffffffffffffffff", "1999-01-01"])
def test_again_of_nothing_is_one_sentence(group: click.Group, file: Path, said: str) -> None:
    _run(group, "sync", "small", "--file", file)
    result = _run(group, "sync", "small", "--again", said)
    assert (
        result.exit_code == 1 and "No list of Small list was kept" in result.output and result.output.count("\n") == 1
    )


def test_all_reads_every_real_list_that_has_a_file_and_one_bad_list_does_not_stop_it(
    group: click.Group, file: Path, home: Path
) -> None:
    text = (home / "sources" / "small.yml").read_text("utf-8")
    for name in ("bad", "good"):
        own = text.replace("id: small", f"id: {name}") + f"file: ../{name}.csv\n"
        (home / "sources" / f"{name}.yml").write_text(own, "utf-8")
    (home / "good.csv").write_text(file.read_text("utf-8"), "utf-8")
    (home / "bad.csv").write_text("Nothing\n", "utf-8")
    result = _run(group, "sync", "--all", "--json")
    plain = json.loads(result.stdout)
    assert result.exit_code == 1 and sorted(plain) == ["bad", "good"]
    assert plain["good"]["added"] == 10 and "bad.csv" in plain["bad"]["error"]


@pytest.mark.parametrize("words", [("sync",), ("sync", "small", "--all"), ("sync", "--all", "--again", "x")])
def test_what_is_not_meant_is_asked(group: click.Group, home: Path, words: tuple[str, ...]) -> None:
    assert _run(group, *words).exit_code == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "Stopped. Nothing is half done"),
        (click.Abort(), "Stopped. Nothing is half done"),
        (OSError("no space"), "could not be read or written (no space)"),
    ],
)
def test_whoever_stops_it_is_told_that_nothing_is_half_done(error: BaseException, said: str) -> None:
    def work() -> None:
        raise error

    with pytest.raises(click.ClickException) as told:
        tell(work)
    assert said in told.value.message


@pytest.mark.parametrize(
    ("day", "said"),
    [("Nov 5", "'Nov 5' is no day. Write year, month and day in figures: 2026-12-31."), ("2026-11-31", "is no day")],
)
def test_a_day_that_is_none_is_told_how_to_write_one(group: click.Group, file: Path, day: str, said: str) -> None:
    result = _run(group, "sync", "small", "--file", file, "--as-of", day)
    assert result.exit_code == 2 and said in result.output


def test_every_row_that_is_left_out_is_named_up_to_ten_and_in_json_all(group: click.Group, file: Path) -> None:
    bad = [f"{n},Place {n},nothing of ours,Fresno,{n} Kite Row,Fresno,93701,559-555-0101,soon" for n in range(50, 62)]
    file.write_text("\n".join([HEADINGS, *ROWS, *bad]), encoding="utf-8")
    text = _run(group, "sync", "small", "--file", file, "--dry-run").output
    assert "line 12: 'Place 50'" in text and "line 21: 'Place 59'" in text and "'Place 60'" not in text
    assert "and 2 more (--json names them)" in text
    plain = json.loads(_run(group, "sync", "small", "--file", file, "--dry-run", "--json").output)
    assert [len(item["examples"]) for item in plain["problems"] if item["refuses"]] == [12]
