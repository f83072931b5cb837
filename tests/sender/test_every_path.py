"""Nothing goes to somebody who is out or in peace: every path to a text, every way out, before and after it was put."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from directory.errors import PuenteError
from directory.inbox import followups, opt_outs, queue, quiet, tasks, who
from directory.inbox.outcomes import Outcome
from directory.model import Language
from directory.sender import asking, lists, played
from tests.conftest import ROOT
from tests.sender.conftest import Sending, person
from tests.sender.twilio_like import Step

BEN = person(7)
WHO_NOT = "sim:played"

Begins = Callable[[Sending, str], None]
"""Something after which a text to that number is due, or would be."""


def _agreed(sending: Sending, number: str) -> None:
    followups.agree(
        who.conversation(number), who.seal(number), listings=("a:1",), need="food", program=None, county=None,
        language="en", asked="?", answer="1", now=sending.clock(),
    )  # fmt: skip


def third_day(sending: Sending, number: str) -> None:
    _agreed(sending, number)
    sending.clock.later(days=3, minutes=1)
    asking.ask(sending.clock())


def tenth_day(sending: Sending, number: str) -> None:
    """The first question was answered with "no answer", so another is asked."""
    third_day(sending, number)
    if sending.run().sent:
        found = followups.open_question(who.conversation(number))
        assert found
        followups.answered(found.id, Outcome.NO_ANSWER, sending.clock())
    sending.twilio.messages.clear()
    sending.twilio.requests.clear()
    sending.clock.later(days=7)
    asking.ask(sending.clock())


def reminder(sending: Sending, number: str) -> None:
    """As the assistant lets the reminder of a ride wait."""
    now, them = sending.clock(), who.conversation(number)
    due, ends = now + timedelta(days=1), now + timedelta(days=1, hours=9)
    queue.put(f"ride:{them}:2026-11-24", them, who.seal(number), "Call for your ride today.", due, ends, now)
    sending.clock.at = due


def list_by_staff(sending: Sending, number: str) -> None:
    try:
        lists.invite(number, "RIVER", Language.EN, consent="at the desk", by="Ana", now=sending.clock())
    except PuenteError as refused:
        assert number not in str(refused)


def call_back(sending: Sending, number: str) -> None:
    """A call that somebody asked for is made by staff; no text comes of it."""
    tasks.call(
        who.conversation(number), who.seal(number), need="food", county=None, language="en", when="any", red=False,
        now=sending.clock(),
    )  # fmt: skip


PATHS: dict[str, Begins] = {
    "third day": third_day, "tenth day": tenth_day, "reminder": reminder, "list by staff": list_by_staff,
    "call back": call_back,
}  # fmt: skip


def by_sender(sending: Sending, now: datetime) -> None:
    """Another text found out, from the carrier, that this person said STOP there."""
    sending.put(BEN, "another text")
    sending.twilio.plan = [Step(400, 21610)]
    sending.run()
    assert opt_outs.is_out(who.conversation(BEN))
    sending.twilio.requests.clear()


def _out(how: str) -> Callable[[Sending, datetime], object]:
    return lambda _, now: opt_outs.out(who.conversation(BEN), how, now)


WAYS: dict[str, Callable[[Sending, datetime], object]] = {
    "their word": _out("word"),
    "the carrier": _out("carrier"),
    "staff": _out("staff"),
    "error 21610": by_sender,
    "in peace": lambda _, now: quiet.hush(who.conversation(BEN), now),
}


def days_go_by(sending: Sending, days: int = 12) -> None:
    """The timer at noon and at four, as it runs."""
    for _ in range(days):
        for pause in (4, 20):
            asking.ask(sending.clock())
            sending.run()
            sending.clock.later(hours=pause)


def sent(sending: Sending) -> list[str]:
    return sending.twilio.to(BEN)


@pytest.mark.parametrize("path", [name for name in PATHS if name != "call back"])
def test_each_path_leads_to_a_text_for_who_is_not_out(sending: Sending, path: str) -> None:
    PATHS[path](sending, BEN)
    sending.run()
    assert len(sent(sending)) == 1


def test_a_call_back_is_no_text(sending: Sending) -> None:
    call_back(sending, BEN)
    days_go_by(sending)
    assert sent(sending) == [] and len(tasks.open_tasks()) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", PATHS)
def test_who_was_out_before_gets_nothing(sending: Sending, path: str, way: str) -> None:
    WAYS[way](sending, sending.clock())
    PATHS[path](sending, BEN)
    days_go_by(sending)
    assert sent(sending) == [] and "POST" not in sending.twilio.requests


@pytest.mark.parametrize("way", [way for way in WAYS if way != "error 21610"])
@pytest.mark.parametrize("path", PATHS)
def test_who_goes_out_while_it_waits_gets_nothing(sending: Sending, path: str, way: str) -> None:
    PATHS[path](sending, BEN)
    WAYS[way](sending, sending.clock())
    days_go_by(sending)
    assert sent(sending) == []
    assert queue.counts()["waiting"] == queue.counts()["sending"] == 0


@pytest.mark.parametrize("way", [way for way in WAYS if way != "error 21610"])
@pytest.mark.parametrize("path", [name for name in PATHS if name != "call back"])
def test_who_goes_out_while_nobody_knows_whether_it_went_gets_nothing_more(
    sending: Sending, path: str, way: str
) -> None:
    PATHS[path](sending, BEN)
    sending.twilio.plan = [Step(cut="before")]
    assert sending.run().doubt == 1
    WAYS[way](sending, sending.clock())
    days_go_by(sending)
    assert sent(sending) == [] and sending.twilio.requests.count("POST") == 1


@pytest.mark.parametrize("path", [name for name in PATHS if name != "call back"])
def test_who_wiped_the_conversation_gets_nothing_of_before(sending: Sending, path: str) -> None:
    PATHS[path](sending, BEN)
    quiet.forget(who.conversation(BEN), sending.clock())
    days_go_by(sending)
    assert sent(sending) == []


def test_who_comes_back_gets_only_what_is_begun_then(sending: Sending) -> None:
    third_day(sending, BEN)
    opt_outs.out(who.conversation(BEN), "word", sending.clock())
    sending.clock.later(minutes=5)
    opt_outs.back(who.conversation(BEN), sending.clock())
    days_go_by(sending)
    assert sent(sending) == []
    sending.put(BEN, "anew")
    sending.run()
    assert sent(sending) == ["anew"]


def test_a_played_phone_that_is_out_is_shown_nothing(sending: Sending) -> None:
    them = who.conversation(WHO_NOT)
    _agreed(sending, WHO_NOT)
    opt_outs.out(them, "word", sending.clock())
    assert played.texts(them, sending.clock.later(days=3, hours=1)) == ()


# A new path has to come into the tables above.
KNOWN = {
    "put": {"actions/ride_remind.py", "directory/sender/asking.py", "directory/sender/lists.py",
            "directory/sender/played.py"},
    "send": {"directory/sender/drain.py"},
}  # fmt: skip
OF = {"put": "queue", "send": "twilio"}


@pytest.mark.parametrize("verb", KNOWN)
def test_no_path_is_missing_here(verb: str) -> None:
    found = set()
    for folder in ("actions", "bot", "directory"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr == verb and ast.unparse(node.value) == OF[verb]:
                    found.add(path.relative_to(ROOT).as_posix())
    assert found == KNOWN[verb]
