"""Whether white words can be read on a color, by the measure of WCAG 2 (1.4.3)."""

from __future__ import annotations

from colorsys import hsv_to_rgb, rgb_to_hsv

__all__ = ["ENOUGH", "contrast", "dark_enough"]

_GOLD = 40 / 360
_YELLOW = (_GOLD, 75 / 360)
ENOUGH = 4.5
"""How much lighter the words must be than what they stand on."""


def contrast(color: str) -> float:
    """The contrast of white words on `#rrggbb`, from 1 (none) to 21 (on black)."""
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def dark_enough(color: str) -> str:
    """The same color, or the lightest darker one of its hue on which white words can be read; of yellow, a gold.

    Yellow made dark is a muddy olive, in which nobody knows the own color again.
    """
    parts = _golden([int(color[at : at + 2], 16) for at in (1, 3, 5)])
    shades = (_hex([part * step // 100 for part in parts]) for step in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade) >= ENOUGH)


def _golden(parts: list[int]) -> list[int]:
    """Yellow with its hue turned to that of gold; every other color as it is."""
    hue, saturation, value = rgb_to_hsv(*(part / 255 for part in parts))
    if not (_YELLOW[0] < hue <= _YELLOW[1] and saturation > 0.25):
        return parts
    return [round(part * 255) for part in hsv_to_rgb(_GOLD, saturation, value)]


def _hex(parts: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
