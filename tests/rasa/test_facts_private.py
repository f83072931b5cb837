"""What somebody says of themselves for a check: in no file, in no log, gone after half an hour, and nobody is stuck."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Assistant, environment, start_assistant, stop
from tests.conversations.runner import kept_slots, kept_state

pytestmark = pytest.mark.rasa

MARKER = "zebra4711"
CHECKS = (
    ("am i eligible for wic in modesto?", f"i am pregnant {MARKER}", "pregnant", "no", "less", f"because {MARKER}"),
    ("am i eligible for coordinated entry in modesto?", f"i sleep in my car {MARKER}", "1"),
    ("am i eligible for ecm in modesto?", "yes", f"i am bipolar {MARKER}", "mental health", "no", "skip"),
    ("am i eligible for calfresh in modesto?", f"we are 4 and make 2222 a month {MARKER}", "1", "actually we are 7"),
    ("am i eligible for a sobering center in modesto?", "yes", "yes", f"i drink a lot {MARKER}", "no"),
    ("am i eligible for emergency shelter in modesto?", f"my husband hits me {MARKER}", "he beats me", "yes"),
    ("¿califico para estampillas en modesto?", f"estoy embarazada y duermo en mi carro {MARKER}", "somos 4", "menos"),
    (f"i am undocumented {MARKER}, am i eligible for calfresh?", "i have no papers", "4", "less", "1"),
)
WORDS = (MARKER, "pregnan", "embaraz", "bipolar", "my car", "mi carro", "hits me", "beats me", "undocumented",
         "no papers", "i drink", "2222")  # fmt: skip
FACTS = ("no_regular_place_to_sleep", "pregnant_or_12mo", "wic_category", "smi_sud", "fleeing_violence", "household_",
         "may_qualify", "probably_not", "cannot_tell", "violence", '"facts"', '"question"', '"line"', '"told"',
         "affirm", "deny", "crisis", "immigra")  # fmt: skip


@pytest.fixture
def own_home(demo_home: Path, tmp_path: Path) -> Path:
    """A home in which nobody else writes."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    (home / "conversations.db").unlink(missing_ok=True)
    for path in (*home.glob("*.log"), *home.glob("conversations.db-*")):
        path.unlink()
    return home


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_nothing_said_for_a_check_is_in_any_file(own_home: Path, models: Path, level: str) -> None:
    before = _files(own_home)
    levels = dict.fromkeys(("PUENTE_LOG_LEVEL", "RASA_LOG_LEVEL", "LOG_LEVEL"), level)
    running = start_assistant(own_home, models, **levels)
    try:
        for check in CHECKS:
            session = running.session()
            for message in check:
                assert running.say(session, message)
                assert _strange(kept_state(running, session)) == [], message
        # Written already, and not yet brought from the write-ahead log into the file.
        assert (own_home / "conversations.db-wal").stat().st_size > 0
        assert _holding(own_home, before) == []
    finally:
        stop(running)
    assert _holding(own_home, before) == []


def _strange(state: dict[str, Any]) -> list[str]:
    """What of a conversation's state says something of the person."""
    said = json.dumps(state)
    return [word for word in (*WORDS, *FACTS) if word in said]


def _files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def _holding(home: Path, before: dict[Path, bytes]) -> list[tuple[str, str]]:
    """What stands in any byte of a file below the home that was not there before: log, database, journal."""
    written = {path: content for path, content in _files(home).items() if before.get(path) != content}
    assert any(path.name == "conversations.db" for path in written)
    return [
        (path.name, word)
        for path, content in written.items()
        # A record has the outcome and the class of a danger, and nothing that says who asked.
        for word in (WORDS if path.name.startswith("records.db") else (*WORDS, *FACTS))
        for needle in (word.encode(), word.encode("utf-16-le"))
        if needle in content
    ]


def test_failures_tell_the_log_nothing(own_home: Path, models: Path) -> None:
    before = _files(own_home)
    program = (str(Path(__file__).with_name("faulty.py")),)
    running = start_assistant(own_home, models, program=program, PUENTE_LOG_LEVEL="DEBUG")
    try:
        session = running.session()
        for message in (
            "am i eligible for coordinated entry in modesto?",
            f"hello, i sleep in my car {MARKER}",  # the greeting breaks
            f"boom, i am pregnant {MARKER}",  # Rasa itself breaks
            f"give me more places, i am bipolar {MARKER}",  # an action that nothing guards breaks
            "am i eligible for wic in modesto?",
            f"i am pregnant {MARKER}",
        ):
            assert running.say(session, message)
        assert "failed" in running.log.read_text()
        assert _strange(kept_state(running, session)) == []
    finally:
        stop(running)
    assert _holding(own_home, before) == []


@pytest.fixture
def restarted(own_home: Path, models: Path) -> Iterator[Any]:
    """Starts an assistant in the home of its own, as often as it is called; the one before is killed."""
    alive: list[Assistant] = []

    def start() -> Assistant:
        if alive:
            os.kill(alive[-1].process.pid, signal.SIGKILL)
            alive.pop().process.wait(20)
        alive.append(start_assistant(own_home, models))
        return alive[-1]

    yield start
    stop(alive.pop())


AFTER = ("yes", "no", "1", "4", "skip", "less", "no sé", "xyzzy")


def test_after_a_restart_a_check_begins_again_and_says_so(restarted: Any) -> None:
    running = restarted()
    sessions = [running.session() for _ in AFTER]
    for session in sessions:
        running.say(session, "am i eligible for ihss in modesto?")
        running.say(session, "yes")
        running.say(session, "70")
    running = restarted()
    for session, message in zip(sessions, AFTER, strict=True):
        (asked,) = running.say(session, message)
        assert asked["custom"]["kind"] == "question", (message, asked["text"])
        assert str(asked["text"]).startswith(("I do not keep your answers", "No guardo sus respuestas")), message
        assert "Medi-Cal" in str(asked["text"]), "the first question once more: the answers are gone"
        (how_old,) = running.say(session, "yes")
        assert how_old["custom"]["kind"] == "question"


def test_after_a_restart_a_verdict_is_not_taken_up_by_a_stray_number(restarted: Any) -> None:
    running = restarted()
    session = running.session()
    for message in ("am i eligible for coordinated entry in modesto?", "1"):
        told = running.say(session, message)
    assert told[-1]["custom"]["kind"] == "verdict"
    running = restarted()
    for message in ("1", "actually we are 5", "gracias", "what about calfresh, do i qualify?"):
        said = running.say(session, message)
        assert said and all("211" not in str(each["text"]) or each["custom"]["kind"] != "fallback" for each in said)
    assert said[-1]["custom"]["kind"] == "question"
    assert kept_slots(running, session)["program"] == "calfresh"


HALF_AN_HOUR = """
import asyncio, sys, time
from pathlib import Path
from bot import runtime; runtime.prepare()
from bot.tracker_store import CompactingTrackerStore, SESSION_SECONDS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

domain = Domain.load("domain.yml")
store = CompactingTrackerStore(Path(sys.argv[1]) / "conversations.db", domain)
ASKED = {"about": "fact", "check": "program:wic", "question": "wic_category", "line": 5500.0, "count": 3}

async def save(name, **slots):
    tracker = DialogueStateTracker(name, domain.slots)
    for slot, value in slots.items():
        tracker.update(SlotSet(slot, value))
    await store.save(tracker)

def slots(name, *keys):
    tracker = asyncio.run(store.retrieve(name))
    return {key: tracker.slots[key].value for key in keys or ("facts", "asked", "need")}

asyncio.run(save("one", facts={"age_years": [70, 70]}, asked=ASKED, need="food"))
asyncio.run(save("two", facts={"age_years": [8, 8]}, need="food"))
assert slots("one") == {"facts": {"age_years": [70, 70]}, "asked": ASKED, "need": "food"}, slots("one")
assert slots("two")["facts"] == {"age_years": [8, 8]}
SHOWN = {"ids": ["made:1"], "only": ["open:5:0:1440", "no_id", "wheelchair", "families", "pets"]}
JAIL = {"about": "offer", "choices": [{"goal": "program", "value": "rent_help"}], "guide": "leaving_jail"}
asyncio.run(save("five", shown=SHOWN, asked={"about": "place", "only": ["no_id", "wheelchair"]}))
asyncio.run(save("six", asked=JAIL))
assert slots("five", "shown")["shown"] == SHOWN and slots("six")["asked"] == JAIL
for name, told in (("five", "no_id"), ("six", "jail")):
    assert told not in str(store.state(name)), store.state(name)
assert store.state("five")["slots"]["shown"]["only"] == ["open:5:0:1440"]
began, clock = time.time(), [0.0]
time.time = lambda: began + clock[0]
clock[0] = SESSION_SECONDS - 5
assert slots("one")["facts"]
clock[0] = SESSION_SECONDS + 5
assert slots("one") == {"facts": None, "asked": {"check": "program:wic"}, "need": "food"}, slots("one")
asyncio.run(save("three"))
assert not store._held, "gone from memory too, once anybody writes"

async def idle():
    clock[0] += 1
    import bot.tracker_store as module
    module.SESSION_SECONDS = 0
    await save("four", facts={"age_years": [70, 70]})
    clock[0] += 1
    for _ in range(30):
        await asyncio.sleep(0.1)
        if not store._held:
            return
    raise AssertionError("nobody wrote, and what was said is still held")

asyncio.run(idle())
print("gone")
"""


def test_after_half_an_hour_the_facts_are_gone_from_memory_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HALF_AN_HOUR, str(tmp_path)],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert "gone" in done.stdout, done.stderr
