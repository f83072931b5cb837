"""What was asked and what nobody found, in counts in which no single person can be made out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory import records
from directory.reply import Kind

__all__ = ["FEW", "Told", "dangers", "told", "unmet"]

FEW = 5
"""Below this a count of a sensitive kind, or of one county, could point at somebody: it is told as fewer than this."""
_DANGERS = (Kind.CRISIS.value, Kind.WORRY.value)


@dataclass(frozen=True)
class Told:
    """A count that may be shown; `few` where only "fewer than 5" is said, and `count` is 0 then."""

    values: tuple[str | None, ...]
    count: int
    few: bool = False


def told(by: str, *, since: date, file: Path | None = None) -> tuple[Told, ...]:
    """Answers since that day by need or channel, the most first."""
    return tuple(Told(item.values, item.answers) for item in records.counts(by, since=since, file=file))


def dangers(*, since: date, file: Path | None = None) -> tuple[Told, ...]:
    """Answers to a danger and to a worry, each as a number that points at nobody; none where there was none."""
    found = {str(item.values[0]): item.answers for item in records.counts("outcome", since=since, file=file)}
    return tuple(_guarded((kind,), found[kind]) for kind in _DANGERS if found.get(kind))


def unmet(*, since: date, file: Path | None = None) -> tuple[Told, ...]:
    """Searches that found no place, by need and county, the most first."""
    counted: Counter[tuple[str | None, ...]] = Counter()
    for item in records.without_result(since=since, file=file):
        need, _, county = item.values
        counted[need, county] += item.answers
    return tuple(_guarded(values, count) for values, count in counted.most_common())


def _guarded(values: tuple[str | None, ...], count: int) -> Told:
    return Told(values, 0, few=True) if count < FEW else Told(values, count)
