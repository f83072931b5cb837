"""diff: what a list says now against what it said before, field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Change", "Diff", "compare", "of_fields"]

_QUIET = frozenset({"id", "provenance"})


@dataclass(frozen=True)
class Change:
    """One field of one row; None means that nothing was or is said there."""

    row: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Diff:
    """Row ids that came and went, and the fields that changed in rows that stayed."""

    added: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def changed_rows(self) -> tuple[str, ...]:
        """The ids of the rows that changed, each once."""
        return tuple(dict.fromkeys(change.row for change in self.changed))


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Diff:
    """Compares two states of a list (row id -> draft as JSON); where a row stands in the list makes no difference."""
    stayed = [row for row in after if row in before and before[row] != after[row]]
    return Diff(
        added=tuple(row for row in after if row not in before),
        changed=tuple(
            change for row in stayed for change in of_fields(row, json.loads(before[row]), json.loads(after[row]))
        ),
        gone=tuple(row for row in before if row not in after),
    )


def of_fields(row: str, old: Mapping[str, object], new: Mapping[str, object]) -> list[Change]:
    """The fields in which two drafts of a row differ, as plain values; where the row stands makes no difference."""
    names = [name for name in {**old, **new} if name not in _QUIET and old.get(name) != new.get(name)]
    return [Change(row, name, _text(old.get(name)), _text(new.get(name))) for name in names]


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
