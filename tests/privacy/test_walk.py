"""Every file of a home in full use belongs to one entry of the inventory; whoever writes another adds an entry."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from directory import privacy
from directory.purge.files import below
from tests.conftest import ROOT, environment, free_port, puente
from tests.privacy.test_purge import three_versions

__all__ = ["three_versions"]

pytestmark = pytest.mark.rasa

SENTENCE = (
    "{file} is kept and no entry of directory/privacy/inventory.yml says so, or several do ({ids}). "
    "Add an entry: what it is, for how long, and who sees it."
)
USES: tuple[tuple[str, ...], ...] = (
    ("diff",), ("undo",), ("publish", "--anyway"), ("history",), ("status",),
    ("setup", "--set", "clinic=Clínica Nogal", "--set", "phone=209-555-0142", "--set", "color=#1b5e78"),
    ("backup",), ("backups",), ("print", "sign"), ("pause", "We are closed today."), ("resume",), ("privacy",),
    ("purge",), ("search", "--need", "food", "--near", "95354"),
)  # fmt: skip


def strange(home: Path) -> list[str]:
    """A sentence for each file that not exactly one entry covers."""
    names = (path.relative_to(home).as_posix() for path in below(home))
    found = ((name, privacy.of_file(name)) for name in names)
    return [SENTENCE.format(file=name, ids=", ".join(ids) or "none") for name, ids in found if len(ids) != 1]


@pytest.fixture(scope="module")
def home(three_versions: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which everything was done once, and Puente ran."""
    made = tmp_path_factory.mktemp("walk") / "home"
    shutil.copytree(three_versions, made)
    for arguments in USES:
        _run(made, models, *arguments)
    for _ in _running(made, models):
        pass
    (made / "models").mkdir()
    for model in models.iterdir():
        if model.name.startswith(("puente-", "training.log")):
            (made / "models" / model.name).touch()
    return made


def _run(home: Path, models: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", *arguments], cwd=ROOT, env=environment(home, models),
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"{arguments}: {done.stderr[-2000:]}{done.stdout[-2000:]}"


def _running(home: Path, models: Path) -> Iterator[None]:
    """A chat while everything runs, and a look at what lies there meanwhile."""
    port = free_port()
    command = ["-m", "directory.cli", "up", "--port", str(port), "--desk-port", str(free_port())]
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment(home, models),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}/webhooks/web/"
    try:
        _until_ready(f"{url}health", process)
        session = requests.post(f"{url}session", timeout=30).json()["session"]
        for message in ("food in Modesto", "am i eligible for calfresh", "we are 4"):
            requests.post(f"{url}message", json={"session": session, "message": message}, timeout=30)
        puente(home, "backup")
        assert strange(home) == []
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit and process.poll() is None:
        try:
            if requests.get(url, timeout=5).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise AssertionError("Puente did not start")


def test_every_file_belongs_to_one_entry(home: Path) -> None:
    assert strange(home) == []
    assert {"conversations.db", "work.db", "directory.db", "secret.key", "records.db"} <= {
        path.name for path in home.iterdir()
    }
    assert list((home / "backups").iterdir()) and list((home / "logs").iterdir())


def test_a_stray_file_is_told_with_what_to_do(home: Path) -> None:
    stray = home / "notes of Ana.txt"
    stray.touch()
    try:
        (sentence,) = strange(home)
    finally:
        stray.unlink()
    assert sentence.startswith("notes of Ana.txt is kept") and "Add an entry" in sentence


def test_what_is_about_people_is_readable_by_its_owner_alone(home: Path) -> None:
    open_to_others = [
        path.relative_to(home).as_posix()
        for path in below(home)
        for id in privacy.of_file(path.relative_to(home).as_posix())
        if privacy.inventory()[id].personal and path.stat().st_mode & 0o077
    ]
    assert open_to_others == []
    assert home.stat().st_mode & 0o077 == 0
