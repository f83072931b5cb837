"""Sets of positions as whole numbers: position `p` is in the set when bit `p` is one.

Python's whole numbers of any length make `and`, `or` and counting over 100,000 positions a matter of microseconds, in
a library that is always there; a small directory takes a few bytes for each set.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Recent", "from_flags", "from_positions", "positions", "runs"]

_CHUNK = 16
_NO, _YES = b"01"

Key = TypeVar("Key")
Value = TypeVar("Value")


def from_flags(flags: bytes | bytearray) -> int:
    """The set of the positions at which the text of `0` and `1` has a 1."""
    return int(flags[::-1], 2) if flags else 0


def from_positions(found: Iterable[int], size: int) -> int:
    """The set of those positions, each below `size`."""
    flags = bytearray(b"0") * size
    for position in found:
        flags[position] = _YES
    return from_flags(flags)


def positions(mask: int) -> Iterator[int]:
    """The members of a set, smallest first; asked for the first few it does not look at the rest."""
    data = mask.to_bytes((mask.bit_length() + 7) // 8, "little")
    for start in range(0, len(data), _CHUNK):
        bits = int.from_bytes(data[start : start + _CHUNK], "little")
        while bits:
            lowest = bits & -bits
            yield start * 8 + lowest.bit_length() - 1
            bits ^= lowest


def runs(mask: int, last: int, body: int) -> int:
    """How many runs of neighboring positions have a member in the set.

    `last` holds the last position of each run and `body` all the others: adding carries into the last, never further.
    """
    return (((mask & body) + body | mask) & last).bit_count()


class Recent(Generic[Key, Value]):
    """The last few values that were made, by key; safe with threads, each value made once."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of that key, made now unless it is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            value = self._kept[key] = make()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return value

    def __len__(self) -> int:
        return len(self._kept)
