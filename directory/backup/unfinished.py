"""What a power cut left half done is ended by the next command; two looks at the disk when nothing was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["UPGRADE", "end_what_was_cut_off"]

UPGRADE = Path("upgrade", "journal.json")
"""Where an upgrade says how far it came, below PUENTE_HOME."""


def end_what_was_cut_off(command: str | None) -> None:
    """Ends a restore that had begun to move files, and takes an upgrade that was cut off back before `up` starts.

    BackupError or UpgradeError says what to do when that is not possible.
    """
    home = Path(os.environ.get("PUENTE_HOME") or "var")
    if (home / "restore.json").exists():
        from directory.backup import cut_off

        cut_off.restore(home, sys.stderr)
    if command == "up" and (home / UPGRADE).exists() and not os.environ.get("PUENTE_UPGRADING"):
        from directory.backup import cut_off

        cut_off.upgrade(home, home / UPGRADE, sys.stderr)
