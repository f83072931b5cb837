"""The clock on the wall jumps a year ahead or back: nobody's conversation goes at once, and nothing is held longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment

pytestmark = pytest.mark.rasa

BEGIN = """
import asyncio, logging, sqlite3, sys, time
from pathlib import Path
from bot import runtime; runtime.prepare()
from bot.tracker_store import CompactingTrackerStore, SESSION_SECONDS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

DAY = 86400
wall, steady, clock = time.time(), time.monotonic(), {"wall": 0.0, "steady": 0.0}
time.time = lambda: wall + clock["wall"]
time.monotonic = lambda: steady + clock["steady"]
domain, path = Domain.load("domain.yml"), Path(sys.argv[1]) / "conversations.db"
store = CompactingTrackerStore(path, domain)

def go(seconds, jump=0.0):
    clock["wall"] += seconds + jump
    clock["steady"] += seconds

async def said(name, **slots):
    tracker = DialogueStateTracker(name, domain.slots)
    for slot, value in slots.items():
        tracker.update(SlotSet(slot, value))
    tracker.update(UserUttered("x", {"name": "inform", "confidence": 1.0}))
    await store.save(tracker)

def talk(name, **slots):
    asyncio.run(said(name, **slots))

def kept():
    return sorted(asyncio.run(store.keys()))

def slot(name, key):
    return asyncio.run(store.retrieve(name)).slots[key].value

AGE = {"age_years": [70, 70]}
talk("one", facts=AGE, need="food"); talk("two", need="housing")
"""

AHEAD = """
go(60, jump=365 * DAY)
assert slot("one", "facts") is None, "what somebody said of themselves is let go"
talk("three", need="legal")
go(2 * DAY)
talk("four", need="family")
assert kept() == ["four", "one", "three", "two"], kept()
again = CompactingTrackerStore(path, domain)
assert kept() == ["four", "one", "three", "two"], "nor at a restart"
assert slot("one", "need") == "food"
go(0, jump=-365 * DAY)
store = CompactingTrackerStore(path, domain)
assert kept() == ["four", "one", "three", "two"]
for _ in range(33):
    go(DAY); store.purge()
assert kept() == [], f"those of the wrong clock are forgotten like the others, not a year later: {kept()}"
"""

BACK = """
go(60, jump=-365 * DAY)
assert slot("one", "facts") == AGE, "the talk goes on"
go(SESSION_SECONDS + 1)
assert slot("one", "facts") is None, "and what was said of oneself is held no longer than half an hour"
talk("one", need="food", facts=AGE)
assert kept() == ["one", "two"] and slot("one", "facts") == AGE
go(0, jump=365 * DAY)
assert kept() == ["one", "two"] and slot("two", "need") == "housing"
go(DAY + 60); talk("three", need="legal")
assert "two" in kept()
for _ in range(31):
    go(DAY); store.purge()
assert "two" not in kept() and "one" not in kept()
"""

SLOWLY = """
for _ in range(29):
    go(DAY); talk("daily", need="food")
assert kept() == ["daily", "one", "two"], kept()
go(2 * DAY); talk("daily", need="food")
assert kept() == ["daily"], kept()
"""


@pytest.mark.parametrize("jump", [AHEAD, BACK, SLOWLY], ids=["a year ahead", "a year back", "no jump"])
def test_what_is_kept_and_what_is_held(tmp_path: Path, jump: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{BEGIN}{jump}\nprint('held')", str(tmp_path)],
        cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.endswith("held\n"), done.stderr[-3000:]
    assert ("conversations.not_purged" in done.stderr) == (jump is AHEAD)
