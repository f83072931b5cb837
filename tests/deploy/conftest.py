"""A real Caddy before a real door, both on loopback, each on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.conftest import environment, free_port

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


@dataclass
class Front:
    """Caddy in front of a door that can be opened and closed."""

    site: str
    folder: Path
    door_port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def open_door(self) -> None:
        """Starts `bot.door` with no assistant behind it: it answers the fixed sentence by itself."""
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.door_port))
        listening.listen(64)
        with closing(listening):
            command = [sys.executable, "-m", "bot.door", "--socket", str(listening.fileno())]
            self.running.append(
                subprocess.Popen(
                    [*command, "--assistant", str(free_port())],
                    cwd=ROOT,
                    pass_fds=[listening.fileno()],
                    env=environment(self.folder),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        wait_for(f"http://127.0.0.1:{self.door_port}/webhooks/web/live")

    def close_door(self) -> None:
        """Ends every door that was opened here."""
        while self.running:
            ended = self.running.pop()
            ended.kill()
            ended.wait(10)


@pytest.fixture(scope="session")
def caddy() -> str:
    """The program, which not every machine has."""
    found = shutil.which("caddy")
    if not found:
        pytest.skip("Caddy is not installed here (apt-get install caddy)")
    return found


@pytest.fixture
def front(caddy: str, tmp_path: Path) -> Iterator[Front]:
    """Caddy with the Caddyfile that ships, on plain http and a free port."""
    site, door_port = f"http://127.0.0.1:{free_port()}", free_port()
    process = start_caddy(
        caddy, DEPLOY / "caddy" / "Caddyfile", tmp_path, PUENTE_SITE=site, PUENTE_DOOR=f"127.0.0.1:{door_port}"
    )
    made = Front(site, tmp_path, door_port)
    try:
        wait_for(f"{site}/nothing")
        yield made
    finally:
        made.close_door()
        process.kill()
        process.wait(10)


def start_caddy(caddy: str, config: Path, folder: Path, **more: str) -> subprocess.Popen[bytes]:
    """Caddy with that file; what it keeps lies in the folder, and its own port is a free one."""
    own = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "CADDY_ADMIN": f"127.0.0.1:{free_port()}"}
    with (folder / "caddy.log").open("wb") as log:
        return subprocess.Popen(
            [caddy, "run", "--adapter", "caddyfile", "--config", str(config)],
            env={**os.environ, **own, **more}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip


def wait_for(url: str) -> None:
    """Until something answers there."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        with suppress(requests.RequestException):
            requests.get(url, timeout=5)
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")
