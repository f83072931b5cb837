"""`puente up` as the person who runs it meets it: addresses, a part that dies, a taken port, a clean stop."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import requests

from tests.conftest import ROOT, Assistant, environment, free_port

pytestmark = pytest.mark.rasa


@pytest.fixture
def running(tmp_path: Path, models: Path) -> Iterator[tuple[subprocess.Popen[str], Path, int, int]]:
    port, desk_port = free_port(), free_port()
    log = tmp_path / "up.log"
    command = [
        sys.executable,
        "-m",
        "directory.cli",
        "up",
        "--demo",
        "--port",
        str(port),
        "--desk-port",
        str(desk_port),
    ]
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(tmp_path, models), stdout=file, stderr=subprocess.STDOUT, text=True
        )
    yield process, log, port, desk_port
    if process.poll() is None:
        process.terminate()
        process.wait(30)


def eventually(check: Callable[[], bool], what: str, seconds: float = 120) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            if check():
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise AssertionError(what)


def test_up_demo_starts_answers_heals_and_stops(running: tuple[subprocess.Popen[str], Path, int, int]) -> None:
    process, log, port, desk_port = running
    eventually(lambda: "Stop both with Ctrl-C" in log.read_text(), "the addresses were not printed")
    assert f"http://127.0.0.1:{port}/webhooks/web/" in log.read_text()
    assert "/look-around" in requests.get(f"http://127.0.0.1:{desk_port}/", timeout=10).text

    chat = Assistant(f"http://127.0.0.1:{port}/webhooks/web/", log.parent, log, process)  # type: ignore[arg-type]
    first = chat.say(chat.session(), "I need food in Modesto")
    assert first[0]["custom"]["kind"] == "listings"  # type: ignore[index]
    assert "demo" in str(first[0]["text"]).lower()

    assistant = next(child for child in psutil.Process(process.pid).children() if "assistant" in child.cmdline())
    assistant.kill()
    eventually(lambda: "The assistant stopped (ended by SIGKILL" in log.read_text(), "nobody noticed")
    eventually(lambda: requests.get(f"{chat.url}health", timeout=5).status_code == 200, "it did not come back")
    eventually(lambda: "The assistant answers again." in log.read_text(), "nobody said that it is back")
    assert log.read_text().count("answers again") == 1

    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    assert not re.search(r"Traceback", log.read_text())


def test_a_taken_port_is_said_plainly(tmp_path: Path, demo_home: Path, models: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "-m", "directory.cli", "up", "--port", str(port), "--desk-port", str(free_port())],
            cwd=ROOT,
            env=environment(demo_home, models),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert result.returncode == 1
    assert f"Port {port} is taken by python" in result.stderr and "Traceback" not in result.stderr


def test_up_demo_beside_a_real_list_is_refused_in_one_sentence(tmp_path: Path, models: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "own.yml").write_text(
        "id: own\ntitle: Own list\nas_of: 2026-11-01\nformat: {kind: csv}\nrow_id: {column: Number}\n"
        "columns: {organization: Name, programs: Program, counties: County, phones: Phone}\n"
    )
    (tmp_path / "own.csv").write_text("Number,Name,Program,County,Phone\n1,Amber,food_bank,Fresno,559-555-0101\n")
    assert _puente(tmp_path, models, "sync", "own", "--file", str(tmp_path / "own.csv")).returncode == 0
    assert _puente(tmp_path, models, "publish").returncode == 0
    ports = ("--port", str(free_port()), "--desk-port", str(free_port()))
    result = _puente(tmp_path, models, "up", "--demo", *ports)
    assert result.returncode == 1 and len(result.stderr.strip().splitlines()) == 1
    assert "holds real lists (own)" in result.stderr
    assert re.search(r"PUENTE_HOME=\S+ puente up --demo$", result.stderr.strip())


def _puente(home: Path, models: Path | None, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "directory.cli", *arguments]
    more = more if models else {"PUENTE_MODELS": "", **more}
    return subprocess.run(
        command, cwd=ROOT, env=environment(home, models, **more), capture_output=True, text=True, timeout=120
    )


GARBAGE = "not what it should be. " * 100


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("model.tar.gz", "cannot be loaded"),
    ],
)
def test_what_keeps_the_assistant_from_starting_is_one_sentence(tmp_path: Path, file: str, says: str) -> None:
    model = tmp_path / "model.tar.gz"
    model.touch()
    (tmp_path / file).write_text(GARBAGE)
    result = _puente(tmp_path, tmp_path, "assistant", "--port", str(free_port()), "--model", str(model))
    assert result.returncode == 1
    assert says in result.stderr and "Traceback" not in result.stderr
    assert result.stderr.count("Error: ") == 1 and result.stderr.strip().splitlines()[-1].startswith("Error: ")


def test_a_home_that_is_no_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    for command in (["up"], ["train"], ["assistant"], ["understand", "hello"]):
        result = _puente(tmp_path / "home", None, *command)
        assert result.returncode == 1
        assert "Traceback" not in result.stderr and len(result.stderr.strip().splitlines()) == 1, result.stderr


def test_a_model_that_cannot_be_trained_is_one_sentence_and_a_file_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("recipe: default.v1\nlanguage: en\npipeline:\n  - name: Nothing\n")
    code = f"""
from pathlib import Path
from bot import runtime
from directory.errors import AssistantError
root, here = Path({str(ROOT)!r}), Path({str(tmp_path)!r})
try: runtime.train(root / "domain.yml", here / "config.yml", root / "data", here / "model.tar.gz")
except AssistantError as error: print(error)
"""
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert result.stdout.startswith("The assistant's model could not be trained") and "puente train" in result.stdout
    assert (tmp_path / "training.log").read_text().strip()
