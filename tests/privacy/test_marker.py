"""A marker goes in by every way there is, through everything that can fail: no file, output or log line holds it."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.conftest import ROOT, Assistant, environment, free_port, start_assistant, stop

pytestmark = pytest.mark.rasa

MARKER = "zarzamora4173quince"
LEVELS = dict.fromkeys(("PUENTE_LOG_LEVEL", "RASA_LOG_LEVEL", "LOG_LEVEL", "LOG_LEVEL_LIBRARIES"), "DEBUG")
SAID = (
    "I need food in Modesto {}", "{}", "near {}", "my name is {} and i live in Turlock", "¿{}?", "{} " * 20,
    "I want to die {}", "am i eligible for calfresh {}", "yes {}", "{}@example.org", "call me at 209-555-0143 {}",
    "que pasa con {} en Fresno", "/{}", '/inform{"place": "{}"}', "do you keep what i write {}", "stop {}",
)  # fmt: skip
BREAKING = ("breakrasa", "breakmodel", "breaksave", "breakload", "breaktask", "breakthread", "loud")


def holding(folders: tuple[Path, ...], marker: str = MARKER) -> list[str]:
    """The files below the folders that hold the marker in any of their bytes, or in their name."""
    needles = (marker.encode(), marker.encode("utf-16-le"), marker.encode("utf-16-be"), marker.upper().encode())
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in found if marker in path.name or any(each in path.read_bytes() for each in needles)]


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """A home in which nobody else writes; beside it what the processes print, and their folder for temporary files."""
    made = tmp_path / "home"
    shutil.copytree(demo_home, made, ignore=shutil.ignore_patterns("*.log", "conversations.db*", "logs"))
    (tmp_path / "tmp").mkdir()
    return made


def test_the_search_for_the_marker_finds_one(tmp_path: Path) -> None:
    for number, coding in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        (tmp_path / f"{number}").write_bytes(b"\x00ab" + MARKER.encode(coding) + b"c")
    (tmp_path / f"x{MARKER}").touch()
    assert len(holding((tmp_path,))) == 4


def everything(base: str, session: str | None) -> None:
    """Every way in to the page's part of a server, right and wrong."""
    url = f"{base}/webhooks/web/"
    token = session or MARKER
    bodies: tuple[object, ...] = (
        {"session": token, "message": MARKER * 400}, {"session": MARKER, "message": MARKER}, {"message": MARKER},
        {"session": token, "message": [MARKER]}, {"session": token, "message": MARKER, "language": MARKER},
        {MARKER: MARKER}, [MARKER], MARKER,
    )  # fmt: skip
    for body in bodies:
        requests.post(f"{url}message", json=body, timeout=30)
    for raw in (f'{{"session": "{MARKER}', MARKER, MARKER * 9000, '{"message": "\\ud800' + MARKER + '"}'):
        requests.post(f"{url}message", data=raw.encode("utf-8", "surrogatepass"), timeout=30)
    requests.post(f"{url}session", json={"name": MARKER}, params={"q": MARKER}, timeout=30)
    paths = ("", MARKER, f"static/{MARKER}.css", f"static/{MARKER}%0a", "health", "message", f"../{MARKER}")
    headers = {"User-Agent": MARKER, "Referer": f"http://{MARKER}.example.org", "Cookie": f"a={MARKER}",
               "X-Forwarded-For": MARKER, "Accept-Language": MARKER, "Content-Type": f"text/{MARKER}"}  # fmt: skip
    for path in paths:
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
            requests.request(method, url + path, params={"q": MARKER}, headers=headers, timeout=30)
    for path in (f"/{MARKER}", f"/webhooks/{MARKER}/message", "/webhooks/sms/" + MARKER, "/webhooks/sms/"):
        requests.post(base + path, data={"Body": MARKER, "From": MARKER}, params={"q": MARKER}, timeout=30)
    port = int(base.rpartition(":")[2])
    lines = (
        f"{MARKER}\r\n\r\n",
        f"GET /{MARKER} HTTP/9.9\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {MARKER}\r\nbad{MARKER}\r\n\r\n",
        f"POST /webhooks/web/message HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n{MARKER}",
    )
    for line in lines:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
            wire.sendall(line.encode())


def too_fast(running: Assistant) -> None:
    session = running.session()
    codes = [running.post(session, f"hello {MARKER}").status_code for _ in range(30)]
    assert 429 in codes


@pytest.mark.parametrize("faulty", [False, True])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_no_way_in_and_no_failure_leaves_a_word(
    home: Path, models: Path, tmp_path: Path, faulty: bool, level: str
) -> None:
    program = (str(Path(__file__).with_name("broken.py")),)
    more = dict.fromkeys(LEVELS, level) | {"TMPDIR": str(tmp_path / "tmp")}
    running = start_assistant(home, models, *(["--faulty-actions"] if faulty else []), program=program, **more)
    try:
        session = running.session()
        for said in SAID:
            assert running.say(session, said.replace("{}", MARKER))
        for word in BREAKING:
            told = running.say(running.session(), f"i need food in Modesto {word} {MARKER}")
            assert told, word
        everything(running.url.removesuffix("/webhooks/web/"), session)
        too_fast(running)
        (home / "directory.db").write_bytes(b"no database" * 4000)
        assert running.say(running.session(), f"food in Modesto {MARKER}")
        assert holding((tmp_path,)) == []
        assert '"event": "web.answer.failed"' in running.log.read_text(), "something did break"
    finally:
        stop(running)
    assert holding((tmp_path,)) == []


@pytest.fixture
def up(home: Path, models: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Puente as a clinic runs it, at DEBUG: the addresses of the door and of the desk."""
    port, desk = free_port(), free_port()
    with (tmp_path / "printed.txt").open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "directory.cli", "up", "--port", str(port), "--desk-port", str(desk)],
            cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT,
            env=environment(home, models, **LEVELS, TMPDIR=str(tmp_path / "tmp")),
        )  # fmt: skip
    door, lookup = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{desk}"
    try:
        _wait(f"{door}/webhooks/web/health", process, tmp_path)
        _wait(f"{lookup}/", process, tmp_path)
        yield door, lookup
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes], tmp_path: Path) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit and process.poll() is None:
        try:
            if requests.get(url, timeout=5).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise AssertionError(f"{url} did not answer:\n{(tmp_path / 'printed.txt').read_text()[-3000:]}")


def test_the_door_and_the_desk_keep_no_word(up: tuple[str, str], home: Path, tmp_path: Path) -> None:
    door, desk = up
    url = f"{door}/webhooks/web/"
    session = requests.post(f"{url}session", timeout=30).json()["session"]
    for said in SAID:
        body = {"session": session, "message": said.replace("{}", MARKER)}
        assert requests.post(f"{url}message", json=body, timeout=30).json().get("messages"), said
    everything(door, session)
    fields = ("near", "what", "words", "plan", "language", "page", "lang", MARKER)
    for path in ("", "place/" + MARKER, MARKER, f"static/{MARKER}"):
        for field in fields:
            requests.get(f"{desk}/{path}", params={field: MARKER}, headers={"User-Agent": MARKER}, timeout=30)
    requests.post(f"{desk}/", data={"near": MARKER}, timeout=30)
    (home / "directory.db").write_bytes(b"no database" * 4000)
    requests.get(f"{desk}/", params={"near": "95354", "words": MARKER}, timeout=30)
    requests.post(f"{url}message", json={"session": session, "message": f"food in Modesto {MARKER}"}, timeout=30)
    time.sleep(1)
    assert holding((tmp_path,)) == []
    assert (home / "conversations.db").exists()
