"""The national lines that the fixed words of each danger name: the assistant and the door say the same ones."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["HUSHED", "LINES"]

LINES: Mapping[str, tuple[str, ...]] = {
    "self_harm": ("988", "911"),
    "violence": ("911", "1-800-799-7233", "88788"),
    "medical": ("911", "1-800-222-1222"),
    "abuse": ("911", "1-833-401-0832", "211"),
    "unsafe_tonight": ("911", "211"),
    "worry": ("988",),
}

HUSHED = ("self_harm", "violence", "abuse")
"""The dangers after which nothing is sent to that phone any more: somebody else may read it."""
