"""Whether the program changed on disk while it ran, and whether what lies there now can be started at all."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

__all__ = ["fingerprint", "starts", "upgrade_taken_back"]

_ROOT = Path(__file__).resolve().parents[2]
_KINDS = frozenset({".py", ".yml", ".csv", ".html", ".js", ".css", ".svg"})
_CHECK = "import bot.cli, bot.door.serving, bot.supervisor.__main__, directory.desk.app"
_CHECK_SECONDS = 120


def fingerprint() -> str:
    """Stands for every file of the program, by its size and when it was written."""
    digest = hashlib.sha256()
    files = [path for part in ("actions", "bot", "directory") for path in (_ROOT / part).rglob("*")]
    for path in sorted([*files, _ROOT / "requirements.lock"]):
        if path.suffix in _KINDS or path.name == "requirements.lock":
            try:
                found = path.stat()
            except OSError:
                continue
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def starts() -> bool:
    """Whether the program on disk can be imported; asked in a process of its own before ours becomes it."""
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", _CHECK],
            cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=_CHECK_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):  # not known, so the one that runs goes on
        return False
    return done.returncode == 0


def upgrade_taken_back(home: Path) -> bool | None:
    """Takes back an upgrade that was stopped half way while it held us; whether that worked, None without one."""
    try:
        step = json.loads((home / "upgrade" / "journal.json").read_text(encoding="utf-8"))["step"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if step in ("backup", "start", "done"):
        return None
    base = str(Path(sys.executable).resolve())  # that of .venv may be half there
    command = [base, str(home.resolve() / "upgrade" / "upgrade.py"), "--resume", "--held"]
    environment = {**os.environ, "PUENTE_HOME": str(home.resolve())}
    try:
        with (home / "upgrade" / "resumed.log").open("ab") as log:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
    except OSError:
        return False
    return done.returncode == 0
