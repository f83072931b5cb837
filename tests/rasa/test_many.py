"""Many people at once, and one person who writes twice at once: nobody gets another's answer, and all in order."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import Assistant

pytestmark = pytest.mark.rasa

PEOPLE = 30
PLACES = (
    "Modesto",
    "Stockton",
    "Fresno",
    "Salinas",
    "Bakersfield",
    "Visalia",
    "Merced",
    "Madera",
    "Hanford",
    "Oakland",
)
SCRIPTS = {
    "en": ("i need food in {place}", "more", "2", "what is the phone number", "i need a ride", "thanks"),
    "es": ("necesito comida en {place}", "más", "2", "cuál es el teléfono", "necesito un raite", "gracias"),
}


def test_thirty_people_at_once_each_get_their_own_answers(assistant: Assistant) -> None:
    def talk(number: int) -> list[str]:
        language, place = ("en", "es")[number % 2], PLACES[number % len(PLACES)]
        session = assistant.session()
        wrong: list[str] = []
        for text in SCRIPTS[language]:
            for message in assistant.say(session, text.format(place=place)):
                custom: dict[str, object] = message["custom"]  # type: ignore[assignment]
                if custom["language"] != language or custom.get("place") not in (None, place):
                    wrong.append(f"{number} {text}: {message['text']}")
                if custom["kind"] in ("fallback", "handoff"):
                    wrong.append(f"{number} {text}: {message['text']}")
        return wrong

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert [wrong for found in pool.map(talk, range(PEOPLE)) for wrong in found] == []


def test_two_messages_at_once_of_one_person_are_answered_in_order(assistant: Assistant) -> None:
    session = assistant.session()

    def say(text: str) -> tuple[list[dict[str, object]], float]:
        return assistant.say(session, text), time.monotonic()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(say, "i need food in modesto")
        time.sleep(0.02)
        second = pool.submit(say, "more")
    (page,), at = first.result()
    (more,), later = second.result()
    assert str(page["text"]).startswith("Food near Modesto:") and str(more["text"]).startswith(
        "More: Food near Modesto:"
    )
    assert at <= later
