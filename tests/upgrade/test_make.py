"""What a clinic types: `make install`, `make upgrade`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lines(*words: str) -> list[str]:
    # `make test` runs this; what it tells those below it must not change what is printed here.
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["make", "-n", *words], cwd=ROOT, env=plain, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_install_brings_no_invented_data() -> None:
    assert lines("install") == ["sh scripts/environment.sh", ".venv/bin/puente train"]
    assert ".venv/bin/python scripts/demo.py" in lines("setup")


def test_upgrade_hands_its_words_on() -> None:
    assert lines("upgrade", "ARGS=--back") == [".venv/bin/puente upgrade --back"]
