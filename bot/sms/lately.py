"""What is noted of the latest who wrote, in memory only."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

__all__ = ["Lately"]

V = TypeVar("V")

_REMEMBERED = 10_000


class Lately(OrderedDict[str, V]):
    """A value for each of the latest; the oldest is forgotten first."""

    def note(self, who: str, what: V) -> None:
        """Notes it of that one, who is the newest from now on."""
        self.pop(who, None)
        self[who] = what
        if len(self) > _REMEMBERED:
            self.popitem(last=False)
