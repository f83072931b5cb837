"""`puente rules` as a clerk and as cron use it; each example of the help is run as it stands there."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from directory import plans
from directory.cli import main
from directory.commands import rules as rules_command
from directory.commands import rules_note, rules_show
from directory.eligibility import rules
from directory.eligibility.evaluate import Outcome, evaluate
from directory.eligibility.facts import Amount
from directory.hours import PACIFIC

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=PACIFIC)
Run = Callable[[str], Result]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `puente rules ...` on the morning of 2026-11-22."""
    for module in (rules_command, rules_note, rules_show):
        monkeypatch.setattr(module, "now", lambda: NOW)
    return lambda words: CliRunner().invoke(main, ["rules", *shlex.split(words)])


DAYS = {
    "": ("On 2026-11-22,", "Next: 2026-12-31  The CalAIM 1115 and 1915(b) waivers end", "WORKED OUT ("),
    "--due 45": ("2026-12-31  The CalAIM 1115", "2027-01-01  The federal Medi-Cal work rule begins"),
    "--on 2026-12-22": ("OVERDUE (", "was due 2026-12-21", "Known only up to this day: Adult day center (CBAS)"),
    "--on 2027-01-02": ("OVER (", "puente rules change program:cbas --valid-until DAY", "ended 2026-12-31"),
    "--on 2027-09-15": ("2027-10-01  The new CalFresh income table begins. (calfresh)",),
    "--on 2027-03-20": ("2027-04-01  The new WIC income table comes out about now",),
    "--on 2027-01-02 --each": ("puente rules check county:Kern", "puente rules check side:ihss/family_helper"),
    "show calfresh": ("any of", "income_calfresh_200: table:calfresh_gross_200, computed", "S_DPSS_CF: CalFresh net"),
    "show table:wic_185_month": ("wic_185_month", "1: $", "from 2026-07-01, until 2027-06-30"),
    "show dhcs_at_risk": ("It means (in force", "overcrowded"),
    "show kern_family": ("members call 1-800-391-2000 (Kern): not confirmed",),
    "show legal_aid": ("guide:legal_aid",),
    "show has_medi_cal": ("condition:has_medi_cal (asked)",),
}


@pytest.mark.parametrize("words", DAYS)
def test_what_a_clerk_reads(words: str, run: Run) -> None:
    told = run(words)
    assert told.exit_code == 0, told.output
    for part in DAYS[words]:
        assert part in told.output, part


@pytest.mark.parametrize(("on", "code"), [("2026-11-22", 0), ("2026-12-21", 0), ("2026-12-22", 1), ("2027-01-02", 1)])
def test_cron_learns_of_what_is_overdue(on: str, code: int, run: Run) -> None:
    told = run(f"--overdue --on {on}")
    assert told.exit_code == code, told.output
    assert ("Nothing is overdue" in told.output) is (code == 0)
    plain = json.loads(run(f"--overdue --on {on} --json").stdout)
    assert {value["state"] for value in plain["values"]} <= {"overdue", "ended"}
    assert bool(plain["values"]) is bool(code)


@pytest.mark.parametrize(("on", "over", "unused"), [("2026-11-22", False, 1), ("2027-01-02", True, 2)])
def test_over_is_what_a_program_uses_and_stands_first(on: str, over: bool, unused: int, run: Run) -> None:
    lines = run(f"--on {on}").output.splitlines()
    counted, titles = lines[0].partition("dated values: ")[2], [line for line in lines if re.match(r"[A-Z ]+ \(", line)]
    assert (counted.partition(",")[0].endswith(" over"), titles[0].startswith("OVER (")) == (over, over)
    assert counted.endswith(f", {unused} ended that no program uses.")
    assert titles[-1] == f"ENDED ({unused}): no program uses it"
    assert (run(f"--overdue --on {on}").exit_code == 1) is over


def test_each_value_says_what_hangs_on_it_and_what_mends_it(run: Run) -> None:
    plain = json.loads(run("--json").stdout)
    (table,) = [value for value in plain["values"] if value["target"] == "table:calfresh_gross_200"]
    assert table["programs"] == ["calfresh"]
    assert table["mend"] == "puente rules check table:calfresh_gross_200"
    assert (table["state"], table["checked_on"], table["review_by"]) == ("computed", "2026-11-21", "2026-12-21")
    for value in plain["values"]:
        name = shlex.split(value["mend"])[3]
        if value["state"] != "ended":
            done = run(f"check {shlex.quote(name)} --source x --dry-run")
            assert done.exit_code == 0, done.output


def test_what_was_checked_is_listed_no_more(run: Run) -> None:
    assert "check table:calfresh_gross_200" in run("").output
    done = run("check table:calfresh_gross_200 --source 'the chart of CDSS' --by Ana")
    assert "confirmed, looked at 2026-11-22, again by 2027-05-21" in done.output
    assert "check table:calfresh_gross_200" not in run("").output
    shown = run("show table:calfresh_gross_200").output
    assert "note 1, 2026-11-22, Ana: holds: table:calfresh_gross_200. Source: the chart of CDSS" in shown


def test_a_changed_figure_changes_a_verdict_at_once(run: Run) -> None:
    facts = {"household_size": Amount.exactly(1), "household_income_monthly_gross": Amount.exactly(2950)}
    facts |= {"lives_in_california": True, "older_or_disabled_in_home": False}

    def line() -> str:
        verdict = evaluate("calfresh", facts, NOW.date())
        return next(item.state.value for item in verdict.checked if item.condition.id == "income_calfresh_200")

    assert line() == "no"
    assert evaluate("calfresh", facts, NOW.date()).outcome is not Outcome.MAY_QUALIFY
    done = run("change table:calfresh_gross_200 --figures 1=3500 --from 2026-10-01 --until 2027-09-30 --source x")
    assert done.exit_code == 0, done.output
    assert line() == "yes"


PHONES = {
    "559-555-0199": "1-559-555-0199",
    "(559) 555-0199": "1-559-555-0199",
    "+1 559.555.0199": "1-559-555-0199",
    "5595550199": "1-559-555-0199",
    "1-800-555-0199": "1-800-555-0199",
    "211": "211",
}


@pytest.mark.parametrize("written", PHONES)
def test_a_phone_is_taken_as_people_write_it(written: str, run: Run, home: Path) -> None:
    done = run(f"change phone:chg --phone '{written}' --source x")
    assert done.exit_code == 0, done.output
    assert plans.plan("chg").phone == PHONES[written]
    assert PHONES[written] in (home / "overlay.yml").read_text("utf-8")


def test_a_note_is_taken_back_as_the_help_says(run: Run, home: Path) -> None:
    assert 'delete its lines, from "- who:" on' in " ".join(run("--help").output.split())
    shipped = plans.plan("chg").phone
    run("change phone:chg --phone 559-555-0199 --source x")
    first = (home / "overlay.yml").read_text("utf-8")
    done = run("change phone:chg --phone 559-555-0198 --source x")
    assert "Delete the lines of the note in that file." in done.output
    for text, phone in ((first, "1-559-555-0199"), (first[: first.index("- who:")], shipped)):
        (home / "overlay.yml").write_text(text, "utf-8")
        assert run("").exit_code == 0
        assert (plans.plan("chg").phone, rules.overlay().trouble) == (phone, None)


REFUSED = {
    "show calfrsh": "Nothing here is called 'calfrsh'. Perhaps you mean calfresh",
    "show office:Kern/ihss": "yet. Until then people get the line of all counties. If you know it, note it:\n  puente",
    "show office:Kern/ihs": "did you mean ihss?",
    "show office:kern/ihss": "there is no county 'kern' here (did you mean Kern?).",
    "show phone:calvia": "there is no plan 'calvia' here (did you mean calviva?).",
    "show condition:has_medical": "there is no condition 'has_medical' here (did you mean has_medi_cal?).",
    "show ride:kern_family": "puente rules change ride:kern_family --phone",
    "show offer:kern_family/cs_mtm": "puente rules change offer:kern_family/cs_mtm --offered yes",
    "check calfresh_gross --source x": "Perhaps you mean calfresh_gross_",
    "check table:calfresh --source x": "Nothing was written: there is no table 'calfresh' here (did",
    "check phone:calvia --source x": "there is no plan 'calvia' here (did you mean calviva?).",
    "check county:kern --source x": "there is no county 'kern' here (did you mean Kern",
    "check table:zzzz --source x": "there is no table 'zzzz' here.",
    "check office:Kern/ihs --source x": "there is no kind of office 'ihs' here (did you mean ihss? there are: ",
    "check office:Kern/ihss --source x": "no office of kind 'ihss' is known in 'Kern'",
    "check table:fpl --source x --on 2026-11-20": "was looked at later, on 2026-11-21",
    "check table:fpl --source x --on 2026-11-23": "2026-11-23 has not come yet",
    "check 'side:ihss/cost' 'side:nowhere/*' --source x": "There is no program 'nowhere'",
    "change calfresh --phone 211 --source x": "Write program:calfresh or rule:calfresh",
    "change guide:legal_aid --phone 211 --source x": "can be checked, not changed here",
    "change phone:chg --days 5 --source x": "--days says nothing of 'phone:chg'. Of it: --phone.",
    "change phone:chg --source x": "Say what is otherwise with 'phone:chg': --phone.",
    "change phone:chg --phone 800 --source x": "Nothing was written: phone: '800' does not look like",
    "change phone:chg --phone 555-0100 --source x": "Nothing was written: phone: '555-0100' does not look like",
    "change phone:chg --phone '559-555-0199 ext. 4' --source x": "does not look like 1-800-555-0123 or 211",
    "change phone:chg --phone '559-555-0199 or 559-555-0198' --source x": "does not look like 1-800-555-0123",
    "change table:fpl --figures 1=a --from 2027-01-01 --source x": "'1=a' are no figures",
    "change table:fpl --figures 1=5,2=4 --from 2027-01-01 --source x": "the figure for 2 is below that for 1",
    "change table:fpl --figures 1=5 --source x": "'table:fpl' also needs --from.",
    "change office:Kern/ihss --name-en A --source x": "also needs --name-es",
    "change program:ecm --valid-until 2027-01-01 --no-end --source x": "Give one of them",
    "change rule:ecm --when gone.yml --from 2027-01-01 --source x": "gone.yml: the file cannot be read",
    "change offer:kern_family/calfresh --offered yes --source x": "is nothing that plans give",
    "change offer:kern_family/cs_mtm/Tulane --offered yes --source x": "there is no county 'Tulane'",
}


@pytest.mark.parametrize("words", REFUSED)
def test_refused_in_one_sentence(words: str, run: Run, home: Path) -> None:
    told = run(words)
    assert told.exit_code == 1
    assert REFUSED[words] in told.output
    assert "Traceback" not in told.output and len(told.output) < 700
    assert not (home / "overlay.yml").exists()


def test_the_line_that_makes_an_office_known_can_be_run(run: Run) -> None:
    line = run("show office:Kern/ihss").output.partition("puente rules ")[2]
    assert run(line).exit_code == 1  # its dots are no phone
    assert run(line.replace("--phone ...", "--phone 559-555-0100")).exit_code == 0
    assert "1-559-555-0100: confirmed" in run("show office:Kern/ihss").output


def examples(command: click.Command) -> list[str]:
    """The lines under "Examples:" of a command's help; a line that goes on is joined."""
    text = (command.help or "").replace("\b", "").partition("Examples:")[2]
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [line.strip().removeprefix("puente rules").partition(" ||")[0].strip() for line in lines if "puente" in line]


COMMANDS = [rules_command.rules_group, *rules_command.rules_group.commands.values()]


@pytest.mark.parametrize("words", [words for command in COMMANDS for words in examples(command)])
def test_every_example_of_the_help_works(words: str, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    (home / "rule.yml").write_text("when:\n  all: [has_medi_cal, in_medi_cal_plan]\n", "utf-8")
    told = run(words)
    assert told.exit_code == 0, told.output
    assert rules.overlay().trouble is None


def test_notes_that_do_not_count_are_told(run: Run, home: Path) -> None:
    note = "- {who: Ana, on: 2026-11-22, source: x, checked: ['table:gone', 'phone:chg']}\n"
    (home / "overlay.yml").write_text(note, "utf-8")
    told = run("")
    assert told.output.startswith("ATTENTION: note 1 (Ana, 2026-11-22): there is no table 'gone' here.")
    assert plans.plan("chg").phone_verified
    (home / "overlay.yml").write_text("- who: [", "utf-8")
    told = run("")
    assert told.output.startswith("ATTENTION: the clinic's notes on rules cannot be read, so the last 1 that could")
    assert plans.plan("chg").phone_verified
    status = CliRunner().invoke(main, ["status"])
    assert "ATTENTION: the clinic's notes on rules cannot be read" in status.output
    assert json.loads(CliRunner().invoke(main, ["status", "--json"]).stdout)["notes"].startswith(str(home))
