"""What must be there before the assistant can start: a directory that this version may show, and a model."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime, timezone

from bot import training
from directory import healing, settings, wording
from directory.status import status

__all__ = ["complain", "ensure_demo", "ensure_directory", "ensure_model"]


def complain(text: str) -> None:
    """One line about what went wrong or takes long."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def ensure_demo() -> None:
    """Loads the demo lists unless they are published already; PublishError where there is a real list."""
    from directory import sync

    sync.refuse_demo_beside_real("up --demo")
    if status().sources:
        return
    sys.stdout.write("Loading the demo directory ...\n")
    sys.stdout.flush()
    sync.load_demo(datetime.now(timezone.utc))


def ensure_directory() -> None:
    """What is published may be shown by this version: built anew if another one did, and never the demo by real SMS."""
    for line in healing.at_start():
        complain(line)
    try:
        found = status()
    except sqlite3.Error:  # nothing good was kept, as was just said: people are answered without places
        return
    settings.refuse_demo_with_sender(demo=found.demo, strict=False)
    for slip in (settings.settings().mended, wording.slip()):
        if slip:
            complain(f"ATTENTION: {slip}")
    if found.outdated:
        from directory import sync

        complain("Publishing the directory anew for this version of Puente ...")
        sync.publish(datetime.now(timezone.utc), allow_empty=not found.listings)


def ensure_model() -> None:
    """Trains the model unless the one for the present inputs is there; in a process of its own, to give memory back."""
    if training.trained():
        return
    done = subprocess.run([sys.executable, "-m", "directory.cli", "train"], stdout=sys.stderr)
    if done.returncode:
        raise SystemExit(done.returncode)  # the command has said why
