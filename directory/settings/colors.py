"""Whether white words can be read on a color, by the measure of WCAG 2 (1.4.3)."""

from __future__ import annotations

from colorsys import hsv_to_rgb, rgb_to_hsv

from directory.settings.contrast import Color, contrast, read, written

__all__ = ["ENOUGH", "dark_enough", "on_white"]

_WHITE: Color = (255, 255, 255)
_GOLD = 40 / 360
_YELLOW = (_GOLD, 75 / 360)
ENOUGH = 4.5
"""How much lighter the words must be than what they stand on."""


def on_white(color: str) -> float:
    """The contrast of white words on `#rrggbb`, from 1 (none) to 21 (on black)."""
    return contrast(read(color), _WHITE)


def dark_enough(color: str) -> str:
    """The same color, or the lightest darker one of its hue on which white words can be read; of yellow, a gold.

    Yellow made dark is a muddy olive, in which nobody knows the own color again.
    """
    red, green, blue = _golden(read(color))
    shades = (written((red * step // 100, green * step // 100, blue * step // 100)) for step in range(100, -1, -1))
    return next(shade for shade in shades if on_white(shade) >= ENOUGH)


def _golden(color: Color) -> Color:
    """Yellow with its hue turned to that of gold; every other color as it is."""
    hue, saturation, value = rgb_to_hsv(*(part / 255 for part in color))
    if not (_YELLOW[0] < hue <= _YELLOW[1] and saturation > 0.25):
        return color
    red, green, blue = (round(part * 255) for part in hsv_to_rgb(_GOLD, saturation, value))
    return red, green, blue
