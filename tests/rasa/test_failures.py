"""When a part fails, the person gets a fixed sentence with 211 in their language, and the log says where, not what."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot import sentences
from tests.actions.conftest import responses
from tests.conftest import Assistant, start_assistant, stop
from tests.rasa.faulty_actions import SLEEP_SECONDS

pytestmark = pytest.mark.rasa

FAILED = {variant["custom"]["language"]: variant["text"] for variant in responses()["utter_failed"]}
AWAY = sentences.both("away")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    program = (str(Path(__file__).with_name("faulty.py")),)
    running = start_assistant(tmp_path_factory.mktemp("faulty-home"), models, program=program, PUENTE_FAULTY="1")
    yield running
    stop(running)


@pytest.mark.parametrize(
    ("message", "says", "logged"),
    [
        ("hello", FAILED["en"], r'"action\.failed", "action": "action_greet", "error": "ValueError at'),
        (
            "hola buenos días",
            FAILED["es"],
            r'"action\.failed", "action": "action_greet", "error": "ValueError at',
        ),
        (
            "give me more places",
            AWAY["en"],
            r'"rasa\.core\.processor", "where": "processor:\d+", "error": "KeyError',
        ),
        (
            "boom, I need help please",
            AWAY["en"],
            r'"web\.answer\.failed", "error": "RuntimeError at bot',
        ),
        ("boom, necesito ayuda por favor", AWAY["es"], r'"web\.answer\.failed", "error": "RuntimeError at bot/'),
        ("I need food in Modesto", AWAY["en"], r'"event": "web\.answer\.too_slow"}$'),
        ("Necesito comida en Modesto", AWAY["es"], r'"event": "web\.answer\.too_slow"}$'),
    ],
)
def test_a_failure_is_a_sentence_for_the_person_and_a_line_for_the_log(
    faulty: Assistant, message: str, says: str, logged: str
) -> None:
    before = len(faulty.log.read_text())
    (answer,) = faulty.say(faulty.session(), message)
    written = faulty.log.read_text()[before:]
    assert answer["text"] == says and "211" in says
    assert re.search(logged, written, re.MULTILINE), written
    assert message not in faulty.log.read_text()


@pytest.mark.parametrize(
    ("message", "line", "then"),
    [
        ("i want to kill myself", "988", FAILED["en"]),
        ("me quiero matar", "988", FAILED["es"]),
        ("boom, i want to kill myself", "988", AWAY["en"]),
        ("boom, mi esposo me pega", "1-800-799-7233", AWAY["es"]),
    ],
)
def test_danger_gets_its_fixed_words_whatever_breaks(faulty: Assistant, message: str, line: str, then: str) -> None:
    first, second = faulty.say(faulty.session(), message)
    assert isinstance(first["custom"], dict) and first["custom"]["kind"] == "crisis"
    assert line in str(first["text"]) and line in first["custom"]["phones"]
    assert second["text"] == then


def test_a_message_without_a_language_is_apologized_for_in_that_of_the_page(faulty: Assistant) -> None:
    def apology(**page: object) -> str:
        body = {"session": faulty.session(), "message": "boom", **page}
        return str(requests.post(f"{faulty.url}message", json=body, timeout=20).json()["messages"][0]["text"])

    assert apology(language="es") == AWAY["es"]
    assert apology(language="en") == AWAY["en"]
    assert apology() == apology(language=["es"]) == "\n".join(AWAY.values())


def test_an_action_that_takes_long_holds_up_nobody(faulty: Assistant) -> None:
    session = faulty.session()
    began = time.monotonic()
    faulty.say(session, "I need food in Modesto")
    assert 1 <= time.monotonic() - began < SLEEP_SECONDS - 1
    # It still sleeps in its thread; others, and the same person, are answered meanwhile.
    for person in (faulty.session(), session):
        assert faulty.say(person, "hello")[0]["text"] == FAILED["en"]
    assert time.monotonic() - began < SLEEP_SECONDS - 1
