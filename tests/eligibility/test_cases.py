"""Each case of each program's table comes out as it is written there."""

from __future__ import annotations

import pytest

from directory.eligibility.evaluate import State
from tests.eligibility.tables import Case, cases


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(case: Case) -> None:
    verdict = case.verdict()
    found = (verdict.outcome.value, verdict.because and verdict.because.value, frozenset(verdict.missing))
    assert found == (case.outcome, case.because, case.missing)
    if case.reasons is not None:
        assert {item.condition.id for item in verdict.reasons} == case.reasons
    if case.others is not None:
        assert {item.condition.id for item in verdict.checked if item.state is State.DEFERRED} == case.others
    if case.asked_first:
        assert verdict.missing[0] == case.asked_first
    if case.worth_asking is not None:
        assert set(verdict.worth_asking) == case.worth_asking
    assert verdict.expedited is case.expedited


def test_no_name_stands_twice() -> None:
    names = [str(case) for case in cases()]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
