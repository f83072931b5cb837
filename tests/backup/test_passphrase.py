"""The passphrase at a terminal: asked twice, not shown, not kept; and in a file, whose first line counts."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import ROOT, SETTINGS, WORDS, Home


def typed(home: Home, answers: list[str], *words: str) -> tuple[int, str]:
    """What a terminal shows while a person types an answer at each prompt."""
    first, second = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "directory.cli", *words], cwd=ROOT, env=home.environment, stdin=second, stdout=second,
        stderr=second, close_fds=True, start_new_session=True,
    )  # fmt: skip
    os.close(second)
    shown = ""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            more = os.read(first, 4096).decode()
        except OSError:  # the other end is closed
            break
        shown += more
        if shown.rstrip().endswith(":") and answers:
            time.sleep(0.1)
            os.write(first, f"{answers.pop(0)}\n".encode())
    os.close(first)
    return process.wait(30), shown


def test_asked_twice_and_never_shown(home: Home) -> None:
    code, shown = typed(home, [WORDS, WORDS], "backup", "--encrypt")
    assert code == 0, shown
    assert "Passphrase" in shown and "Repeat" in shown and WORDS not in shown
    assert home.json("backups")[0]["encrypted"]
    written = [path for path in home.path.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]
    assert written == []


def test_two_that_differ_are_asked_again(home: Home) -> None:
    code, shown = typed(home, [WORDS, "another one entirely", WORDS, WORDS], "backup", "--encrypt")
    assert code == 0 and shown.count("Repeat") == 2, shown


def test_settings_that_ask_for_it_ask_the_person_too(home: Home) -> None:
    home.write("settings.yml", f"{SETTINGS}backups:\n  encrypted: true\n")
    code, shown = typed(home, [WORDS, WORDS], "backup")
    assert code == 0 and "encrypted." in shown, shown


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\n"])
def test_a_file_without_a_passphrase(home: Home, tmp_path: Path, content: bytes | None) -> None:
    secret = tmp_path / "secret.txt"
    if content is not None:
        secret.write_bytes(content)
    told = home.refused("backup", "--encrypt", "--passphrase-file", str(secret))
    assert "no passphrase" in told and home.json("backups") == []
