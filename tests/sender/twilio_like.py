"""A server of this machine that behaves like Twilio's API for messages, well or badly, as it is told.

    from tests.sender.twilio_like import Step, TwilioLike
    with TwilioLike() as twilio:
        twilio.plan = [Step(status=503), Step(cut="after")]   # the next two POSTs; all after these go well

By hand: python -m tests.sender.twilio_like   (prints its address, and each text that it takes)
"""

from __future__ import annotations

import base64
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SID = "AC" + "0" * 31 + "1"
TOKEN = "0123456789abcdef0123456789abcdef"
NUMBER = "+12095550150"


@dataclass(frozen=True)
class Step:
    """How one request is answered.

    `status` and `code` as Twilio's; `delay` seconds before the answer; `cut`: the connection breaks before or after
    the message was taken; `taken`: whether it was taken (None: as the status says); `body`: what is said instead;
    `headers`: more of them; `meanwhile`: called when the request has come, before anything else; `then`: called when
    it is settled whether the message was taken, before the answer.
    """

    status: int = 201
    code: int | None = None
    delay: float = 0.0
    cut: str | None = None
    taken: bool | None = None
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    meanwhile: Callable[[], object] | None = None
    then: Callable[[], object] | None = None


@dataclass(frozen=True)
class Message:
    """A text that was taken."""

    sid: str
    to: str
    body: str
    made: datetime
    error_code: int | None = None


@dataclass
class TwilioLike:
    """What it took, what it was asked, and what it shall do with the next requests; `now` is its clock."""

    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
    plan: list[Step] = field(default_factory=list)
    plan_of_finds: list[Step] = field(default_factory=list)
    always: Step = Step()
    stopped: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    keeps_words: bool = True
    aloud: bool = False

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner._post(self)

            def do_GET(self) -> None:
                owner._get(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def __enter__(self) -> TwilioLike:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def to(self, number: str) -> list[str]:
        """The texts that went to that number."""
        return [each.body for each in self.messages if each.to == number]

    def _next(self, plan: list[Step], other: Step) -> Step:
        with self._lock:
            return plan.pop(0) if plan else other

    def _post(self, asked: BaseHTTPRequestHandler) -> None:
        form = parse_qs(asked.rfile.read(int(asked.headers["Content-Length"])).decode("utf-8"))
        self.requests.append("POST")
        self.forms.append({name: values[0] for name, values in form.items()})
        if not self._allowed(asked):
            return
        step = self._next(self.plan, self.always)
        if step.meanwhile:
            step.meanwhile()
        to, body = form["To"][0], form["Body"][0]
        if to in self.stopped:
            _answer(asked, 400, _trouble(21610))
            return
        if step.cut == "before":
            _cut(asked)
            return
        made = None
        if step.taken if step.taken is not None else step.status < 300:
            made = self._take(to, body)
        if step.then:
            step.then()
        time.sleep(step.delay)
        if step.cut:
            _cut(asked)
            return
        said = _shown(made, self) if made and step.status < 300 else _trouble(step.code, step.status)
        _answer(asked, step.status, step.body if step.body is not None else said, step.headers)

    def _take(self, to: str, body: str) -> Message:
        with self._lock:
            made = Message(f"SM{len(self.messages):032x}", to, body, self.now())
            self.messages.append(made)
        if self.aloud:
            sys.stdout.write(f"taken: {body}\n")
            sys.stdout.flush()
        return made

    def _get(self, asked: BaseHTTPRequestHandler) -> None:
        self.requests.append("GET")
        if not self._allowed(asked):
            return
        step = self._next(self.plan_of_finds, Step(status=200))
        time.sleep(step.delay)
        if step.cut:
            _cut(asked)
            return
        if step.status != 200 or step.body is not None:
            _answer(asked, step.status, step.body or _trouble(step.code, step.status), step.headers)
            return
        query = parse_qs(urlsplit(asked.path).query)
        found = [each for each in reversed(self.messages) if each.to in query.get("To", [each.to])]
        if since := query.get("DateSent>"):
            day = datetime.fromisoformat(since[0]).replace(tzinfo=timezone.utc)
            found = [each for each in found if each.made >= day]
        size = int(query.get("PageSize", ["50"])[0])
        page = {
            "messages": [json.loads(_shown(each, self)) for each in found[:size]],
            "next_page_uri": "/more" if len(found) > size else None,
        }
        _answer(asked, 200, json.dumps(page).encode())

    def _allowed(self, asked: BaseHTTPRequestHandler) -> bool:
        given = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
        if urlsplit(asked.path).path != f"/2010-04-01/Accounts/{SID}/Messages.json":
            _answer(asked, 404, _trouble(20404, 404))
        elif asked.headers.get("Authorization") != f"Basic {given}":
            _answer(asked, 401, _trouble(20003, 401))
        else:
            return True
        return False


def _shown(message: Message, server: TwilioLike) -> bytes:
    waiting = server.now() - message.made < timedelta(seconds=1)
    return json.dumps(
        {
            "sid": message.sid, "account_sid": SID, "to": message.to, "from": NUMBER,
            "body": message.body if server.keeps_words else "", "status": "queued" if waiting else "sent",
            "direction": "outbound-api", "date_created": format_datetime(message.made),
            "date_sent": None if waiting else format_datetime(message.made), "error_code": message.error_code,
        }
    ).encode()  # fmt: skip


def _trouble(code: int | None, status: int = 400) -> bytes:
    return json.dumps({"code": code or status, "message": "as Twilio says it", "status": status}).encode()


def _answer(asked: BaseHTTPRequestHandler, status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> None:
    try:
        asked.send_response(status)
        asked.send_header("Content-Type", "application/json")
        asked.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            asked.send_header(name, value)
        asked.end_headers()
        asked.wfile.write(body)
    except OSError:  # whoever asked has gone: it waited long enough, or was killed
        pass


def _cut(asked: BaseHTTPRequestHandler) -> None:
    """The connection is reset without a word."""
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    asked.connection.close()
    asked.close_connection = True


if __name__ == "__main__":
    server = TwilioLike(aloud=True)
    sys.stdout.write(f"export PUENTE_TWILIO_API={server.url} PUENTE_TWILIO_TOKEN={TOKEN}  # sms.account={SID}\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.exit(0)
