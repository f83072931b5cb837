"""What is wrong with a setting: which key, and what it needs, told all at once and never one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

__all__ = ["Key", "Mistake", "Wrong", "each", "short"]

T = TypeVar("T")


@dataclass(frozen=True)
class Mistake:
    """One mistake; `needs` goes on after the key: "`hours` cannot be read"."""

    key: str
    needs: str

    def __str__(self) -> str:
        return f"`{self.key}` {self.needs}."


class Wrong(Exception):
    """The mistakes of one key or of several; never leaves the room."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


@dataclass(frozen=True)
class Key:
    """A key at its place; `home` is the folder that its file lies in."""

    name: str
    home: Path

    def wrong(self, needs: str) -> Wrong:
        """What to raise when the value does not fit."""
        return Wrong(Mistake(self.name, needs))

    def below(self, key: str) -> Key:
        """A key inside this one."""
        return Key(f"{self.name}.{key}", self.home)


def each(work: Iterable[Callable[[], T]]) -> list[T]:
    """The results of all; Wrong with the mistakes of all."""
    found: list[T] = []
    mistakes: list[Mistake] = []
    for one in work:
        try:
            found.append(one())
        except Wrong as wrong:
            mistakes += wrong.mistakes
    if mistakes:
        raise Wrong(*mistakes)
    return found


def short(value: object, most: int = 60) -> str:
    """A value as it may stand in a sentence."""
    said = repr(value)
    return said if len(said) <= most else f"{said[:most]}..."
