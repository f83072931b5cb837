"""Asked back on the third and the tenth day, once each, for as long as they want it; then nothing of them is left."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from directory.inbox import followups, opt_outs, outcomes, queue, quiet, stores, where
from directory.inbox.outcomes import Outcome
from directory.inbox.shapes import followup
from tests.inbox.conftest import ANA, BETO, NOW, SERVER
from tests.inbox.told import ASKED, agreed, agrees, days, sends, traces


def _asks(day: float) -> list[str]:
    """Everything that is due on that day is put and sent; its causes."""
    for item in followups.due(days(day)):
        queue.put(item.cause, item.who, item.reach or "", "Did it help?", item.due_at, days(day + 1), days(day))
    return sends(days(day))


def test_texts_on_the_third_and_the_tenth_day_and_then_no_number(home: Path, ana: str) -> None:
    reach = agreed(ANA)
    asked = {day: _asks(day) for day in range(20)}
    assert {day: causes for day, causes in asked.items() if causes} == {3: ["followup:1:3"], 10: ["followup:1:10"]}
    assert SERVER or traces(home, reach) == []
    assert followups.running() == ()


def test_the_consent_is_kept_with_its_time_and_words(home: Path) -> None:
    agreed(ANA)
    [row] = stores.rows(where.INBOX, followup.select())
    assert (json.loads(row.asked), row.answer, row.agreed_at) == (list(ASKED), "1", "2026-11-23T18:00:00Z")


def test_no_question_is_open_before_it_was_sent(home: Path, ana: str) -> None:
    agreed(ANA)
    assert followups.open_question(ana) is None
    _asks(3)
    found = followups.open_question(ana, days(3))
    assert found and (found.day, found.listings, found.language, found.seen) == (3, ("list:1",), "es", False)
    followups.seen(found.id, days(3))
    seen = followups.open_question(ana)
    assert seen and seen.seen
    assert followups.open_question(ana, days(10.5)) is None


@pytest.mark.parametrize("said", list(Outcome))
def test_helped_ends_it_and_all_else_is_asked_once_more(home: Path, ana: str, said: Outcome) -> None:
    reach = agreed(ANA)
    _asks(3)
    found = followups.open_question(ana)
    assert found
    followups.answered(found.id, said, days(3))
    assert followups.open_question(ana) is None
    assert _asks(10) == ([] if said is Outcome.HELPED else ["followup:1:10"])
    assert SERVER or traces(home, reach) == []
    if said is not Outcome.HELPED:
        again = followups.open_question(ana)
        assert again and again.day == 10 and again.outcome is None
        followups.answered(again.id, said, days(10))
    assert followups.running() == () and followups.open_question(ana) is None


def test_a_new_agreement_takes_the_place_of_the_older(home: Path, ana: str) -> None:
    agreed(ANA)
    agreed(BETO)
    agreed(ANA, days(2))
    assert _asks(3) == ["followup:2:3"]
    assert _asks(5) == ["followup:3:3"]


def test_a_newer_agreement_takes_the_text_of_the_older_out_of_the_queue(home: Path) -> None:
    agreed(ANA)
    [item] = followups.due(days(3))
    queue.put(item.cause, item.who, item.reach or "", "x", days(3), days(4), days(3))
    agreed(ANA, days(3))
    assert sends(days(3.5)) == []


def test_a_text_that_could_not_be_sent_does_not_stop_the_next(home: Path) -> None:
    agreed(ANA)
    [item] = followups.due(days(3))
    queue.put(item.cause, item.who, item.reach or "", "x", days(3), days(4), days(3))
    taken = queue.claim(days(3))
    assert taken
    queue.failed(taken.id, "30003", days(3))
    assert followups.due(days(4)) == () and len(followups.running()) == 1
    assert _asks(10) == ["followup:1:10"]


def test_nobody_in_peace_or_out_can_be_made_to_agree(home: Path, ana: str, beto: str) -> None:
    quiet.hush(ana, NOW)
    opt_outs.out(beto, "word", NOW)
    agreed(ANA)
    agreed(BETO)
    assert _asks(3) == []
    assert followups.running() == ()


def test_the_wipe_word_leaves_no_row_of_that_person_and_nobody_else_is_touched(home: Path, ana: str) -> None:
    reach = agreed(ANA)
    agreed(BETO)
    quiet.forget(ana, days(1))
    assert SERVER or traces(home, reach) == traces(home, ANA) == []
    assert _asks(3) == ["followup:2:3"]
    assert not quiet.is_quiet(ana)


def test_every_outcome_has_a_word_of_the_closed_loop_and_is_counted(home: Path) -> None:
    assert [each.closed_loop for each in Outcome] == ["services received", "unable to reach", "declined", "pending"]
    for _ in range(2):
        outcomes.count("list:1", Outcome.HELPED, "sms", NOW)
    outcomes.count("list:1", Outcome.NO_ANSWER, "web", days(40))
    assert outcomes.of_listing("list:1") == {Outcome.HELPED: 2, Outcome.NO_ANSWER: 1}
    assert outcomes.of_listing("list:2") == {}


def test_who_may_not_be_written_to_is_told_that_it_is_not_kept(home: Path, ana: str, beto: str) -> None:
    assert agrees(ANA)
    quiet.hush(ana, NOW)
    opt_outs.out(beto, "word", NOW)
    assert not agrees(ANA) and not agrees(BETO)
    assert followups.running() == ()


@pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")
def test_nothing_is_agreed_while_nobody_knows_who_said_stop(home: Path, ana: str, beto: str) -> None:
    agreed(BETO)
    (home / "opt_outs.db").unlink()
    assert not agrees(ANA)


@pytest.mark.parametrize("look", [lambda: followups.due(days(3)), followups.running], ids=["due", "running"])
def test_many_cost_no_more_looks_at_the_stores_than_a_few(home: Path, look: Callable[[], object]) -> None:
    costs = []
    for several in (range(3), range(3, 40)):
        for number in several:
            agreed(f"+1209555{number:04}")
        look()
        with begun() as count:
            look()
        costs.append(count())
    assert costs[0] == costs[1] > 0


@contextmanager
def begun() -> Iterator[Callable[[], int]]:
    """Counts the transactions that are begun meanwhile."""
    seen: list[object] = []

    def one(db: object) -> None:
        seen.append(db)

    event.listen(Engine, "begin", one)
    try:
        yield lambda: len(seen)
    finally:
        event.remove(Engine, "begin", one)
