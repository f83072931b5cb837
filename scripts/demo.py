"""Loads the invented demo lists into PUENTE_HOME when they are not there yet or have changed since.

A home that already holds a real list is left alone: `make setup` on a clinic's machine must never mix invented listings
with theirs.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PUENTE = Path(sys.executable).with_name("puente")
INPUTS = ("directory/**/*.py", "directory/**/*.yml", "directory/**/*.yaml", "directory/**/*.csv", "directory/**/*.xlsx")


def main() -> int:
    """0 when the demo is there (loaded now or before) or real lists are; else the exit code of `puente demo load`."""
    home = Path(os.environ.get("PUENTE_HOME") or "var")
    stamp = home / "demo.stamp"
    inputs = fingerprint()
    if read(stamp) == inputs and (home / "directory.db").exists():
        return 0
    if real := real_sources():
        sys.stderr.write(f"{home} holds real lists ({', '.join(real)}): the demo lists are not loaded into it.\n")
        return 0
    sys.stderr.write(f"Loading the demo lists into {home}.\n")
    done = subprocess.run([PUENTE, "demo", "load"], check=False)
    if done.returncode == 0:
        stamp.write_text(inputs, encoding="utf-8")
    return done.returncode


def fingerprint() -> str:
    """One hash over every file that decides what the demo directory holds."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in INPUTS for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def real_sources() -> list[str]:
    """The ids of published sources that are not the demo's; empty when nothing is published."""
    status = subprocess.run([PUENTE, "status", "--json"], capture_output=True, text=True, check=False)
    try:
        answer: dict[str, Any] = json.loads(status.stdout)
    except ValueError:
        return []
    return [name for name in map(source_id, answer.get("sources", [])) if not name.startswith("demo")]


def source_id(source: str | dict[str, Any]) -> str:
    return source if isinstance(source, str) else str(source["id"])


if __name__ == "__main__":
    sys.exit(main())
