"""A door that really runs, before an assistant that does what a test wants: answers, breaks, hangs or is not there."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import ROOT, environment, free_port

from twilio.request_validator import RequestValidator  # isort: skip

ANSWER = {"messages": [{"text": "Food near Modesto", "custom": {"v": 1, "kind": "smalltalk"}}]}
TOLD = {**ANSWER, "first": False, "language": "en"}
HEALTH = {"model": True, "actions": True, "listings": 3}
PUBLIC = "https://puente.example.org"
TOKEN = "0123456789abcdef0123456789abcdef"


class Assistant:
    """What stands behind the door: `does` says how it behaves, `heard` holds what came, `tells` its texts."""

    def __init__(self) -> None:
        self.does = "answers"
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.tells: dict[str, Any] = {}
        self.port = free_port()
        self.gone = True
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        self.gone = False
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.gone = True  # connections that are open still answer nobody any more
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def _handler(assistant: Assistant) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if assistant.gone:
                self.close_connection = True
                return
            self._send(200, HEALTH)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if assistant.gone:
                self.close_connection = True
                return
            assistant.heard.append((self.path, dict(self.headers), sent))
            does = assistant.does
            if does == "hangs":
                time.sleep(30)
            elif does == "breaks in the middle":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
                self.close_connection = True
            elif does == "says nothing":
                self.close_connection = True
            elif does == "talks too much":
                self._send(200, {"messages": ["x" * 2_000_000]})
            elif does == "redirects":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                if does == "thinks":
                    time.sleep(1)
                    does = "answers"
                status, body = (200, assistant.tells) if does == "tells" else _SAID[does]
                told = does == "answers" and self.path.startswith("/webhooks/sms/")
                self._send(status, {**TOLD, **assistant.tells} if told else body)

        def _send(self, status: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Set-Cookie", "a=b")
            self.send_header("Retry-After", "3")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


_SAID: dict[str, tuple[int, Any]] = {
    "answers": (200, ANSWER),
    "has no words": (200, {"messages": []}),
    "speaks no JSON": (200, b"<html>"),
    "nests": (200, b"[" * 100_000),
    "fails": (500, {"error": {}, "code": "away"}),
    "is no assistant": (404, b"not found"),
    "is busy": (503, {"error": {"en": "Too many. 911 988", "es": "Mucha gente. 911 988"}, "code": "busy"}),
    "is a proxy": (503, b"Service Unavailable"),
    "refuses": (429, {"error": {"en": "Slow.", "es": "Espere."}, "code": "too_fast"}),
    "knows no session": (401, {"error": {"en": "Ended.", "es": "Ya."}, "code": "unknown_session"}),
}


class Door:
    """A running door and the assistant behind it."""

    def __init__(self, home: Path, assistant: Assistant, root: Path = ROOT) -> None:
        self.home, self.assistant = home, assistant
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/webhooks/web/"
        self.log = home / "door.log"
        self.root = root
        self.start()

    def start(self) -> None:
        """Starts its process on the socket that listens already."""
        command = [sys.executable, "-m", "bot.tied", str(os.getpid()), "bot.door"]
        command += ["--socket", str(self.listening.fileno()), "--assistant", str(self.assistant.port)]
        around = {**environment(self.home), "PYTHONPATH": str(self.root), "PUENTE_TWILIO_TOKEN": TOKEN}
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                command, cwd=self.root, env=around, stdout=file, stderr=file,
                pass_fds=(self.listening.fileno(),),
            )  # fmt: skip
        assert requests.get(f"{self.url}live", timeout=60).status_code == 204

    def session(self) -> str:
        return str(requests.post(f"{self.url}session", timeout=20).json()["session"])

    def post(self, message: str, **more: object) -> requests.Response:
        return requests.post(
            f"{self.url}message", json={"session": self.session(), "message": message, **more}, timeout=60
        )

    def say(self, message: str, **more: object) -> list[dict[str, Any]]:
        response = self.post(message, **more)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def text(self, body: dict[str, str]) -> str:
        """What somebody gets who writes by text message."""
        response = self.texted(body)
        assert response.status_code == 200, response.text
        return response.text

    def texted(self, body: dict[str, str], path: str = "webhook", **headers: str) -> requests.Response:
        """The same as Twilio delivers it: signed over the public address."""
        signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/webhooks/sms/{path}", body)
        return requests.post(
            self.url.replace("/web/", f"/sms/{path}"),
            data=body,
            headers={"X-Twilio-Signature": signature, **headers},
            timeout=60,
        )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.listening.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    home = tmp_path_factory.mktemp("door-home")
    (home / "settings.yml").write_text(
        f'clinic: Sunrise Clinic\nphone: "209-555-0123"\npublic_address: {PUBLIC}\n', encoding="utf-8"
    )
    assistant = Assistant()
    assistant.start()
    running = Door(home, assistant)
    yield running
    running.stop()
    assistant.stop()


@pytest.fixture
def answering(door: Door) -> Iterator[Door]:
    """The door with an assistant that answers, whatever a test before did to it."""
    door.assistant.does = "answers"
    door.assistant.heard.clear()
    door.assistant.tells.clear()
    (door.home / "pause.json").unlink(missing_ok=True)
    yield door
    (door.home / "pause.json").unlink(missing_ok=True)
