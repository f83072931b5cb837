"""The README's ten commands, typed one after the other: from a fresh clone to a clinic's own assistant that answers."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from directory.settings import DEMO_CLINIC, DEMO_PHONE
from tests.conftest import ROOT, Assistant, free_port

pytestmark = pytest.mark.rasa

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = README.partition("## Day one at a clinic")[2].partition("```\n")[2].partition("```")[0]
COMMANDS = [line.partition("#")[0].strip() for line in BLOCK.splitlines() if line.strip()]
CLINIC = """\
clinic: "Roble Valley Clinic"
short_name: "Roble"
phone: "209-555-0177"
hours: "Mon-Fri 8am-5pm"
address: "12 Oak St, Modesto, CA 95354"
counties: [Stanislaus]
languages: [en, es]
public_address: "https://roble.example.org"
admin: {name: "Ana Ruiz", email: "ana@example.org"}
"""
PLACES = (
    ("Agency", "Service", "Street", "City", "ZIP", "County", "Telephone", "Hours"),
    ("Sauce House", "Food pantry", "1 Elm St", "Modesto", "95354", "Stanislaus", "209-555-0181", "Mon-Fri 9am-5pm"),
    ("Encino Table", "Food pantry", "9 Ash St", "Turlock", "95380", "Stanislaus", "209-555-0182", "Tue 1pm-4pm"),
    ("Aliso Homes", "Emergency shelter", "4 Fir St", "Modesto", "95351", "Stanislaus", "209-555-0183", "24 hours"),
)


def test_it_takes_ten_commands_or_fewer() -> None:
    assert 0 < len(COMMANDS) <= 10
    assert COMMANDS[0].startswith("git clone ") and COMMANDS[-1].endswith("puente up")


class Terminal:
    """A shell in a folder of its own, where what a clerk would type or answer is given beside each command."""

    def __init__(self, folder: Path, models: Path) -> None:
        self.folder, self.ports = folder, (free_port(), free_port())
        path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if ".venv" not in part)
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PUENTE", "PYTHON", "VIRTUAL"))
        } | {"PATH": path, "PUENTE_MODELS": str(models)}

    def line(self, command: str) -> str:
        """The command with the answers that a clerk gives."""
        for words, answer in (
            (" REPOSITORY ", f" {self.folder / 'repository'} "),
            ("puente setup", "puente setup --file ../clinic.yml"),
            ("source new pantries-2026-11-01.xlsx", "source new ../pantries-2026-11-01.csv --yes"),
            ("--file pantries-2026-11-01.xlsx", "--file ../pantries-2026-11-01.csv"),
            ("puente up", f"puente up --port {self.ports[0]} --desk-port {self.ports[1]}"),
        ):
            command = command.replace(words, answer)
        return command.replace(" && cd puente", "")

    def run(self, command: str) -> str:
        where = self.folder / "puente" if (self.folder / "puente").exists() else self.folder
        done = subprocess.run(
            self.line(command), shell=True, cwd=where, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=900,
        )  # fmt: skip
        # The doctor says by its exit code that something is still to be done.
        assert done.returncode == 0 or "doctor" in command, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout + done.stderr

    @contextlib.contextmanager
    def running(self, command: str) -> Iterator[Assistant]:
        log = self.folder / "up.txt"
        with log.open("wb") as file:
            process = subprocess.Popen(
                self.line(command).split(), cwd=self.folder / "puente", env=self.environment,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
        url = f"http://127.0.0.1:{self.ports[0]}/webhooks/web/"
        try:
            _wait(url, process, log)
            yield Assistant(url, self.folder / "puente" / "var", log, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + 180
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}health", timeout=5).status_code == 200:
                return
        time.sleep(0.3)
    raise AssertionError(f"puente up did not answer:\n{log.read_text()[-3000:]}")


@pytest.fixture
def terminal(tmp_path: Path, models: Path) -> Terminal:
    _as_one_commit(tmp_path / "repository")
    (tmp_path / "clinic.yml").write_text(CLINIC, encoding="utf-8")
    with (tmp_path / "pantries-2026-11-01.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(PLACES)
    return Terminal(tmp_path, models)


def _as_one_commit(target: Path) -> None:
    """The project as it lies here, in a repository of its own: what is worked on is tried, not the last commit."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(["git", "add", "--all"], cwd=target, check=True)
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *who, "commit", "--quiet", "--allow-empty", "-m", "As it is"], cwd=target, check=True)


def test_from_a_fresh_clone_to_a_clinics_own_assistant(terminal: Terminal) -> None:
    said = {command: terminal.run(command) for command in COMMANDS[:-1]}
    home = terminal.folder / "puente" / "var"
    paper = [path for path in terminal.folder.rglob("*.pdf") if "puente/directory" not in path.as_posix()]
    assert len(paper) >= 4 and list((home / "backups").glob("puente-backup-*"))
    doctor = next(text for command, text in said.items() if command.endswith("doctor"))
    assert "demo" not in doctor.lower().replace("puente demo remove", "")
    with terminal.running(COMMANDS[-1]) as running:
        session = running.session()
        found = _texts(running.say(session, "I need food in Modesto"))
        assert "Sauce House" in found and "209-555-0181" in found
        person = _texts(running.say(session, "quiero hablar con una persona"))
        assert "Roble Valley Clinic" in person and "209-555-0177" in person
        page = requests.get(running.url, timeout=20).text
        assert "Roble Valley Clinic" in page
        assert not re.search(r"\bdemo\b", f"{found} {person}", re.I)
        assert not [demo for demo in (DEMO_CLINIC, DEMO_PHONE) if demo in found + person + page]
    told = running.log.read_text(encoding="utf-8")
    assert "Traceback" not in told and "Modesto" not in told


def _texts(messages: list[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in messages)
