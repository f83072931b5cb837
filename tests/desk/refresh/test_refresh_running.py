"""While a list is read: progress, two people at once, somebody else's lock, and a process that dies in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory import purge
from directory.accounts import Role
from directory.purge.files import age
from directory.sync import stage
from directory.sync.handed import shelf, working
from directory.sync.lock import alone
from tests.conftest import ROOT, environment
from tests.desk.conftest import account
from tests.desk.listings import NOW
from tests.desk.refresh.dropping import ROWS, address, drop, fields, follow, listed, told

_DIES = """
import os, signal, sys
from datetime import datetime
from directory.sync import pipeline
from directory.sync.handed import shelf, working
id, account, when, now = sys.argv[1], int(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4])
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
if when == "before":
    working.take(shelf.opened(id, account), now, lambda what, done, of: die() if what == "compare" else None)
else:
    item = shelf.opened(id, account)
    pipeline.run(item.source, file=shelf.list_path(id), name=item.name, now=now)
    die()
"""


@pytest.fixture
def desk(signed: Callable[..., TestClient]) -> TestClient:
    return signed(Role.STAFF, "ana")


def places() -> int:
    with stage.open_work() as work:
        return int(work.execute("SELECT count(*) FROM staged WHERE refused = 0 AND ended_on IS NULL").fetchone()[0])


def dying(desk: TestClient, home: Path, when: str) -> str:
    """A list that is known, whose taking is killed; the address of its page."""
    page = drop(desk, "Kite roster 2026-11-01.csv", listed(*ROWS))
    follow(desk, f"{address(page)}/columns", {**fields(page), "do": "take"})
    page = drop(desk, "Kite roster 2026-11-20.csv", listed(*ROWS, ("Kite Beds", *ROWS[0][1:])))
    follow(desk, f"{address(page)}/known", {"source": "kite_roster"})
    id, who = address(page).rpartition("/")[2], account(Role.STAFF, "ana").id
    item = shelf.opened(id, who)
    assert item
    shelf.write(replace(item, working="take", since=NOW.isoformat()))
    done = subprocess.run(
        [sys.executable, "-c", _DIES, id, str(who), when, NOW.isoformat()], cwd=ROOT, env=environment(home), check=False
    )
    assert done.returncode == -signal.SIGKILL
    return address(page)


def test_killed_in_the_middle_nothing_is_taken_and_the_page_says_so(desk: TestClient, desk_home: Path) -> None:
    path = dying(desk, desk_home, "before")
    assert places() == 12
    page = desk.get(path)
    assert "Puente stopped while it was reading this list. Nothing was changed." in told(page)
    assert "The list is taken" in told(follow(desk, f"{path}/take"))
    assert places() == 13


def test_killed_after_it_was_taken_the_page_says_that_it_is(desk: TestClient, desk_home: Path) -> None:
    path = dying(desk, desk_home, "after")
    assert places() == 13
    assert "The list is taken" in told(desk.get(path))
    assert not list((desk_home / "uploads").glob(f"{path.rpartition('/')[2]}.list"))


def test_two_people_hand_in_a_list_at_once(signed: Callable[..., TestClient]) -> None:
    said: dict[str, str] = {}

    def hand_in(name: str) -> None:
        one = desks[name]
        page = drop(one, f"{name} roster.csv", listed(*((f"{name} {row[0]}", *row[1:]) for row in ROWS)))
        taken = follow(one, f"{address(page)}/columns", {**fields(page), "do": "take"})
        said[name] = told(taken)

    desks = {name: signed(Role.STAFF, name) for name in ("ana", "leo")}
    threads = [threading.Thread(target=hand_in, args=(name,)) for name in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said) == ["ana", "leo"]
    assert all("The list is taken" in text for text in said.values()), said
    assert places() == 24


def test_somebody_elses_run_is_waited_for_and_then_told(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "PATIENCE", 0.5)
    page = drop(desk, "Kite roster.csv", listed(*ROWS))
    with alone():
        busy = follow(desk, f"{address(page)}/columns", {**fields(page), "do": "take"})
        assert "Another refresh is running here" in told(busy)
    assert "The list is taken" in told(follow(desk, f"{address(page)}/columns", {**fields(busy), "do": "take"}))


def test_a_page_of_work_that_goes_on_says_so_and_asks_again_by_itself(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.desk.refresh.running._PATIENCE", 0.1)
    page = drop(desk, "Kite roster.csv", listed(*ROWS))
    with alone():
        waiting = follow(desk, f"{address(page)}/columns", {**fields(page), "do": "take"}, wait=False)
        assert "Waiting: another list is being read" in told(waiting)
        assert waiting.headers["refresh"] == "3"
        still = desk.get(f"{address(page)}?still=1")
        assert "refresh" not in still.headers
        assert "Look again" in told(still)
        follow(desk, f"{address(page)}/drop", wait=False)
        assert "The list is being read" in told(desk.get(address(page))), "it is not forgotten while it is read"
    taken = follow(desk, f"{address(page)}/take")
    assert "The list is taken" in told(taken), told(taken)


def test_what_nobody_finished_is_deleted_by_the_purge_after_seven_days(
    signed: Callable[..., TestClient], desk_home: Path
) -> None:
    desk = signed(Role.STAFF, "ana")
    page = drop(desk, "Kite roster.csv", listed(*ROWS))
    purge.purge(desk_home, NOW + timedelta(days=1), now_is_right=True)
    assert desk.get(address(page)).status_code == 200
    purge.purge(desk_home, max(NOW, _written(desk_home)) + timedelta(days=8), now_is_right=True)
    assert not list((desk_home / "uploads").glob("*"))
    assert signed(Role.STAFF, "ana").get(address(page)).status_code == 404


def _written(home: Path) -> datetime:
    return max(age(path) for path in (home / "uploads").iterdir())
