"""Number words turned into digits, in English and Spanish: "dos mil quinientos" is 2500, "sixty seven" is 67."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from directory.eligibility.strict import plain

__all__ = ["digits", "number", "shown"]

_FILE = Path(__file__).parent / "numbers.yml"
_LONGEST = 11


def digits(words: Sequence[str]) -> list[str]:
    """The words, with every run of number words replaced by one number."""
    done: list[str] = []
    at = 0
    while at < len(words):
        value, after = _run(words, at)
        done.append(words[at] if value is None else value)
        at = max(after, at + 1)
    return done


def number(word: str) -> float | None:
    """The number that a word written in digits means, dollars or not."""
    if len(word) > _LONGEST:
        return None
    try:
        return float(word.lstrip("$"))
    except ValueError:
        return None


def shown(value: float) -> str:
    """A number as `digits` writes it."""
    return f"{value:g}" if value < 10**6 else str(int(value))


def _run(words: Sequence[str], start: int) -> tuple[str | None, int]:
    """The number that begins here, and the place after it; None where none begins."""
    total, group, at, last, money, seen = 0.0, 0.0, start, 10**9, "", False
    while at < len(words):
        word = words[at]
        step, size = _worth(word, words, at, seen)
        if step is None:
            if not (seen and word in _tables()["joins"] and at + 1 < len(words) and last in (10, 100, 1000)):
                break
            if not _smaller(words[at + 1], last, word, words[at - 1]):
                break
            at += 1
            continue
        if size in (100, 1000) and step == size and word in _tables()["scales"]:
            total, group = _scaled(total, group, size)
        elif size >= last:
            break
        else:
            group += step
        money = money or ("$" if word.startswith("$") else "")
        at, last, seen = at + 1, size, True
    return (f"{money}{shown(total + group)}", at) if seen else (None, start)


def _scaled(total: float, group: float, size: int) -> tuple[float, float]:
    return (total, (group or 1) * size) if size == 100 else (total + (group or 1) * size, 0.0)


def _smaller(word: str, last: int, join: str, before: str) -> bool:
    """Whether a word after "and" still belongs to the number before: "two hundred and ten", "cuarenta y cinco"."""
    tables = _tables()
    if last == 10:  # "twenty and five" is two numbers in English; digits are never joined
        return (
            join == "y" and before in tables["tens"] and (tables["units"].get(word, 10) < 10 or word in ("uno", "un"))
        )
    return before in tables["hundreds"] or (
        before in tables["scales"] and (word in tables["units"] or word in tables["tens"])
    )


def _worth(word: str, words: Sequence[str], at: int, seen: bool) -> tuple[float | None, int]:
    """What a word adds and its size (1, 10, 100, 1000): only a smaller size may follow."""
    tables = _tables()
    if word in tables["units"]:
        return tables["units"][word], 1
    for name, size in (("tens", 10), ("hundreds", 100)):
        if word in tables[name]:
            return tables[name][word], size
    if word in tables["scales"]:
        return (tables["scales"][word], int(tables["scales"][word])) if seen or word == "mil" else (None, 0)
    if word in tables["ones"]:
        return _one(word, words, at, seen)
    if word == "once" and words[at + 1 : at + 2] and words[at + 1] in ("anos", "personas", "hijos", "mil", "ninos"):
        return 11, 1
    value = number(word) if word[:1] in "$0123456789" else None
    if value is None:
        return None, 0
    if seen:  # "2 mil 500": digits go on only after a scale
        return (value, 1) if words[at - 1] in tables["scales"] and value < 1000 else (value, 10**9)
    follows = words[at + 1 : at + 2]
    return (value, 1) if follows and follows[0] in tables["scales"] else (value, 0)


def _one(word: str, words: Sequence[str], at: int, seen: bool) -> tuple[float | None, int]:
    """ "one thousand", "un mil", "treinta y uno"; alone it is a pronoun or an article."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    scaled = follows in ("hundred", "thousand", "grand") or (follows == "mil" and word != "a")
    after_join = at > 0 and seen and (words[at - 1] in ("y",) or words[at - 1] in _tables()["tens"]) and word != "a"
    return (1, 1) if scaled or after_join else (None, 0)


@functools.cache
def _tables() -> Mapping[str, Mapping[str, int]]:
    read = plain(_FILE)
    assert isinstance(read, dict)
    return read
