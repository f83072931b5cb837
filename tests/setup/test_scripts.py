"""The set-up scripts on machines that differ: what is found, what does not count, what is said when nothing is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "grep", "sort", "cat", "cmp", "id")
BROKEN = "exit 127"
WORKING = f'exec "{sys.executable}" "$@"'
PYENV = """case "$1" in
versions) printf '3.9.18\\n3.10.2\\n3.10.13\\n3.11.7\\nwork\\n';;
prefix) case "$2" in 3.10.13) echo {home}/newest;; *) echo {home}/other;; esac;;
esac"""
UV = 'case "$2" in find) echo {home}/newest/bin/python;; esac'


class Machine:
    """A PATH of its own: a few plain tools, and the commands that a case puts there."""

    def __init__(self, home: Path) -> None:
        self.home, self.bin = home, home / "bin"
        for tool in TOOLS:
            self.command("tools/" + tool, f'exec "{shutil.which(tool)}" "$@"')
        self.command("newest/bin/python", WORKING)
        self.command("other/bin/python", BROKEN)

    def command(self, name: str, body: str) -> None:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n" + body.replace("{home}", str(self.home)) + "\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.bin}:{self.home / 'tools'}", "HOME": str(self.home), **more}
        return subprocess.run(["/bin/sh", *command], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(
    ("commands", "found"),
    [
        ({"python3.10": WORKING}, "bin/python3.10"),
        ({"python3": WORKING}, "bin/python3"),
        ({"python3.10": BROKEN, "python3": WORKING}, "bin/python3"),
        ({"python3.10": BROKEN, "pyenv": PYENV}, "newest/bin/python"),
        ({"python3.10": BROKEN, "pyenv": BROKEN, "uv": UV}, "newest/bin/python"),
        ({"python3.10": WORKING, "pyenv": PYENV, "uv": UV}, "bin/python3.10"),
    ],
)
def test_which_python(machine: Machine, commands: dict[str, str], found: str) -> None:
    for name, body in commands.items():
        machine.command(f"bin/{name}", body)
    done = machine.run("scripts/environment.sh", "--which")
    assert (done.returncode, done.stdout) == (0, f"{machine.home}/{found}\n"), done.stderr


@pytest.mark.parametrize("commands", [{}, {"python3.10": BROKEN, "python3": BROKEN, "pyenv": BROKEN, "uv": BROKEN}])
def test_without_python_one_line_says_what_to_install(machine: Machine, commands: dict[str, str]) -> None:
    for name, body in commands.items():
        machine.command(f"bin/{name}", body)
    done = machine.run("scripts/environment.sh", "--which")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "install it" in done.stderr and "3.10" in done.stderr


@pytest.mark.parametrize(
    ("commands", "found"),
    [
        ({"chromium": "", "google-chrome": ""}, "bin/chromium"),
        ({"chromium": BROKEN, "chromium-browser": BROKEN, "google-chrome": ""}, "bin/google-chrome"),
        ({"chromium": "", "mine": ""}, "bin/mine"),
    ],
)
def test_which_chromium(machine: Machine, commands: dict[str, str], found: str) -> None:
    for name, body in commands.items():
        machine.command(f"bin/{name}", body)
    chosen = str(machine.bin / "mine") if "mine" in commands else ""
    done = machine.run("scripts/browser.sh", CHROMIUM=chosen)
    assert (done.returncode, done.stdout) == (0, f"{machine.home}/{found}\n"), done.stderr


def test_make_says_what_it_would_do_without_doing_it() -> None:
    for target in ("setup", "demo", "test", "check", "lock", "places", "bench", "clean"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout, done.stderr


def test_the_ci_script_runs_both_and_stops_at_the_first_failure() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env bash\n") and "set -euo pipefail" in script
    assert script.rstrip().endswith("make check\nmake test")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
