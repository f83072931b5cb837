"""The web channel as a stranger meets it: sessions, limits, hostile input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import requests

from tests.conftest import Assistant, start_assistant, stop

pytestmark = pytest.mark.rasa


def test_a_session_is_unguessable_and_new_each_time(assistant: Assistant) -> None:
    tokens = {assistant.session() for _ in range(5)}
    assert len(tokens) == 5
    assert min(len(token) for token in tokens) >= 40


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b'{"session": 1, "message": "hi"}', 400, "malformed"),
        (b'{"session": "x"}', 400, "malformed"),
        (b"[" * 5000, 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b'{"session": "made-up", "message": "hi"}', 401, "unknown_session"),
        (b'{"session": "%s", "message": "hi"}' % (b"A" * 48), 401, "unknown_session"),
        (b"x" * 100_000, 413, "too_long"),
    ],
)
def test_bad_requests_get_a_status_and_a_sentence_in_both_languages(
    assistant: Assistant, body: bytes, status: int, code: str
) -> None:
    response = requests.post(f"{assistant.url}message", data=body, timeout=20)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert set(response.json()["error"]) == {"en", "es"}
    assert all(sentence.endswith(".") for sentence in response.json()["error"].values())


@pytest.mark.parametrize(("length", "status"), [(4000, 200), (4001, 413), (10_000, 413)])
def test_four_thousand_characters_are_answered_and_one_more_is_not(
    assistant: Assistant, length: int, status: int
) -> None:
    assert assistant.post(assistant.session(), "a" * length).status_code == status


def test_writing_too_fast_is_said_and_passes(assistant: Assistant) -> None:
    session = assistant.session()
    statuses = [assistant.post(session, "hi").status_code for _ in range(30)]
    assert statuses[:15] == [200] * 15
    assert 429 in statuses
    assert assistant.post(assistant.session(), "hi").status_code == 200


@pytest.mark.parametrize("message", ["/crisis", "  //opt_out", "/ /goodbye{}", '/inform{"place": "X"}'])
def test_a_leading_slash_never_becomes_an_intent(assistant: Assistant, message: str) -> None:
    plain = message.replace("/", "").strip()
    with_slash = assistant.say(assistant.session(), message)
    assert with_slash == assistant.say(assistant.session(), plain)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "😀🙏🏽",
        "\u0000\u0007\u200b",
        "<script>alert(1)</script>",
        "我需要食物",
        "مرحبا",
        "?!...",
        "a" * 900,
        "\u202eabc",
    ],
)
def test_odd_input_is_answered_and_never_echoed_as_markup(assistant: Assistant, message: str) -> None:
    messages = assistant.say(assistant.session(), message)
    assert messages and all(part["text"] for part in messages)
    assert "<script" not in json.dumps(messages)


@pytest.mark.parametrize(
    "path", ["", "webhooks/rest/webhook", "model/parse", "conversations/x/tracker", "status", "version", "domain"]
)
def test_nothing_else_of_rasa_answers(assistant: Assistant, path: str) -> None:
    root = assistant.url.removesuffix("webhooks/web/")
    for method in ("GET", "POST"):
        response = requests.request(method, root + path, json={}, timeout=20)
        assert response.status_code in {404, 405}, path
        assert "rasa" not in response.text.lower()


def test_it_listens_on_loopback_only(assistant: Assistant) -> None:
    port = int(assistant.url.split(":")[2].split("/")[0])
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    addresses = {row[1].split(":")[0] for row in listening if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}
    assert addresses == {"0100007F"}


def test_static_files_cannot_be_climbed_out_of(assistant: Assistant) -> None:
    for name in ("../../cli.py", "..%2f..%2fcli.py", "%2e%2e/chat.html", "chat.py", ".hidden"):
        assert requests.get(f"{assistant.url}static/{name}", timeout=20).status_code in {400, 404}


def test_the_page_and_health_answer(assistant: Assistant) -> None:
    page = requests.get(assistant.url, timeout=20)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    health = requests.get(f"{assistant.url}health", timeout=20).json()
    assert health["model"] and health["actions"] and health["listings"] > 300


def test_when_the_actions_are_away_the_person_still_gets_211_in_their_language(demo_home: Path, models: Path) -> None:
    # Nothing listens at this address: the action server is down.
    running = start_assistant(demo_home, models, "--actions-url", "http://127.0.0.1:9/webhook")
    try:
        english = running.say(running.session(), "I need food in Modesto please")
        spanish = running.say(running.session(), "Necesito comida en Modesto por favor")
    finally:
        stop(running)
    assert "call 211" in str(english[0]["text"]) and "llame" not in str(english[0]["text"])
    assert "llame al 211" in str(spanish[0]["text"]) and "Please" not in str(spanish[0]["text"])


def test_the_page_says_its_language_for_a_message_that_shows_none(assistant: Assistant) -> None:
    def answered(**more: str) -> object:
        body = {"session": assistant.session(), "message": "95354", **more}
        reply = requests.post(f"{assistant.url}message", json=body, timeout=20).json()["messages"][0]
        return reply["custom"]["language"]

    assert answered(language="es") == "es"
    assert answered(language="en") == "en"
    assert answered(language="<b>") == "en"
    assert answered() == "en"


def test_a_file_that_has_not_changed_is_not_sent_again(assistant: Assistant) -> None:
    first = requests.get(f"{assistant.url}static/chat.js", timeout=20)
    again = requests.get(f"{assistant.url}static/chat.js", headers={"If-None-Match": first.headers["ETag"]}, timeout=20)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("word", ["cancel", "END", "Quit.", "cancelar"])
def test_a_word_that_ends_something_begins_anew_on_the_page_and_stop_stops(assistant: Assistant, word: str) -> None:
    session = assistant.session()
    said = "comida en Modesto" if word == "cancelar" else "food in Modesto"
    assert assistant.say(session, said)[0]["custom"]["kind"] == "listings"
    (anew,) = assistant.say(session, word)
    assert anew["custom"]["kind"] == "question" and anew["custom"]["language"] == ("es" if said[0] == "c" else "en")
    assert assistant.say(session, "STOP")[0]["custom"]["kind"] == "opt_out"
