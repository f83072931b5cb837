"""Columns are placed right or left to a person; placed wrong is never."""

from __future__ import annotations

import pytest

from directory.sync.propose.columns import Placed, Role, place

from .variants import CELLS, VARIANTS


def said(item: Placed) -> str:
    return {Role.FIELD: item.field or "", Role.UNUSED: "-"}.get(item.role, item.role)


def placed(variant: str) -> dict[str, str]:
    columns = {heading: CELLS[cells] for heading, cells, _ in VARIANTS[variant]}
    return {item.heading: said(item) for item in place(columns)}


@pytest.mark.parametrize("variant", VARIANTS)
def test_headings_of_many_hands(variant: str) -> None:
    assert placed(variant) == {heading: wanted for heading, _, wanted in VARIANTS[variant]}


@pytest.mark.parametrize("variant", VARIANTS)
def test_in_another_order_the_same(variant: str) -> None:
    columns = {heading: CELLS[cells] for heading, cells, _ in reversed(VARIANTS[variant])}
    assert {item.heading: said(item) for item in place(columns)} == placed(variant)
