"""match: is this row a place we know? Never guessed: the same, different, or a person is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

__all__ = ["Match", "Outcome", "Reason", "match"]


class Outcome(str, Enum):
    """What matching says of a row."""

    NEW = "new"
    SAME = "same"
    DIFFERENT = "different"
    ASK = "ask"


class Reason(str, Enum):
    """Why."""

    SAME_ROW = "same_row"
    FIRST_SEEN = "first_seen"


@dataclass(frozen=True)
class Match:
    """The listing a row belongs to; for ASK the `candidates` a person chooses among."""

    outcome: Outcome
    listing_id: str
    reasons: tuple[Reason, ...]
    candidates: tuple[str, ...] = ()


def match(source_id: str, row_id: str, links: Mapping[str, str]) -> Match:
    """SAME when the source has sent that row before, else NEW; rows of different lists are not brought together yet.

    `links` holds row id -> listing id of this source.
    """
    if row_id in links:
        return Match(Outcome.SAME, links[row_id], (Reason.SAME_ROW,))
    return Match(Outcome.NEW, f"{source_id}:{row_id}", (Reason.FIRST_SEEN,))
