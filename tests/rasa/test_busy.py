"""More people than can be answered: each hears so at once, danger is heard, and the next message works."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from bot import sentences
from tests.conftest import Assistant, start_assistant, stop

pytestmark = pytest.mark.rasa

BUSY = sentences.both("busy")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    program = (str(Path(__file__).with_name("crowded.py")),)
    running = start_assistant(tmp_path_factory.mktemp("crowded-home"), models, program=program)
    yield running
    stop(running)


def _in_line(assistant: Assistant, count: int) -> None:
    limit = time.monotonic() + 30
    while requests.get(f"{assistant.url}health", timeout=20).json()["waiting"] != count:
        assert time.monotonic() < limit, f"{count} never waited"
        time.sleep(0.02)


def test_too_many_are_told_at_once_and_danger_is_still_answered(crowded: Assistant) -> None:
    english, spanish, page = (crowded.session() for _ in range(3))
    crowded.say(english, "thank you very much")
    with ThreadPoolExecutor() as pool:
        answers = [pool.submit(crowded.say, crowded.session(), "hold") for _ in range(2)]
        _in_line(crowded, 1)

        def refused(session: str, message: str, **more: str) -> str:
            body = {"session": session, "message": message, **more}
            response = requests.post(f"{crowded.url}message", json=body, timeout=30)
            told = response.json()
            assert (response.status_code, told["code"], told["error"]) == (503, "busy", BUSY)
            assert int(response.headers["Retry-After"]) > 0
            return str(told["error"][told["language"]])

        assert refused(english, "I need food in Modesto") == BUSY["en"]
        assert refused(english, "95354") == BUSY["en"]
        assert refused(spanish, "Necesito comida en Modesto") == BUSY["es"]
        assert refused(page, "95354", language="es") == BUSY["es"]
        danger = pool.submit(crowded.say, crowded.session(), "quiero matarme")
        _in_line(crowded, 2)
        assert requests.get(f"{crowded.url}health", timeout=20).json()["refused"] == 4
        (crowded.home / "go").touch()
        assert all(answer.result() for answer in answers)
        assert "988" in str(danger.result()[0]["text"]) and danger.result()[0]["custom"]["kind"] == "crisis"  # type: ignore[index]
    for session in (english, spanish, page):
        assert crowded.say(session, "hello")[0]["text"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sentence_leads_to_help_that_is_awake_and_fits_a_text_message(language: str) -> None:
    assert all(number in BUSY[language] for number in ("211", "911", "988"))
    assert len(BUSY[language]) <= 160
