"""Text as the fonts that every PDF reader has can show it: Latin-1, so that nothing has to be embedded."""

from __future__ import annotations

import unicodedata

__all__ = ["latin"]

_SIGNS = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
    "…": "...", "•": "-", "€": "EUR", "™": "", "\u00a0": " ", "\u202f": " ", "\u200b": None, "\ufeff": None,
    "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "ı": "i", "œ": "oe", "Œ": "OE", "\t": " ", "\r": None,
})  # fmt: skip


def latin(text: str) -> str:
    """The text with signs that the fonts have; a letter with a strange accent keeps the letter, what has none goes."""
    return "".join(_shown(letter) for letter in unicodedata.normalize("NFC", text.translate(_SIGNS)))


def _shown(letter: str) -> str:
    if letter == "\n" or (letter.isprintable() and _fits(letter)):
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isprintable() and _fits(part))


def _fits(letter: str) -> bool:
    return ord(letter) < 256
