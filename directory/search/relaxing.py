"""What is given up when nothing is left: filters in their order, then distance and program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from directory.search.query import Relaxed

__all__ = ["relax"]


def relax(candidates: int, unfit: Mapping[Relaxed, int]) -> tuple[int, tuple[Relaxed, ...]]:
    """Gives up steps one after the other until something is left, then takes back those that did not matter.

    `unfit` says for each step, in the order in which they are given up, who is known not to fit.
    """
    if not candidates or not unfit:
        return candidates, ()
    steps = list(unfit)
    kept = list(steps)
    while not (left := _fitting(candidates, unfit, kept)):
        kept.pop(0)
    for step in steps:
        if step not in kept and (tighter := left & ~unfit[step]):
            kept.append(step)
            left = tighter
    return left, tuple(step for step in steps if step not in kept)


def _fitting(candidates: int, unfit: Mapping[Relaxed, int], kept: Sequence[Relaxed]) -> int:
    for step in kept:
        candidates &= ~unfit[step]
    return candidates
