"""Orders to the assistant about itself ("ignore your rules", "you are now ..."), and code: told apart, never obeyed."""

from __future__ import annotations

import functools
import re

from bot.understanding.text import LIMIT, plain, tokens, words_file

__all__ = ["given"]


def given(text: str) -> bool:
    """Whether `text` orders the assistant to be something else, asks for its insides, or is code."""
    visible = plain(text)[:LIMIT]
    said = " ".join(token.text for token in tokens(visible))
    return bool(_code().search(visible)) or bool(_phrases().search(said))


@functools.cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(words_file("orders")["phrases"]))


@functools.cache
def _code() -> re.Pattern[str]:
    return re.compile(words_file("orders")["code"], re.I)
