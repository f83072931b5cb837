"""Which line a table gives for a home, and what may not be used: unverified, overdue or never printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directory.eligibility import limits
from directory.eligibility.basis import Basis
from directory.eligibility.evaluate import Because, Household, Outcome, State
from directory.eligibility.facts import SIZE, UNSURE, Amount, Fact
from directory.eligibility.limits import Place
from directory.eligibility.strict import Period, Text
from directory.eligibility.tables import Table, Value
from tests.eligibility.demands import shipped
from tests.eligibility.tables import TODAY, facts_of

BASIS = Basis(Period(date(2026, 1, 1), date(2026, 12, 31)), "computed", TODAY, date(2026, 12, 1), ("S_PE",))
VALUE = Value(BASIS, {2: 2000.0, 3: 3000.0}, None, None, None)
TABLE = Table("t", Text("t", "t"), "month", "each year", (VALUE,))


def with_value(**changes: object) -> Table:
    return replace(TABLE, values=(replace(VALUE, **changes),))  # type: ignore[arg-type]


def recalled() -> Table:
    return with_value(basis=replace(BASIS, status="recalled"))


LINES: list[tuple[str, Table, Fact | None, date, tuple[float, float | None] | None]] = [
    ("the printed figure", TABLE, Amount.exactly(3), TODAY, (3000, 3000)),
    ("a home smaller than all that is printed", TABLE, Amount.exactly(1), TODAY, (2000, 2000)),
    ("a larger home: the largest printed at least", TABLE, Amount.exactly(5), TODAY, (3000, None)),
    ("so much for each more", with_value(each_extra=500.0), Amount.exactly(5), TODAY, (4000, 4000)),
    ("a range of sizes", TABLE, Amount(2, 3), TODAY, (2000, 3000)),
    ("a range beyond the table", TABLE, Amount(2, 4), TODAY, (2000, None)),
    ("nobody said how many", TABLE, None, TODAY, (2000, None)),
    ("nobody knows how many", TABLE, UNSURE, TODAY, (2000, None)),
    ("a figure by the year", replace(TABLE, per="year"), Amount.exactly(3), TODAY, (250, 250)),
    ("the last day to look again", TABLE, Amount.exactly(3), date(2026, 12, 1), (3000, 3000)),
    ("the day after", TABLE, Amount.exactly(3), date(2026, 12, 2), None),
    ("before its dates", TABLE, Amount.exactly(3), date(2025, 12, 31), None),
    ("a figure that nobody confirmed", recalled(), Amount.exactly(3), TODAY, None),
    ("a percentage and no figure", with_value(by_size={}, percent=138.0), Amount.exactly(3), TODAY, None),
]


@pytest.mark.parametrize(("name", "table", "size", "on", "wanted"), LINES, ids=[row[0] for row in LINES])
def test_line(name: str, table: Table, size: Fact | None, on: date, wanted: tuple[float, float | None] | None) -> None:
    found = limits.line(table, size, on)
    assert (found and (found.low, found.high)) == wanted


PLACES: list[tuple[Amount, Amount, Place]] = [
    (Amount.exactly(2849), Amount.exactly(3), Place.UNDER),
    (Amount.exactly(2850), Amount.exactly(3), Place.NEAR),
    (Amount.exactly(3000), Amount.exactly(3), Place.NEAR),
    (Amount.exactly(3150), Amount.exactly(3), Place.NEAR),
    (Amount.exactly(3151), Amount.exactly(3), Place.OVER),
    (Amount(0, 3000), Amount.exactly(3), Place.UNDER),
    (Amount(3000, None), Amount.exactly(3), Place.OVER),
    (Amount(0, 3001), Amount.exactly(3), Place.BETWEEN),
    (Amount(2999, None), Amount.exactly(3), Place.BETWEEN),
    (Amount.exactly(1900), Amount(2, 3), Place.UNDER),
    (Amount.exactly(2500), Amount(2, 3), Place.BETWEEN),
    (Amount.exactly(3151), Amount(2, 3), Place.OVER),
    (Amount.exactly(9000), Amount(2, 4), Place.BETWEEN),
]


@pytest.mark.parametrize(("income", "size", "wanted"), PLACES)
def test_place(income: Amount, size: Amount, wanted: Place) -> None:
    line = limits.line(TABLE, size, TODAY)
    assert line and limits.judged(income, line) is wanted


def test_an_unconfirmed_figure_lets_nothing_be_decided() -> None:
    known = shipped()
    table = known.tables["calfresh_gross_200"]
    values = tuple(replace(value, basis=replace(value.basis, status="recalled")) for value in table.values)
    unsure = replace(known, tables={**known.tables, table.id: replace(table, values=values)})
    facts = facts_of({"lives_in_california": "yes", "household_size": "3", "household_income_monthly_gross": "100",
                      "elderly_or_disabled_in_home": "no", "abawd_status": "not_in_group"})  # fmt: skip
    assert Household(facts, TODAY, known=known).verdict("calfresh").outcome is Outcome.MAY_QUALIFY
    verdict = Household(facts, TODAY, known=unsure).verdict("calfresh")
    assert (verdict.outcome, verdict.missing) == (Outcome.CANNOT_TELL, ())
    assert [item.state for item in verdict.reasons] == [State.NO_FIGURE]


def test_a_program_to_be_looked_at_again_before_its_rule_is_overdue_too() -> None:
    known = shipped()
    program = replace(known.programs["nmt"], review_by=date(2026, 11, 30))
    early = replace(known, programs={**known.programs, "nmt": program})
    for day, because in ((date(2026, 11, 30), None), (date(2026, 12, 1), Because.OVERDUE)):
        assert Household({}, day, known=early).verdict("nmt").because is because


def test_nothing_more_is_asked_where_nothing_more_can_be_known() -> None:
    facts = facts_of({"lives_in_california": "yes", "household_income_monthly_gross": "4000"})
    verdict = Household({**facts, SIZE: UNSURE}, TODAY).verdict("calfresh")
    states = {item.condition.id: item.state for item in verdict.checked}
    assert states["income_calfresh_200"] is State.UNSURE
    assert "household_size" not in verdict.missing
