"""No table has holes: each threshold, date and condition of the data has its cases; a new one fails until it has."""

from __future__ import annotations

import pytest

from tests.eligibility.demands import demands, shipped
from tests.eligibility.tables import cases, files


@pytest.mark.parametrize("program", shipped().programs.values(), ids=lambda program: program.id)
def test_the_table_holds_what_the_rules_demand(program) -> None:  # type: ignore[no-untyped-def]
    own = [case for case in cases() if case.program == program.id]
    lacking = [demand.words for demand in demands(program) if not demand.met_by(own)]
    assert not lacking, f"tests/eligibility/{program.id}.yml lacks:\n  " + "\n  ".join(lacking)


def test_every_program_has_its_table_and_every_table_its_program() -> None:
    assert {path.stem for path in files()} == set(shipped().programs)
