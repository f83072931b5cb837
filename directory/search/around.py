"""What is near a point: a circle is the blocks that lie in it and, on its edge, the places one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from heapq import heappop, heappush

from directory import places
from directory.model import Place
from directory.search.bits import positions
from directory.search.index import Index
from directory.search.making import BLOCK

__all__ = ["Around"]

_BYTES = BLOCK // 8
_FEW = 256
_Key = tuple[float, bool, int]


class Around:
    """The surroundings of a place; all positions are those of the map, all sets hold only who is somewhere."""

    def __init__(self, index: Index, place: Place) -> None:
        self._index = index
        self._x, self._y, self._z = places.on_globe(place.latitude, place.longitude)
        balls = iter(index.balls)
        middles = zip(balls, balls, balls, balls, strict=True)
        here = (self._x, self._y, self._z)
        self._blocks = [(math.dist(here, (x, y, z)), r, block) for block, (x, y, z, r) in enumerate(middles)]

    def squared(self, position: int) -> float:
        """How far it is, as the square of a straight line through the unit globe."""
        x, y, z = self._index.points[position * 3 : position * 3 + 3]
        return (x - self._x) * (x - self._x) + (y - self._y) * (y - self._y) + (z - self._z) * (z - self._z)

    def within(self, miles: float, mask: int) -> int:
        """Who of these is within so many miles."""
        line = places.chord(miles)
        data, kept = self._bytes(mask), bytearray(len(self._blocks) * _BYTES)
        for far, radius, block in self._blocks:
            if far - radius > line:
                continue
            part = slice(block * _BYTES, (block + 1) * _BYTES)
            kept[part] = data[part] if far + radius <= line else self._edge(data[part], block, line * line)
        return int.from_bytes(kept, "little")

    def _edge(self, data: bytes, block: int, squared: float) -> bytes:
        kept = 0
        for position in positions(int.from_bytes(data, "little")):
            if self.squared(block * BLOCK + position) <= squared:
                kept |= 1 << position
        return kept.to_bytes(_BYTES, "little")

    def _bytes(self, mask: int) -> bytes:
        return mask.to_bytes(max(len(self._blocks) * _BYTES, (mask.bit_length() + 7) // 8), "little")

    def nearest(self, mask: int, checked: int) -> Iterator[int]:
        """These, the nearest first, then who was checked lately, then by name; only as far as one reads on."""
        if mask.bit_count() <= _FEW:
            yield from (key[-1] for key in sorted(self._key(position, checked) for position in positions(mask)))
            return
        data, waiting = self._bytes(mask), []
        for nearer, block in sorted((far - radius, block) for far, radius, block in self._blocks):
            limit = nearer * abs(nearer)
            while waiting and waiting[0][0] < limit:
                yield heappop(waiting)[-1]
            for position in positions(int.from_bytes(data[block * _BYTES : (block + 1) * _BYTES], "little")):
                heappush(waiting, self._key(block * BLOCK + position, checked))
        while waiting:
            yield heappop(waiting)[-1]

    def _key(self, position: int, checked: int) -> tuple[float, bool, int, int]:
        index = self._index
        rank = index.ranks[index.map.by_name[position]]
        return self.squared(position), not checked >> position & 1, rank, position
