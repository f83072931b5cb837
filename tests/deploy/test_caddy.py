"""What people meet at the public address: the chat, nothing else, and a sentence with numbers when it is away."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests

from directory.reply import Kind, Reply
from tests.conftest import ROOT, environment, free_port
from tests.deploy.conftest import DEPLOY, Front, start_caddy, wait_for

NUMBERS = ("911", "988", "211")
SAFE = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SAID = {"session": "x" * 48, "message": "I need food"}


def test_the_chat_page_is_there(front: Front) -> None:
    front.open_door()
    page = requests.get(front.site, timeout=10)
    assert (page.status_code, page.url) == (200, f"{front.site}/webhooks/web/")
    assert "<html" in page.text and "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert {name: page.headers.get(name) for name in SAFE} == SAFE


def test_a_message_reaches_the_door(front: Front) -> None:
    front.open_door()
    session = requests.post(f"{front.site}/webhooks/web/session", timeout=10)
    assert session.status_code == 201 and session.json()["session"]
    answer = requests.post(f"{front.site}/webhooks/web/message", json={**session.json(), "message": "hola"}, timeout=10)
    assert answer.status_code == 200 and answer.json()["messages"][0]["text"]


@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/desk",
        "/static/desk.css",
        "/webhooks/rest/webhook",
        "/conversations/x/tracker",
        "/model",
        "/webhooks",
    ],
)
def test_nothing_else_is_reached(front: Front, path: str) -> None:
    front.open_door()
    answer = requests.get(front.site + path, timeout=10)
    assert answer.status_code == 404
    assert all(number in answer.text for number in NUMBERS)


def test_a_page_that_is_away_says_whom_to_call_in_both_languages(front: Front) -> None:
    page = requests.get(f"{front.site}/webhooks/web/", timeout=20)
    assert page.status_code == 502
    assert page.headers["Content-Type"].startswith("text/html")
    for said in (
        "cannot answer right now",
        "no puede contestar ahora",
        *(f'href="tel:{number}"' for number in NUMBERS),
    ):
        assert said in page.text
    assert {name: page.headers.get(name) for name in SAFE} == SAFE
    assert "Caddy" not in page.headers.get("Server", "")


def test_a_message_to_nobody_is_answered_in_the_shape_of_the_chat(front: Front) -> None:
    answer = requests.post(f"{front.site}/webhooks/web/message", json=SAID, timeout=20)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/json"
    [message] = answer.json()["messages"]
    assert message["custom"] == Reply(Kind.FALLBACK, phones=NUMBERS).to_json()
    assert message["text"].count("\n") == 1
    for line in message["text"].split("\n"):
        assert all(number in line for number in NUMBERS)


def test_a_session_from_nobody_is_refused_in_words(front: Front) -> None:
    answer = requests.post(f"{front.site}/webhooks/web/session", timeout=20)
    assert answer.status_code == 502
    assert set(answer.json()["error"]) == {"en", "es"} and answer.json()["code"] == "away"


def test_a_text_message_to_nobody_is_answered(front: Front) -> None:
    answer = requests.post(f"{front.site}/webhooks/sms/webhook", data={"Body": "food"}, timeout=20)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/xml"
    texts = [message.text or "" for message in ElementTree.fromstring(answer.content).iter("Message")]
    assert len(texts) == 2
    assert all(number in text for text in texts for number in NUMBERS)
    assert len(texts[0]) <= 160


def test_a_door_that_is_away_for_a_second_is_waited_for(front: Front) -> None:
    opener = threading.Timer(1.0, front.open_door)
    opener.start()
    begun = time.monotonic()
    page = requests.get(f"{front.site}/webhooks/web/", timeout=20)
    opener.join()
    assert page.status_code == 200 and time.monotonic() - begun > 0.9


def test_no_line_of_the_log_says_who_asked_or_what(front: Front) -> None:
    marked = {"session": "s" * 48, "message": "zorzal-7731"}
    requests.post(
        f"{front.site}/webhooks/web/message?marked=zorzal-7731",
        json=marked,
        headers={"Cookie": "zorzal-7731"},
        timeout=20,
    )
    log = (front.folder / "caddy.log").read_text("utf-8")
    assert "serving initial configuration" in log
    assert "zorzal-7731" not in log and "remote_ip" not in log


def test_the_desk_behind_caddy_asks_for_a_sign_in_and_lets_nobody_look_around(
    caddy: str, demo_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_home, tmp_path / "home")
    port, desk_port = free_port(), free_port()
    shipped = (DEPLOY / "caddy" / "desk.Caddyfile").read_text("utf-8").replace("\ttls internal\n", "")
    (tmp_path / "desk").write_text(shipped.replace("127.0.0.1:8000", f"127.0.0.1:{desk_port}"), "utf-8")
    name = f"http://127.0.0.1:{port}"
    desk = subprocess.Popen(
        [sys.executable, "-m", "directory.cli", "desk", "--quiet", "--port", str(desk_port)],
        cwd=ROOT, env=environment(tmp_path / "home"),
    )  # fmt: skip
    process = start_caddy(caddy, tmp_path / "desk", tmp_path, PUENTE_DESK_NAME=name)
    try:
        wait_for(f"http://127.0.0.1:{desk_port}")
        wait_for(name)
        assert 'action="/look-around"' in requests.get(f"http://127.0.0.1:{desk_port}/", timeout=20).text
        through = requests.get(name, timeout=20)
        assert through.url == f"{name}/signin"
        assert 'name="password"' in through.text and "/look-around" not in through.text
        tried = requests.post(f"{name}/look-around", data={"role": "admin"}, timeout=20, allow_redirects=False)
        assert tried.status_code == 403 and "puente_desk" not in tried.cookies
    finally:
        for each in (process, desk):
            each.kill()
            each.wait(10)


def test_the_caddyfile_of_a_real_address_asks_for_a_certificate(caddy: str, tmp_path: Path) -> None:
    adapted = subprocess.run(
        [caddy, "adapt", "--config", str(DEPLOY / "caddy" / "Caddyfile")],
        env={"PUENTE_SITE": "https://ask.kitehealth.example.org", "PATH": "/usr/bin", "HOME": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    [server] = json.loads(adapted.stdout)["apps"]["http"]["servers"].values()
    assert server["listen"] == [":443"]
    assert '"ask.kitehealth.example.org"' in adapted.stdout
