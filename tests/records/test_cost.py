"""What keeping a record costs the turn it is of: microseconds, whatever the file does."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import pytest

from bot.recording import on_turn
from directory.records import Recorder
from directory.reply import Kind
from tests.records.conftest import NOON, reply, rows, shown

TURNS = 2000


def tracker() -> SimpleNamespace:
    """A conversation after a turn, as Rasa holds one."""
    five = shown("made:1", "made:2", "made:3", "made:4", "made:5")
    said = reply(Kind.LISTINGS, need="food", program="food_bank", county="Stanislaus", listings=five, total=5)
    action = SimpleNamespace(type_name="action")
    slots = [SimpleNamespace(type_name="slot") for _ in range(12)]
    user = SimpleNamespace(type_name="user", intent_name="find_provider", input_channel="web")
    bot = SimpleNamespace(type_name="bot", text="Food near Modesto:", data={"custom": said})
    events = [action, user, action, *slots, user, action, bot, *slots, action]
    return SimpleNamespace(sender_id="web-1", events=events, get_slot=lambda name: "en")


def per_turn(record: Callable[[SimpleNamespace], None]) -> float:
    """Microseconds a turn waits, in the median."""
    talk, took = tracker(), []
    for _ in range(TURNS):
        began = time.perf_counter()
        record(talk)
        took.append(time.perf_counter() - began)
        time.sleep(0)
    return median(took) * 1e6


def test_a_turn_waits_microseconds_and_each_is_kept(file: Path, recorders: Callable[..., Recorder]) -> None:
    recorder = recorders(batch=60)
    waits = per_turn(on_turn(recorder, clock=lambda: NOON))
    recorder.close()
    assert len(rows(file)) == TURNS
    assert waits < 300, f"{waits:.0f} microseconds"


def test_a_file_that_cannot_be_written_costs_no_more(file: Path, recorders: Callable[..., Recorder]) -> None:
    file.mkdir()
    waits = per_turn(on_turn(recorders(again=60), clock=lambda: NOON))
    assert waits < 300, f"{waits:.0f} microseconds"


@pytest.mark.parametrize("broken", [None, SimpleNamespace(), SimpleNamespace(sender_id="web-1", events=[None])])
def test_what_is_no_conversation_breaks_nothing(recorder: Recorder, broken: object) -> None:
    on_turn(recorder)(broken)
