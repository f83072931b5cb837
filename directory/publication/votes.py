"""Which of several values is shown: the one that most lists say, then the newer, then the listing's own first list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from directory.publication.normal import normal

__all__ = ["Vote", "choose", "choose_tri", "rank"]


class Vote(NamedTuple):
    """What one row says; `own` is the row that the listing was first seen in."""

    source: str
    row: str
    draft: Mapping[str, Any]
    own: bool


def rank(vote: Vote) -> tuple[str, str, bool, tuple[int, ...], tuple[int, ...]]:
    """How much a row is worth where as many lists say one thing as another; the greatest counts."""
    return (*_days(vote), vote.own, _backwards(vote.source), _backwards(vote.row))


def choose(votes: Sequence[Vote], field: str) -> Vote | None:
    """The row whose value is shown; None when none says anything."""
    sides = _sides(votes, field)
    if not sides:
        return None
    return max((vote for side in _best(sides) for vote in side), key=rank)


def choose_tri(votes: Sequence[Vote], field: str) -> str | None:
    """Yes or no as most lists say it, else as the newer one does; None (unknown) when that does not decide it."""
    sides = _sides(votes, field)
    if not sides:
        return None
    left = _best(sides)
    if len(left) > 1:
        newest = max(_days(vote) for side in left for vote in side)
        left = [side for side in left if newest in map(_days, side)]
    value: str = left[0][0].draft[field]
    return value if len(left) == 1 else None


def _sides(votes: Sequence[Vote], field: str) -> list[list[Vote]]:
    sides: dict[object, list[Vote]] = {}
    for vote in votes:
        said = normal(field, vote.draft.get(field))
        if said is not None:
            sides.setdefault(said, []).append(vote)
    return list(sides.values())


def _best(sides: Sequence[list[Vote]]) -> list[list[Vote]]:
    support = [len({vote.source for vote in side}) for side in sides]
    return [side for side, count in zip(sides, support, strict=True) if count == max(support)]


def _days(vote: Vote) -> tuple[str, str]:
    return vote.draft.get("assured_on") or "", vote.draft["provenance"].get("as_of") or ""


def _backwards(text: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in text)
