"""That somebody was in danger is held in memory while they write, ends with the session, and is in no file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directory import privacy
from tests.conftest import ROOT, Assistant, environment
from tests.conversations.runner import kept_state

pytestmark = pytest.mark.rasa

KINDS = ("self_harm", "violence", "medical", "abuse", "unsafe_tonight", "worry")

HELD = """
import asyncio, sys, time
from pathlib import Path
from bot import runtime; runtime.prepare()
from bot.tracker_store import CompactingTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

home, minutes = Path(sys.argv[1]), int(sys.argv[2])
domain = Domain.load("domain.yml")
store = CompactingTrackerStore(home / "conversations.db", domain)
DANGER = {"about": "place", "crisis": sys.argv[3], "alarm": "mark-zzq"}

async def save(name):
    tracker = DialogueStateTracker(name, domain.slots)
    tracker.update(UserUttered("hidden-words", {"name": "crisis", "confidence": 1.0}, []))
    tracker.update(SlotSet("asked", DANGER)); tracker.update(SlotSet("need", "housing"))
    await store.save(tracker)

def asked():
    return asyncio.run(store.retrieve("one")).slots["asked"].value

def written():
    return b"".join(path.read_bytes() for path in home.iterdir())

asyncio.run(save("one"))
assert asked() == DANGER
for word in (sys.argv[3], "mark-zzq", "crisis", "hidden-words"):
    assert word.encode() not in written(), word
wall, steady, began = time.time, time.monotonic, time.time()
time.time = lambda: wall() + minutes * 60 - 10
assert asked() == DANGER, "while they write it is known"
time.time = lambda: wall() + minutes * 60 + 10
assert not asked(), "with the session it is over"
time.time, time.monotonic = lambda: wall() - 9e6, lambda: steady() + minutes * 60 + 10
assert not asked(), "also where the clock is set back"
time.time, time.monotonic = wall, steady
again = CompactingTrackerStore(home / "conversations.db", domain)
assert asyncio.run(again.retrieve("one")).slots["asked"].value is None, "after a restart nobody knows"
print("over")
"""


@pytest.mark.parametrize("kind", ["violence", "self_harm"])
def test_the_last_danger_ends_with_the_session(tmp_path: Path, kind: str) -> None:
    minutes = str(privacy.minutes("said_of_oneself"))
    done = subprocess.run(
        [sys.executable, "-c", HELD, str(tmp_path), minutes, kind], cwd=ROOT, env=environment(tmp_path),
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.strip() == "over", done.stderr[-2000:]


@pytest.mark.parametrize("message", ["he beats me and i am scared", "I want to kill myself", "my chest hurts so bad"])
def test_no_kind_of_danger_is_written_of_a_conversation(assistant: Assistant, message: str) -> None:
    session = assistant.session()
    told = assistant.say(session, message)
    assert any(each["custom"].get("crisis") for each in told), told  # type: ignore[attr-defined]
    for said in (message, "yes", "I need food in Modesto"):
        assistant.say(session, said)
        state = str(kept_state(assistant, session))
        assert [kind for kind in (*KINDS, "crisis", "alarm") if kind in state] == [], state
