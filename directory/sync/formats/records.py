"""The objects of a JSON file one after the other: of a list, a page, one object, or one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from directory.errors import UnreadableList

__all__ = ["records"]

_SPACE = re.compile(r"[\s,]*")
_PAGE = ("contents", "items", "results", "data")


class _Reader:
    """One text on its way; `twice` says that an object of the last record names a key twice."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.twice = False
        self.at = 0
        self.line = 1
        self.counted = 0
        self.decoder = json.JSONDecoder(object_pairs_hook=self.once_each)

    def once_each(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        self.twice = self.twice or len(found) < len(pairs)
        return found

    def skip(self) -> str:
        """The next character that is neither space nor comma; empty at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> object:
        try:
            found, self.at = self.decoder.raw_decode(self.text, self.at)
        except (ValueError, RecursionError) as error:
            raise self.unreadable() from error
        return found

    def here(self) -> int:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def unreadable(self) -> UnreadableList:
        return UnreadableList(
            f"{self.name}, line {self.here()}: this is not JSON, or it ends in the middle. Nothing was changed. "
            "Open the file to see what it is, or ask the sender for it again."
        )

    def records(self) -> Iterator[tuple[int, object, bool]]:
        while mark := self.skip():
            if mark == "[":
                self.at += 1
                yield from self.items()
            elif mark == "{":
                yield from self.object()
            else:
                raise self.unreadable()

    def items(self) -> Iterator[tuple[int, object, bool]]:
        while (mark := self.skip()) != "]":
            if not mark:
                raise self.unreadable()
            line, self.twice = self.here(), False
            yield line, self.value(), self.twice
        self.at += 1

    def object(self) -> Iterator[tuple[int, object, bool]]:
        """One object as a record; of a page the records on it, one at a time."""
        line, self.twice = self.here(), False
        self.at += 1
        found: dict[str, object] = {}
        paged = False
        while (mark := self.skip()) != "}":
            key = self.value() if mark == '"' else None
            if not isinstance(key, str) or self.skip() != ":":
                raise self.unreadable()
            self.at += 1
            if self.skip() == "[" and key in _PAGE:
                paged = True
                self.at += 1
                yield from self.items()
            else:
                self.twice = self.twice or key in found
                found[key] = self.value()
        self.at += 1
        if not paged:
            yield line, found, self.twice


def records(text: str, name: str) -> Iterator[tuple[int, object, bool]]:
    """Line, record, and whether a key stands twice in it; UnreadableList where the text is no JSON."""
    return _Reader(text, name).records()
