"""The pages of a long list: which one an address asks for, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Paged", "number_of", "page_of"]

_DIGITS = 6


@dataclass(frozen=True)
class Paged:
    """A part of a list: items `start` to `stop` of `total`; the numbers of the pages beside it, 0 for none."""

    number: int
    start: int
    stop: int
    total: int
    back: int
    next: int


def number_of(said: str) -> int:
    """The number of a page as an address says it, at least 1; the first one for what is no number."""
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 1


def page_of(said: str, total: int, size: int) -> Paged:
    """The page with that number; past the end it is the last one."""
    last = max(1, -(-total // size))
    number = min(number_of(said), last)
    start = (number - 1) * size
    return Paged(number, start, min(start + size, total), total, number - 1, number + 1 if number < last else 0)
