"""Small tables of words, in both languages at once: numbers, ordinals, signs, days."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from actions.heard import fold
from directory.errors import RulesError

__all__ = [
    "LAST",
    "day_said",
    "named_like_a_place",
    "number_said",
    "only_picks",
    "ordinal",
    "phrases",
    "says",
    "sign",
    "tail_place",
    "thing",
    "without_and",
]

LAST = -1
"""What `ordinal` answers for "the last one"."""

_FILE = Path(__file__).parent / "words.yml"
_SIGNS = Path(__file__).parent / "signs"
"""A file for each room that listens for phrases of its own: `{sign: {en: [...], es: [...]}}`, no sign in two files."""


_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}\b)")
"""The sign inside "2,900": what stands before it is no number of its own."""


def ordinal(text: str) -> int | None:
    """Which of a list is meant ("the second", "la 2", "number three"): from 1, LAST for the last, None for none."""
    said = fold(_THOUSANDS.sub("", text))
    counted = _counted(said.split())
    if counted is not None:
        return counted
    found = _first_said("ordinals", said)
    return None if found is None else int(str(found))


def _counted(words: Sequence[str]) -> int | None:
    """The number after a word such as "number" or "la"."""
    tables = _tables()
    for lead, word in itertools.pairwise(words):
        if lead in tables["before_a_number"]["digits"] and word.isdecimal() and len(word) <= 2:
            return int(word)
        if lead in tables["before_a_number"]["words"]:
            found = next((int(number) for number, names in tables["numbers"].items() if word in names), None)
            if found is not None:
                return found
    return None


def number_said(text: str) -> int | None:
    """The number a message means: all it says ("2", "#2", "dos"), or which of a list ("the second")."""
    alone = re.fullmatch(r"\W*(\d{1,2})\W*", text)
    if alone:
        return int(alone.group(1))
    words = _tables()["numbers"]
    said = fold(text).strip()
    return next((int(number) for number, phrases in words.items() if said in phrases), ordinal(text))


def only_picks(text: str) -> bool:
    """Whether a text with a number in it says nothing else: "the second one please", not "I have 2 kids"."""
    return all(word in _around_a_pick() or word.isdecimal() for word in fold(text).split())


@functools.cache
def _around_a_pick() -> frozenset[str]:
    tables = _tables()
    phrases = (*tables["around_a_pick"], *itertools.chain(*tables["ordinals"].values(), *tables["numbers"].values()))
    return frozenset(word for phrase in phrases for word in phrase.split())


def says(kind: str, text: str) -> bool:
    """Whether a text says "city" or "county"."""
    return any(f" {word} " in fold(text) for word in _tables()["kinds_of_place"][kind])


def sign(kind: str, text: str, *, alone: bool = False) -> bool:
    """Whether a text has one of the phrases of a sign; `alone`: is nothing but them and words around them."""
    said = fold(text)
    if not any(phrase in said for phrase in _padded("signs")[kind]):
        return False
    if alone:
        for phrase in _longest_first(kind):
            said = said.replace(phrase, "  ")
    return not alone or not said.strip()


_AND = re.compile(r"\W*(?:(?:and|y|so|ok|okay|pues|entonces|then|oh)\b\W*)+", re.IGNORECASE)


def without_and(text: str) -> str:
    """A text without the words that only tie it to what was said before ("and where", "y qué papeles")."""
    return _AND.sub("", text, count=1) if _AND.match(text) else text


@functools.cache
def _padded(table: str) -> Mapping[str, tuple[str, ...]]:
    """A table with a space around each phrase, as it stands in a folded text."""
    return {key: tuple(f" {phrase} " for phrase in phrases) for key, phrases in _tables()[table].items()}


@functools.cache
def _longest_first(kind: str) -> tuple[str, ...]:
    """The phrases of a sign and the words around one."""
    signs = _padded("signs")
    return tuple(sorted((*signs[kind], *signs["around"]), key=len, reverse=True))


def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of a sign, folded: for whoever must know where in a text one stands."""
    found: tuple[str, ...] = _tables()["signs"][kind]
    return found


def thing(text: str) -> str | None:
    """The single thing that a text names (a key of `things`)."""
    return _key("things", text)


def day_said(text: str) -> int | str | None:
    """The day that a text names: a weekday from 0 for Monday, "today" or "tomorrow"."""
    found = _key("days", text)
    return int(found) if found and found.isdecimal() else found


def _key(table: str, text: str) -> str | None:
    found = _first_said(table, fold(text))
    return None if found is None else str(found)


def _first_said(table: str, said: str) -> object:
    """The first key of a table of which a phrase stands in a folded text."""
    for key, phrases in _padded(table).items():
        for phrase in phrases:
            if phrase in said:
                return key
    return None


def tail_place(text: str) -> str | None:
    """What stands after the last word of place ("in", "cerca de") of a message: a place our names may not hold."""
    said = fold(text)
    found = [(said.rfind(f" {word} "), f" {word} ") for word in _tables()["before_a_place"]]
    start, word = max(found, key=lambda item: item[0] + len(item[1]) if item[0] >= 0 else -1)
    tail = said[start + len(word) :].strip() if start >= 0 else ""
    return tail if tail and len(tail.split()) <= 4 else None


def named_like_a_place(text: str) -> bool:
    """Whether what stands after a word of place is one or two words that are no ordinary ones."""
    words = (tail_place(text) or "").split()
    return 0 < len(words) <= 2 and not any(word in _tables()["no_place"] or not word.isalpha() for word in words)


@functools.cache
def _tables() -> Mapping[str, Any]:
    with _FILE.open(encoding="utf-8") as file:
        plain = yaml.safe_load(file)
    for path in sorted(_SIGNS.glob("*.yml")):
        more = yaml.safe_load(path.read_text(encoding="utf-8"))
        if twice := plain["signs"].keys() & more.keys():
            raise RulesError(f"{path.name}: the sign {min(twice)!r} exists already. Keep one of the two.")
        plain["signs"].update(more)
    return {
        "ordinals": _folded(plain["ordinals"]),
        "before_a_number": _folded(plain["before_a_number"]),
        "numbers": _folded(plain["numbers"]),
        "around_a_pick": _folded({"": plain["around_a_pick"]})[""],
        **{name: _folded(plain[name]) for name in ("kinds_of_place", "signs", "things", "days")},
        "no_place": frozenset(fold(word).strip() for word in plain["no_place"]),
        "before_a_place": tuple(fold(word).strip() for word in plain["before_a_place"]),
    }


def _folded(table: Mapping[object, Mapping[str, list[str]]]) -> dict[object, tuple[str, ...]]:
    return {
        key: tuple(fold(phrase).strip() for phrases in spoken.values() for phrase in phrases)
        for key, spoken in table.items()
    }
