"""A home that published twice: the first time one pantry, the second time two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from directory import healing, search, sync
from directory.healing import mending
from directory.model import Need, Place, PlaceKind
from directory.search import Query
from tests.publication.conftest import Work

FRESNO = Place(PlaceKind.COUNTY, "Fresno County", "Fresno", None, 36.75, -119.77)


class Home(Work):
    """A PUENTE_HOME as people meet it: what a search shows, and what lies in it."""

    def publish(self) -> str:
        """Publishes what is staged; the name of the file in force."""
        return sync.publish(self.later(hours=1), anyway=True).id

    def shown(self) -> list[str]:
        """The places that somebody who looks for food in Fresno County gets."""
        found = search.search(Query(need=Need.FOOD, place=FRESNO, limit=20), now=self.now)
        return sorted(hit.listing.name for hit in found.hits)

    @property
    def directory(self) -> Path:
        return self.home / "directory.db"

    def kept(self, name: str) -> Path:
        return self.home / "publications" / f"{name}.db"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    mending._seen.clear()
    made = Home(tmp_path)
    made.put("list", "1")
    made.first = made.publish()  # type: ignore[attr-defined]
    made.put("list", "2")
    made.second = made.publish()  # type: ignore[attr-defined]
    return made


@pytest.fixture
def parted(home: Home) -> Home:
    """The same once Puente was started: the file in force and its kept copy are two."""
    assert healing.at_start() == ()
    assert not home.directory.samefile(home.kept(home.second))  # type: ignore[attr-defined]
    return home


Break = Callable[[Path], None]


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(0)


def half(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def flipped(path: Path) -> None:
    """One byte of the middle of every page of 4096 bytes is another one."""
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096):
            file.seek(page * 4096 + 3)
            byte = file.read(1)
            file.seek(page * 4096 + 3)
            file.write(bytes([byte[0] ^ 0x5A]))


def garbage(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"not what it should be. " * (path.stat().st_size // 23 + 1))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").write_text("somebody's file")


def another_database(path: Path) -> None:
    path.unlink()
    import sqlite3

    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE somebody (name TEXT)")
    other.close()


def altered(path: Path) -> None:
    """Still a good database, but not what was published."""
    import sqlite3

    with sqlite3.connect(path) as other:
        other.execute("UPDATE phone SET number = '+15595550199'")
    other.close()


DAMAGE: tuple[Break, ...] = (missing, empty, half, flipped, garbage, a_folder, another_database, altered)
