"""A home on a real small disk, and how a test fills it to its last byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["fill", "mounted"]


@contextmanager
def mounted(folder: Path, size: str = "12m", **options: int) -> Iterator[Path]:
    """A disk of that size, empty; the test is skipped where none can be mounted."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder.mkdir()
    said = ",".join([f"size={size}", *(f"{name}={value}" for name, value in options.items())])
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", said, "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Fills the disk to its last byte."""
    with (disk / "settings.filling.yml").open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    file.write(b"#" * size)
            except OSError:
                continue
    assert shutil.disk_usage(disk).free == 0
