"""What is near a point: a circle is the blocks that lie in it and, on its edge, the places one by one."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from directory import places
from directory.model import Place
from directory.search.bits import from_flags, positions
from directory.search.making import BLOCK

__all__ = ["Around", "Ground"]

_BYTES = BLOCK // 8
_FEW = 256
_WHOLE = b"\xff" * _BYTES
_FLAG = {False: ord("0"), True: ord("1")}
_Key = tuple[float, bool, int, int]


@dataclass(frozen=True, eq=False)
class Ground:
    """Where the listings of a publication are: columns and a set in the order of the map."""

    points: array[float]
    """Three numbers for each listing that is somewhere, on the unit globe."""
    balls: array[float]
    """Four for each block of those: the middle and the radius of a ball around it."""
    located: int
    ranks: array[int]


class Around:
    """The surroundings of a place; all positions are those of the map, all sets hold only who is somewhere."""

    def __init__(self, ground: Ground, place: Place) -> None:
        self._ground = ground
        self._x, self._y, self._z = here = places.on_globe(place.latitude, place.longitude)
        balls = iter(ground.balls)
        middles = zip(balls, balls, balls, balls, strict=True)
        self._circles: dict[float, int] = {}
        self._blocks = [(math.dist(here, (x, y, z)), r, block) for block, (x, y, z, r) in enumerate(middles)]

    def squared(self, position: int) -> float:
        """How far it is, as the square of a straight line through the unit globe."""
        x, y, z = self._ground.points[position * 3 : position * 3 + 3]
        return (x - self._x) * (x - self._x) + (y - self._y) * (y - self._y) + (z - self._z) * (z - self._z)

    def within(self, miles: float) -> int:
        """Who is within so many miles."""
        if miles not in self._circles:
            self._circles[miles] = self._circle(places.chord(miles))
        return self._circles[miles]

    def _circle(self, line: float) -> int:
        inside = bytearray(len(self._blocks) * _BYTES)
        for far, radius, block in self._blocks:
            if far - radius <= line:
                whole = far + radius <= line
                inside[block * _BYTES : (block + 1) * _BYTES] = _WHOLE if whole else self._edge(block, line * line)
        return int.from_bytes(inside, "little") & self._ground.located

    def _edge(self, block: int, squared: float) -> bytes:
        """Who of a block that the circle cuts is inside it."""
        parts = iter(self._ground.points[block * BLOCK * 3 : (block + 1) * BLOCK * 3])
        x, y, z = self._x, self._y, self._z
        inside = [
            (a - x) * (a - x) + (b - y) * (b - y) + (c - z) * (c - z) <= squared
            for a, b, c in zip(parts, parts, parts, strict=True)
        ]
        return from_flags(bytes(map(_FLAG.__getitem__, inside))).to_bytes(_BYTES, "little")

    def _bytes(self, mask: int) -> bytes:
        return mask.to_bytes(max(len(self._blocks) * _BYTES, (mask.bit_length() + 7) // 8), "little")

    def nearest(self, mask: int, checked: int) -> Iterator[int]:
        """These, the nearest first, then who was checked lately, then by name; only as far as one reads on."""
        if mask.bit_count() <= _FEW:
            yield from (key[-1] for key in sorted(self._key(position, checked) for position in positions(mask)))
            return
        data = self._bytes(mask)
        waiting: list[_Key] = []
        for nearer, block in sorted((far - radius, block) for far, radius, block in self._blocks):
            limit = nearer * abs(nearer)
            while waiting and waiting[0][0] < limit:
                yield heappop(waiting)[-1]
            for position in positions(int.from_bytes(data[block * _BYTES : (block + 1) * _BYTES], "little")):
                heappush(waiting, self._key(block * BLOCK + position, checked))
        while waiting:
            yield heappop(waiting)[-1]

    def _key(self, position: int, checked: int) -> _Key:
        return self.squared(position), not checked >> position & 1, self._ground.ranks[position], position
