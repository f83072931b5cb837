"""Ask as a patient: the running assistant answers through its door, with why beside it, and nothing of it is kept."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import requests
from starlette.testclient import TestClient

from bot import sessions as doors
from directory import records, trials
from directory.accounts import Role, sessions
from directory.desk.app import create_app
from directory.desk.ask.wording import known_texts
from directory.desk.frame.routes import COOKIE
from directory.model import Language
from directory.text.catalogue import say
from tests.conftest import ROOT, demo_copy, environment, free_port
from tests.desk.conftest import account
from tests.desk.forms import post
from tests.desk.listings import NOW

_HIDDEN = re.compile(r'name="(session|earlier|began)" value="([^"]*)"')


def hidden(page: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}


def write(client: TestClient, page: str, message: str, **more: str):  # type: ignore[no-untyped-def]
    """What comes of sending that message from that page."""
    began = hidden(page)
    channel, language = began["began"].split()
    return post(client, "/ask", {**began, "channel": channel, "language": language, "message": message, **more})


def test_where_nothing_runs_the_page_says_so_with_the_command(signed: Callable[..., TestClient]) -> None:
    worker = signed(Role.CHW)
    page = worker.get("/ask").text
    assert "Invented questions only." in page
    answer = write(worker, page, "food in 93301")
    assert answer.status_code == 502 and "Nobody answers" in answer.text and "puente up" in answer.text
    assert ">food in 93301</textarea>" in answer.text  # what was written is not lost


@pytest.mark.parametrize("earlier", ["[[", '{"a":1}', '[{"asked":1,"said":[]}]', "[" * 900, '["x"]'])
def test_a_form_that_was_bent_is_a_new_talk(signed: Callable[..., TestClient], earlier: str) -> None:
    worker = signed(Role.CHW)
    page = worker.get("/ask").text
    answer = write(worker, page, "", earlier=earlier, session="x" * 48)
    assert answer.status_code == 200 and 'class="talk"' not in answer.text


def test_a_hostile_word_of_before_stays_text(signed: Callable[..., TestClient]) -> None:
    worker = signed(Role.CHW)
    page = worker.get("/ask").text
    bent = '[{"asked": "<script>alert(1)</script>", "said": ["<img src=x onerror=alert(1)>"]}]'
    answer = write(worker, page, "hello", earlier=bent)
    assert "&lt;script&gt;" in answer.text and "<img src=x" not in answer.text and "<script>" not in answer.text


def test_only_this_home_can_begin_a_trial(desk_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token, patient = trials.begun(), doors.new_session()
    assert trials.is_trial(token) and doors.is_session(token)
    assert trials.is_conversation(doors.conversation_id(token))
    assert not trials.is_trial(patient) and not trials.is_conversation(doors.conversation_id(patient))
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / "other"))
    assert not trials.is_trial(token)


@pytest.mark.parametrize("language", list(Language))
def test_the_texts_of_an_answer_are_found_by_their_words(language: Language) -> None:
    told = say("assistant.crisis.self_harm", language)
    assert "assistant.crisis.self_harm" in known_texts(told, language)
    assert known_texts("Nothing of ours stands in this line at all.", language) == ()


@pytest.fixture(scope="module")
def up(demo_home: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a Puente that really runs: door, assistant and desk."""
    home = tmp_path_factory.mktemp("up") / "home"
    demo_copy(demo_home, home)
    port = free_port()
    command = [sys.executable, "-m", "directory.cli", "up", "--port", str(port), "--desk-port", str(free_port())]
    with (home / "up.out").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(home, models), stdout=log, stderr=log)
    limit = time.monotonic() + 300
    while time.monotonic() < limit and process.poll() is None:
        try:
            if requests.get(f"http://127.0.0.1:{port}/webhooks/web/health", timeout=5).status_code == 200:
                break
        except requests.RequestException:  # not there yet, or busy with its start
            pass
        time.sleep(0.3)
    else:
        process.kill()
        raise AssertionError((home / "up.out").read_text()[-4000:])
    yield home
    process.terminate()
    process.wait(60)


@pytest.fixture
def desk(up: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """Somebody at the desk of that home."""
    monkeypatch.setenv("PUENTE_HOME", str(up))

    def at_the_desk(role: Role = Role.STAFF) -> TestClient:
        one = TestClient(create_app(lambda: up / "directory.db", now=lambda: NOW), raise_server_exceptions=False)
        one.cookies.set(COOKIE, sessions.begin(account(role, f"{role.value}1"), NOW))
        return one

    return at_the_desk


@pytest.mark.rasa
def test_a_talk_on_the_page_shows_rows_and_rule_and_leaves_nothing(desk: Callable[..., TestClient], up: Path) -> None:
    staff = desk()
    first = write(staff, staff.get("/ask").text, "I need food near 93301")
    assert first.status_code == 200
    assert "Food near 93301" in first.text and "Why this answer" in first.text
    assert "Demo roster of plan partners (invented)" in first.text and 'href="/place/demo' in first.text
    second = write(staff, first.text, "that number is wrong")
    assert "Food near 93301" in second.text  # the talk goes on below what was said
    third = write(staff, second.text, "2, the number does not work")
    assert third.status_code == 200
    danger = write(staff, third.text, "I want to die").text
    assert "988" in danger and "The message speaks of a danger" in danger and "assistant.crisis." in danger
    _left_nothing(up)


@pytest.mark.rasa
def test_a_text_message_is_counted_in_segments_in_spanish(desk: Callable[..., TestClient], up: Path) -> None:
    worker = desk(Role.CHW)
    page = worker.get("/ask?lang=es").text
    began = {**hidden(page), "began": "sms es"}
    sent = {**began, "channel": "sms", "language": "es", "message": "necesito comida cerca de 93301"}
    answer = post(worker, "/ask?lang=es", sent).text
    assert "Por qué esta respuesta" in answer and re.search(r"[1-9] segmentos?", answer)
    assert "Fila " in answer and "/rules/value" not in answer  # rules are staff's
    called = write(worker, answer, "que alguien me llame")
    assert called.status_code == 200
    _left_nothing(up)


def _left_nothing(home: Path) -> None:
    """No record, no call-back and no report came of it."""
    time.sleep(3)  # records are written behind the answer
    assert records.counts("channel", since=date(2026, 1, 1), file=home / "records.db") == ()
    found = subprocess.run(
        [sys.executable, "-m", "directory.cli", "inbox", "--json"],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    inbox = json.loads(found.stdout)
    assert inbox["calls"] == [] and inbox["reports"] == [] and not any(inbox["texts"].values())
