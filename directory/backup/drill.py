"""drill: a backup is restored into a home of its own, opened, searched and counted, and thrown away again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from directory import store
from directory.backup import kept, restoring, shelf
from directory.backup.manifest import Manifest
from directory.backup.reading import Passphrase
from directory.errors import BackupError

__all__ = ["Drilled", "drill"]

_SECONDS = 600


@dataclass(frozen=True)
class Drilled:
    """What was found in the restored home; `found` is a place that a search there showed."""

    manifest: Manifest
    counts: dict[str, int]
    found: str | None


def drill(path: Path, passphrase: Passphrase = None) -> Drilled:
    """Restores a backup aside and works with it; BackupError says what in it does not work."""
    with shelf.one_at_a_time(), shelf.work_folder("drill") as work:
        home = work / "home"
        manifest = restoring.into_folder(path, home, passphrase)
        counts = kept.counts(home)
        if counts != dict(manifest.counts or {}):
            raise BackupError(f"{path.name} does not hold what it says: {counts} instead of {manifest.counts}.")
        if (home / "work.db").exists():
            _puente(home, "history", "--json")
        if manifest.directory is not None and manifest.directory != store.LAYOUT:
            _puente(home, "publish", "--whole", "--json")
        return Drilled(manifest, counts, _search(home) if counts.get("places") else None)


def _search(home: Path) -> str:
    """The name of a place that a search in the restored home shows."""
    with store.open_directory(home / "directory.db") as db:
        name = str(db.execute("SELECT name FROM listing ORDER BY rowid LIMIT 1").fetchone()[0])
    found = json.loads(_puente(home, "search", name, "--json"))
    if name not in json.dumps(found, ensure_ascii=False):
        raise BackupError(f"The search does not find {name!r} in the restored directory, so it cannot be relied on.")
    return name


def _puente(home: Path, *words: str) -> str:
    """What a command prints in that home; BackupError with what it complains of."""
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", *words], capture_output=True, text=True, timeout=_SECONDS,
        env={**os.environ, "PUENTE_HOME": str(home.resolve())}, cwd=Path(__file__).resolve().parents[2], check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupError(f"`puente {words[0]}` does not work on this backup: {done.stderr.strip()[:500]}")
    return done.stdout
