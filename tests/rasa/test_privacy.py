"""What is kept of a conversation: acts, slots and listing ids; never the words, at DEBUG neither, anywhere."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Assistant, start_assistant, stop
from tests.conversations.runner import kept_slots

pytestmark = pytest.mark.rasa

MARKERS = ("zanahoria-verde-7391", "078-05-1120", "078051120", "A123456789")
MESSAGES = (
    "I need food in Modesto zanahoria-verde-7391",
    "my social is 078-05-1120 and 078051120, am i eligible for calfresh",
    "mi numero A es A123456789, necesito un refugio en Fresno",
    "near zanahoria-verde-7391",
    "zanahoria-verde-7391",
    "A123456789",
    "I want to die zanahoria-verde-7391",
    "my name is zanahoria-verde-7391 and i live in Turlock",
)


def test_no_word_a_person_typed_is_kept_anywhere(demo_home: Path, models: Path) -> None:
    running = start_assistant(demo_home, models, PUENTE_LOG_LEVEL="DEBUG", RASA_LOG_LEVEL="DEBUG", LOG_LEVEL="DEBUG")
    try:
        session = running.session()
        for message in MESSAGES:
            assert running.say(session, message)
        found = [(marker, where) for marker in MARKERS for where in _holding(marker, running)]
    finally:
        stop(running)
    assert found == []
    assert [(m, where) for m in MARKERS for where in _holding(m, running)] == []


def _holding(marker: str, running: Assistant) -> list[str]:
    """The files below the home, the log among them, that hold the marker in any of their bytes."""
    needles = (marker.encode(), marker.encode("utf-16-le"))
    return [
        path.name
        for path in running.home.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_what_is_kept_is_readable_by_its_owner_alone(assistant: Assistant) -> None:
    assistant.say(assistant.session(), "hello")
    for name in ("conversations.db", "secret.key"):
        assert (assistant.home / name).stat().st_mode & 0o077 == 0, name


def test_a_conversation_outlives_a_restart(demo_home: Path, models: Path) -> None:
    running = start_assistant(demo_home, models)
    session = running.session()
    running.say(session, "necesito comida en Modesto")
    stop(running)
    again = start_assistant(demo_home, models)
    try:
        assert kept_slots(again, session)["language"] == "es"
        more = again.say(session, "más")
        assert more[0]["custom"]["kind"] == "listings"  # type: ignore[index]
    finally:
        stop(again)


def test_a_session_token_is_not_what_is_stored(assistant: Assistant) -> None:
    session = assistant.session()
    assistant.say(session, "hello")
    connection = sqlite3.connect(f"file:{assistant.home / 'conversations.db'}?mode=ro", uri=True)
    ids = [row[0] for row in connection.execute("SELECT id FROM conversation")]
    connection.close()
    assert ids and all(session not in stored for stored in ids)
