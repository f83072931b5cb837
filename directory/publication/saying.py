"""What differing lists say of one published place: field by field, which value is shown, and why that one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from directory import store
from directory.model import Listing
from directory.publication.normal import normal
from directory.search.reading import reading
from directory.store import Said
from directory.sync import decisions, stage
from directory.sync.decisions import Decision, Kind
from directory.sync.hand_rows import HAND
from directory.tables import Plain

__all__ = ["Difference", "Saying", "Why", "of_listing"]

_DERIVED = frozenset({"schedule", "latitude", "longitude", "reach"})


class Why(str, Enum):
    """Why a value is shown: somebody decided it, or said it by hand; most lists say it; as many say another, and it is
    the newer, or the first that was seen. `split`: they contradict each other, so it counts as not known."""

    KEPT = "kept"
    HAND = "hand"
    MOST = "most"
    NEWER = "newer"
    FIRST = "first"
    SPLIT = "split"


@dataclass(frozen=True)
class Saying:
    """What one row says of a field, as text or JSON; `shown` where that is what people are told."""

    source: str
    title: str
    as_of: date | None
    text: str | None
    shown: bool


@dataclass(frozen=True)
class Difference:
    """A field in which the lists differ: the value shown (text or JSON; None for none), why, and what each list says.

    `by` is the decision, where one keeps the value.
    """

    field: str
    shown: str | None
    why: Why
    sayings: tuple[Saying, ...]
    by: Decision | None = None


def of_listing(listing: Listing, today: date, path: Path | None = None) -> tuple[Difference, ...]:
    """Every field in which a list says something else than is shown; empty where only one row is behind it."""
    with reading(path) as connection:
        said = store.said(connection, listing.id)
    if not any(item.differs for item in said):
        return ()
    plain, kept = store.as_plain(listing), _kept(listing.id, today)
    fields = dict.fromkeys(field for item in said for field, _ in item.differs if field not in _DERIVED)
    return tuple(_difference(field, plain, said, kept.get(field)) for field in fields)


def _kept(listing_id: str, today: date) -> dict[str, Decision]:
    """The decisions that keep a value of that place, by field."""
    if not stage.work_path().exists():
        return {}
    with stage.open_work() as work:
        made = _in_force(work, listing_id, today)
    return {item.field: item for item in made if item.field}


def _in_force(work: sqlite3.Connection, listing_id: str, today: date) -> list[Decision]:
    found = decisions.in_force(work, today=today)
    return [item for item in found if item.kind is Kind.KEEP and item.listing_id == listing_id]


def _difference(field: str, plain: Plain, said: Sequence[Said], by: Decision | None) -> Difference:
    shown = plain.get(field)
    shown = None if shown in ("unknown", [], "") else shown
    return Difference(field, _text(shown), _why(field, shown, said, by), tuple(_sayings(field, shown, said)), by)


def _sayings(field: str, shown: object, said: Sequence[Said]) -> Iterator[Saying]:
    for item in said:
        differs = dict(item.differs)
        if field in differs:
            yield Saying(item.source, item.source_title, item.as_of, _text(differs[field]), False)
        elif field in item.agrees:
            yield Saying(item.source, item.source_title, item.as_of, _text(shown), True)


def _why(field: str, shown: object, said: Sequence[Said], by: Decision | None) -> Why:
    agree = [item for item in said if field in item.agrees]
    if by is not None:
        return Why.KEPT
    if any(item.source == HAND for item in agree):
        return Why.HAND
    if shown is None:
        return Why.SPLIT
    others: dict[object, set[str]] = {}
    for item in said:
        if field in (differs := dict(item.differs)):
            others.setdefault(normal(field, differs[field]), set()).add(item.source)
    ours = len({item.source for item in agree})
    if ours > max(map(len, others.values()), default=0):
        return Why.MOST
    return Why.NEWER if _newest(agree) > _newest([item for item in said if item not in agree]) else Why.FIRST


def _newest(said: Sequence[Said]) -> date:
    return max((item.as_of for item in said if item.as_of), default=date.min)


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
