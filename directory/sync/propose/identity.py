"""What a row is known by, so that a list in another order is the same list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.folding import spaced
from directory.sync import fields
from directory.sync.propose import names
from directory.sync.propose.columns import Placed, Role

__all__ = ["Identity", "identify"]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/#-]{0,59}")
_FIRST = ("organization", "name", "address_1", "address", "programs", "topics")
_MORE = ("city", "postal_code", "counties", "plans", "phones", "description", "hours_text", "email")


@dataclass(frozen=True)
class Identity:
    """The column with an id (and None where there is none), the columns to hash, and how many rows are then alike."""

    column: str | None
    hashed: tuple[str, ...]
    alike: int
    why: str


def identify(columns: Mapping[str, Sequence[str]], placed: Sequence[Placed], *, one_each: bool = True) -> Identity:
    """An id of the sender's own where it is complete and distinct, else what names a place in the list.

    `one_each`: a row has one service, so that another row of the same place may have another.
    """
    hashed, alike = _hash(columns, placed, one_each=one_each)
    for item in placed:
        if (item.role == Role.ROW_ID or names.has_role(item.heading, "row_id")) and _is_id(columns[item.heading]):
            return Identity(item.heading, hashed, 0, f"every row has its own {item.heading!r}")
    rows = len(next(iter(columns.values()), ()))
    said = ", ".join(hashed)
    if not hashed:
        return Identity(None, hashed, 0, "not known yet: no column is sure to be an id, a name or an address")
    if alike:
        return Identity(None, hashed, alike, f"{said} (there is no id); by these {alike} of {rows} rows repeat another")
    return Identity(None, hashed, 0, f"{said} (there is no id)")


def _is_id(cells: Sequence[str]) -> bool:
    """Complete, distinct, and no mere counting of the rows, which another order would change."""
    texts = [fields.clean(cell).removesuffix(".0") for cell in cells]
    if not texts or any(fields.blank(text) or not _ID.fullmatch(text) for text in texts):
        return False
    return len(set(texts)) == len(texts) and texts != [str(number) for number in range(1, len(texts) + 1)]


def _hash(
    columns: Mapping[str, Sequence[str]], placed: Sequence[Placed], *, one_each: bool
) -> tuple[tuple[str, ...], int]:
    """Name, address and (with one a row) program, and more columns as long as they tell more rows apart."""
    by_field: dict[str, list[str]] = {}
    for item in placed:
        if item.role == Role.FIELD and item.field and item.content.filled:
            by_field.setdefault(item.field, []).append(item.heading)
    first = _FIRST if one_each else _FIRST[:-2]
    chosen = [by_field[field][0] for field in first if field in by_field]
    alike = _alike(columns, chosen)
    for field in (*_FIRST[-2:], *_MORE):
        if alike and field in by_field and by_field[field][0] not in chosen:
            more = _alike(columns, [*chosen, by_field[field][0]])
            if more < alike:
                chosen, alike = [*chosen, by_field[field][0]], more
    return tuple(chosen), alike


def _alike(columns: Mapping[str, Sequence[str]], chosen: Sequence[str]) -> int:
    """How many rows have a twin before them."""
    if not chosen:
        return 0
    rows = zip(*(columns[heading] for heading in chosen), strict=True)
    counts = Counter(tuple(map(spaced, row)) for row in rows)
    return sum(count - 1 for count in counts.values())
