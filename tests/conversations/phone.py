"""A phone without an account: the door before a running assistant, asked as the page asks that is shown as a phone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.conftest import ROOT, Assistant, environment

__all__ = ["Phone", "arrived", "open_door"]


@dataclass
class Phone:
    """Talks by text message to the assistant behind a door; `url` is where the door is reached."""

    url: str
    assistant: Assistant
    process: subprocess.Popen[bytes]

    def session(self) -> str:
        """A phone nobody wrote from before."""
        response = requests.post(f"{self.url}session", timeout=20)
        assert response.status_code == 201, response.text
        return str(response.json()["session"])

    def say(self, session: str, message: str) -> list[dict[str, Any]]:
        """The texts that come back, each with `segments` and what it is."""
        body = {"session": session, "message": message, "as": "sms"}
        response = requests.post(f"{self.url}message", json=body, timeout=30)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages


def open_door(assistant: Assistant) -> Phone:
    """Starts a door before that assistant and waits until it is awake."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        behind = str(urlsplit(assistant.url).port)
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.door", "--socket", str(server.fileno()), "--assistant", behind],
            cwd=ROOT,
            env=environment(assistant.home),
            pass_fds=[server.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    phone = Phone(f"http://127.0.0.1:{port}/webhooks/web/", assistant, process)
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            if requests.get(f"{phone.url}live", timeout=5).status_code == 204:
                return phone
        except requests.RequestException:
            time.sleep(0.1)
    process.kill()
    raise AssertionError("the door did not open")


def arrived(home: Path, session: str, *days: float) -> tuple[str, ...]:
    """The texts that this phone gets so many days from now, one day after another, as the sender would take them."""
    code = (
        "import json, sys; from datetime import datetime, timedelta, timezone; from directory.sender import played; "
        "from bot import sessions; who = sessions.conversation_id(sys.argv[1]); now = datetime.now(timezone.utc); "
        "days = [timedelta(days=float(day)) for day in sys.argv[2:]]; "
        "print(json.dumps([text for day in days for text in played.texts(who, now + day)]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, session, *map(str, days)],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    texts: list[str] = json.loads(ran.stdout)
    return tuple(texts)
