"""The languages that matter here: their ISO codes, and the code of a name in English or Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from directory.eligibility.strict import Entry, plain
from directory.folding import unaccented

__all__ = ["codes", "language_of", "names"]

_FILE = Path(__file__).with_name("languages.yml")


def codes() -> tuple[str, ...]:
    """All codes, in the order of the file."""
    return tuple(_known())


def names(language: str = "en") -> Mapping[str, str]:
    """What each is called in English or Spanish, by code."""
    return {code: (words[1] if language == "es" else words[0]) for code, words in _known().items()}


def language_of(text: str) -> str | None:
    """The code that a code or a name means; None for what is no language of ours."""
    wanted = _folded(text)
    return next((code for code, words in _known().items() if wanted in (code, *map(_folded, words))), None)


def _folded(text: str) -> str:
    return unaccented(" ".join(text.split()).casefold())


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, entry in Entry(plain(_FILE), _FILE, "").items():
        said = entry.fields(("en", "es"), ("also",))
        also = said["also"].texts() if "also" in said else ()
        found[code] = (said["en"].text(), said["es"].text(), *also)
    return found
