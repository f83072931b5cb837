"""Which page of a long list an address asks for."""

from __future__ import annotations

import pytest

from directory.desk.paging import Paged, number_of, page_of


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1", 1), ("7", 7), ("999999", 999_999), ("", 1), ("0", 1), ("-3", 1), ("two", 1), ("2.5", 1), ("1e3", 1),
        ("1000000", 1), ("9" * 5000, 1), ("²", 1), ("٣", 1),
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_page_is_the_first(said: str, number: int) -> None:
    assert number_of(said) == number


@pytest.mark.parametrize(
    ("said", "total", "page"),
    [
        ("1", 0, Paged(1, 0, 0, 0, 0, 0)),
        ("1", 25, Paged(1, 0, 25, 25, 0, 0)),
        ("1", 26, Paged(1, 0, 25, 26, 0, 2)),
        ("2", 26, Paged(2, 25, 26, 26, 1, 0)),
        ("99", 60, Paged(3, 50, 60, 60, 2, 0)),
        ("2", 60, Paged(2, 25, 50, 60, 1, 3)),
    ],
)
def test_a_page_says_what_stands_on_it_and_what_is_beside_it(said: str, total: int, page: Paged) -> None:
    assert page_of(said, total, 25) == page
