"""The tables of patterns beside this module, read once; {name} in a pattern is another entry, or a group of words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from directory.eligibility import strict

__all__ = ["every", "filled", "one", "table"]

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"\{([a-z_]+)\}")


@functools.cache
def table(name: str) -> Mapping[str, Any]:
    """The file `<name>.yml` as it stands."""
    read = strict.plain(_FOLDER / f"{name}.yml")
    if not isinstance(read, dict):
        raise strict.refuse(_FOLDER / f"{name}.yml", "", "a mapping was expected; nothing could be read of a message.")
    return read


@functools.cache
def one(name: str, *keys: str) -> re.Pattern[str]:
    """The pattern that stands under the keys."""
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return re.compile(filled(name, found))


@functools.cache
def every(name: str, key: str) -> Sequence[re.Pattern[str]]:
    """The list of patterns that stands under a key."""
    return tuple(re.compile(filled(name, pattern)) for pattern in table(name)[key])


def filled(name: str, pattern: str) -> str:
    """A pattern with every {name} replaced by the entry of its file, or by the group of words of words.yml."""
    while found := _NAME.search(pattern):
        pattern = pattern.replace(found[0], str(_entry(name, found[1])))
    return pattern


def _entry(name: str, key: str) -> object:
    words = table("words")["words"]
    return words[key] if key in words else table(name)[key]
