"""What is printed can be typed as it stands: each command bears the path by which this person called `puente`."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from directory import prints
from directory.called import COMMANDS, as_called, program
from directory.cli import main
from directory.model import Language
from tests.conftest import environment
from tests.prints.conftest import DAY, REAL, pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `puente` in `.venv/bin`, which no PATH names, and an empty home."""
    script = tmp_path / ".venv" / "bin" / "puente"
    script.parent.mkdir(parents=True)
    script.write_text(f"#!{sys.executable}\nfrom directory.cli import main\nmain()\n")
    script.chmod(0o755)
    (tmp_path / "home").mkdir(mode=0o700)
    return tmp_path


def typed(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line typed at a shell in that folder."""
    return subprocess.run(
        line, shell=True, cwd=folder, env=environment(folder / "home"), capture_output=True, text=True, timeout=60
    )


def test_every_command_is_known_as_one() -> None:
    assert set(main.list_commands(click.Context(main))) | {"COMMAND"} == COMMANDS


@pytest.mark.parametrize("called", [".venv/bin/puente", "./.venv/bin/puente", "$PWD/.venv/bin/puente"])
def test_the_doctors_commands_bear_the_path_and_can_be_typed(folder: Path, called: str) -> None:
    told = typed(folder, f"{called} doctor --quiet")
    commands = [line.partition("$ ")[2] for line in told.stdout.splitlines() if line.strip().startswith("$ ")]
    ours = [command for command in commands if "puente " in command]
    assert len(ours) > 5 and [each for each in ours if not each.startswith(".venv/bin/puente ")] == []
    setup = next(command for command in ours if "setup clinic" in command)
    assert "no terminal" in typed(folder, setup).stderr, "it was found and it answered"


def test_on_the_path_it_is_called_by_its_name(folder: Path) -> None:
    told = typed(folder, "PATH=$PWD/.venv/bin:$PATH; puente doctor --quiet")
    assert "$ puente setup" in told.stdout and ".venv" not in told.stdout


def test_errors_and_what_comes_next_bear_it_too(folder: Path) -> None:
    refused = typed(folder, ".venv/bin/puente setup")
    assert "  .venv/bin/puente setup --show-template" in refused.stderr and " puente setup" not in refused.stderr
    typed(folder, ".venv/bin/puente setup --set clinic=Kite")
    (folder / "home" / "settings.yml").write_text("clinic: [")
    assert "with: .venv/bin/puente setup" in typed(folder, ".venv/bin/puente settings").stdout
    asked = typed(folder, "printf '\\n\\n\\n%.0s' $(seq 40) | .venv/bin/puente setup --ask").stdout
    assert "  .venv/bin/puente doctor" in asked and " puente " not in asked.partition("Next:")[2]


def test_json_can_still_be_read(folder: Path) -> None:
    found = json.loads(typed(folder, ".venv/bin/puente doctor --json").stdout)
    assert any(str(each["command"]).startswith(".venv/bin/puente ") for each in found)


def test_papers_bear_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(Path.cwd() / ".venv" / "bin" / "puente"), "print", "all"])
    monkeypatch.setenv("PATH", "/usr/bin")
    for what, command in (("front-desk", "pause"), ("first-month", "print letter")):
        for paper in prints.make(what, prints.facts(REAL, tmp_path, DAY), tuple(Language)):
            [page] = pages(paper.data)
            assert page.says(f".venv/bin/puente {command}"), paper.name


@pytest.mark.parametrize(
    ("argv", "shown"),
    [
        ("puente", "puente"),
        ("/srv/puente/directory/cli.py", "puente"),
        ("/srv/our tools/puente", "'/srv/our tools/puente'"),
        ("/srv/a/.venv/bin/puente", "/srv/a/.venv/bin/puente"),
        ("./puente", "./puente"),
        ('/srv/"/puente', "puente"),
    ],
)
def test_it_is_what_a_shell_takes(monkeypatch: pytest.MonkeyPatch, argv: str, shown: str) -> None:
    monkeypatch.setattr(sys, "argv", [argv])
    monkeypatch.setenv("PATH", "/usr/bin")
    assert program() == shown and len(shlex.split(shown)) == 1
    told = as_called("Run `puente sync LIST` beside the puente de la calle; then: puente\n  publish")
    assert told == f"Run `{shown} sync LIST` beside the puente de la calle; then: {shown}\n  publish"
    assert as_called(told) == told
