"""Loads the invented demo lists into PUENTE_HOME when they are not there yet or have changed since.

A home that holds a real list is left alone: set-up on a clinic's machine must never mix invented places with theirs.
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
SUFFIXES = {".py", ".yml", ".yaml", ".csv", ".xlsx"}


def main() -> int:
    """0 when the demo is there or must not be; else the exit code of the command that failed."""
    home = Path(os.environ.get("PUENTE_HOME") or "var")
    stamp, inputs = home / "demo.stamp", fingerprint()
    status = puente("status", "--json")
    if status.returncode:
        return tell(status)
    sources: list[dict[str, Any]] = json.loads(status.stdout)["sources"]
    if real := [source["id"] for source in sources if not source["demo"]]:
        sys.stderr.write(f"{home} holds real lists ({', '.join(real)}), so the demo lists are not loaded into it.\n")
        return 0
    if sources and stamp.exists() and stamp.read_text(encoding="utf-8") == inputs:
        return 0
    sys.stderr.write(f"Loading the invented demo lists into {home}.\n")
    loaded = puente("demo", "load")
    if loaded.returncode:
        return tell(loaded)
    stamp.write_text(inputs, encoding="utf-8")
    return 0


def fingerprint() -> str:
    """One hash over every file that decides what the demo directory holds."""
    digest = hashlib.sha256()
    for path in sorted(path for path in (ROOT / "directory").rglob("*") if path.suffix in SUFFIXES):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def puente(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of `puente`, run quietly in the caller's folder."""
    return subprocess.run([PUENTE, *arguments], capture_output=True, text=True, check=False)


def tell(failed: subprocess.CompletedProcess[str]) -> int:
    """Shows what a failed command said; its exit code."""
    sys.stderr.write(failed.stdout + failed.stderr)
    return failed.returncode


if __name__ == "__main__":
    sys.exit(main())
