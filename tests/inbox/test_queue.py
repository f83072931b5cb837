"""A text goes out once for its cause, to nobody too often, however many send and whoever is killed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from directory.inbox import followups, opt_outs, queue, quiet, stores, where, who
from directory.inbox.shapes import waiting
from tests.inbox.conftest import ANA, BETO, NOW, SERVER
from tests.inbox.told import agreed, child, days, puts, sends, traces


def test_a_cause_is_known_once_also_after_it_was_sent(home: Path) -> None:
    assert puts("reminder:1", ANA) and not puts("reminder:1", ANA)
    assert sends(NOW) == ["reminder:1"]
    assert not puts("reminder:1", ANA, days(5)) and sends(days(5)) == []


def test_number_and_words_are_gone_once_it_is_sent_or_will_not_be(home: Path, ana: str) -> None:
    for number, end in enumerate(("sent", "failed", "expired", "cancelled")):
        now = days(2 * number)
        assert puts(f"reminder:{end}", ANA, now)
        if end in ("sent", "failed") and (taken := queue.claim(now)):
            assert who.unseal(taken.reach) == ANA and taken.text == "Did it help?"
            queue.sent(taken.id, "SM1", now) if end == "sent" else queue.failed(taken.id, "30006", now)
        if end == "expired":
            assert queue.claim(now + timedelta(days=1)) is None
        if end == "cancelled":
            assert queue.cancel(ana, now) == 1
    rows = stores.rows(where.QUEUE, waiting.select().order_by(waiting.c.id))
    assert [row.state for row in rows] == ["sent", "failed", "expired", "cancelled"]
    assert {(row.reach, row.text) for row in rows} == {(None, None)}
    assert SERVER or traces(home, "gAAAA") == []


def test_not_before_it_is_due_and_the_first_due_first(home: Path, ana: str, beto: str) -> None:
    for cause, person, due in (("b", ana, days(2)), ("a", beto, days(1))):
        assert queue.put(cause, person, who.seal(ANA), "x", due, days(9), NOW)
    assert sends(days(0.5)) == []
    assert sends(days(3)) == ["a", "b"]


def test_one_text_a_day_and_three_in_seven_days_to_one_person(home: Path) -> None:
    for number in range(6):
        puts(f"reminder:{number}", ANA, lasts=30)
    sent = {day: sends(days(day)) for day in range(10)}
    assert [len(sent[day]) for day in range(10)] == [1, 1, 1, 0, 0, 0, 0, 1, 1, 1]


def test_somebody_else_is_not_held_up_by_who_had_enough(home: Path) -> None:
    puts("reminder:1", ANA)
    puts("reminder:2", ANA)
    puts("reminder:3", BETO)
    assert sends(NOW) == ["reminder:1", "reminder:3"]
    assert queue.counts()["waiting"] == 1


def test_what_may_not_be_said_any_more_is_not_sent(home: Path, ana: str) -> None:
    puts("reminder:1", ANA)
    quiet.hush(ana, days(0.1))
    assert sends(days(0.2)) == [] and not puts("reminder:2", ANA, days(1))
    assert not opt_outs.may_begin(ana) and opt_outs.may_begin(who.conversation(BETO))


def test_it_waits_until_it_is_tried_again(home: Path) -> None:
    puts("reminder:1", ANA)
    taken = queue.claim(NOW)
    assert taken and taken.tries == 1
    queue.later(taken.id, NOW + timedelta(minutes=10))
    assert queue.claim(NOW + timedelta(minutes=9)) is None
    again = queue.claim(NOW + timedelta(minutes=10))
    assert again and again.tries == 2


def test_of_two_senders_at_once_each_text_is_taken_by_one(home: Path) -> None:
    count = 60
    for number in range(count):
        assert puts(f"reminder:{number}", f"+1209555{number:04}")
    code = "from tests.inbox.conftest import NOW\nprint(*sends(NOW), sep='\\n')"
    made = [child(home, code) for _ in range(3)]
    taken = [process.communicate(timeout=60)[0].split() for process in made]
    assert sorted(cause for causes in taken for cause in causes) == sorted(
        f"reminder:{number}" for number in range(count)
    )
    assert queue.counts()["sent"] == count


def test_of_two_who_put_the_same_cause_one_does(home: Path) -> None:
    code = "from tests.inbox.conftest import NOW, ANA\nprint(sum(puts(f'r:{n}', ANA) for n in range(40)))"
    made = [child(home, code) for _ in range(2)]
    assert sum(int(process.communicate(timeout=60)[0]) for process in made) == 40


def test_a_sender_killed_after_it_took_a_text_leaves_it_in_doubt_and_nobody_sends_it_again(home: Path) -> None:
    puts("reminder:1", ANA)
    code = "from directory.inbox import queue\nfrom tests.inbox.conftest import NOW\nqueue.claim(NOW)\n"
    process = child(home, f"{code}print(1, flush=True)\ntime.sleep(60)")
    assert process.stdout and process.stdout.readline() == "1\n"
    process.kill()
    process.communicate(timeout=10)
    assert sends(NOW) == [] and queue.in_doubt(NOW) == ()
    [doubtful] = queue.in_doubt(NOW + timedelta(minutes=6))
    assert doubtful.cause == "reminder:1"
    assert sends(days(0.5)) == [] and not puts("reminder:1", ANA)


@pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")
@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_a_queue_that_was_lost_sends_nothing_again_of_what_was_due_before(home: Path, harm: str) -> None:
    agreed(ANA)
    agreed(BETO, days(4))
    [due] = followups.due(days(3))
    queue.put(due.cause, due.who, due.reach or "", "x", days(3), days(4), days(3))
    assert sends(days(3)) == ["followup:1:3"]
    (home / "queue.db").write_bytes(b"") if harm == "gone" else (home / "queue.db").write_bytes(b"junk" * 9000)
    queue.begun(days(3.5))
    assert [item.cause for item in followups.due(days(7))] == ["followup:2:3"]
    assert [item.cause for item in followups.due(days(10))] == ["followup:1:10", "followup:2:3"]
    assert len(list(home.glob("queue.damaged-*.db"))) == (harm == "damaged")
