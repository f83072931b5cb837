"""A store that is locked, an answer under way, a flood: danger's words come in time, and who said STOP stays out."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.sms import leaving
from bot.sms.form import Form
from bot.sms.incoming import came
from bot.sms.texts import danger as danger_lines
from bot.sms.turn import Answering, Came, Told
from directory.inbox import opt_outs, quiet, who
from tests.conftest import in_a_loop

NUMBER = "+12095550192"
FOOD = Told(({"text": "Food near Modesto", "custom": {"kind": "smalltalk"}},), language="en")


def says(text: str) -> Came:
    return Came(who.conversation(NUMBER), who.seal(NUMBER), text)


async def texts(answering: Answering, words: str) -> list[str]:
    return [message["text"] for message in await answering.answer(says(words))]


async def away(_: Came) -> Told | None:
    return None


@pytest.fixture
def locked(home: Path) -> Iterator[Callable[[], None]]:
    """Another program writes the file of who said STOP, until it is told to end."""
    opt_outs.is_out("nobody")
    quiet.is_quiet("nobody")
    other = sqlite3.connect(home / "opt_outs.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    yield lambda: other.execute("ROLLBACK") and None
    other.close()


def test_danger_is_answered_in_time_however_long_the_inbox_takes(locked: Callable[[], None]) -> None:
    danger_lines("i want to die", "en")  # what is read once is read

    async def danger() -> tuple[list[str], float]:
        began = time.monotonic()
        said = await texts(Answering(away), "i want to kill myself")
        took = time.monotonic() - began
        locked()
        return said, took

    said, took = in_a_loop(danger())
    assert "988" in said[0] and took < 7


def test_a_stop_that_could_not_be_kept_holds_at_once_and_is_kept_later(locked: Callable[[], None]) -> None:
    async def stop() -> tuple[list[str], list[str], bool]:
        kept = leaving.Kept(again=0.1)
        before = await kept.out(who.conversation(NUMBER), "word")
        assert not before and await kept.is_out(who.conversation(NUMBER))
        answering = Answering(away)
        told, later = await texts(answering, "no me escriban"), await texts(answering, "food")
        locked()
        for _ in range(100):
            if not kept.is_unsaved(who.conversation(NUMBER)):
                break
            await asyncio.sleep(0.1)
        return told, later, kept.is_unsaved(who.conversation(NUMBER))

    told, later, unsaved = in_a_loop(stop())
    assert "ALTO otra vez" in told[0] and later == [] and not unsaved
    assert opt_outs.is_out(who.conversation(NUMBER))


def test_an_answer_under_way_does_not_go_out_after_stop(home: Path) -> None:
    async def race() -> tuple[list[str], list[str], list[str]]:
        goes_on = asyncio.Event()

        async def slow(_: Came) -> Told | None:
            await goes_on.wait()
            return FOOD

        answering = Answering(slow)
        under_way = asyncio.create_task(texts(answering, "food in Modesto"))
        await asyncio.sleep(0.5)
        stopped = await texts(answering, "STOP")
        goes_on.set()
        back = await texts(answering, "START")
        return stopped, await under_way, [*back, *await texts(answering, "food in Modesto")]

    stopped, late, back = in_a_loop(race())
    assert "START" in stopped[0] and late == [] and back[-1] == "Food near Modesto"


def test_who_wants_out_and_all_gone_is_erased_by_a_turn_of_its_own(home: Path) -> None:
    """The assistant gives the same answer to the same delivery, so the order to erase is none of it."""
    heard = []

    async def ask(came: Came) -> Told | None:
        heard.append((came.text, came.id))
        return Told(({"text": "Answer STOP.", "custom": {"kind": "opt_out"}},), language="es")

    came = Came(who.conversation(NUMBER), who.seal(NUMBER), "olvide lo que le dije", id="one")
    (said,) = in_a_loop(Answering(ask).answer(came))
    assert heard == [("olvide lo que le dije", "one"), ("ERASE", None)]
    assert "COMENZAR" in said["text"] and opt_outs.is_out(who.conversation(NUMBER))


def test_a_flood_of_dangers_keeps_the_assistant_from_nobody(home: Path) -> None:
    async def flood() -> tuple[int, list[str]]:
        asked = []

        async def ask(came: Came) -> Told | None:
            asked.append(came.urgent)
            return FOOD

        answering = Answering(ask)
        said = [await texts(answering, "i want to kill myself") for _ in range(40)]
        assert all(asked)
        return len(asked), said[-1]

    asked, last = in_a_loop(flood())
    assert asked < 20 and "988" in last[0]


@pytest.mark.parametrize(
    ("sender", "later"),
    [
        ("+12095550192", True), ("whatsapp:+12095550192", True), ("+442071838750", False), ("26273", False),
        ("AMAZON", False), ("+1209555", False),
    ],
)  # fmt: skip
def test_only_a_number_of_this_country_may_be_written_to_later(home: Path, sender: str, later: bool) -> None:
    found = came(Form((("From", sender), ("Body", "food"))), ())
    assert found is not None and bool(found.reach) is later and not found.played
    assert (found.who == who.conversation(NUMBER)) is later, "STOP by one app is STOP by all"
