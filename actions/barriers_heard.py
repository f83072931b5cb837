"""What a text says stands in somebody's way: phrases and patterns, denials, and what is taken back."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from actions.heard import fold
from actions.in_the_way import table
from actions.openings import Opened
from actions.patterns import either
from actions.slots import Known

__all__ = ["heard_in", "knowing", "without"]

_FILE = Path(__file__).with_name("barriers_like.yml")
_DENIALS = {"no", "not", "dont", "doesnt", "didnt", "never", "without", "nor", "isnt", "arent", "aint", "havent",
            "hasnt", "sin", "ni", "nunca", "tampoco", "cant", "cannot", "wont", "if", "si"}  # fmt: skip
"""Before a phrase they take back what it tells; "if i had a dog" tells of none."""

_ANY, _TEEN = "9", "15"
_NUMBERS = {**dict.fromkeys(("two", "three", "four", "five", "six", "dos", "tres", "cuatro", "cinco", "seis"), _ANY)}
_TEENS = {**dict.fromkeys(("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "doce", "trece",
                           "catorce", "quince", "dieciseis", "diecisiete"), _TEEN)}  # fmt: skip


def knowing(known: Known, text: str) -> Known:
    """What is known with what a text says stands in the way, and without what it takes back."""
    said = heard_in(text)
    new = tuple(name for name, there in said.items() if there and name not in known.barriers)
    gone = {name for name, there in said.items() if not there}
    kept = tuple(name for name in known.barriers if name.partition("@")[0] not in gone)
    return known.having(barriers=(*kept, *new)) if new or len(kept) < len(known.barriers) else known


def heard_in(text: str) -> dict[str, bool]:
    """What a text says stands in the way, and what it says does not."""
    return dict(_heard_in(text))


@functools.lru_cache(maxsize=8)  # asked three times of one message
def _heard_in(text: str) -> Mapping[str, bool]:
    said = _normal(text)
    found: dict[str, bool] = {}
    for name, phrases in _phrases().items():
        told = [there for phrase in phrases if phrase in said for there in _told(said, phrase)]
        told += [_so(said, match) for match in _patterns()[name].finditer(said) if not _asked(said, match)]
        if told:
            found[name] = all(told)
        if any(there for phrase in table()[name]["gone"] if phrase in said for there in _told(said, phrase)):
            found[name] = False
    return found


def _told(said: str, phrase: str) -> Iterator[bool]:
    """For each time a phrase is said, whether it is so: not after a denial, unless it is one itself."""
    at = said.find(f" {phrase} ")
    while at >= 0:
        before = said[:at].rpartition(" ")[2]
        if not _ASKS.search(said[:at]):
            yield phrase.split(" ", 1)[0] in _DENIALS or before not in _DENIALS
        at = said.find(f" {phrase} ", at + 1)


def _asked(said: str, match: re.Match[str]) -> bool:
    """Whether it is asked of a place: "do you have pets"."""
    return bool(_ASKS.search(said[: match.start()]))


_ASKS = re.compile(r" (?:do you|do they|does it|is there|are there|can you|hay)(?: all| any)? ?$")


def _so(said: str, match: re.Match[str]) -> bool:
    """Whether what a pattern found is so: not after a denial, unless it begins with one."""
    before, words = said[: match.start()].split(), match[0].split()
    return words[0] in _LACKS or not before or before[-1] not in _DENIALS


_LACKS = {*_DENIALS, "out", "lost", "unable", "hard", "trouble", "ya", "broken", "broke", "stop"}


@functools.cache
def _patterns() -> Mapping[str, Opened]:
    plain = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: either(plain["patterns"].get(name, ["(?!)"]), plain["words"]) for name in table()}


@functools.lru_cache(maxsize=8)
def _normal(text: str) -> str:
    """Folded, without apostrophes, each number as a 9, an age of a teenager as 15."""
    said = fold(re.sub(r"(\d)(?=[a-z])", r"\1 ", re.sub(r"['’`´]", "", text)))
    return f" {' '.join(_number(word) for word in said.split())} "


def _number(word: str) -> str:
    if not word.isdecimal():
        return _TEENS.get(word) or _NUMBERS.get(word) or word
    return _TEEN if len(word) == 2 and "12" <= word <= "17" else _ANY


@functools.cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    return {name: (*entry["en"], *entry["es"]) for name, entry in table().items()}


def without(text: str) -> list[str]:
    """The words of a text beside those that tell what stands in the way."""
    said = _normal(text)
    every = (phrase for name, entry in table().items() for phrase in (*_phrases()[name], *entry["gone"]))
    for phrase in sorted((one for one in every if f" {one} " in said), key=len, reverse=True):
        said = said.replace(f" {phrase} ", "  ")
    return said.split()
