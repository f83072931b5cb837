"""What a clinic types: `make install`, `make upgrade`."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lines(*words: str) -> list[str]:
    done = subprocess.run(["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_install_brings_no_invented_data() -> None:
    assert lines("install") == ["sh scripts/environment.sh", ".venv/bin/puente train"]
    assert ".venv/bin/python scripts/demo.py" in lines("setup")


def test_upgrade_hands_its_words_on() -> None:
    assert lines("upgrade", "ARGS=--back") == [".venv/bin/puente upgrade --back"]
