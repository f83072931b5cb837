"""The clinic's color as the tones a page needs: each is changed until words in it, or on it, can be read."""

from __future__ import annotations

from collections.abc import Mapping

from directory.settings.contrast import Color, contrast, read, written

__all__ = ["style", "tones"]

ENOUGH = 4.6
"""Contrast that WCAG AA asks of ordinary words is 4.5; a little more, because tones are rounded."""
_WHITE: Color = (255, 255, 255)
_GROUNDS: Mapping[str, tuple[Color, Color]] = {
    "light": ((247, 245, 240), _WHITE),
    "dark": ((17, 24, 27), (26, 36, 40)),
}
"""What the pages are made of: paper and card (bot/web/chat.css, directory/desk/static/desk.css)."""
_INK: Mapping[str, Color] = {"light": (29, 40, 44), "dark": (233, 239, 240)}


def tones(color: str) -> Mapping[str, Mapping[str, str]]:
    """For the light and the dark scheme: `accent` for links and buttons, `on-accent` on it, `tint` under words."""
    return {scheme: _scheme(scheme, read(color)) for scheme in _GROUNDS}


def style(color: str) -> str:
    """A sheet that lays those tones over the page's own, with a band in the clinic's very color."""
    light, dark = (_properties(scheme) for scheme in tones(color).values())
    return (
        f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f".top{{border-top:.25rem solid {color}}}\n"
    )


def _scheme(scheme: str, color: Color) -> Mapping[str, str]:
    paper, card = _GROUNDS[scheme]
    dark = scheme == "dark"
    tint = _readable_under(_INK[scheme], _mix(color, card, 0.24 if dark else 0.11), card)
    accent = color
    while min(contrast(accent, ground) for ground in (paper, card, tint)) < ENOUGH:
        accent = _mix(_WHITE, accent, 0.08) if dark else _mix((0, 0, 0), accent, 0.06)
    on_accent = _mix(accent, (0, 0, 0), 0.16) if dark else _WHITE
    return {"accent": written(accent), "on-accent": written(on_accent), "tint": written(tint)}


def _readable_under(ink: Color, tint: Color, card: Color) -> Color:
    """The tint, nearer to the card until ordinary words can be read on it with room to spare."""
    while contrast(ink, tint) < 9:
        tint = _mix(card, tint, 0.2)
    return tint


def _properties(scheme: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in scheme.items())


def _mix(one: Color, other: Color, share: float) -> Color:
    """So much of one in the other."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue
