"""What is kept of a conversation: acts, slots and listing ids; never the words, at DEBUG neither, anywhere."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import asking, labels
from directory import places, plans, store
from directory.eligibility import rules
from directory.model import Need, Place
from tests.actions.conftest import acts
from tests.conftest import ROOT, Assistant, environment, start_assistant, stop
from tests.conversations.runner import kept_slots, kept_state

pytestmark = pytest.mark.rasa

MARKERS = (
    "zanahoria-verde-7391",
    "078-05-1120",
    "078051120",
    "A123456789",
    "4111 1111 1111",
    "91234567A",
    "8085550142",
)
MESSAGES = (
    "I need food in Modesto zanahoria-verde-7391",
    "my social is 078-05-1120 and 078051120, am i eligible for calfresh",
    "mi numero A es A123456789, necesito un refugio en Fresno",
    "near zanahoria-verde-7391",
    "zanahoria-verde-7391",
    "A123456789",
    "my card 4111 1111 1111 1111 pay my light bill in Modesto",
    "medi-cal 91234567A, food near 95354",
    "call me at 8085550142 i need a shelter in Fresno",
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


TALK = (
    "i am undocumented and he beats me, i need food in modesto",
    "my ssn is 078-05-1120",
    "i have HIV and live at 123 Secreta Street Modesto 95354",
    "78051 Mission District",
    "mi numero A es A123456789 y vivo en Chinatown",
    "tell me about the second, i have health net",
    "what is calfresh",
    "food near 95322",
    "en español por favor",
)


def test_what_is_kept_is_made_of_our_own_words_alone(assistant: Assistant) -> None:
    session = assistant.session()
    for message in TALK:
        assistant.say(session, message)
        kept = kept_state(assistant, session)
        strange = [value for value in _leaves(kept) if not _ours(value, assistant.home)]
        assert strange == [], message
        assert len(kept["acts"]) <= 2


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str):
        yield value


def _ours(value: str, home: Path) -> bool:
    """Whether a text is an id, a listing, or a place in the words in which we write it."""
    ids = {*rules.programs(), *plans.plans(), *(need.value for need in Need), *acts(), *labels.GOALS, "en", "es"}
    questions = {getattr(asking, name) for name in asking.__all__ if name.startswith("ABOUT")} | {"offer", "go_on"}
    if value in ids | questions | set(places.COUNTIES) or value in places.names().values():
        return True
    found = places.resolve(value)
    if isinstance(found, Place):
        return value == places.text_for(found)
    with store.open_directory(home / "directory.db") as connection:
        return store.listing(connection, value).id == value


def test_no_core_is_dumped(assistant: Assistant) -> None:
    limits = Path(f"/proc/{assistant.process.pid}/limits").read_text()
    assert next(line for line in limits.splitlines() if line.startswith("Max core file size")).split()[4] == "0"


def test_old_conversations_are_forgotten_while_it_runs(tmp_path: Path) -> None:
    code = f"""
import asyncio, os, sqlite3, time
from pathlib import Path
from bot import runtime; runtime.prepare()
from bot.tracker_store import CompactingTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
path = Path({str(tmp_path)!r}) / "conversations.db"
store = CompactingTrackerStore(path, Domain.empty())
save = lambda name: asyncio.run(store.save(DialogueStateTracker(name, [])))
save("old-marker"); save("new")
now, time.time = time.time(), lambda: now + 31 * 86400
with sqlite3.connect(path) as db:
    db.execute("UPDATE conversation SET updated_at = ? WHERE id = 'new'", (time.time(),))
save("newest")
assert sorted(asyncio.run(store.keys())) == ["new", "newest"]
assert not any(b"old-marker" in file.read_bytes() for file in path.parent.iterdir())
print("forgotten")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True
    )
    assert "forgotten" in done.stdout, done.stderr


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


@pytest.mark.parametrize("rotten", ["{", "[]", "null", '{"slots": {}}'])
def test_a_conversation_that_cannot_be_read_begins_anew(assistant: Assistant, rotten: str) -> None:
    session = assistant.session()
    assistant.say(session, "necesito comida en Modesto")
    with sqlite3.connect(assistant.home / "conversations.db") as connection:
        newest = "SELECT id FROM conversation ORDER BY updated_at DESC LIMIT 1"
        connection.execute(f"UPDATE conversation SET state = ? WHERE id = ({newest})", (rotten,))
    connection.close()
    (answer,) = assistant.say(session, "necesito comida en Modesto")
    assert isinstance(answer["custom"], dict) and answer["custom"]["kind"] == "listings"
