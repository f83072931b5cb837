"""The supervisor's pieces with real processes and real files: backoff, hangs, one log, ports, systemd."""

from __future__ import annotations

import asyncio
import io
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bot.supervisor import code, notify, ports
from bot.supervisor.__main__ import tell_of_key
from bot.supervisor.journal import Journal
from bot.supervisor.keeping import Keeper, Pace
from bot.supervisor.plan import Part
from directory.errors import AssistantError
from tests.conftest import ROOT, environment, free_port, in_a_loop

QUICK = Pace(look=0.05, start=20, hang=1.0, steady=60, first_pause=0.05, longest_pause=0.2, answer=1.0)
SERVES = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_):
        print("somebody wrote zanahoria", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
DIES = "import sys; print('no such file: model.tar.gz'); sys.exit(3)"


class Told:
    """A journal whose file and terminal a test reads."""

    def __init__(self, folder: Path, **more: object) -> None:
        self.out = io.StringIO()
        self.file = folder / "logs" / "puente.log"
        self.journal = Journal(self.file, out=self.out, **more)  # type: ignore[arg-type]

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.file.read_text().splitlines()]

    def names(self) -> list[object]:
        return [event["event"] for event in self.events()]


def test_a_damaged_key_is_set_aside_before_anything_starts_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "secret.key").write_bytes(b"cut")
    told = Told(tmp_path)
    for _ in range(2):
        tell_of_key(told.journal)
    assert told.names() == ["key.damaged.moved_aside"] and told.out.getvalue().count("the page begins a new one") == 1
    assert len((tmp_path / "secret.key").read_bytes()) == 32


@pytest.mark.parametrize(
    ("step", "ends", "done"), [("data", 0, True), ("back", 1, False), ("start", 0, None), ("done", 0, None)]
)
def test_an_upgrade_that_was_killed_is_taken_back(tmp_path: Path, step: str, ends: int, done: bool | None) -> None:
    folder = tmp_path / "upgrade"
    folder.mkdir()
    assert code.upgrade_taken_back(tmp_path) is None
    (folder / "journal.json").write_text(json.dumps({"step": step}))
    (folder / "upgrade.py").write_text(f"import os, sys; print(sys.argv, os.environ['PUENTE_HOME']); sys.exit({ends})")
    assert code.upgrade_taken_back(tmp_path) is done
    log = folder / "resumed.log"
    assert log.exists() is (done is not None)
    assert done is None or ("'--resume', '--held'" in log.read_text() and str(tmp_path) in log.read_text())


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path)


def _part(folder: Path, program: str) -> Part:
    (folder / "played_part.py").write_text(program)
    port = free_port()
    return Part("assistant", ("played_part", str(port)), port, "/")


@pytest.fixture(autouse=True)
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{tmp_path}")


async def _kept(keeper: Keeper, seconds: float) -> None:
    keeper.begin()
    await asyncio.sleep(seconds)
    await keeper.end(5)


def test_a_part_that_dies_again_and_again_is_told_plainly_and_tried_ever_slower(tmp_path: Path, told: Told) -> None:
    part = _part(tmp_path, DIES)
    in_a_loop(_kept(Keeper(part, told.journal, QUICK), 6))
    said = told.out.getvalue()
    assert "no such file: model.tar.gz" in said
    assert "The assistant stopped 3 times while starting." in said and "puente doctor" in said
    starts = told.names().count("part.started")
    assert 3 <= starts <= 40
    stopped = next(event for event in told.events() if event["event"] == "part.stopped")
    assert (stopped["part"], stopped["why"], stopped["code"]) == ("assistant", "stopped", 3)


def test_a_part_that_hangs_is_ended_and_started_again(tmp_path: Path, told: Told) -> None:
    async def play() -> int:
        keeper = Keeper(_part(tmp_path, SERVES), told.journal, QUICK)
        keeper.begin()
        await asyncio.wait_for(keeper.ready.wait(), 20)
        assert keeper._process is not None
        first = keeper._process.pid
        psutil.Process(first).suspend()
        while keeper._process.pid == first or not keeper.ready.is_set():
            await asyncio.sleep(0.05)
        await keeper.end(5)
        return first

    first = in_a_loop(asyncio.wait_for(play(), 60))
    assert not psutil.pid_exists(first)
    assert "did not answer for 1 seconds and was ended" in told.out.getvalue()
    assert "The assistant answers again." in told.out.getvalue()


def test_a_part_that_the_machine_cannot_start_now_is_tried_on(tmp_path: Path, told: Told) -> None:
    async def play() -> None:
        part = _part(tmp_path, SERVES)
        places = iter([OSError("no memory"), OSError("no memory")])

        def before(part: Part) -> Part:
            if (trouble := next(places, None)) is not None:
                raise trouble
            return part

        keeper = Keeper(part, told.journal, QUICK, before=before)
        keeper.begin()
        await asyncio.wait_for(keeper.ready.wait(), 30)
        await keeper.end(5)

    in_a_loop(play())
    assert told.out.getvalue().count("could not be started") == 2
    assert "The assistant answers again." in told.out.getvalue()


def test_asked_for_a_new_start_twice_it_is_there_once_and_heard(tmp_path: Path, told: Told) -> None:
    slow = f"import signal, time\nsignal.signal(15, lambda *_: (time.sleep(0.3), sys.exit(0)))\n{SERVES}"
    part = _part(tmp_path, f"import sys\n{slow}")

    async def play() -> int:
        keeper = Keeper(part, told.journal, QUICK)
        keeper.begin()
        await asyncio.wait_for(keeper.ready.wait(), 20)
        first = asyncio.create_task(keeper.again(5))
        await asyncio.sleep(0.1)
        await keeper.again(5)
        await first
        await asyncio.wait_for(keeper.ready.wait(), 20)
        await asyncio.sleep(1.2)
        here = [child for child in psutil.Process().children() if str(part.port) in child.cmdline()]
        assert keeper._reading is not None and not keeper._reading.done()
        last = asyncio.create_task(keeper.again(5))
        await asyncio.sleep(0.1)
        last.cancel()
        await keeper.end(5)
        assert not [child for child in psutil.Process().children() if str(part.port) in child.cmdline()]
        return len(here)

    assert in_a_loop(asyncio.wait_for(play(), 90)) == 1


def test_a_log_ends_its_day_also_where_puente_is_stopped_every_evening(tmp_path: Path) -> None:
    clock = [time.time()]
    Told(tmp_path, now=lambda: clock[0]).journal.event("up.started")
    clock[0] += 20 * 3600
    Told(tmp_path, now=lambda: clock[0]).journal.event("up.evening")
    clock[0] += 20 * 3600
    told = Told(tmp_path, now=lambda: clock[0])
    told.journal.event("up.morning")
    assert told.names() == ["up.morning"] and len(list(told.file.parent.glob("puente-*.log"))) == 1


def test_a_part_that_never_answers_is_tried_anew(tmp_path: Path, told: Told) -> None:
    pace = replace(QUICK, start=1.0)
    in_a_loop(_kept(Keeper(_part(tmp_path, "import time; time.sleep(60)"), told.journal, pace), 4))
    assert "did not answer within 1 seconds of its start" in told.out.getvalue()


def test_once_people_write_a_line_that_is_no_event_is_withheld_and_counted(tmp_path: Path, told: Told) -> None:
    async def play() -> None:
        keeper = Keeper(_part(tmp_path, SERVES), told.journal, QUICK)
        keeper.begin()
        await asyncio.wait_for(keeper.ready.wait(), 20)
        await asyncio.sleep(1.5)
        await keeper.end(5)

    in_a_loop(play())
    told.journal.tell_withheld(all=True)
    # The first request is our own look, before anybody could have written.
    assert told.file.read_text().count("zanahoria") <= 1 and told.out.getvalue().count("zanahoria") <= 1
    assert any(event["event"] == "lines.withheld" and event["part"] == "assistant" for event in told.events())


def test_events_of_parts_go_into_the_one_log_and_odd_lines_hurt_nothing(told: Told) -> None:
    event = {"at": "2026-11-22T10:00:00.000+00:00", "level": "WARNING", "process": "door", "event": "door.away"}
    for line in (json.dumps(event).encode(), b'{"at": 1}', b"{", b"\xff\xfe" * 3000, b"", b"[" * 9000):
        told.journal.line("door", line, answering=True)
    told.journal.tell_withheld(all=True)
    assert told.events()[0] == event
    assert sum(int(str(e["lines"])) for e in told.events() if e["event"] == "lines.withheld") == 4
    assert told.file.stat().st_mode & 0o077 == 0


def test_the_log_turns_over_by_size_and_forgets_by_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    clock = [time.time()]
    told = Told(tmp_path, now=lambda: clock[0], most=2000)
    for number in range(60):
        told.journal.event("part.ready", number=number)
    old = sorted(told.file.parent.glob("puente-*.log"))
    assert len(old) >= 2 and told.file.stat().st_size <= 2200
    clock[0] += 31 * 86_400
    told.journal.event("part.ready")
    assert not any(path.exists() for path in old)
    assert told.names()[-1] == "part.ready"


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    told = Told(tmp_path)
    told.journal.event("part.ready")
    told.journal.complain("The desk stopped; starting it again.")
    assert "The desk stopped" in told.out.getvalue()


def test_a_taken_port_names_who_has_it_and_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AssistantError, match=rf"Port {port} is taken by \S+ \(process {os.getpid()}\)") as refused:
            ports.listening("127.0.0.1", port, "door")
        assert "puente up --help" in str(refused.value) and not ports.is_free(port)
    assert ports.is_free(port)


def test_an_address_that_is_none_of_this_machine_is_said_plainly() -> None:
    with pytest.raises(AssistantError, match="is no address of this machine"):
        ports.listening("203.0.113.7", free_port(), "door")


def test_systemd_hears_what_it_asked_for_and_nobody_else_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notify.tell("READY=1")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind(str(tmp_path / "notify"))
        wire.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify.tell("READY=1", "STATUS=The door answers.")
        assert wire.recv(200) == b"READY=1\nSTATUS=The door answers."
    notify.tell("WATCHDOG=1")  # nobody listens any more
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")
    assert notify.watchdog_seconds() == 15
    monkeypatch.setenv("WATCHDOG_PID", "1")
    assert notify.watchdog_seconds() is None


def test_a_tied_process_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    (tmp_path / "sleeper.py").write_text("import time; print('up', flush=True); time.sleep(60)")
    parent_code = (
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'bot.tied', str(os.getpid()), 'sleeper'],\n"
        "                         start_new_session=True, stdout=subprocess.PIPE)\n"
        "child.stdout.readline(); print(child.pid, flush=True); child.wait()"
    )
    around = {**environment(tmp_path), "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    parent = subprocess.Popen(
        [sys.executable, "-c", parent_code], cwd=tmp_path, env=around, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    assert child.is_running()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert not psutil.wait_procs([child], 10)[1]


def test_a_process_tied_to_somebody_else_does_not_even_start(tmp_path: Path) -> None:
    (tmp_path / "sleeper.py").write_text("print('up', flush=True)")
    around = {**environment(tmp_path), "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.tied", "1", "sleeper"], cwd=tmp_path, env=around, capture_output=True, timeout=30
    )
    assert done.returncode == 1 and done.stdout == b""


def test_the_program_of_today_starts_and_is_known_by_its_files() -> None:
    assert code.fingerprint() == code.fingerprint()
    assert code.starts()


def test_the_supervisor_and_the_door_are_small_and_know_no_rasa() -> None:
    for module, most in (("bot.supervisor.__main__", 35), ("bot.door.serving", 60)):
        script = (
            f"import sys, {module}\n"
            "heavy = {'rasa', 'sanic', 'tensorflow', 'spacy', 'numpy', 'sklearn', 'pandas'} & set(sys.modules)\n"
            "kept = next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1]\n"
            "print(sorted(heavy), int(kept) // 1024)"
        )
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
        heavy, megabytes = done.stdout.rsplit(" ", 1)
        assert heavy == "[]" and int(megabytes) <= most, (module, done.stdout)
