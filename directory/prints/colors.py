"""The clinic's color, so that it can be read: words on it are black or white, words in it are dark enough."""

from __future__ import annotations

from directory.settings.contrast import Color, contrast, read

__all__ = ["BLACK", "GREY", "PALE", "RED", "WHITE", "legible", "of", "on", "tint"]

BLACK: Color = (20, 20, 20)
WHITE: Color = (255, 255, 255)
GREY: Color = (84, 84, 84)
PALE: Color = (228, 228, 228)
RED: Color = (166, 27, 27)
_OURS: Color = (27, 94, 120)
_ENOUGH = 4.5
"""Contrast that WCAG asks of ordinary words."""


def of(written: str | None) -> Color:
    """The color of `#rrggbb`; Puente's own where the clinic has said none."""
    return read(written) if written else _OURS


def on(ground: Color) -> Color:
    """Black or white, whichever is easier to read on that ground."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))


def legible(color: Color) -> Color:
    """The color, darkened until it can be read on white."""
    while contrast(color, WHITE) < _ENOUGH:
        color = (color[0] * 9 // 10, color[1] * 9 // 10, color[2] * 9 // 10)
    return color


def tint(color: Color, share: float = 0.1) -> Color:
    """So much of the color on white."""
    red, green, blue = (round(255 - (255 - part) * share) for part in color)
    return red, green, blue
