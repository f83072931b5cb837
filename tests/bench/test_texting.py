"""The measurement of text messages sees what is wrong: silence, a text answered twice, a danger nobody heard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

import pytest
from twilio.request_validator import RequestValidator

from bench import texting
from bench.generator import Message
from bench.texting import Got, Phones, section, texts_of, told
from directory.model import Language
from directory.text.catalogue import say
from tests.conftest import free_port, in_a_loop


@contextmanager
def answering(*, twice: bool) -> Iterator[tuple[str, list[bool]]]:
    """A server that answers each text, and one delivered again too where `twice`; whether each was signed rightly."""
    signed: list[bool] = []
    seen: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), True))
            validator = RequestValidator(texting.TOKEN)
            url = f"{texting.PUBLIC}{self.path}"
            signed.append(validator.validate(url, form, self.headers["X-Twilio-Signature"]))
            again = form["MessageSid"] in seen
            seen.add(form["MessageSid"])
            said = "" if again and not twice else f"<Message>{escape('Call 911 & 988')}</Message>"
            content = f"<Response>{said}</Response>".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", signed
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("twice", [False, True])
def test_a_text_that_is_answered_twice_is_counted_as_wrong(twice: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texting, "AGAIN", 0.5)
    monkeypatch.setattr(texting, "_LATER", (0.01,))
    with answering(twice=twice) as (url, signed):
        got = in_a_loop(Phones(url, phones=10).write(100.0, 0.3))
    assert len(got.answers) > 10 and got.again > 3 and all(signed)
    assert dict(got.wrong) == ({"answered twice": got.again} if twice else {})


def test_nobody_there_is_no_answer() -> None:
    got = in_a_loop(Phones(f"http://127.0.0.1:{free_port()}", phones=10).write(50.0, 0.2))
    assert not got.answers and sum(got.wrong.values()) > 3


@pytest.mark.parametrize(
    ("message", "texts", "kind"),
    [
        (Message("hello"), ["Hello"], "answer"),
        (Message("hello"), [], "empty"),
        (Message("hello"), [say("sms.away", Language.ES)], "apology"),
        (Message("hello"), [say("sms.fallback", Language.EN)], "apology"),
        (Message("hello"), [say("sms.busy", Language.EN)], "busy"),
        (Message("i want to die", danger=True), [say("sms.busy", Language.ES)], "busy"),
        (Message("hello"), [say("sms.too_fast", Language.ES)], "told to slow down"),
        (Message("i want to die", danger=True), ["Call 911 or 988"], "answer"),
        (Message("i want to die", danger=True), ["Food near you"], "danger unheard"),
    ],
)
def test_what_an_answer_is(message: Message, texts: list[str], kind: str) -> None:
    twiml = "<Response>" + "".join(f"<Message>{escape(text)}</Message>" for text in texts) + "</Response>"
    assert told(message, texts_of(twiml.encode())) == kind


def test_its_section_says_how_many_were_wrong() -> None:
    one = Got(30.0, 60.0, answers=[10.0, 20.0], again=3, late=[1.0, 2.0])
    two = Got(200.0, 10.0, answers=[10.0], refusals=[9000.0], late=[1.0])
    two.wrong["answered twice"] = 2
    told_of = section([one, two], {"door": 60.0}, date(2026, 11, 22))
    assert told_of.startswith("## Text messages under load, 2026-11-22\n")
    assert "| 30 for 60 s | 2 | 15 / 20 / 20 | 0 | 0.02 | 3 | 0 | 0.0 |" in told_of
    assert "| 200 for 10 s | 1 | 10 / 10 / 10 | 1 | 9.00 | 0 | answered twice 2 | 0.0 |" in told_of
