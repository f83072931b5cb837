"""The clinic's logo, made small and plain; a picture that cannot be used is left out, and why is said."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Logo", "logo"]

_SIDE = 900
"""Pixels of the longer side: enough for the largest place that a logo takes on paper."""
_LARGEST = 60_000_000
"""Pixels; a picture with more is no logo, and would fill the memory."""


@dataclass(frozen=True)
class Logo:
    """A picture that fpdf draws, or None and the sentence that says why there is none."""

    picture: Any | None = None
    trouble: str | None = None


def logo(home: Path, name: str | None) -> Logo:
    """The logo of the settings, on white, at most 900 pixels wide or high."""
    if not name:
        return Logo()
    file = home / name
    try:
        return Logo(_read(file))
    except Exception as error:  # a picture comes from anybody: whatever is wrong with it, the paper is made without it
        said = f"{file} is no picture that can be printed ({_why(file, error)}), so the papers are made without a logo."
        return Logo(trouble=f"{said} Save it as PNG or JPG and name that file in settings.yml, under `logo`.")


def _read(file: Path) -> Any:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures; ours are measured below
        with Image.open(file) as opened:
            if opened.width * opened.height > _LARGEST:
                raise ValueError(f"{opened.width} x {opened.height} points are too many")
            opened.draft("RGB", (_SIDE, _SIDE))
            seen = opened.convert("RGBA")
    seen.thumbnail((_SIDE, _SIDE))
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _why(file: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "the file is not there"
    if file.suffix.lower() in (".svg", ".pdf"):
        return f"{file.suffix.lower()} is not read here"
    return str(error) if isinstance(error, ValueError) else "it cannot be read"
