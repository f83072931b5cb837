"""Marks of a talk that lie in the list of barriers: held in memory for a session and never written to a disk.

No barrier has a name that begins as they do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Marks", "of", "without", "written"]

_SIGN = "@"
_SILENT, _OFFERED, _COUNTED = "@silent", "@offered", "@counted "


@dataclass(frozen=True)
class Marks:
    """That nothing may be sent later, that it was offered, and what was counted of which listing."""

    silent: bool = False
    offered: bool = False
    counted: tuple[str, ...] = ()


def of(plain: Iterable[Any] | None) -> Marks:
    """The marks in a list of barriers."""
    items = tuple(item for item in plain or () if isinstance(item, str))
    counted = tuple(item.removeprefix(_COUNTED) for item in items if item.startswith(_COUNTED))
    return Marks(silent=_SILENT in items, offered=_OFFERED in items, counted=counted)


def without(plain: Iterable[Any] | None) -> tuple[Any, ...]:
    """The list without them."""
    return tuple(item for item in plain or () if not (isinstance(item, str) and item.startswith(_SIGN)))


def written(marks: Marks) -> list[str]:
    """As they lie in the list."""
    flags = ((_SILENT, marks.silent), (_OFFERED, marks.offered))
    return [*(name for name, is_so in flags if is_so), *(f"{_COUNTED}{one}" for one in marks.counted)]
