"""The door as people meet it: an answer, or a sentence with whom to call; never silence and never an error page."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest
import requests

from bot import sentences
from directory import pause
from directory.dangers import LINES
from directory.model import Language
from directory.reply import SCHEMA
from directory.text import catalogue
from tests.conftest import ROOT
from tests.up.conftest import ANSWER, PUBLIC, Assistant, Door

import jsonschema  # isort: skip

CLINIC = "209-555-0123"
AWAY = sentences.both("away")
BROKEN = (
    "breaks in the middle", "says nothing", "talks too much", "redirects", "has no words", "speaks no JSON", "nests",
    "fails", "is no assistant", "is a proxy",
)  # fmt: skip


def test_an_answer_goes_through_and_nothing_else_of_the_assistant(answering: Door) -> None:
    response = answering.post("I need food in Modesto", language="en")
    assert response.json() == ANSWER
    assert "Set-Cookie" not in response.headers and response.headers["Server"] == "puente"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    path, headers, sent = answering.assistant.heard[-1]
    assert path == "/webhooks/web/message" and b"I need food in Modesto" in sent
    assert headers["Host"] == f"127.0.0.1:{answering.assistant.port}"


@pytest.mark.parametrize("does", BROKEN)
def test_whatever_breaks_behind_it_is_a_sentence_in_the_persons_language(answering: Door, does: str) -> None:
    answering.assistant.does = does
    (english,) = answering.say("I need food please")
    (spanish,) = answering.say("Necesito comida por favor")
    (page,) = answering.say("95354", language="es")
    (both,) = answering.say("95354")
    assert english["text"].startswith(AWAY["en"]) and AWAY["es"] not in english["text"]
    assert spanish["text"].startswith(AWAY["es"]) and page["text"] == spanish["text"]
    assert AWAY["en"] in both["text"] and AWAY["es"] in both["text"]
    for message in (english, spanish, both):
        jsonschema.validate(message["custom"], SCHEMA)
        assert message["custom"]["kind"] == "fallback"
        assert {"911", "988", "211", CLINIC} == set(message["custom"]["phones"])
        assert all(number in message["text"] for number in message["custom"]["phones"])


@pytest.mark.parametrize("does", ["is busy", "refuses", "knows no session"])
def test_what_the_page_has_words_for_stays_as_it_is(answering: Door, does: str) -> None:
    answering.assistant.does = does
    response = answering.post("hello")
    assert response.status_code in (503, 429, 401) and response.json()["code"] in (
        "busy",
        "too_fast",
        "unknown_session",
    )
    assert response.headers["Retry-After"] == "3"


@pytest.mark.parametrize(
    ("message", "kind", "line"),
    [
        ("I want to kill myself", "self_harm", "988"),
        ("quiero matarme", "self_harm", "988"),
        ("my husband hit me", "violence", "1-800-799-7233"),
        ("mi mamá no respira", "medical", "911"),
        ("I have nowhere safe to sleep tonight", "unsafe_tonight", "211"),
    ],
)
def test_danger_is_answered_first_with_its_own_words(answering: Door, message: str, kind: str, line: str) -> None:
    answering.assistant.does = "fails"
    danger, sentence = answering.say(message)
    assert (danger["custom"]["kind"], danger["custom"]["crisis"]) == ("crisis", kind)
    assert line in danger["text"] and line in danger["custom"]["phones"]
    assert sentence["custom"]["kind"] == "fallback"


def test_the_words_of_each_danger_name_its_lines() -> None:
    for kind, phones in LINES.items():
        for language in Language:
            text = catalogue.say(f"assistant.crisis.{kind}", language)
            assert all(phone in text for phone in phones if phone != "88788"), (kind, language)


def test_while_paused_the_clinics_sentence_is_the_answer_and_danger_is_heard(answering: Door) -> None:
    answering_before = answering.say("hello")
    _pause(answering, "We are closed for the storm.", None)
    (english,) = answering.say("I need food please")
    (spanish,) = answering.say("Necesito comida por favor")
    danger, after = answering.say("I want to die")
    assert english["text"].startswith("We are closed for the storm. In an emergency call 911.")
    assert CLINIC in english["text"] and {"911", "988", "211", CLINIC} == set(english["custom"]["phones"])
    assert spanish["text"].startswith("Este chat está cerrado por ahora.") and "the storm" in spanish["text"]
    assert danger["custom"]["crisis"] == "self_harm" and after["text"] == english["text"]
    assert not [path for path, _, sent in answering.assistant.heard if b"food please" in sent]
    assert requests.get(f"{answering.url}health", timeout=20).json()["paused"] is True
    (answering.home / "pause.json").unlink()
    assert answering.say("hello") == answering_before


def test_one_chat_that_floods_while_nobody_answers_is_slowed_and_danger_never(answering: Door) -> None:
    answering.assistant.does = "fails"
    session = answering.session()

    def status(message: str) -> int:
        sent = {"session": session, "message": message}
        return requests.post(f"{answering.url}message", json=sent, timeout=20).status_code

    said = [status("hello") for _ in range(60)]
    assert said[:20] == [200] * 20 and 429 in said
    assert status("I want to die") == 200 and answering.say("hello")


def _pause(door: Door, en: str | None, es: str | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(door.home))
        pause.pause(en, es, "ana", datetime(2026, 11, 22, tzinfo=timezone.utc))


def test_the_page_and_sessions_need_no_assistant(answering: Door) -> None:
    answering.assistant.stop()
    try:
        page = requests.get(answering.url, timeout=20)
        assert page.status_code == 200 and "Nobody reads this live" in page.text
        tag = {"If-None-Match": page.headers["ETag"]}
        assert requests.get(answering.url, headers=tag, timeout=20).status_code == 304
        assert requests.get(f"{answering.url}static/chat.js", timeout=20).headers["Content-Type"].startswith("text/jav")
        assert len(answering.session()) == 48
        assert answering.say("I need food please")[0]["text"].startswith(AWAY["en"])
        health = requests.get(f"{answering.url}health", timeout=20)
        assert health.status_code == 503
        assert health.json() == {"model": False, "actions": False, "door": True, "paused": False, "sms": "ready"}
    finally:
        answering.assistant.start()
    assert requests.get(f"{answering.url}health", timeout=20).json()["listings"] == 3


def test_one_line_in_the_log_when_the_assistant_goes_and_one_when_it_is_back(answering: Door) -> None:
    answering.say("hello")
    before = len(answering.log.read_text())
    answering.assistant.does = "fails"
    for _ in range(3):
        answering.say("zanahoria-verde-7391 please")
    answering.assistant.does = "answers"
    answering.say("hello")
    written = answering.log.read_text()[before:]
    assert re.findall(r'"event": "([^"]+)"', written) == ["door.assistant.away", "door.assistant.back"]
    assert "zanahoria" not in answering.log.read_text()


HOSTILE = [
    ("POST", "message", b"", {}, 400),
    ("POST", "message", b"{", {}, 400),
    ("POST", "message", b"[" * 30_000, {}, 400),
    ("POST", "message", b"\xff\xfe", {}, 400),
    ("POST", "message", b'{"session": 1, "message": "hi"}', {}, 400),
    ("POST", "message", b'{"session": "x", "message": "%s"}' % (b"a" * 4001), {}, 413),
    ("POST", "message", b"x" * 200_000, {}, 413),
    ("POST", "message", b"hi", {"Content-Encoding": "gzip"}, 400),
    ("GET", "message", b"", {}, 405),
    ("DELETE", "session", b"", {}, 405),
    ("PUT", "", b"x", {}, 405),
    ("POST", "nothing", b"{}", {}, 404),
    ("GET", "static/../../cli.py", b"", {}, 404),
    ("GET", "static/..%2f..%2fcli.py", b"", {}, 404),
    ("GET", "static/chat.py", b"", {}, 404),
    ("GET", "", b"", {"Host": "evil.example"}, 200),
    ("POST", "message", b'{"session": "x", "message": "hi"}', {"Host": "evil.example", "X-Forwarded-For": "1"}, 200),
]


@pytest.mark.parametrize(("method", "path", "body", "headers", "status"), HOSTILE)
@pytest.mark.parametrize("does", ["fails"])
def test_what_strangers_send(
    answering: Door, does: str, method: str, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    answering.assistant.does = does
    response = requests.request(method, f"{answering.url}{path}", data=body, headers=headers, timeout=60)
    assert response.status_code == status
    if status >= 400:
        assert set(response.json()["error"]) == {"en", "es"}
    assert "evil.example" not in response.text and "aiohttp" not in str(response.headers)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_browser_that_lost_its_way_gets_a_sentence_and_the_root_is_the_chat(answering: Door) -> None:
    root = answering.url.removesuffix("webhooks/web/")
    lost = requests.get(f"{root}nowhere", headers={"Accept": "text/html"}, timeout=20)
    assert lost.status_code == 404 and "There is no page here" in lost.text and "Aquí no hay" in lost.text
    assert requests.get(root, timeout=20, headers={"Host": "evil.example"}, allow_redirects=False).headers[
        "Location"
    ] == ("/webhooks/web/")
    assert requests.get(root, timeout=20).url == answering.url


def _raw(door: Door, sent: bytes, wait: float) -> bytes:
    with socket.create_connection(("127.0.0.1", door.port), timeout=wait) as wire:
        wire.sendall(sent)
        came = b""
        try:
            while more := wire.recv(4096):
                came += more
        except TimeoutError:
            came += b"(still open)"
        return came


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"POST /webhooks/web/message HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    ],
    ids=["no HTTP", "smuggled", "huge header"],
)
def test_what_is_no_request_is_refused_and_the_connection_closed(answering: Door, sent: bytes) -> None:
    came = _raw(answering, sent, 20)
    assert came.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400")) and b"(still open)" not in came
    assert not answering.assistant.heard
    assert answering.say("hello") == ANSWER["messages"]


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"POST /webhooks/web/message HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"],
    ids=["silent", "half a head", "half a body"],
)
def test_who_trickles_is_let_go_and_holds_up_nobody(answering: Door, sent: bytes) -> None:
    slow = [threading.Thread(target=_raw, args=(answering, sent, 40), daemon=True) for _ in range(20)]
    began = time.monotonic()
    for one in slow:
        one.start()
    assert answering.say("hello") == ANSWER["messages"] and time.monotonic() - began < 9
    assert b"(still open)" not in _raw(answering, sent, 40)


def _leaving(home: Path, root: Path = ROOT) -> Door:
    (home / "settings.yml").write_text(f'clinic: Sunrise Clinic\nphone: "{CLINIC}"\npublic_address: {PUBLIC}\n')
    return Door(home, Assistant(), root)


def test_a_program_replaced_under_its_feet_takes_nothing_away(tmp_path: Path) -> None:
    root, home = tmp_path / "program", tmp_path / "home"
    home.mkdir()
    for part in ("bot", "directory"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    door = _leaving(home, root)
    try:
        shutil.rmtree(root)
        session = door.session()
        assert len(session) == 48
        assert CLINIC in door.say("I need food please")[0]["text"]
        assert [m["custom"]["kind"] for m in door.say("Dios mío quiero matarme")] == ["crisis", "fallback"]
        assert "<Message>" in door.text({"From": "+12095550100", "Body": "hola"})
        _pause(door, "Closed.", "Cerrado.")
        assert door.say("95354")[0]["text"].count("911") == 2
        assert requests.get(door.url, timeout=20).status_code == 200
        assert requests.get(f"{door.url}x", headers={"Accept": "text/html"}, timeout=20).status_code == 404
        assert "ERROR" not in door.log.read_text()
    finally:
        door.stop()


def test_asked_to_stop_it_gives_the_answers_that_are_under_way_a_sentence(tmp_path: Path) -> None:
    door = _leaving(tmp_path)
    door.assistant.start()
    door.assistant.does = "hangs"
    said: list[str] = []
    asking = threading.Thread(target=lambda: said.append(door.say("I need food please")[0]["text"]))
    asking.start()
    while not door.assistant.heard:
        time.sleep(0.05)
    began = time.monotonic()
    door.process.send_signal(signal.SIGTERM)
    asking.join(20)
    assert said and said[0].startswith(AWAY["en"]) and door.process.wait(10) == 0
    assert time.monotonic() - began < 10
    door.listening.close()
    door.assistant.stop()


def test_who_comes_while_the_door_restarts_waits_and_is_answered(tmp_path: Path) -> None:
    door = _leaving(tmp_path)
    door.process.kill()
    door.process.wait()
    early = threading.Thread(target=lambda: requests.get(door.url, timeout=60).raise_for_status())
    early.start()
    time.sleep(0.5)
    assert early.is_alive()
    door.start()
    early.join(60)
    assert not early.is_alive()
    door.stop()


def test_a_key_that_cannot_be_read_still_lets_people_write(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    door = _leaving(tmp_path)
    try:
        assert len(door.session()) == 48
        assert door.say("I need food please")[0]["text"].startswith(AWAY["en"])
        assert "door.key.unreadable" in door.log.read_text()
    finally:
        door.stop()
