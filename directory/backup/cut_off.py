"""Ends a restore, or takes back an upgrade, that was cut off; loaded only when there was one."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TextIO

from directory.backup import restoring
from directory.errors import UpgradeError

__all__ = ["half_done", "restore", "upgrade"]


def restore(home: Path, out: TextIO) -> None:
    """Goes on with a restore where it stopped."""
    told = "A restore was cut off; it goes on where it stopped ...\n"
    aside = restoring.go_on(home, datetime.now(timezone.utc), lambda: out.write(told))
    if aside is not None:
        out.write(f"The restore is done. What was there before lies in {aside}.\n")


def upgrade(home: Path, journal: Path, out: TextIO) -> None:
    """Hands over to the upgrade's own program, which goes back and then starts this command again; else nothing."""
    if not half_done(journal):
        return
    driver = journal.resolve().with_name("upgrade.py")
    out.write("An upgrade was cut off; Puente goes back to what ran before ...\n")
    out.flush()
    base = str(Path(sys.executable).resolve())  # that of .venv may be half there
    os.execv(base, [base, str(driver), "--resume", "--then", json.dumps([sys.executable, *_same_again()])])


def half_done(journal: Path) -> bool:
    """Whether an upgrade stopped on its way: the journal stays after one that ended, for the way back.

    UpgradeError when it cannot be read.
    """
    try:
        return json.loads(journal.read_text(encoding="utf-8"))["step"] not in ("start", "done")  # all was tried out
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise UpgradeError(
            f"{journal} cannot be read, so nobody knows whether an upgrade was cut off. Look at the code with "
            "`git status`; when it is whole, remove that file and start again."
        ) from why


def _same_again() -> list[str]:
    """The words that start this very command once more."""
    return ["-m", "directory.cli", *sys.argv[1:]]
