"""A file is whole or as it was, whatever happens while it is written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from directory import whole_files
from tests.conftest import ROOT

SLOW = """
import sys, time
from pathlib import Path
from directory import whole_files
with whole_files.opened(Path(sys.argv[1])) as file:
    file.write(b"new" * 10)
    print("half", flush=True)
    time.sleep(60)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_its_owners_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        whole_files.write(tmp_path / "a", "Peña\r\n")
        whole_files.write(tmp_path / "shared", b"x", 0o644)
    finally:
        os.umask(before)
    assert (tmp_path / "a").read_bytes() == "Peña\r\n".encode()
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "a", tmp_path / "shared")] == [0o600, 0o644]
    assert names(tmp_path) == ["a", "shared"]


def test_who_may_read_it_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o640)
    whole_files.write(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new" and (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_what_breaks_in_between_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(ZeroDivisionError), whole_files.opened(tmp_path / "a") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert (tmp_path / "a").read_text() == "old" and names(tmp_path) == ["a"]


def test_a_folder_in_its_place_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError):
        whole_files.write(tmp_path / "a", "new")
    assert names(tmp_path) == ["a"]


def test_a_writer_that_is_killed_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    words = [sys.executable, "-c", SLOW, str(tmp_path / "a")]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout and writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    assert (tmp_path / "a").read_text() == "old"
    left = [name for name in names(tmp_path) if name != "a"]
    assert len(left) == 1 and left[0].startswith("a.") and left[0].endswith(whole_files.PART)
    whole_files.write(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new"
