"""The commands: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from directory.commands import refresh as cli

from .conftest import HEADINGS, ROWS


@pytest.fixture
def group() -> click.Group:
    made = click.Group("puente")
    cli.register(made)
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
