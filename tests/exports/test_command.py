"""`puente export` as a person runs it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli import main
from directory.exports.aside import aside
from directory.model import Listing


def export(*words: str) -> Result:
    return CliRunner().invoke(main, ["export", *words])


@pytest.fixture(autouse=True)
def _demo(demo: list[Listing]) -> None:
    """In the home of the demo."""


@pytest.mark.parametrize("words", [("hsds",), ("hsds", "--tabular"), ("csv",)])
def test_a_file_is_written_and_told_of(words: tuple[str, ...], tmp_path: Path, demo: list[Listing]) -> None:
    path = tmp_path / "out"
    result = export("--format", *words, "--output", str(path))
    assert result.exit_code == 0
    assert f"{len(demo)} places were written" in result.output
    assert path.stat().st_size > 10_000
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


def test_a_file_that_is_there_stays_unless_it_is_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    result = export("--format", "csv", "--output", str(path))
    assert result.exit_code == 1
    assert "--force" in result.output
    assert path.read_text() == "mine"
    assert export("--format", "csv", "--output", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8-sig").startswith("Listing ID")


def test_only_what_is_asked_for(demo: list[Listing], tmp_path: Path) -> None:
    words = ("--need", "food", "--county", "fresno county", "--source", "demo_plan_roster")
    result = export("--format", "csv", *words, "--output", str(tmp_path / "out"), "--json")
    wanted = [
        item
        for item in demo
        if item.provenance.source == "demo_plan_roster"
        and "food" in {need.value for need in item.needs}
        and (item.statewide or "Fresno" in item.counties)
    ]
    assert json.loads(result.output)["listings"] == len(wanted) > 5


def test_standard_output_holds_the_list_alone(demo: list[Listing]) -> None:
    result = export("--format", "hsds", "--output", "-")
    assert len(json.loads(result.stdout)) == len(demo)


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    assert export("--format", "csv", "--output", str(tmp_path / "out"), "--dry-run").exit_code == 0
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "csv", "--tabular", "--output", "x"), "Only HSDS has a tabular form"),
        (("--format", "hsds", "--tabular", "--output", "-"), "Name a file"),
        (("--format", "csv", "--county", "Nowhere", "--output", "x"), "no county of California"),
        (("--format", "csv", "--source", "nobody", "--output", "x"), "Published lists: demo_"),
        (("--format", "csv", "--output", "/"), "is a folder"),
        (("--format", "csv", "--output", "/no/such/folder/x"), "could not be written"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    result = export(*words)
    assert result.exit_code == 1
    assert said in result.output


def test_what_breaks_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), aside(path, force=True) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


_SLOW = """
import sys, time
from pathlib import Path
from directory.exports.aside import aside
with aside(Path(sys.argv[1]), force=True) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    time.sleep(60)
"""


def test_a_killed_export_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    with subprocess.Popen([sys.executable, "-c", _SLOW, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    assert path.read_text() == "before"
    with aside(path, force=True) as file:
        file.write(b"after")
    assert path.read_text() == "after"
    assert time.time() - path.stat().st_mtime < 60


def test_the_list_of_another_puente_is_read_with_the_source_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: list[Listing]
) -> None:
    files = {"puente_csv": ("csv",), "puente_hsds": ("hsds",)}
    for source, words in files.items():
        assert export("--format", *words, "--output", str(tmp_path / source)).exit_code == 0
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / "other"))
    for source in files:
        words = ["sync", source, "--file", str(tmp_path / source), "--dry-run", "--json"]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
        report = json.loads(result.stdout)
        assert (report["drafts"], report["refused"], report["problems"]) == (len(demo), 0, [])


def test_headings_are_words(tmp_path: Path) -> None:
    export("--format", "csv", "--output", str(tmp_path / "out"))
    with (tmp_path / "out").open(encoding="utf-8-sig", newline="") as file:
        headings = next(csv.reader(file))
    assert not [heading for heading in headings if "_" in heading or not heading[0].isupper()]
