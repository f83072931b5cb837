"""A whole `puente up` of a test: its processes, how to ask it, and when all of it answers."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import requests

from tests.conftest import ROOT, environment, free_port

__all__ = ["Up"]

PATIENCE = 180


class Up:
    """A `puente up` on ports and a home of its own, and how to ask it."""

    def __init__(self, home: Path, models: Path) -> None:
        self.home, self.models = home, models
        self.port, self.desk_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}/webhooks/web/"
        self.log = home / "up.txt"
        self.process = self.start()

    def start(self, **more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "directory.cli", "up", "--demo", "--hang-seconds", "15"]
        command += ["--port", str(self.port), "--desk-port", str(self.desk_port)]
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(self.home, self.models, **more), stdout=file, stderr=file
            )
        return self.process

    def part(self, name: str) -> psutil.Process:
        """The process of that part."""
        word = {"door": "bot.door"}.get(name, name)
        return next(child for child in psutil.Process(self.process.pid).children() if word in child.cmdline())

    def whole(self) -> bool:
        try:
            return requests.get(f"{self.url}health", timeout=5).status_code == 200 and self.desk()
        except requests.RequestException:
            return False

    def desk(self) -> bool:
        return requests.get(f"http://127.0.0.1:{self.desk_port}/signin", timeout=10).status_code == 200

    def wait(self, seconds: float = PATIENCE) -> float:
        """How long it takes until all answers."""
        began = time.monotonic()
        while not self.whole():
            assert time.monotonic() - began < seconds, self.log.read_text()[-3000:]
            time.sleep(0.1)
        return time.monotonic() - began

    def say(self, message: str, session: str | None = None) -> str:
        session = session or requests.post(f"{self.url}session", timeout=60).json()["session"]
        body = {"session": session, "message": message, "language": "en"}
        response = requests.post(f"{self.url}message", json=body, timeout=60)
        assert response.status_code == 200, response.text
        return str(response.json()["messages"][0]["text"])
