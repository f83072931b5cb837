"""How far two points lie apart: in miles as the crow flies, and in a straight line through the unit globe."""

from __future__ import annotations

import math

__all__ = ["chord", "miles", "on_globe"]

_EARTH_MILES = 3958.8


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance as the crow flies between two points in degrees, in miles."""
    north = math.sin(math.radians(lat2 - lat1) / 2) ** 2
    east = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    chord = north + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * east
    return 2 * _EARTH_MILES * math.asin(math.sqrt(min(1.0, chord)))


def on_globe(lat: float, lon: float) -> tuple[float, float, float]:
    """A point in degrees as a point of the unit globe: nearer by `miles` is nearer in a straight line too."""
    up, across = math.radians(lat), math.radians(lon)
    return math.cos(up) * math.cos(across), math.cos(up) * math.sin(across), math.sin(up)


def chord(miles: float) -> float:
    """The straight line through the unit globe between two points that lie so many miles apart."""
    return 2 * math.sin(miles / _EARTH_MILES / 2)
