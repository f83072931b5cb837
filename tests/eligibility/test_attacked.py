"""Files that are spoiled and facts that cannot be: refused with file and key, or answered, and never by a traceback."""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.eligibility import assess, implied, questions, rules, wording
from directory.eligibility.evaluate import Outcome, evaluate
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact, from_plain, names, sensible
from directory.errors import RulesError
from directory.model import Language
from directory.text import verdict_shown

TODAY = date(2026, 11, 21)
CALFRESH = "programs/calfresh.yml"
SPOILED = [
    ("a list 10,000 deep", CALFRESH, "reach: county", "reach: " + "[" * 10_000 + "]" * 10_000, r"line \d+: .*deeper"),
    ("never closed", CALFRESH, "reach: county", "reach: " + "{a: [" * 100_000, r"calfresh\.yml, line \d+: .*deeper"),
    ("a list in a list in a line", CALFRESH, "reach: county", "reach:\n  " + "- " * 50_000, r"line \d+: .*deeper"),
    (
        "a group 400 deep",
        CALFRESH,
        "- calfresh_status_ok",
        "- " + "{all: [" * 400 + "x" + "]}" * 400,
        r"line \d+: .*deeper",
    ),
    ("a group in itself", CALFRESH, "- calfresh_status_ok", "- &a {all: [*a]}", r"calfresh\.yml, line \d+: .*alias"),
    ("an alias", CALFRESH, "need: food\n", "need: &f food\ncategory2: *f\n", r"calfresh\.yml, line \d+: .*alias"),
    ("taken over", CALFRESH, "reach: county", "<<: {reach: county}", r"calfresh\.yml, line \d+: .*<<"),
    ("a day of no time", CALFRESH, "until: null", "until: 9999-12-31", r"calfresh\.yml, .*9999-12-31 is no day"),
    ("never reviewed", CALFRESH, "review_by: 2027-05-20", "review_by: 9999-12-31", r"calfresh\.yml, review_by: 9999"),
    ("no number", "tables.yml", "1: 15960", "1: .nan", r"tables\.yml, fpl\.values\.1\.by_size\.1: nan is no amount"),
    ("without end", "tables.yml", "1: 15960", "1: .inf", r"tables\.yml, fpl\.values\.1\.by_size\.1: inf is no amount"),
    (
        "beyond any",
        "tables.yml",
        "1: 15960",
        "1: " + "9" * 400,
        r"tables\.yml, fpl\.values\.1\.by_size\.1: 9+ is no amount",
    ),
    ("below zero", "tables.yml", "1: 15960", "1: -5", r"tables\.yml, fpl\.values\.1\.by_size\.1: -5 is no amount"),
    ("nobody at home", "tables.yml", "1: 15960", "0: 15960", r"fpl\.values\.1\.by_size\.0: '0' is no number of people"),
    ("a word for a size", "tables.yml", "1: 15960", "one: 15960", r"by_size\.one: 'one' is no number of people"),
    ("half a person", "tables.yml", "1: 15960", "1.5: 15960", r"by_size\.1\.5: '1\.5' is no number of people"),
    ("falling", "tables.yml", "2: 21640", "2: 100", r"tables\.yml, fpl\.values\.1\.by_size: a larger home has a lower"),
    (
        "only a percentage",
        "conditions.yml",
        "table: liheap_60smi",
        "table: medi_cal_child_266",
        r"at_most\.table: .*'medi_cal_child_266' has no figures",
    ),
    (
        "no choice",
        "conditions.yml",
        "one_of: [institution,",
        "one_of: [] # ",
        r"conditions\.yml, .*one_of: no choice is named",
    ),
    (
        "a number that is true",
        "conditions.yml",
        "at_least: 18",
        "is: true",
        r"conditions\.yml, .*\.is: no answer of the kind 'number'",
    ),
    ("no age", "conditions.yml", "at_least: 18", "at_least: .nan", r"conditions\.yml, .*at_least: nan is no amount"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_spoiled_rules_are_refused_with_file_and_key(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = tmp_path / "eligibility"
    shutil.copytree(rules.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    spoil(folder / file, old, new)
    with pytest.raises(RulesError, match=says) as refused:
        rules.load(folder)
    assert len(str(refused.value)) < 2000


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


BESIDE: list[tuple[Callable[[Path], object], Path, str, str, str]] = [
    (
        implied.load,
        implied.FILE,
        "has_medi_cal, is: false",
        "shoe, is: false",
        r"1\.when\.fact: No rule asks for 'shoe'",
    ),
    (implied.load, implied.FILE, "then: {in_medi_cal_plan: false}", "then: {shoe: false}", r"1\.then\.shoe: No rule"),
    (implied.load, implied.FILE, "has_medi_cal, is: false", "has_medi_cal, is: maybe", r"1\.when\.is: 'maybe'"),
    (
        implied.load,
        implied.FILE,
        "has_medi_cal, is: false",
        "has_medi_cal, at_least: 3",
        r"1\.when\.at_least: .*cannot",
    ),
    (implied.load, implied.FILE, "age_years, at_least: 60", "age_years, is: true", r"\.when\.is: .*cannot be compared"),
    (implied.load, implied.FILE, "age_years, at_least: 60", "age_years, at_least: .nan", r"at_least: nan is no amount"),
    (implied.load, implied.FILE, "then: {in_medi_cal_plan: false}", "then: {in_medi_cal_plan: nope}", r"plan: 'nope'"),
    (implied.load, implied.FILE, "then: {in_medi_cal_plan: false}", "then: {age_years: true}", r"age_years: True"),
    (implied.load, implied.FILE, "then: {in_medi_cal_plan: false}", "then: {}", r"1\.then: nothing follows"),
    (
        implied.load,
        implied.FILE,
        "then: {in_medi_cal_plan: false}",
        "then: {in_medi_cal_plan: true}",
        r"the contrary of",
    ),
    (implied.load, implied.FILE, "then: {in_medi_cal_plan: false}", "then: {has_medi_cal: true}", r"1: .*contrary of"),
    (implied.load, implied.FILE, "wic_category, is: pregnant}", "wic_category, is: happy}", r"\.when\.is: 'happy'"),
    (questions.load, questions.FILE, "  age_years:", "  shoe_years:", r"facts\.shoe_years: No rule asks for"),
    (questions.load, questions.FILE, "overcrowded:", "shoes:", r"groups\.at_risk\.facts: No rule asks for 'shoes'"),
    (questions.load, questions.FILE, "overcrowded:", "age_years:", r"groups\.at_risk\.facts: 'age_years' is no yes"),
    (questions.load, questions.FILE, "overcrowded:", "losing_home_30_days:", r"groups: losing_home_30_days: .*two"),
    (
        questions.load,
        questions.FILE,
        "{limit} a month",
        "{limits} a month",
        r"household_income_monthly_gross\..*'\{limits\}'",
    ),
    (wording.load, wording.FILE, "lives_in_california:", "lives_in_nevada:", r"'lives_in_nevada' is unknown"),
    (wording.load, wording.FILE, "You live in California.", "You live in {place}.", r"if_yes: '\{place\}'"),
]


@pytest.mark.parametrize(("load", "file", "old", "new", "says"), BESIDE, ids=lambda value: str(value)[:30])
def test_spoiled_words_are_refused_with_file_and_key(
    tmp_path: Path, load: Callable[[Path], object], file: Path, old: str, new: str, says: str
) -> None:
    copy = tmp_path / file.name
    shutil.copy(file, copy)
    load(copy)
    spoil(copy, old, new)
    with pytest.raises(RulesError, match=rf"{copy.name}.*{says}"):
        load(copy)


# Facts

SENSELESS: list[Any] = [
    Amount(5, 1), Amount(-3, -3), Amount(math.nan, math.nan), Amount(math.inf, None), Amount(1e308, 1e308),
    Amount(-math.inf, 0), Amount(10**9, 10**9), Amount(0, 10**9),
]  # fmt: skip
WRONG: list[Any] = [*SENSELESS, True, False, UNSURE, "x", "pregnant", 7, 3.5, None, ["a"], {"low": 1}]


@pytest.mark.parametrize("amount", SENSELESS, ids=str)
@pytest.mark.parametrize("name", [SIZE, INCOME, "age_years"])
def test_an_amount_that_cannot_be_meant_was_never_said(name: str, amount: Amount) -> None:
    assert sensible({name: amount}) == {} == from_plain({name: [amount.low, amount.high]})


@pytest.mark.parametrize("income", WRONG, ids=str)
def test_nothing_is_promised_for_an_income_that_is_none(income: Any) -> None:
    known = {"lives_in_california": True, "abawd_status": "not_in_group", SIZE: Amount.exactly(4), INCOME: income}
    assert evaluate("calfresh", known, TODAY).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize("size", [Amount(10**9, 10**9), Amount(5, 1), Amount(-3, -3), Amount(0, 0), "x", 7], ids=str)
def test_a_home_that_cannot_be_widens_no_line(size: Any) -> None:
    known = {"lives_in_california": True, "abawd_status": "not_in_group", SIZE: size, INCOME: Amount.exactly(9000)}
    assert evaluate("calfresh", known, TODAY).outcome is Outcome.CANNOT_TELL


def test_a_home_of_thirty_has_its_line() -> None:
    base: dict[str, Fact] = {"lives_in_california": True, "abawd_status": "not_in_group", SIZE: Amount.exactly(30)}
    low = evaluate("calfresh", {**base, INCOME: Amount.exactly(0)}, TODAY)
    high = evaluate("calfresh", {**base, "elderly_or_disabled_in_home": False, INCOME: Amount.exactly(10**6)}, TODAY)
    assert (low.outcome, high.outcome) == (Outcome.MAY_QUALIFY, Outcome.PROBABLY_NOT)


CONTRARY: list[tuple[dict[str, Fact], str | None, str]] = [
    ({"has_medi_cal": False}, "la_care", "ecm"),
    ({"has_medi_cal": False, "in_medi_cal_plan": True}, None, "cs_mtm"),
    ({"has_medi_cal": False}, "kern_family", "nmt"),
    ({"lives_in_california": False}, None, "calfresh"),
]


@pytest.mark.parametrize(("facts", "plan", "program"), CONTRARY)
def test_of_two_that_contradict_each_other_nothing_is_promised(
    facts: dict[str, Fact], plan: str | None, program: str
) -> None:
    found = assess.verdict(program, assess.Situation(facts, plan, None), TODAY)
    assert found.outcome is not Outcome.MAY_QUALIFY


def test_an_age_of_seventy_where_nobody_is_sixty_keeps_to_the_stricter_line() -> None:
    facts: dict[str, Fact] = {
        "lives_in_california": True,
        "abawd_status": "not_in_group",
        "age_years": Amount.exactly(70),
        "elderly_or_disabled_in_home": False,
        SIZE: Amount.exactly(1),
        INCOME: Amount.exactly(9000),
    }
    assert evaluate("calfresh", facts, TODAY).outcome is Outcome.PROBABLY_NOT


DAYS = (date.min, TODAY, date(2027, 1, 1), date(2031, 1, 1), date.max)


def test_any_facts_on_any_day_are_answered_in_words() -> None:
    dice = random.Random(4711)
    known, programs = names(), list(rules.programs())
    for _ in range(1500):
        facts: dict[str, Any] = {name: dice.choice(WRONG) for name in dice.sample(known, dice.randint(0, 12))}
        facts |= {name: dice.choice(WRONG) for name in (SIZE, INCOME, "age_years")}
        plan, county = dice.choice([None, "la_care", "nope"]), dice.choice([None, "Kern", "Nowhere"])
        here = assess.Situation(facts, plan, county)
        found = assess.verdict(dice.choice(programs), here, dice.choice(DAYS))
        assert found.missing is not None and found.worth_asking is not None and found.reasons is not None
        for language in Language:
            told = verdict_shown.shown(found, here, language)
            assert told.next and "{" not in f"{told.next} {told.reasons}" and "None" not in str(told.reasons)


@pytest.mark.parametrize("day", [date.max, date(2031, 1, 1)])
def test_on_a_day_without_rules_nothing_is_promised(day: date) -> None:
    promised = {
        id for id in rules.programs() if evaluate(id, {"has_medi_cal": True}, day).outcome is Outcome.MAY_QUALIFY
    }
    assert not promised


def test_unsure_everywhere_asks_nothing_more() -> None:
    facts = dict.fromkeys(names(), UNSURE)
    for id in rules.programs():
        found = evaluate(id, facts, TODAY)
        assert found.outcome is not Outcome.PROBABLY_NOT and found.missing == (), id


def test_thirty_households_at_once_get_their_own_answers() -> None:
    def told(size: int) -> list[tuple[str, str]]:
        facts: dict[str, Fact] = {SIZE: Amount.exactly(size), INCOME: Amount.exactly(3000), "lives_in_california": True}
        return [(id, evaluate(id, facts, TODAY).outcome.value) for id in rules.programs()]

    alone = [told(size) for size in range(1, 31)]
    with ThreadPoolExecutor(30) as pool:
        assert list(pool.map(told, range(1, 31))) == alone
