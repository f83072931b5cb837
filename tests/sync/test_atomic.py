"""A refresh that is killed, meets another, or is watched by readers: what is published is always one whole list."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from directory import store, sync
from directory.sync import stage

from .conftest import HEADINGS, NOW, ROWS, Sync

COUNT = 600
PUENTE = (sys.executable, "-c", "from directory.cli import main; main()")
ROOT = Path(__file__).parents[2]
KILLS = 15

# Reads the whole directory again and again until a file says stop; prints how often, and which publications it met.
READER = """
import json, sys
from pathlib import Path
from directory import store
seen, reads = [], 0
while True:
    last = Path(sys.argv[1]).exists()
    with store.open_directory() as connection:
        found = store.publication(connection)
        listings = store.listings(connection, [row[0] for row in connection.execute("SELECT rowid FROM listing")])
        assert len(listings) == found.listings, "a torn list"
        assert len({listing.description for listing in listings}) == 1, "two lists mixed"
    seen, reads = seen if seen[-1:] == [found.id] else [*seen, found.id], reads + 1
    if last:
        break
print(json.dumps([reads, seen]))
"""


@pytest.fixture
def lists(home: Path) -> tuple[Path, Path]:
    """Two lists of the same places, which say "first" and "second" of each."""
    own = home / "sources" / "small.yml"
    own.write_text(own.read_text(encoding="utf-8") + "  description: About\n", encoding="utf-8")
    made = []
    for about in ("first", "second"):
        made.append(home / f"{about}.csv")
        rows = (
            f"{n},Pantry {n},food_bank,Fresno,{n} Kite Row,Fresno,93701,559-555-0100,,{about}" for n in range(COUNT)
        )
        made[-1].write_text("\n".join([f"{HEADINGS},About", *rows]), encoding="utf-8")
    return made[0], made[1]


def start(*words: str | Path) -> subprocess.Popen[str]:
    command = [*PUENTE, *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def published() -> str:
    """What every published place says of itself; fails when the directory is not whole."""
    with store.open_directory() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        found = [row[0] for row in connection.execute("SELECT DISTINCT description FROM listing")]
        assert (len(found), store.publication(connection).listings) == (1, COUNT)
        assert store.listing(connection, f"small:{COUNT - 1}").name == f"Pantry {COUNT - 1}"
    return str(found[0])


def touched(home: Path) -> int:
    """When somebody last opened work.db, which a run does as soon as it is alone."""
    path = home / "work.db"
    return path.stat().st_mtime_ns if path.exists() else 0


def at_work(home: Path, *words: str | Path) -> subprocess.Popen[str]:
    """A command that has started, loaded everything, and begins to work now."""
    before = touched(home)
    run = start(*words)
    while touched(home) == before and run.poll() is None:
        time.sleep(0.001)
    return run


def not_read(lists: tuple[Path, Path]) -> Path:
    """The list of the two that was not read last."""
    with stage.open_work() as work:
        last = stage.last_run(work, "small")
    read = last.list_sha256 if last else None
    return next(path for path in lists if hashlib.sha256(path.read_bytes()).hexdigest() != read)


def seconds(home: Path, *words: str | Path) -> float:
    """How long a command works when nobody kills it."""
    run = at_work(home, *words)
    began = time.monotonic()
    assert run.communicate(timeout=60) and run.returncode == 0
    return time.monotonic() - began


def test_a_run_that_is_killed_leaves_a_whole_directory_and_the_next_one_completes(
    lists: tuple[Path, Path], home: Path
) -> None:
    with stage.open_work():  # the tables are made before anything is measured
        pass
    whole = {"sync": seconds(home, "sync", "small", "--file", lists[0]), "publish": seconds(home, "publish")}
    killed = 0
    for number in range(KILLS):
        verb = ("sync", "publish")[number % 2]
        if verb == "publish":  # without something new there is nothing to be killed in
            sync.run("small", file=not_read(lists), now=NOW)
        run = at_work(home, verb, *(("small", "--file", not_read(lists)) if verb == "sync" else ()))
        try:
            run.communicate(timeout=whole[verb] * number / (KILLS - 1))
        except subprocess.TimeoutExpired:
            run.kill()
            run.communicate()
        killed += run.returncode == -signal.SIGKILL
        assert published() in ("first", "second")
    assert killed >= KILLS // 3
    sync.run("small", file=lists[1], now=NOW)
    sync.publish(NOW)
    assert published() == "second"
    assert not [*home.glob("*.part*"), *(home / "raw").rglob("*.part")]
    with stage.open_work() as work:
        assert work.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert len(stage.staged(work, "small")) == COUNT


def test_publishing_twice_at_once_is_publishing_once_or_one_after_the_other(
    lists: tuple[Path, Path], home: Path
) -> None:
    sync.run("small", file=lists[0], now=NOW)
    runs = [start("publish") for _ in range(2)]
    ends = [(run.communicate(timeout=60)[1], run.returncode) for run in runs]
    done = sum(code == 0 for _, code in ends)
    assert done >= 1 and all(code == 0 or "Another refresh is running" in said for said, code in ends), ends
    assert published() == "first"
    with stage.open_work() as work:
        assert work.execute("SELECT count(*) FROM publication").fetchone()[0] == 1
    assert len(list((home / "publications").glob("*.db"))) == 1  # the second had nothing to publish, or met the first


@pytest.mark.parametrize("verb", [("publish",), ("sync", "small")])
def test_a_command_that_meets_another_says_so_and_changes_nothing(
    lists: tuple[Path, Path], home: Path, verb: tuple[str, ...]
) -> None:
    with (home / "sync.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run = start(*verb, *(["--file", lists[0]] if verb[0] == "sync" else []))
        said = run.communicate(timeout=60)[1]
    assert run.returncode == 1 and said.startswith("Error: Another refresh is running here") and said.count("\n") == 1
    assert not (home / "directory.db").exists() and not (home / "raw").exists()


def test_whoever_reads_while_ten_lists_are_published_sees_each_time_one_whole_list(
    lists: tuple[Path, Path], home: Path
) -> None:
    sync.run("small", file=lists[0], now=NOW)
    sync.publish(NOW)
    stop = home / "stop"
    command = [sys.executable, "-c", READER, str(stop)]
    readers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    made = []
    for number in range(10):
        sync.run("small", file=lists[number % 2], now=NOW)
        made.append(sync.publish(NOW).id)
    stop.touch()
    for reader in readers:
        said, failed = reader.communicate(timeout=60)
        assert reader.returncode == 0, failed
        reads, seen = json.loads(said)
        assert reads >= 3 and len(seen) >= 2 and seen[-1] == made[-1]


def test_what_says_where_a_refuge_is_is_for_its_owner_alone(refresh: Sync, home: Path) -> None:
    home.chmod(0o755)
    (home / "work.db").touch(mode=0o644)
    mask = os.umask(0o022)
    try:
        report = refresh(*ROWS)
        sync.publish(NOW)
    finally:
        os.umask(mask)
    raw = home / "raw"
    modes = {path: path.stat().st_mode & 0o777 for path in (home / "work.db", raw, *raw.rglob("*"))}
    assert modes == {home / "work.db": 0o600, raw: 0o700, raw / "small": 0o700, raw / "small" / report.sha256: 0o600}
    with sqlite3.connect(home / "directory.db") as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not tables & {"raw_row", "staged", "change", "link", "run", "list_file"}


# Killed at a named step: the command kills itself where a function of ours is about to run, or has run.
SUICIDE = """
import importlib, os, signal, sys
module, name, when = sys.argv[1].split("/")
owner = importlib.import_module(module)
*path, last = name.split(".")
for part in path:
    owner = getattr(owner, part)
whole = getattr(owner, last)
calls = [0]
def struck(*args, **kwargs):
    calls[0] += 1
    if when == "before" and calls[0] == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    found = whole(*args, **kwargs)
    if when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return found
setattr(owner, last, struck)
sys.argv[1:] = sys.argv[2:]
from directory.cli import main
main()
"""
STEPS = [
    ("parsing", "sync", "directory.sync.pipeline/parse/after"),
    ("normalizing", "sync", "directory.sync.crew/drafted/after"),
    ("writing", "sync", "directory.sync.taking/Taking._write/after"),
    ("ending", "sync", "directory.sync.pipeline/_end_gone/after"),
    ("hiding", "sync", "directory.sync.pipeline/hide_neighbors/after"),
    ("matching", "sync", "directory.sync.linking/link/after"),
    ("comparing", "sync", "directory.sync.pipeline/write_changes/after"),
    ("keeping the bytes", "sync", "directory.sync.stage/keep_raw/after"),
    ("building", "publish", "directory.publication.publish/prepare/after"),
    ("before the copy", "publish", "os/link/before"),
    ("between the copy and the swap", "publish", "os/link/after"),
    ("after the swap", "publish", "pathlib/Path.replace/after"),
]


def struck(step: str, *words: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SUICIDE, step, *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(("verb", "step"), [case[1:] for case in STEPS], ids=[case[0] for case in STEPS])
def test_killed_at_any_step_what_is_shown_is_whole_and_the_next_run_carries_on(
    lists: tuple[Path, Path], home: Path, verb: str, step: str
) -> None:
    sync.run("small", file=lists[0], now=NOW)
    sync.publish(NOW)
    if verb == "publish":
        sync.run("small", file=lists[1], now=NOW)
    run = struck(step, verb, *(("small", "--file", lists[1]) if verb == "sync" else ()))
    said = run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL, said
    assert published() in ("first", "second")
    report = sync.run("small", file=lists[1], now=NOW)
    assert report.unchanged is (verb == "publish")
    sync.publish(NOW)
    assert published() == "second"
    assert not [*home.glob("*.part*"), *(home / "raw").rglob("*.part")]
    with stage.open_work() as work:
        assert work.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_helpers_end_with_the_run_that_started_them(lists: tuple[Path, Path], home: Path) -> None:
    many = home / "many.csv"
    row = "{n},Pantry {n},food_bank,Fresno,{n} Kite Row,Fresno,93701,559-555-0100,,first"
    many.write_text("\n".join([f"{HEADINGS},About", *(row.format(n=n) for n in range(12_000))]), encoding="utf-8")
    run = start("sync", "small", "--file", many)
    helpers: list[psutil.Process] = []
    limit = time.monotonic() + 60
    while not helpers and run.poll() is None and time.monotonic() < limit:
        helpers = psutil.Process(run.pid).children()
        time.sleep(0.01)
    run.kill()
    run.communicate()
    if not helpers:
        pytest.skip("one core: a run has no helpers here")
    assert psutil.wait_procs(helpers, timeout=20)[1] == []
    sync.run("small", file=lists[0], now=NOW)


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.argv[1:] = sys.argv[2:]
from directory.cli import main
main()
"""


@pytest.mark.parametrize("verb", ["sync", "publish"])
def test_no_more_room_is_one_sentence_and_changes_nothing(lists: tuple[Path, Path], home: Path, verb: str) -> None:
    """A limit on the size of a file stands in for a full disk: writing fails half-way in the same places."""
    sync.run("small", file=lists[0], now=NOW)
    sync.publish(NOW)
    if verb == "publish":
        sync.run("small", file=lists[1], now=NOW)
    limit = {"sync": (home / "work.db").stat().st_size, "publish": 150_000}[verb]
    words = ("sync", "small", "--file", str(lists[1])) if verb == "sync" else ("publish",)
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(limit), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1 and run.stderr.startswith("Error: ") and "Traceback" not in run.stderr, run.stderr
    assert published() == "first"
    sync.run("small", file=lists[1], now=NOW)
    sync.publish(NOW)
    assert published() == "second"
