"""Whole talks by text: a real door before the real assistant, the demo directory, and what stays of it afterwards."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from directory import keys
from directory.inbox import opt_outs, who
from directory.text import gsm
from tests.conftest import Assistant, start_assistant, stop
from tests.sms.conftest import SETTINGS, Phone
from tests.up.conftest import Door

pytestmark = pytest.mark.rasa

SECRET = "zarzamora8261lirio"


@dataclass
class Running:
    """A door, the assistant behind it, and what both have written."""

    door: Door
    assistant: Assistant


@pytest.fixture(scope="module")
def talk(demo_home: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("talk") / "home"
    shutil.copytree(demo_home, home, ignore=shutil.ignore_patterns("*.log", "*.db-*", "conversations.db", "logs"))
    (home / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    assistant = start_assistant(home, models, PUENTE_LOG_LEVEL="DEBUG")
    door = Door(home, SimpleNamespace(port=urlsplit(assistant.url).port))  # type: ignore[arg-type]
    yield Running(door, assistant)
    door.stop()
    stop(assistant)


def test_a_talk_in_english(talk: Running) -> None:
    phone = Phone(talk.door, "+12095550001")
    first, listings = phone.text("I need food in Modesto")
    assert "automated" in first and "nobody reads this live" in first and "STOP" in first
    assert listings.startswith("Food near Modesto:") and re.search(r"\n1 .+209-555-\d{4}", listings)
    (details, *_) = phone.text("1")
    assert details.split("\n")[0] in listings and "automated" not in details
    changed, other = phone.text("LANG")[0], phone.text("IDIOMA")
    assert "español" in changed and "English" in other[0] and other[-1].startswith("Other languages")
    (anew, *_) = phone.text("RESET")
    assert "begin again" in anew and "1 Food" in anew


def test_a_talk_in_spanish_with_a_danger(talk: Running) -> None:
    phone = Phone(talk.door, "+12095550002")
    first, listings = phone.text("necesito comida en Fresno")
    assert "ALTO" in first and listings.startswith("Comida cerca de Fresno:")
    other = Phone(talk.door, "+12095550003")
    danger, first, *_ = other.text("quiero matarme")
    assert "988" in danger and "ALTO" in first
    assert "COMENZAR" in phone.text("no me escriban")[0] and phone.text("comida en Fresno") == []


def played(talk: Running, language: str, *said: str) -> list[list[dict[str, Any]]]:
    """What a page in that language that plays a phone shows for each of those texts."""
    session, found = talk.door.session(), []
    for words in said:
        body = {"session": session, "message": words, "as": "sms", "language": language}
        found.append(requests.post(f"{talk.door.url}message", json=body, timeout=60).json()["messages"])
    return found


@pytest.mark.parametrize(
    ("page", "spoken", "said"),
    [
        ("en", "es", ("comida cerca de 95354", "1", "SIGA", "MORE", "2")),
        ("es", "en", ("food near 95354", "1", "MORE", "siga", "2")),
    ],
)
def test_the_language_of_a_talk_goes_before_that_of_the_page_and_of_an_order(
    talk: Running, page: str, spoken: str, said: tuple[str, ...]
) -> None:
    for words, texts in zip(said, played(talk, page, *said), strict=True):
        assert {text["custom"]["language"] for text in texts} == {spoken}, words
    (first, *_), (stopped,) = played(talk, page, "95354", "STOP")
    assert first["custom"]["language"] == page and ("START" in stopped["text"]) == (page == "en")


def test_every_text_is_whole_and_within_what_carriers_take(talk: Running) -> None:
    phone = Phone(talk.door, "+12095550004")
    for words in ("food in Modesto", "2", "can I get calfresh", "95354", "en español", "what do you keep about me"):
        for text in phone.text(words):
            assert gsm.segments(text) <= 4 and "**" not in text and "://" not in text, text


def test_a_number_that_nobody_should_send_is_taken_out_and_said_so(talk: Running) -> None:
    phone = Phone(talk.door, "+12095550005")
    first, warning = phone.text("my ssn is 123-45-6789")
    assert "automated" in first and "did not keep it" in warning and "guard" not in warning
    again = phone.text("food in Modesto, my social is 123-45-6789")
    assert not any("automated" in text for text in again) and again[-1].startswith("Food near Modesto")
    *_, warning = Phone(talk.door, "+12095550007").text("123-45-6789")
    assert "did not keep it" in warning and "no lo guard" in warning


def test_other_words_that_only_the_assistant_understands_stop_it_too(
    talk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(talk.door.home))
    phone = Phone(talk.door, "+12095550006")
    said = phone.text("ya estuvo con los mensajitos")
    assert "COMENZAR" in said[-1] and opt_outs.is_out(who.conversation(phone.number))
    assert phone.text("food") == [] and "STOP" in " ".join(phone.text("START"))


def turn_of(talk: Running, body: bytes, signature: str | None = None) -> requests.Response:
    made = signature or hmac.new(keys.derived("door"), body, hashlib.sha256).hexdigest()
    address = talk.assistant.url.replace("/web/", "/sms/turn")
    return requests.post(address, data=body, headers={"X-Puente-Door": made}, timeout=30)


def test_the_assistant_hears_nobody_but_the_door(talk: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(talk.door.home))
    body = json.dumps({"who": "a" * 32, "text": "I need food in Modesto", "reach": "x", "id": "one"}).encode()
    for wrong in ("x", "é", "0" * 64):
        assert turn_of(talk, body, wrong.encode().decode("latin-1")).status_code == 403
    assert requests.post(talk.assistant.url.replace("/web/", "/sms/turn"), data=body, timeout=30).status_code == 403
    for broken in (b"", b"[]", b"{", b'{"who": 1, "text": "a", "reach": "b"}', b'{"who": "", "text": "", "reach": ""}'):
        assert turn_of(talk, broken).status_code == 400
    first = turn_of(talk, body)
    assert first.status_code == 200 and first.json()["first"] is True and first.json()["language"] == "en"
    assert turn_of(talk, body).json() == first.json()  # asked again for the same message, it says the same
    later = turn_of(talk, body.replace(b'"one"', b'"two"')).json()
    assert later["first"] is False and later["messages"]


def test_many_at_once_each_get_an_answer_or_are_told(talk: Running) -> None:
    phones = [Phone(talk.door, f"+1209556{number:04d}") for number in range(60)]
    with ThreadPoolExecutor(30) as threads:
        said = list(threads.map(lambda phone: phone.text("food in Modesto"), phones))
    assert all(texts and ("Food near Modesto" in texts[-1] or "211" in texts[-1]) for texts in said)
    assert sum("Food near Modesto" in texts[-1] for texts in said) >= 10


def test_no_number_and_no_words_stay_anywhere(talk: Running) -> None:
    phone = Phone(talk.door, "+15595551423")
    for words in (
        f"food in Modesto {SECRET}", f"my name is {SECRET}", f"I want to die {SECRET}", "1", "yes", f"call me {SECRET}",
        f"stop texting me {SECRET}", f"{SECRET}", "START", f"{SECRET} " * 60, f"/inform {SECRET}",
    ):  # fmt: skip
        phone.text(words)
    needles = (SECRET.encode(), b"5595551423", b"559-555-1423", b"(559) 555-1423")
    files = [path for path in talk.door.home.rglob("*") if path.is_file()]
    assert len(files) > 5 and any(path.name.startswith("conversations") for path in files)
    assert not [path.name for path in files if any(each in path.read_bytes() for each in needles)]
