"""What an upgrade stands on: its journal, what it runs, what it looks at first, and the steps there and back.

Beside scripts/upgrade.py, with which it is copied into `$PUENTE_HOME/upgrade`; Python's standard library alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from upgrade_checkout import Checkout, Stopped, say

__all__ = ["BACK", "BACKUP", "DATA", "DONE", "HERE", "START", "Journal", "Upgrade", "read_journal"]

HERE = Path(__file__).resolve().parent
JOURNAL = "journal.json"
BACKUP, CODE, ENVIRONMENT, DATA, MODEL, CHECKS, START, DONE, BACK = (
    "backup", "code", "environment", "data", "model", "checks", "start", "done", "back",
)  # fmt: skip
SAID = {
    BACKUP: "Making a backup first ...",
    CODE: "Moving the code ...",
    ENVIRONMENT: "Bringing the environment up to date (minutes, when packages changed) ...",
    DATA: "Bringing the data up to date ...",
    MODEL: "Training the assistant, if what it learns from changed (a minute or two) ...",
    CHECKS: "Trying it out ...",
    START: "Letting the service start ...",
}
SECONDS = {ENVIRONMENT: 3600, MODEL: 1800, DATA: 1800, CHECKS: 600, BACKUP: 3600}
START_SECONDS = 300
STEADY_LOOKS = 5
"""So many looks, a second apart, have to find the service running before it is believed."""
MOST_ENDS = 3
ASKED = """
from directory import running
found = running.running()
parts = found.parts if found else {}
print(found.state if found else "gone", *[name for name, state in parts.items() if state == "away"])
"""
PACKAGES = ("actions", "bot", "directory")
HOLDER = """
import json, os, subprocess, sys
from directory.running import held
with held("upgrade") as was_running:
    print(int(was_running), flush=True)
    if sys.stdin.readline() != "done\\n":  # the upgrade is gone: back to what ran before, and only then let go
        with open(sys.argv[2], "w") as log:
            subprocess.run(json.loads(sys.argv[1]), stdout=log, stderr=log)
"""


@dataclass(frozen=True)
class Journal:
    """How far an upgrade came, and what the way back needs."""

    step: str
    root: str
    home: str
    former: str
    target: str
    backup: str | None = None
    databases: dict[str, str] = field(default_factory=dict)
    environment: bool = False
    trouble: str | None = None

    def at(self, step: str, **more: object) -> Journal:
        """The next step, written down before it is taken."""
        found = replace(self, step=step, **more)  # type: ignore[arg-type]
        folder = Path(self.home) / "upgrade"
        made = folder / f"{JOURNAL}.part"
        with made.open("w", encoding="utf-8") as file:
            json.dump(asdict(found), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        made.replace(folder / JOURNAL)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        return found

    def forget(self) -> None:
        """Nothing is under way any more."""
        (Path(self.home) / "upgrade" / JOURNAL).unlink(missing_ok=True)


def read_journal(home: Path) -> Journal | None:
    """The journal of this home, or None."""
    try:
        return Journal(**json.loads((home / "upgrade" / JOURNAL).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as why:
        raise Stopped(f"{home / 'upgrade' / JOURNAL} cannot be read ({why}), so nobody knows how far it came.") from why


class Upgrade(Checkout):
    """The steps of one upgrade, there and back."""

    def __init__(self, root: Path, home: Path, lock: int, *, held: bool = False) -> None:
        super().__init__(root, home, lock)
        self.held = held
        self.holder: subprocess.Popen[str] | None = None
        self.was_running = False

    def puente(self, *words: str, step: str) -> str:
        return self.run([self.python, "-m", "directory.cli", *words], SECONDS[step])

    def environment(self) -> None:
        self.run(["sh", "scripts/environment.sh"], SECONDS[ENVIRONMENT])

    def compiles(self) -> None:
        """Stopped when a file of the program is no Python: seen before any data are touched."""
        folders = [name for name in PACKAGES if (self.root / name).is_dir()]
        self.run([self.python, "-m", "compileall", "-q", *folders], SECONDS[CHECKS], quiet=True)

    # The service meanwhile

    def hold(self) -> None:
        """Stops assistant and desk; the door goes on answering its sentence. Should we die, the holder goes back."""
        base = [str(Path(sys.executable).resolve()), str(HERE / "upgrade.py"), "--resume", "--held"]
        environment = {**os.environ, "PUENTE_HOME": str(self.home), "PYTHONPATH": str(self.root)}
        try:
            self.holder = subprocess.Popen(
                [self.python, "-c", HOLDER, json.dumps(base), str(HERE / "resumed.log")], cwd=self.root, text=True,
                env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                start_new_session=True,  # it outlives a terminal that is closed
            )  # fmt: skip
        except OSError as why:
            raise Stopped(f"{self.python} does not start ({why}), so the service could not be held.") from why
        assert self.holder.stdout and self.holder.stderr
        answer = self.holder.stdout.readline().strip()
        if not answer:
            complaint = self.holder.stderr.read().strip().splitlines()[-1:]
            self.holder.wait()
            self.holder = None
            raise Stopped(f"The service does not stop for the upgrade: {''.join(complaint)} Nothing was changed.")
        self.was_running = answer == "1"

    def release(self) -> None:
        if self.holder and self.holder.stdin:
            with contextlib.suppress(OSError):
                self.holder.stdin.write("done\n")
                self.holder.stdin.close()
            self.holder.wait()
        self.holder = None

    def wait_for_service(self) -> None:
        """Stopped when a service that ran before does not run again in time, or ends again and again."""
        limit = time.monotonic() + START_SECONDS
        ended = steady = 0
        was_away = False
        while self.was_running and steady < STEADY_LOOKS:
            state, away = self.state()
            ended += away and not was_away
            steady = steady + 1 if state == "running" and not away else 0
            was_away = away
            if ended >= MOST_ENDS:
                raise Stopped("A part of the service ends again and again with the new version.")
            if time.monotonic() > limit:
                raise Stopped(f"The service does not start with the new version (it is {state}).")
            time.sleep(1)

    def state(self) -> tuple[str, bool]:
        """What the service does, and whether a part of it is away."""
        state, _, away = self.run([self.python, "-c", ASKED], 60, quiet=True).strip().partition(" ")
        return state, bool(away)

    def signatures(self, names: list[str]) -> dict[str, str]:
        """Database -> a hash of its tables, to see afterwards whether they were changed."""
        found = {}
        for name in names:
            with contextlib.suppress(sqlite3.Error), contextlib.closing(
                sqlite3.connect(f"{(self.home / name).resolve().as_uri()}?mode=ro", uri=True)
            ) as db:  # fmt: skip
                tables = db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
                found[name] = hashlib.sha256(repr(tables).encode()).hexdigest()
        return found

    # There, and back

    def go(self, former: str, target: str) -> None:
        """All steps; whatever fails, back to what ran before, and Stopped says why."""
        shutil.rmtree(self.root / ".venv.former", ignore_errors=True)
        journal = Journal(BACKUP, str(self.root), str(self.home), former, target)
        self.hold()
        try:
            journal = journal.at(BACKUP)
            say(SAID[BACKUP])
            made = json.loads(self.puente("backup", "--json", step=BACKUP))
            names = [name for name in made["databases"] if name != "directory.db"]
            journal = journal.at(CODE, backup=made["path"], databases=self.signatures(names))
            self.steps(journal)
        except (Stopped, ValueError, KeyError, OSError, KeyboardInterrupt) as why:
            self.failed(read_journal(self.home) or journal, str(why) or "stopped by hand")
        finally:
            self.release()

    def steps(self, journal: Journal) -> None:
        say(SAID[CODE])
        packages = self.git("diff", "--name-only", journal.former, journal.target, "--", "requirements.lock")
        self.git("reset", "--keep", journal.target)
        journal = journal.at(ENVIRONMENT, environment=bool(packages))
        say(SAID[ENVIRONMENT])
        if packages:
            (self.root / ".venv").rename(self.root / ".venv.former")
        self.environment()
        self.compiles()
        for step, words in (
            (DATA, ["settle"]),
            (MODEL, ["train"]),
            (CHECKS, ["settle", "--check"]),
            (CHECKS, ["works"]),
        ):
            if step != journal.step:
                journal = journal.at(step)
                say(SAID[step])
            self.puente(*words, step=step)
        journal = journal.at(START)
        self.release()
        if self.was_running:
            say(SAID[START])
            self.wait_for_service()
        journal.at(DONE)

    def failed(self, journal: Journal, why: str) -> None:
        if journal.step == BACKUP:
            journal.forget()
            raise Stopped(f"{why}\nNothing was changed: what ran before runs on.")
        say(f"This did not work at the step {journal.step!r}: {why}\nGoing back to what ran before ...")
        self.back(journal.at(BACK, trouble=f"{journal.step}: {why}"))
        raise Stopped(f"The upgrade did not work; what ran before runs again. Why: {why}\nTell those who make Puente.")

    def back(self, journal: Journal) -> None:
        """Code, environment and, where its tables were changed, data as they were; each step can be taken again."""
        if self.holder is None and not self.held:
            try:
                self.hold()
            except Stopped as why:  # code that is half there cannot hold anything
                say(str(why))
        (self.root / ".git" / "index.lock").unlink(missing_ok=True)  # of a git that was killed; ours is the only one
        if self.git("rev-parse", "HEAD") != journal.former or self.dirty():
            self.git("reset", "--hard", journal.target)  # first whole there: then it knows which files came
            self.git("reset", "--hard", journal.former)
        kept, dropped = self.root / ".venv.former", self.root / ".venv.dropped"
        if journal.environment and kept.exists():
            shutil.rmtree(dropped, ignore_errors=True)
            if (self.root / ".venv").exists():
                (self.root / ".venv").rename(dropped)
            kept.rename(self.root / ".venv")
            shutil.rmtree(dropped, ignore_errors=True)
        self.environment()
        if journal.backup and self.signatures(list(journal.databases)) != journal.databases:
            say(f"The tables were changed, so the data of the backup come back: {journal.backup}")
            self.puente("restore", journal.backup, "--yes", step=DATA)
        self.puente("settle", step=DATA)
        journal.forget()
        self.release()
