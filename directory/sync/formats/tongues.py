"""Language codes as words that a list may write, for the formats that write codes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

from directory.eligibility import strict

__all__ = ["spoken"]


def spoken(code: str) -> str:
    """The language of that code in words (`es` or `es-US`: Spanish); a code that we do not know as it is."""
    return _words().get(code.casefold().split("-")[0], code)


@cache
def _words() -> dict[str, str]:
    plain = cast("dict[str, Any]", strict.plain(Path(__file__).parents[1] / "words.yml"))
    return {str(code): str(words[0]).capitalize() for code, words in plain["languages"].items()}
