"""Moves a checkout of Puente to a newer version, with a backup first and a way back; `puente upgrade` starts it.

It replaces the code under itself, so it stands on Python's standard library alone and runs from a copy in
`$PUENTE_HOME/upgrade`. Its journal there says how far it came. Whatever fails, the way back is taken at once;
after a power cut the next `puente up` does, or by hand: python3 $PUENTE_HOME/upgrade/upgrade.py --resume
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from upgrade_checkout import Stopped, say
from upgrade_steps import BACK, BACKUP, DATA, DONE, HERE, START, Upgrade, read_journal

LOCK = "upgrade.lock"
MOST_NEWS = 40


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
    tell_news(one.news(former, target))
    if ARGUMENTS.dry_run:
        say("Nothing was changed.")
        return
    say("Meanwhile the assistant rests for some minutes; people are told so, with 911, 988 and 211.")
    ask("Upgrade now?")
    one.go(former, target)
    say(f"Done: {one.named(target)}. Look at it: puente doctor. The way back: puente upgrade --back")
    if (one.root / ".venv.former").exists():
        say("The former packages stay in .venv.former for the way back; remove that folder when all is well (3 GB).")


def tell_news(lines: list[str]) -> None:
    """What is new; of a long list the first bullets, none of them torn."""
    ends = [number for number, line in enumerate(lines) if number >= MOST_NEWS and not line.startswith("  ")]
    shown = lines[: ends[0]] if ends else lines
    for line in shown or ["(The changelog says nothing about it.)"]:
        say(f"  {line}")
    if len(shown) < len(lines):
        say(f"  ... and more: {len(lines) - len(shown)} lines of CHANGELOG.md")


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
    with os.fdopen(os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "w") as file:
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
            one = Upgrade(root.resolve(), home, lock, held=ARGUMENTS.held)
            if journal and journal.step != DONE and not ARGUMENTS.resume:
                resume(one)
                if ARGUMENTS.back and read_journal(home) is None:
                    return 0  # it was half done, and that was what there was to take back
            task = resume if ARGUMENTS.resume else go_back if ARGUMENTS.back else upgrade
            task(one)
    except Stopped as why:
        sys.stderr.write(f"Error: {why}\n")
        with contextlib.suppress(Stopped):
            journal = read_journal(home)
            if journal and journal.step == BACK:
                sys.stderr.write(f"The way back is not ended. Try again: python3 {HERE / 'upgrade.py'} --resume\n")
        return 1
    if ARGUMENTS.then:
        words = json.loads(ARGUMENTS.then)
        os.execv(words[0], words)
    return 0


if __name__ == "__main__":
    ARGUMENTS = arguments()
    sys.exit(main())
