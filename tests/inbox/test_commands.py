"""What staff read: calls with the red ones first, reports, opt-outs without numbers; and what a purge leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory import purge
from directory.cli import main
from directory.doctor.finding import Look
from directory.doctor.inbox import inbox as check
from directory.inbox import opt_outs, outcomes, queue, quiet, reports, stores, tasks, where, who
from directory.inbox.lists import SavedList, make
from directory.inbox.outcomes import Outcome
from directory.inbox.shapes import followup, in_peace, outcome, report, saved_list, task, waiting
from tests.inbox.conftest import ANA, BETO, NOW, SERVER
from tests.inbox.told import agreed, asked_for_a_call, days, puts, sends, traces

Run = Callable[..., str]


@pytest.fixture
def run(home: Path) -> Iterator[Run]:
    def command(*arguments: str, code: int = 0, given: str | None = None) -> str:
        result = CliRunner().invoke(main, [*arguments, "--by", "Rosa"] if _decides(arguments) else arguments, given)
        assert result.exit_code == code, result.output
        return " ".join(result.output.split())

    yield command


def _decides(arguments: tuple[str, ...]) -> bool:
    return arguments[:1] == ("inbox",) and arguments[1:2] in (("done",), ("decide",))


def test_an_empty_inbox_says_so_and_makes_nothing(home: Path, run: Run) -> None:
    assert run("inbox").startswith("Calls to make: none Places and answers that people say are wrong: none")
    assert run("optouts") == "Nobody is opted out."
    assert json.loads(run("inbox", "--json"))["calls"] == []
    assert list(home.glob("*.db")) == []


def test_red_calls_come_first_and_no_number_stands_in_the_list(run: Run) -> None:
    asked_for_a_call(ANA)
    asked_for_a_call(BETO, red=True, now=days(1))
    told = run("inbox")
    assert told.index("T2 RED housing") < told.index("T1 housing")
    assert "555" not in told + run("inbox", "--json")


def test_the_number_is_shown_to_dial_and_gone_when_the_call_was_made(home: Path, run: Run) -> None:
    reach = asked_for_a_call(ANA)
    assert "Dial 209-555-0123" in run("inbox", "show", "T1")
    assert json.loads(run("inbox", "show", "t1", "--json"))["number"] == ANA
    assert "would be done" in run("inbox", "done", "T1", "--dry-run") and tasks.number(1) == ANA
    assert run("inbox", "done", "T1") == "T1 is done. Its number is erased."
    assert "The number is erased" in run("inbox", "show", "T1") and "555" not in run("inbox", "show", "T1")
    assert SERVER or traces(home, reach) == []
    assert "done already" in run("inbox", "done", "T1", code=1)


def test_asked_twice_is_one_call_and_a_red_flag_stays(run: Run, ana: str) -> None:
    asked_for_a_call(ANA, red=True)
    asked_for_a_call(ANA, red=False, now=days(1))
    [item] = tasks.open_tasks()
    assert item.red and item.asked_at == NOW


def test_staff_decide_what_people_said(run: Run, ana: str, beto: str) -> None:
    for person, what in ((ana, "phone"), (beto, "closed")):
        reports.listing("list:1", what, person, NOW)
    reports.rule("calfresh", ana, NOW)
    outcomes.count("list:1", Outcome.TURNED_AWAY, "sms", NOW)
    told = run("inbox")
    assert "R1 list:1 (not shown now): 2 people since Nov 23: they closed; the phone is wrong" in told
    assert 'Shown with "call first".' in told and "our answer on CalFresh" in told
    assert "people said: turned away 1" in run("inbox", "show", "R1")
    run("inbox", "decide", "R1", "wrong", "--mended", "--dry-run")
    told = run("inbox", "decide", "R1", "wrong", code=1)
    assert "the warning would go" in told and "Mend it first (puente edit list:1 --help)" in told
    assert reports.doubted() == {"list:1"}
    assert "was wrong. 2 reports end." in run("inbox", "decide", "R1", "wrong", "--mended")
    assert reports.doubted() == frozenset() and "R1" not in run("inbox")


def test_many_who_said_stop_on_one_day_are_one_line(run: Run) -> None:
    for number in range(30):
        opt_outs.out(f"{number:032}", "word", NOW)
    opt_outs.out("a" * 32, "staff", NOW)
    told = run("optouts")
    assert "2026-11-23 wrote it (30 numbers)" in told and "2026-11-23 told the staff" in told and len(told) < 120


@pytest.mark.parametrize("wrong", [("show", "T9"), ("show", "X"), ("done", "R1"), ("decide", "T1", "right")])
def test_what_is_not_there_is_one_sentence(run: Run, wrong: tuple[str, ...]) -> None:
    assert run("inbox", *wrong, code=1).startswith("Error: ")


@pytest.mark.parametrize("given", ["209-555-0123", "(209) 555-0123\n", "+12095550123\n"])
def test_staff_opt_out_a_number_that_stands_in_no_output(home: Path, run: Run, ana: str, given: str) -> None:
    agreed(ANA)
    puts("reminder:1", ANA)
    assert "would be opted out" in run("optouts", "add", "--dry-run", given=given) and not opt_outs.is_out(ana)
    assert "nothing is begun to that number any more" in run("optouts", "add", given=given)
    assert opt_outs.is_out(ana) and sends(NOW) == []
    told = run("optouts") + run("optouts", "--json")
    assert "1 number is opted out." in told and "told the staff" in told and "555" not in told and ana not in told


@pytest.mark.parametrize("given", ["", "87", "415-555", "call Ana at home", "211"])
def test_no_number_opts_nobody_out_and_is_not_repeated(run: Run, given: str) -> None:
    told = run("optouts", "add", given=given, code=1)
    assert "no whole phone number" in told and opt_outs.listed() == () and (not given or given not in told)


@pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")
def test_lost_opt_outs_are_told_wherever_staff_look(home: Path, run: Run, ana: str) -> None:
    agreed(ANA)
    assert "there is nothing to begin anew" in run("optouts", "begin-anew")
    (home / "opt_outs.db").write_bytes(b"junk" * 9000)
    assert "ATTENTION: Who said STOP was lost" in run("optouts")
    [found] = [each for each in check(Look(home, NOW)) if each.level == "mend"]
    assert "no text is begun" in found.text and found.command == "puente backups"
    assert "Nothing was changed" in run("optouts", "begin-anew", "--dry-run")
    run("optouts", "begin-anew", given="n\n", code=1)
    assert not opt_outs.may_begin(who.conversation(BETO))
    run("optouts", "begin-anew", "--yes")
    assert opt_outs.may_begin(who.conversation(BETO))


def test_the_doctor_says_that_somebody_waits(home: Path) -> None:
    assert SERVER or list(check(Look(home, NOW))) == []
    asked_for_a_call(ANA)
    assert {each.level for each in check(Look(home, NOW))} == {"ok"}
    assert "asked for a call over two days ago" in _worst(home, days(2.1))
    asked_for_a_call(BETO, red=True)
    assert "1 person whose words were worrying" in _worst(home, NOW)


def _worst(home: Path, now: object) -> str:
    found = {each.level: each.text for each in check(Look(home, now))}  # type: ignore[arg-type]
    return found.get("mend") or found.get("look") or ""


@pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")
def test_a_damaged_inbox_is_set_aside_and_goes_on(home: Path, run: Run, ana: str) -> None:
    asked_for_a_call(ANA)
    (home / "inbox.db").write_bytes(b"junk" * 9000)
    asked_for_a_call(BETO)
    assert [each.id for each in tasks.open_tasks()] == [1] and tasks.number(1) == BETO
    [moved] = home.glob("inbox.damaged-*.db")
    assert moved.name in _worst(home, NOW)


def test_a_purge_ends_what_is_older_than_its_days_and_nothing_else(home: Path, ana: str, beto: str) -> None:
    asked_for_a_call(ANA)
    agreed(ANA)
    puts("reminder:1", ANA)
    sends(NOW)
    reports.listing("list:1", "phone", ana, NOW)
    reports.listing("list:2", "phone", ana, NOW)
    reports.decide("list:2", "right", "Rosa", NOW)
    outcomes.count("list:1", Outcome.HELPED, "sms", NOW)
    make(SavedList("food"), "Rosa", NOW)
    quiet.hush(beto, NOW)
    opt_outs.out(beto, "word", NOW)
    rows = {day: _purged(home, day) for day in (13, 31, 89, 91, 366, 432)}
    tables = ("task", "followup", "waiting", "report", "outcome", "saved_list", "in_peace")
    assert rows == {
        13: dict.fromkeys(tables, 1) | {"report": 2},
        31: dict.fromkeys(tables, 1) | {"report": 2, "waiting": 0},
        89: dict.fromkeys(tables, 1) | {"report": 2, "waiting": 0},
        91: dict.fromkeys(tables, 0) | {"report": 1, "outcome": 1, "in_peace": 1},
        366: dict.fromkeys(tables, 0) | {"report": 1, "outcome": 1},
        432: dict.fromkeys(tables, 0) | {"report": 1},
    }
    assert opt_outs.is_out(beto)


def _purged(home: Path, day: int) -> dict[str, int]:
    trial = purge.purge(home, days(day), dry_run=True, now_is_right=True)
    done = purge.purge(home, days(day), now_is_right=True)
    assert [each.gone for each in trial.outcomes] == [each.gone for each in done.outcomes] and done.whole
    stores_of = {where.INBOX: (task, followup, report, outcome, saved_list), where.QUEUE: (waiting,)}
    stores_of[where.OPT_OUTS] = (in_peace,)
    return {table.name: len(stores.rows(name, table.select())) for name, found in stores_of.items() for table in found}


def test_a_purge_takes_the_number_of_a_text_that_nobody_ever_sent(home: Path) -> None:
    puts("reminder:1", ANA)
    puts("reminder:2", BETO)
    assert queue.claim(NOW)
    purge.purge(home, NOW + timedelta(days=3), now_is_right=True)
    assert {row.state for row in stores.rows(where.QUEUE, waiting.select())} == {"expired"}
    assert SERVER or traces(home, "gAAAA") == []


def test_a_try_out_is_no_call_to_make(home: Path, run: Run) -> None:
    asked_for_a_call("sim:a phone of the page")
    asked_for_a_call(ANA)
    told = run("inbox")
    assert "a try-out T2" in told and told.count("try-out") == 1
    assert "There is no number" in run("inbox", "show", "T1") and "Somebody else may answer" in run(
        "inbox", "show", "T2"
    )
