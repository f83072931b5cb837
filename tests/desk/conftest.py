"""The desk over a directory of the listings that a test names, or running, and somebody who sits at it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from directory import store
from directory.accounts import Account, Role, people, sessions
from directory.desk.app import create_app
from directory.desk.frame.routes import COOKIE
from directory.model import Listing
from tests.conftest import ROOT, demo_copy, environment, free_port
from tests.desk.listings import DEMO, LIST, NOW, OLD

PATIENCE = 20_000  # milliseconds: a page on a busy machine


@pytest.fixture
def desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in force for this test."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def signed(desk_home: Path) -> Callable[..., TestClient]:
    """Somebody of that role at the desk: signed(Role.CHW); `role=None` is somebody who did not sign in."""

    def at_the_desk(role: Role | None = Role.STAFF, name: str = "", now: datetime = NOW) -> TestClient:
        app = create_app(lambda: desk_home / "directory.db", now=lambda: now)
        one = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        if role:
            one.cookies.set(COOKIE, sessions.begin(account(role, name or f"{role.value}1"), now))
        return one

    return at_the_desk


@pytest.fixture
def client(desk_home: Path, signed: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """The desk, signed in as staff, over those listings; nothing is published when there are none."""

    def over(*records: Listing, role: Role | None = Role.STAFF) -> TestClient:
        if records:
            publish(desk_home / "directory.db", *records)
        return signed(role)

    return over


def publish(path: Path, *records: Listing) -> None:
    """A published directory of those listings."""
    store.write_directory(
        path,
        records=records,
        sources=(LIST, OLD, DEMO),
        publication="p",
        published_at=datetime(2026, 11, 2, tzinfo=timezone.utc),
    )


def account(role: Role, name: str) -> Account:
    """The account of that name in the home in force, made when there is none."""
    began = datetime(2026, 11, 1, tzinfo=timezone.utc)
    return people.by_name(name) or people.add(
        name, role, began, shown=f"{name.title()} Rivera", organization="Kite Clinic"
    )


@dataclass
class Running:
    """A desk that really runs, in a process of its own, over a copy of the demo directory."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def token(self, role: Role, name: str) -> str:
        """A session of somebody at this desk."""
        before = os.environ.get("PUENTE_HOME")
        os.environ["PUENTE_HOME"] = str(self.home)
        try:
            return sessions.begin(account(role, name), datetime.now(timezone.utc))
        finally:
            os.environ.pop("PUENTE_HOME") if before is None else os.environ.update(PUENTE_HOME=before)

    def kill(self) -> None:
        """As when the machine goes dark."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


def start_desk(home: Path) -> Running:
    """Starts `puente desk` on that home and waits until it answers."""
    port = free_port()
    with (home / "desk.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "directory.cli", "desk", "--quiet", "--port", str(port)],
            cwd=ROOT, env=environment(home), stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    running = Running(f"http://127.0.0.1:{port}", home, process)
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        try:
            requests.get(f"{running.url}/static/desk.css", timeout=5)
            return running
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"the desk did not start:\n{(home / 'desk.log').read_text()[-4000:]}")


@pytest.fixture(scope="module")
def running_desk(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running desk over a copy of the demo directory, one for each file of tests."""
    home = tmp_path_factory.mktemp("desk") / "home"
    demo_copy(demo_home, home)
    running = start_desk(home)
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(20)


@pytest.fixture
def seat(browser: Browser, running_desk: Running) -> Iterator[Callable[..., Page]]:
    """Somebody at a running desk: seat("/verify", role=Role.CHW, locale="es-MX", java_script_enabled=False) -> Page."""
    contexts = []

    def sit(path: str = "/", *, role: Role | None = Role.STAFF, name: str = "", **options: object) -> Page:
        defaults: dict[str, object] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"}
        context = browser.new_context(**{**defaults, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if role:
            token = running_desk.token(role, name or f"{role.value}1")
            context.add_cookies([{"name": COOKIE, "value": token, "url": running_desk.url}])
        page = context.new_page()
        page.goto(f"{running_desk.url}{path}")
        return page

    yield sit
    for context in contexts:
        context.close()
