"""The six answers to "what place is this?": a place, or which kind of none."""

from __future__ import annotations

from dataclasses import dataclass

from directory.model import Place

__all__ = ["Ambiguous", "BadZip", "OutsideCalifornia", "OverCountyLine", "Resolution", "UnknownPlace"]


@dataclass(frozen=True)
class OverCountyLine:
    """A ZIP whose area lies in several counties: `options` has one Place for each, of kind ZIP."""

    zip: str
    name: str
    options: tuple[Place, ...]


@dataclass(frozen=True)
class Ambiguous:
    """A name that is several places, or a text that names several; the person has to say which."""

    text: str
    options: tuple[Place, ...]


@dataclass(frozen=True)
class OutsideCalifornia:
    """A place that is not in California."""

    text: str


@dataclass(frozen=True)
class BadZip:
    """Four or six digits, or five that would be Californian and are no ZIP."""

    text: str


@dataclass(frozen=True)
class UnknownPlace:
    """Not a place that we know."""

    text: str


Resolution = Place | OverCountyLine | Ambiguous | OutsideCalifornia | BadZip | UnknownPlace
