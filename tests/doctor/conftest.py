"""A clinic's home in which all is well, copied for each test, and what one check finds in it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import sync
from directory.doctor import CHECKS, Finding, Look
from directory.healing import mending
from directory.purge import clock
from tests.conftest import puente
from tests.publication.conftest import Work

NOW = datetime.now(ZoneInfo("America/Los_Angeles")).replace(microsecond=0)
"""The true time: files bear it, and the clock is one of the things that are looked at."""

# The numbers are statewide lines that everybody may call: an example number is one of the things that are found.
SETTINGS = """
clinic: Kite Community Health Center
short_name: Kite Health
phone: "1-800-430-4263"
hours: Mon-Fri 8am-5pm
closed_on: [2026-12-25]
address: 12 Oak St, Modesto, CA 95354
counties: [Stanislaus]
plans: [health_net]
languages: [es]
on_call: {name: Night line, phone: "1-800-430-4263"}
crisis_line: {name: County line, phone: "1-800-430-4263"}
violence_line: {name: Refuge line, phone: "1-800-799-7233"}
shelter_line: {name: Bed line, phone: "1-800-430-4263"}
color: "#1b5e78"
logo: logo.png
language_help: {en: Free help in your language., es: Ayuda gratis en su idioma.}
nondiscrimination: {en: We treat everybody alike., es: Tratamos igual a todas las personas.}
public_address: https://puente.example.org
admin: {name: Ana Luna}
backups: {folder: BACKUPS}
"""
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Path]:
    """A folder on another disk."""
    if not Path("/dev/shm").is_dir():
        pytest.skip("this machine has no second file system to write to")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, elsewhere: Path) -> Path:
    """The home of which each test gets a copy."""
    home = tmp_path_factory.mktemp("sound") / "home"
    home.mkdir(mode=0o700)
    before, os.environ["PUENTE_HOME"] = os.environ.get("PUENTE_HOME"), str(home)
    try:
        _fill(home, elsewhere / "backups")
    finally:
        os.environ.pop("PUENTE_HOME") if before is None else os.environ.update(PUENTE_HOME=before)
    return home


def _fill(home: Path, backups: Path) -> None:
    (home / "logo.png").write_bytes(_PNG)
    (home / "settings.yml").write_text(SETTINGS.replace("BACKUPS", str(backups)))
    (home / "settings.yml").chmod(0o600)
    backups.mkdir()
    work = Work(home)
    work.now = NOW - timedelta(hours=5)
    work.put("list", "1", counties=["Stanislaus"])
    with work.open() as opened:
        query = "UPDATE source SET as_of = ?, plan = 'health_net'"
        opened.execute(query, ((NOW - timedelta(days=10)).date().isoformat(),))
    sync.publish(NOW - timedelta(hours=4))
    clock.note(home, NOW - timedelta(minutes=1))
    clock.note_purge(home, NOW - timedelta(hours=3))
    (home / "passphrase").write_text("seven green kites over the river\n")
    puente(home, "backup", "--encrypt", "--passphrase-file", str(home / "passphrase"))
    (home / "passphrase").unlink()


@pytest.fixture
def home(sound: Path, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PUENTE_HOME, all well."""
    copy, backups = tmp_path / "home", elsewhere / f"backups-{tmp_path.name}"
    shutil.copytree(sound, copy, copy_function=shutil.copy2)
    shutil.copytree(elsewhere / "backups", backups)
    settings = (copy / "settings.yml").read_text()
    (copy / "settings.yml").write_text(settings.replace(str(elsewhere / "backups"), str(backups)))
    monkeypatch.setenv("PUENTE_HOME", str(copy))
    mending._seen.clear()
    return copy


@pytest.fixture
def says(home: Path) -> Callable[..., dict[str, Finding]]:
    """What the check of that name finds in the home, by id."""

    def run(name: str, *, now: datetime = NOW, **given: object) -> dict[str, Finding]:
        mending._seen.clear()
        found = {finding.id: finding for finding in dict(CHECKS)[name](Look(home, now, **given))}  # type: ignore[arg-type]
        found.pop("clock.unsynchronized", None)  # as this machine is kept, not as its home is
        return found

    return run


def change(home: Path, **values: str | None) -> None:
    """Sets keys of settings.yml to that YAML, None takes them out."""
    lines = [line for line in (home / "settings.yml").read_text().splitlines() if line.partition(":")[0] not in values]
    lines += [f"{key}: {value}" for key, value in values.items() if value is not None]
    (home / "settings.yml").write_text("\n".join(lines) + "\n")
