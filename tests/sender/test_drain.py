"""The queue is sent: once for each cause, in the hours for it, and what was left open is asked about first."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from directory import locks, pause
from directory.inbox import opt_outs, queue, quiet, who
from directory.sender import ran, twilio
from directory.sender.hours import ZONE, awake, next_awake
from tests.sender.conftest import Clock, Sending, person
from tests.sender.twilio_like import Step

ANA, BEN = person(1), person(2)


def test_what_is_due_goes_out_once(sending: Sending) -> None:
    assert sending.put(ANA, "one", cause="a") and not sending.put(ANA, "again", cause="a")
    assert sending.put(BEN, "two", cause="b")
    assert sending.run().sent == 2 and sending.run().sent == 0
    assert sending.twilio.to(ANA) == ["one"] and sending.twilio.to(BEN) == ["two"]
    assert sending.state("a") == "sent" and queue.counts()["waiting"] == 0


def test_nothing_of_number_or_text_stays(sending: Sending) -> None:
    sending.put(ANA, "a text that nobody else says", cause="a")
    sending.run()
    kept = b"".join(path.read_bytes() for path in sending.home.rglob("*") if path.is_file())
    assert b"5550101" not in kept and b"nobody else says" not in kept


# How an answer is followed up: what the next runs send, and how it ends.
TAKEN_LATE = [
    ([Step(429, 20429, headers=(("Retry-After", "600"),))], ["POST", "POST"], "sent"),
    ([Step(503)], ["POST", "GET", "POST"], "sent"),
    ([Step(500, taken=True)], ["POST", "GET"], "sent"),
    ([Step(cut="before")], ["POST", "GET", "POST"], "sent"),
    ([Step(cut="after")], ["POST", "GET"], "sent"),
    ([Step(201, body=b"")], ["POST", "GET"], "sent"),
    ([Step(400, 21211)], ["POST"], "failed"),
    ([Step(400, 21610)], ["POST"], "failed"),
    ([Step(503), Step(cut="after")], ["POST", "GET", "POST", "GET"], "sent"),
    ([Step(503), Step(503), Step(503)], ["POST", "GET", "POST", "GET", "POST", "GET", "POST"], "sent"),
]


@pytest.mark.parametrize(("plan", "asked", "state"), TAKEN_LATE)
def test_whatever_happens_on_the_way_the_person_gets_it_once(
    sending: Sending, plan: list[Step], asked: list[str], state: str
) -> None:
    sending.put(ANA, "one", cause="a")
    sending.twilio.plan = list(plan)
    for _ in range(6):
        sending.run()
        sending.clock.later(minutes=15)
    assert sending.twilio.requests == asked and sending.state("a") == state
    assert sending.twilio.to(ANA) == (["one"] if state == "sent" else [])


def test_too_slow_an_answer_is_no_second_text(sending: Sending, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twilio, "_READ", 0.3)
    sending.put(ANA, "one", cause="a")
    sending.twilio.plan = [Step(delay=1.0)]
    assert sending.run().doubt == 1
    sending.clock.later(minutes=15)
    assert sending.run().sent == 1 and sending.twilio.to(ANA) == ["one"]


def test_while_nobody_can_be_asked_nothing_is_sent_again(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    sending.twilio.plan = [Step(cut="after")]
    sending.twilio.plan_of_finds = [Step(500), Step(cut="before"), Step(200, body=b"{}")]
    for _ in range(4):
        assert sending.run().doubt == 1 and sending.state("a") == "sending"
        sending.clock.later(minutes=15)
    assert sending.run().sent == 1 and sending.twilio.requests.count("POST") == 1


def test_waits_grow_and_end(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a", lasts=timedelta(days=30))
    sending.twilio.always = Step(503)
    tried = []
    for _ in range(11 * 60):
        before = sending.twilio.requests.count("POST")
        sending.run()
        if sending.twilio.requests.count("POST") > before:
            tried.append(sending.clock())
        sending.clock.later(minutes=1)
    gaps = [(later - earlier) // timedelta(minutes=1) for earlier, later in pairwise(tried)]
    assert gaps[:3] == [5, 5, 5] and gaps == sorted(gaps) and 8 in gaps and 16 in gaps and max(gaps[:10]) <= 60
    sending.clock.at = sending.clock().astimezone(ZONE).replace(hour=9)
    for _ in range(40):
        sending.clock.later(hours=1)
        sending.run()
    assert sending.state("a") == "failed" and sending.twilio.requests.count("POST") == 20


def test_a_carrier_that_knows_of_a_stop_tells_us_for_good(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(ANA, "two", cause="b")
    sending.twilio.stopped = {ANA}
    assert sending.run().stopped == 1
    assert opt_outs.listed()[0].how == "sender" and opt_outs.is_out(who.conversation(ANA))
    assert sending.state("b") == "cancelled" and not sending.put(ANA, "three")
    sending.clock.later(days=1)
    sending.run()
    assert sending.twilio.requests == ["POST"]


def test_a_wrong_token_loses_nothing(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(BEN, "two", cause="b")
    sending.twilio.plan = [Step(401, 20003)]
    done = sending.run()
    assert done.refused == 20003 and sending.twilio.requests == ["POST"]
    assert ran.last() == ran.Ran(sending.clock(), 20003)
    sending.clock.later(minutes=15)
    assert sending.run().sent == 2 and ran.last() == ran.Ran(sending.clock())


def test_without_an_account_only_played_phones_get_theirs(sending: Sending) -> None:
    sending.account = None
    sending.put("sim:abc", "for the page", cause="s")
    sending.put(ANA, "one", cause="a")
    done = sending.run()
    assert (done.simulated, done.no_account, done.sent) == (["for the page"], 1, 0)
    assert sending.state("s") == "sent" and sending.state("a") == "waiting" and sending.twilio.requests == []


def test_a_played_phone_is_never_sent_to(sending: Sending) -> None:
    sending.put("sim:abc", "for the page", cause="s")
    assert sending.run().simulated == ["for the page"] and sending.twilio.requests == []


def test_a_text_whose_day_is_over_ends(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a", lasts=timedelta(hours=1))
    sending.clock.later(hours=1)
    assert sending.run().sent == 0 and sending.state("a") == "expired" and sending.twilio.requests == []


def test_one_in_doubt_that_did_not_go_out_ends_with_its_day(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a", lasts=timedelta(hours=1))
    sending.twilio.plan = [Step(cut="before")]
    sending.run()
    sending.clock.later(hours=2)
    sending.run()
    assert sending.state("a") == "expired" and sending.twilio.requests == ["POST", "GET"]


def test_one_in_doubt_is_not_asked_about_for_ever(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a", lasts=timedelta(hours=1))
    sending.twilio.plan = [Step(cut="after")]
    sending.run()
    sending.twilio.plan_of_finds = [Step(500)] * 9
    sending.clock.later(days=1)
    assert sending.run().doubt == 1
    sending.clock.later(hours=2)
    assert sending.run().failed == 1 and sending.state("a") == "failed"


# Hours


HOURS = [
    ("2026-11-21 08:59:59", False), ("2026-11-21 09:00:00", True), ("2026-11-21 19:59:59", True),
    ("2026-11-21 20:00:00", False), ("2026-11-21 23:30:00", False), ("2026-11-22 03:00:00", False),
    # The clock goes back on 2026-11-01 and ahead on 2026-03-08, both at two in the night.
    ("2026-11-01 08:59:00", False), ("2026-11-01 09:00:00", True), ("2026-11-01 19:59:00", True),
    ("2026-11-01 20:00:00", False), ("2026-03-08 08:59:00", False), ("2026-03-08 09:00:00", True),
    ("2026-03-08 20:00:00", False),
]  # fmt: skip


@pytest.mark.parametrize(("here", "may"), HOURS)
def test_only_from_nine_to_eight_pacific(sending: Sending, here: str, may: bool) -> None:
    at = datetime.fromisoformat(here).replace(tzinfo=ZONE)
    assert awake(at.astimezone()) is may
    sending.clock.at = at
    sending.put(ANA, "one", cause="a")
    done = sending.run()
    assert (done.sent, done.kept) == ((1, None) if may else (0, "night"))
    assert len(sending.twilio.requests) == may


@pytest.mark.parametrize(
    ("here", "opens", "hours"),
    [
        ("2026-10-31 20:00", "2026-11-01 09:00", 14), ("2026-03-07 20:00", "2026-03-08 09:00", 12),
        ("2026-11-21 03:00", "2026-11-21 09:00", 6), ("2026-12-31 23:00", "2027-01-01 09:00", 10),
        ("2026-11-21 12:00", "2026-11-21 12:00", 0),
    ],
)  # fmt: skip
def test_when_it_begins_again(here: str, opens: str, hours: int) -> None:
    at = datetime.fromisoformat(here).replace(tzinfo=ZONE)
    found = next_awake(at)
    assert found == datetime.fromisoformat(opens).replace(tzinfo=ZONE)
    assert found.timestamp() - at.timestamp() == hours * 3600


def test_a_run_that_lasts_into_the_evening_stops_at_eight(sending: Sending) -> None:
    for number in range(3):
        sending.put(person(number), "one", cause=str(number))
    sending.clock.at = datetime(2026, 11, 21, 19, 59, 30, tzinfo=ZONE)
    sending.twilio.plan = [Step(), Step(meanwhile=lambda: sending.clock.later(seconds=40))]
    assert sending.run().sent == 2 and sending.state("2") == "waiting"


# Others at the same time


def test_two_senders_at_once_are_one(sending: Sending, home: Path) -> None:
    sending.put(ANA, "one", cause="a")
    with locks.locked(home / "sender.lock"):
        assert sending.run().kept == "busy" and sending.state("a") == "waiting"
    assert sending.run().sent == 1


def test_a_pause_holds_texts_too(sending: Sending, clock: Clock) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(BEN, "two", cause="b")
    sending.twilio.plan = [Step(meanwhile=lambda: pause.pause(None, None, "Ana", clock()))]
    assert sending.run().sent == 1  # the pause came while the first was sent
    assert sending.run().kept == "paused" and sending.twilio.to(BEN) == []
    pause.resume()
    assert sending.run().sent == 1


@pytest.mark.parametrize("ends", ["stop", "peace"])
def test_who_stops_while_others_are_sent_gets_none(sending: Sending, ends: str) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(BEN, "two", cause="b")
    them = who.conversation(BEN)

    def stops() -> None:
        if ends == "stop":
            opt_outs.out(them, "word", sending.clock())
        else:
            quiet.hush(them, sending.clock())

    sending.twilio.plan = [Step(meanwhile=stops)]
    sending.run()
    assert sending.twilio.to(BEN) == [] and sending.state("b") == "cancelled"


@pytest.mark.parametrize("taken", [False, True])
def test_another_key_loses_no_text_and_sends_none_without_words(sending: Sending, home: Path, taken: bool) -> None:
    sending.put(ANA, "one", cause="a")
    if taken:
        sending.twilio.plan = [Step(cut="before")]
        sending.run()
        sending.clock.later(minutes=15)
    asked = len(sending.twilio.requests)
    key = (home / "secret.key").read_bytes()
    (home / "secret.key").write_bytes(secrets.token_bytes(32))
    for _ in range(2):
        done = sending.run()
        assert (done.unreadable, done.sent, done.failed) == (1, 0, 0) and len(sending.twilio.requests) == asked
        sending.clock.later(minutes=16)
    (home / "secret.key").write_bytes(key)
    sending.run()
    sending.clock.later(minutes=16)
    sending.run()
    assert sending.state("a") == "sent" and sending.twilio.to(ANA) == ["one"]


def test_what_nobody_can_read_is_given_up_after_its_day(sending: Sending, home: Path) -> None:
    sending.put(ANA, "one", cause="a", lasts=timedelta(hours=1))
    sending.twilio.plan = [Step(cut="after")]
    sending.run()
    (home / "secret.key").write_bytes(secrets.token_bytes(32))
    sending.clock.later(days=1, hours=2)
    assert sending.run().failed == 1 and sending.state("a") == "failed"


def test_who_has_all_erased_while_others_are_sent_gets_none(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(BEN, "two", cause="b")
    sending.twilio.plan = [Step(meanwhile=lambda: quiet.forget(who.conversation(BEN), sending.clock()))]
    assert sending.run().sent == 1 and sending.twilio.to(BEN) == []


def test_twilio_sends_none_of_them_after_eight_either(sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(BEN, "two", cause="b", lasts=timedelta(hours=9))
    sending.clock.at = datetime(2026, 11, 21, 19, 30, tzinfo=ZONE)
    assert sending.run().sent == 2 and {form["ValidityPeriod"] for form in sending.twilio.forms} == {"1800"}


@pytest.mark.parametrize("number", ["+447700900123", "55512", "whatsapp:+12095550123", "+11234567890"])
def test_no_text_is_begun_to_a_number_that_is_none_of_this_country(sending: Sending, number: str) -> None:
    sending.put(number, "one", cause="a")
    assert sending.run().failed == 1 and sending.state("a") == "failed" and sending.twilio.requests == []
