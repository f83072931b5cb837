"""A folder that several homes share: nobody takes away what another is writing there."""

from __future__ import annotations

import os
import time
from pathlib import Path

from .conftest import Home


def test_a_part_of_another_home_stays_until_it_is_a_day_old(home: Home, tmp_path: Path) -> None:
    shared = tmp_path / "stick"
    shared.mkdir()
    others, old = (shared / f"puente-backup-20261122T0{hour}0000Z.tar.gz.part" for hour in (1, 2))
    for part in (others, old):
        part.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86400,) * 2)
    home.puente("backup", "--to", str(shared))
    assert others.exists() and not old.exists()
    assert len(list(shared.glob("puente-backup-*.tar.gz"))) == 1
