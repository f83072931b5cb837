"""Fixtures that several rooms share: the demo directory, a trained model, and assistants that really run."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT.parent / "shared" / "samples"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real lists beside the project; a test that needs them is skipped without them."""
    if not SAMPLES.is_dir():
        pytest.skip("shared/samples is not beside the project")
    return SAMPLES


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PUENTE_HOME with the demo directory published."""
    home = tmp_path_factory.mktemp("demo-home")
    puente(home, "demo", "load")
    return home


_OF_OTHERS = shutil.ignore_patterns(
    "records.db*", "conversations.db*", "inbox.db*", "queue.db*", "opt_outs.db*", "desk*.db*", "verify.db*", "logs",
    "*.log",
)  # fmt: skip


def demo_copy(demo: Path, to: Path) -> Path:
    """A home of its own with the demo directory, and nothing that other tests said or did there."""
    return Path(shutil.copytree(demo, to, ignore=_OF_OTHERS, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of the trained model; trained once, in a process of its own, when its inputs changed."""
    folder = Path(os.environ.get("PUENTE_MODELS") or ROOT / "var" / "models")
    puente(folder.parent, "train", models=folder)
    return folder


def puente(home: Path, *arguments: str, models: Path | None = None) -> str:
    """Runs a command of `puente` with that home and returns what it printed."""
    result = subprocess.run(
        [sys.executable, "-m", "directory.cli", *arguments],
        cwd=ROOT,
        env=environment(home, models),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 0, f"puente {' '.join(arguments)}\n{result.stdout[-2000:]}\n{result.stderr[-4000:]}"
    return result.stdout


def environment(home: Path, models: Path | None = None, **more: str) -> dict[str, str]:
    """The environment of a process that works in that home."""
    extra = {"PUENTE_MODELS": str(models)} if models else {}
    return {**os.environ, "PUENTE_HOME": str(home), "PYTHONPATH": str(ROOT), **extra, **more}


@dataclass
class Assistant:
    """A running assistant: where it answers, its home, and what it wrote to its log."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    def session(self) -> str:
        """A new session's token."""
        response = requests.post(f"{self.url}session", timeout=20)
        assert response.status_code == 201, response.text
        return str(response.json()["session"])

    def post(self, session: str, message: str) -> requests.Response:
        """One message, as the page sends it."""
        return requests.post(f"{self.url}message", json={"session": session, "message": message}, timeout=30)

    def say(self, session: str, message: str) -> list[dict[str, object]]:
        """One message, answered; a refusal for writing too fast is waited out, as a person would."""
        for _ in range(20):
            response = self.post(session, message)
            if response.status_code != 429:
                break
            time.sleep(1)
        assert response.status_code == 200, response.text
        messages: list[dict[str, object]] = response.json()["messages"]
        return messages


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_assistant(
    home: Path,
    models: Path,
    *arguments: str,
    program: tuple[str, ...] = ("-m", "directory.cli", "assistant"),
    **more: str,
) -> Assistant:
    """Starts `puente assistant`, or another program that serves one, and waits until it is ready."""
    port = free_port()
    log = home / f"assistant-{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *program, "--port", str(port), *arguments],
            cwd=ROOT,
            env=environment(home, models, **more),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    running = Assistant(f"http://127.0.0.1:{port}/webhooks/web/", home, log, process)
    _wait_until_ready(running)
    return running


def _wait_until_ready(running: Assistant) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        if running.process.poll() is not None:
            break
        try:
            if requests.get(f"{running.url}health", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    running.process.kill()
    raise AssertionError(f"the assistant did not start:\n{running.log.read_text()[-4000:]}")


def stop(running: Assistant) -> None:
    """Stops an assistant started here."""
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture(scope="session")
def assistant(demo_home: Path, models: Path) -> Iterator[Assistant]:
    """One assistant on the demo directory, for all tests that only talk to it."""
    running = start_assistant(demo_home, models)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def assistant_url(assistant: Assistant) -> str:
    """The address of the chat page of the running assistant."""
    return assistant.url


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """The Chromium of this machine, or None for the one that Playwright keeps."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser(chromium: str | None) -> Iterator[Browser]:
    """One Chromium for all tests of pages; two of them cannot be driven from one process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def now() -> datetime:
    """The frozen clock of the tests."""
    return datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)


@pytest.fixture
def run_puente() -> Callable[..., str]:
    """`puente` as a command: run_puente(home, "status", "--json")."""
    return puente


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Runs it in a thread of its own: a browser of another test may leave a running loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


T = TypeVar("T")
PHONE = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\d-])")
