"""Moves a checkout of Puente to a newer version, with a backup first and a way back; `puente upgrade` starts it.

It replaces the code under itself, so it stands on Python's standard library alone and runs from a copy in
`$PUENTE_HOME/upgrade`. Its journal there says how far it came. Whatever fails, the way back is taken at once;
after a power cut the next `puente up` does, or by hand: python3 $PUENTE_HOME/upgrade/upgrade.py --resume
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
JOURNAL, LOCK = "journal.json", "upgrade.lock"
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
TRIED = ["understand", "necesito comida en Modesto"]
AGAIN = "python3 {driver} --resume"
HOLDER = """
import json, os, subprocess, sys
from directory.running import held
with held("upgrade") as was_running:
    print(int(was_running), flush=True)
    if sys.stdin.readline() != "done\\n":  # the upgrade is gone: back to what ran before, and only then let go
        subprocess.run(json.loads(sys.argv[1]))
"""


class Stopped(Exception):
    """Why it cannot go on, in words for whoever started it."""


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


class Upgrade:
    """One checkout, one home, and the lock on both."""

    def __init__(self, root: Path, home: Path, lock: int) -> None:
        self.root, self.home, self.lock = root, home, lock
        self.holder: subprocess.Popen[str] | None = None
        self.was_running = False

    # What is run

    @property
    def python(self) -> str:
        return str(self.root / ".venv" / "bin" / "python")

    def run(self, words: list[str], seconds: float, *, quiet: bool = False) -> str:
        """What a command prints; Stopped with the end of what it complained of. Its children keep the lock."""
        environment = {**os.environ, "PUENTE_HOME": str(self.home), "PUENTE_UPGRADING": "1", "GIT_TERMINAL_PROMPT": "0"}
        environment.pop("VIRTUAL_ENV", None)
        try:
            done = subprocess.run(
                words, cwd=self.root, env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if quiet else None, text=True, timeout=seconds, check=False,
                pass_fds=(self.lock,),
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as why:
            raise Stopped(f"`{Path(words[0]).name} {' '.join(words[1:4])}` did not work: {why}") from why
        if done.returncode:
            complaint = " ".join((done.stderr or done.stdout or "see above").split())[-500:]
            raise Stopped(f"`{Path(words[0]).name} {' '.join(words[1:4])}` did not work: {complaint}")
        return done.stdout

    def git(self, *words: str, seconds: float = 120) -> str:
        return self.run(["git", *words], seconds, quiet=True).strip()

    def puente(self, *words: str, step: str) -> str:
        return self.run([self.python, "-m", "directory.cli", *words], SECONDS[step])

    def environment(self) -> None:
        self.run(["sh", "scripts/environment.sh"], SECONDS[ENVIRONMENT])

    # The service meanwhile

    def hold(self) -> None:
        """Stops assistant and desk; the door goes on answering its sentence. Should we die, the holder goes back."""
        base = [getattr(sys, "_base_executable", sys.executable), str(HERE / "upgrade.py"), "--resume", "--held"]
        environment = {**os.environ, "PUENTE_HOME": str(self.home), "PYTHONPATH": str(self.root)}
        try:
            self.holder = subprocess.Popen(
                [self.python, "-c", HOLDER, json.dumps(base)], cwd=self.root, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
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
        """Stopped when a service that ran before does not run again in time."""
        asked = "from directory import running; found = running.running(); print(found.state if found else 'gone')"
        limit = time.monotonic() + START_SECONDS
        while self.was_running:
            state = self.run([self.python, "-c", asked], 60, quiet=True).strip()
            if state == "running":
                return
            if time.monotonic() > limit:
                raise Stopped(f"The service does not start with the new version (it is {state}).")
            time.sleep(1)

    # Looking before anything is touched

    def target(self, asked: str | None) -> str:
        """The commit to go to: the one asked for, the newest release, or where the branch of the checkout stands."""
        if asked:
            for name in (f"refs/tags/{asked}", f"refs/remotes/origin/{asked}", asked):
                with contextlib.suppress(Stopped):
                    return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            raise Stopped(f"There is no version {asked!r}: no tag, branch or commit of that name was fetched.")
        tags = self.git("tag", "--list", "v[0-9]*", "--sort=-version:refname").split()
        for name in [tag for tag in tags if re.fullmatch(r"v\d+(\.\d+)*", tag)][:1] or ["@{upstream}", "origin/HEAD"]:
            with contextlib.suppress(Stopped):
                return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        raise Stopped("No release and no branch to follow was found. Name a version: puente upgrade --to TAG")

    def refuse_own_changes(self) -> None:
        changed = [line[3:] for line in self.run(
            ["git", "status", "--porcelain", "--untracked-files=no"], 120, quiet=True
        ).splitlines()]  # fmt: skip
        if changed:
            raise Stopped(
                f"The code was changed here ({', '.join(changed[:5])}{' ...' if len(changed) > 5 else ''}), and an "
                "upgrade would lose that. Look: git diff. Drop it: git checkout -- FILE. What a clinic changes belongs "
                "into its settings, texts and notes (puente settings, puente texts, puente rules). Nothing was changed."
            )

    def refuse_own_commits(self, target: str) -> None:
        own = self.git("log", "--format=%h %s", "HEAD", "--not", "--remotes", "--tags").splitlines()
        if own and not self.is_ancestor("HEAD", target):
            raise Stopped(
                f"The code has changes of its own ({own[0]}{' ...' if own[1:] else ''}) that the new version does not "
                "hold. Whoever made them has to bring both together first (git merge). Nothing was changed."
            )

    def refuse_in_the_way(self, former: str, target: str) -> None:
        added = set(self.git("diff", "--name-only", "--diff-filter=A", former, target).splitlines())
        mine = added & set(self.git("ls-files", "--others").splitlines()) if added else set()
        if mine:
            raise Stopped(f"Move these files away first; the new version brings its own: {', '.join(sorted(mine)[:5])}")

    def is_ancestor(self, older: str, newer: str) -> bool:
        try:
            self.git("merge-base", "--is-ancestor", older, newer)
        except Stopped:
            return False
        return True

    def named(self, commit: str) -> str:
        """A version as a person calls it: its tag, else its short id, with its day."""
        return f"{self.git('describe', '--tags', '--always', commit)} ({self.git('log', '-1', '--format=%cs', commit)})"

    def news(self, former: str, target: str) -> list[str]:
        """What the changelog says between the two."""
        lines = self.git("diff", "--unified=0", former, target, "--", "CHANGELOG.md").splitlines()
        return [line[1:] for line in lines if line.startswith("+") and not line.startswith("+++")]

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
        for step, words in ((DATA, ["settle"]), (MODEL, ["train"]), (CHECKS, ["settle", "--check"]), (CHECKS, TRIED)):
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
        if self.holder is None and not ARGUMENTS.held:
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

    def dirty(self) -> bool:
        return bool(self.git("status", "--porcelain", "--untracked-files=no"))


def say(text: str) -> None:
    """A line for whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def upgrade(one: Upgrade) -> None:
    """Looks, tells, asks, and goes."""
    if not (one.root / ".git").exists():
        raise Stopped(
            f"{one.root} is no git checkout (a container, or an unpacked archive), so nothing in it can be upgraded. "
            "Make a backup (puente backup), then start the new image or the new version on the same PUENTE_HOME. With "
            "compose: docker compose pull && docker compose up -d. The way back is the former image and the backup."
        )
    one.refuse_own_changes()
    one.git("fetch", "--quiet", "--tags", "origin", seconds=600)
    former, target = one.git("rev-parse", "HEAD"), one.target(ARGUMENTS.to)
    if one.is_ancestor(target, former):
        newer = "" if target == former else " (the version asked for is older: puente upgrade --back goes back)"
        say(f"Puente is up to date: {one.named(former)}{newer}.")
        return
    one.refuse_own_commits(target)
    one.refuse_in_the_way(former, target)
    say(f"From {one.named(former)} to {one.named(target)}.")
    for line in (one.news(former, target) or ["(The changelog says nothing about it.)"])[:40]:
        say(f"  {line}")
    if ARGUMENTS.dry_run:
        say("Nothing was changed.")
        return
    say("Meanwhile the assistant rests for some minutes; people are told so, with 911, 988 and 211.")
    ask("Upgrade now?")
    one.go(former, target)
    say(f"Done: {one.named(target)}. Look at it: puente doctor. The way back: puente upgrade --back")


def go_back(one: Upgrade) -> None:
    """Takes the last upgrade back, after it was said what is lost."""
    journal = read_journal(one.home)
    if journal is None:
        raise Stopped("There is no upgrade that could be taken back here. Nothing was changed.")
    one.refuse_own_changes()
    say(f"Back to {one.named(journal.former)}.")
    if journal.backup and one.signatures(list(journal.databases)) != journal.databases:
        say("The upgrade changed the tables, so the data of the backup come back too, and what came later is lost:")
        say(one.puente("restore", journal.backup, "--dry-run", step=DATA).strip())
    else:
        say("The data stay as they are now.")
    if ARGUMENTS.dry_run:
        return
    ask("Go back now?")
    try:
        one.back(journal.at(BACK))
    finally:
        one.release()
    say("Done: what ran before the upgrade runs again.")


def resume(one: Upgrade) -> None:
    """After a power cut: an upgrade that was all but done is done; any other is taken back."""
    journal = read_journal(one.home)
    if journal is None or journal.step == DONE:
        return
    if journal.step == START:
        journal.at(DONE)
        return
    if journal.step == BACKUP:
        journal.forget()
        return
    say(f"An upgrade was cut off at the step {journal.step!r}; going back to what ran before ...")
    try:
        one.back(journal.at(BACK))
    finally:
        one.release()
    say("Done: what ran before the upgrade runs again.")


def ask(question: str) -> None:
    if ARGUMENTS.yes:
        return
    if not sys.stdin.isatty():
        raise Stopped("Nobody is here to say yes. Add --yes to go ahead. Nothing was changed.")
    if input(f"{question} [y/N]: ").strip().lower() not in ("y", "yes"):
        raise Stopped("Nothing was changed.")


@contextlib.contextmanager
def alone(home: Path, seconds: float) -> Iterator[int]:
    """The lock of upgrades in this home; Stopped when another has it, or its last child has not ended."""
    limit = time.monotonic() + seconds
    with (home / LOCK).open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > limit:
                    raise Stopped("Another upgrade is running here. Wait until it has ended.") from None
                time.sleep(0.2)
        yield file.fileno()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, help="The checkout.")
    parser.add_argument("--to", metavar="TAG_OR_COMMIT", help="The version; else the newest.")
    for name in ("--dry-run", "--back", "--resume", "--yes", "--held"):
        parser.add_argument(name, action="store_true")
    parser.add_argument("--then", metavar="JSON", help="A command to become afterwards.")
    return parser.parse_args()


def main() -> int:
    """The exit code: 0 when it was done or there was nothing to do."""
    home = HERE.parent
    try:
        with alone(home, 600 if ARGUMENTS.resume else 0) as lock:
            journal = read_journal(home)
            root = ARGUMENTS.root or Path(journal.root if journal else ".")
            one = Upgrade(root.resolve(), home, lock)
            if journal and journal.step != DONE and not ARGUMENTS.resume:
                resume(one)
            task = resume if ARGUMENTS.resume else go_back if ARGUMENTS.back else upgrade
            task(one)
    except Stopped as why:
        sys.stderr.write(f"Error: {why}\n")
        journal = read_journal(home)
        if journal and journal.step == BACK:
            sys.stderr.write(f"The way back is not ended. Try it again: {AGAIN.format(driver=HERE / 'upgrade.py')}\n")
        return 1
    if ARGUMENTS.then:
        words = json.loads(ARGUMENTS.then)
        os.chdir(root)
        os.execv(words[0], words)
    return 0


if __name__ == "__main__":
    ARGUMENTS = arguments()
    sys.exit(main())
