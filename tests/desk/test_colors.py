"""Every pair of colors that the page puts on each other is readable: WCAG AA, 4.5 to 1, in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "directory" / "desk" / "static" / "desk.css").read_text(encoding="utf-8")
PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "tint"),
    ("ink", "quiet-tint"),
    ("soft", "paper"),
    ("soft", "card"),
    ("accent", "paper"),
    ("accent", "card"),
    ("on-accent", "accent"),
    ("good", "good-tint"),
    ("bad", "bad-tint"),
    ("bad", "paper"),
    ("warn", "warn-tint"),
    ("warn", "card"),
]


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.S)
    named = {
        name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", text)) for name, text in (("light", light), ("dark", dark))
    }
    return {"light": named["light"], "dark": {**named["light"], **named["dark"]}}


def _luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(scheme: str, text: str, ground: str) -> None:
    colors = _schemes()[scheme]
    light, dark = sorted((_luminance(colors[text]), _luminance(colors[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
