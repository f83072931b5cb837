"""No table has holes: each threshold, date and condition of the data has its cases; a new one fails until it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directory.eligibility.conditions import All, Defined, Holds, Node
from directory.eligibility.rules import Program
from tests.eligibility.demands import demands, shipped
from tests.eligibility.tables import cases, files


@pytest.mark.parametrize("program", shipped().programs.values(), ids=lambda program: program.id)
def test_the_table_holds_what_the_rules_demand(program: Program) -> None:
    lacking = _lacking(program)
    assert not lacking, f"tests/eligibility/{program.id}.yml lacks: {lacking}"


@pytest.mark.parametrize("program", shipped().programs.values(), ids=lambda program: program.id)
def test_a_program_without_cases_meets_no_demand(program: Program) -> None:
    assert [demand.words for demand in demands(program) if demand.met_by([])] == []
    assert list(demands(program)), "each program can be looked at too late, at least"


def test_every_program_has_its_table_and_every_table_its_program() -> None:
    assert {path.stem for path in files()} == set(shipped().programs)


def _lacking(program: Program) -> str:
    own = [case for case in cases() if case.program == program.id]
    return " / ".join(demand.words for demand in demands(program) if not demand.met_by(own))


NMT = shipped().programs["nmt"]
RULE = NMT.rules[0]


def also(part: Node) -> Program:
    """The ride with one more part to its rule."""
    return replace(NMT, rules=(replace(RULE, when=All((RULE.when, part))),))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (also(Holds("has_medicare_card")), "has_medicare_card unknown"),
        (also(Holds("owner_consents")), "owner_consents named among"),
        (also(Holds("age_21_plus")), "age_years of exactly 20"),
        (also(Holds("income_wic_185")), "just over the line"),
        (also(Defined("dhcs_homeless")), "fleeing_violence false"),
        (replace(NMT, valid_until=date(2026, 12, 24)), "one home on 2026-12-24"),
        (replace(NMT, review_by=date(2027, 3, 1)), "one home on 2027-03-01"),
    ],
)  # fmt: skip
def test_a_new_condition_threshold_or_date_lacks_its_cases(changed: Program, words: str) -> None:
    assert words in _lacking(changed)
    assert _lacking(NMT) == ""
