"""How well words can be read on a color, as WCAG 2 counts it (relative luminance and contrast ratio)."""

from __future__ import annotations

__all__ = ["Color", "contrast", "read", "written"]

Color = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


def read(color: str) -> Color:
    """The color of `#rrggbb`."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def written(color: Color) -> str:
    """The color as `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in color)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colors, from 1 (none) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
