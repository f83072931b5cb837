"""Danger in a message, before anything else reads it: recall first, in both languages, in linear time.

The text is made plain (hidden characters, look-alike letters, leetspeak, spaced letters, slips of the thumb), sayings
and past events are cut out, and what is left is compared with the patterns of `words/crisis.yml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.openings import Expressions
from bot.understanding.text import fold, plain, words_file

__all__ = ["DANGERS", "LIMIT", "Kind", "denied", "detect", "words_of", "worried"]

LIMIT = 4000
"""Characters of a message that are searched: a long rant can hold a danger in its middle."""


class Kind(str, Enum):
    """What kind of danger, the gravest first; `worry` is not danger yet and keeps the act of the message."""

    MEDICAL = "medical"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    ABUSE = "abuse"
    UNSAFE_TONIGHT = "unsafe_tonight"
    WORRY = "worry"


DANGERS = (Kind.MEDICAL, Kind.SELF_HARM, Kind.VIOLENCE, Kind.ABUSE, Kind.UNSAFE_TONIGHT)
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_OVERDOSED = re.compile(r"\bo\.?d\.?['’](?:d|ed|ing|s)\b")
_PIECES = re.compile(r"[a-z0-9@$*]+|[.!?;\n]+")
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9@$][\s.\-_*]+){3,20}[a-z0-9@$](?![a-z0-9])")
_LEET = str.maketrans("013457@$", "oieastas")
_NO_AND_THEN = re.compile(r"\bno ?[,;:.!-]+ ?(?:me|quiero|pienso|voy)\b")
"""An answer and then a wish: "no, me quiero morir" denies nothing."""
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SHORTEST_SLIP = 6
_MOST_SLIPS = 24


@dataclass(frozen=True)
class _Patterns:
    figures: Expressions
    dangers: Mapping[Kind, Expressions]
    worry: Expressions
    denied: Expressions
    undenied: frozenset[str]
    vocabulary: tuple[str, ...]
    known: frozenset[str]


def detect(text: str) -> Kind | None:
    """The gravest danger that `text` speaks of, or None; negated danger ("I won't hurt myself") counts as danger."""
    return _gravest(_read(text).meant)


def _gravest(line: str) -> Kind | None:
    patterns = _patterns()
    for kind in DANGERS:
        # What is done to a child or an elder is violence too: the narrower word goes first.
        rest = _without(line, patterns.dangers[Kind.ABUSE]) if kind is Kind.VIOLENCE else line
        if _found(rest, patterns.dangers[kind]):
            return kind
    return None


def worried(text: str) -> bool:
    """Whether `text` sounds exhausted, hopeless or cornered without naming a danger; ask only where there is none."""
    return _found(_read(text).meant, _patterns().worry)


def denied(text: str) -> bool:
    """Whether `text` denies a wish to die and tells tiredness instead ("I don't want to die, I'm tired")."""
    patterns = _patterns()
    line = _read(text).meant
    rest = _without(line, patterns.denied)
    if rest == line or _NO_AND_THEN.search(fold(plain(text)[:LIMIT])) or patterns.undenied & {*rest.split()}:
        return False
    return _gravest(rest) is None


def words_of(text: str, *, sayings: bool = True) -> tuple[str, ...]:
    """The words of `text` as they are read for danger, plain and repaired; `sayings=False` leaves the figures out."""
    read = _read(text)
    kept = read.line if sayings else read.meant
    return tuple(word for word in kept.split() if word != "|")


@dataclass(frozen=True)
class _Read:
    """A message as a line of words, and the same without the sayings."""

    line: str
    meant: str


@functools.lru_cache(maxsize=2)  # patterns, worry and the learned layer read the same message one after the other
def _read(text: str) -> _Read:
    patterns = _patterns()
    line = _line(text, patterns)
    return _Read(line, _without(line, patterns.figures))


def _line(text: str, patterns: _Patterns) -> str:
    """The words of `text` with one space around each, `|` where a sentence ends."""
    folded = _APOSTROPHES.sub("", _OVERDOSED.sub("overdosed", fold(plain(text)[:LIMIT])))
    joined = _SPACED.sub(lambda match: re.sub(r"[\s.\-_*]+", "", match.group()), folded)
    return " " + " ".join(_repaired(_PIECES.findall(joined), patterns)) + " "


def _repaired(pieces: Sequence[str], patterns: _Patterns) -> Iterator[str]:
    budget = _MOST_SLIPS
    for piece in pieces:
        if piece[0] in ".!?;\n":
            yield "|"
            continue
        word = _REPEATED.sub(r"\1", piece.strip("*")) or piece.strip("*")
        word = _unleet(word, patterns.known)
        slip = len(word) >= _SHORTEST_SLIP and not word.isdigit() and word not in patterns.known
        if slip and budget > 0:
            budget -= 1
            word = _nearest(word, patterns.vocabulary)
        if word:
            yield word


def _unleet(word: str, known: frozenset[str]) -> str:
    """Letters for the digits of a word that has both; a 1 is an l where that gives a word ("ki11")."""
    if word.isdigit() or word.isalpha() or not any(letter.isalpha() for letter in word):
        return word
    as_l = word.replace("1", "l").translate(_LEET)
    return as_l if as_l in known else word.translate(_LEET)


@functools.lru_cache(maxsize=4096)
def _nearest(word: str, vocabulary: tuple[str, ...]) -> str:
    cutoff = 2 if len(word) >= 9 else 1
    match = process.extractOne(word, vocabulary, scorer=OSA.distance, score_cutoff=cutoff)
    return match[0] if match and match[0][0] == word[0] else word


def _without(line: str, expressions: Expressions) -> str:
    for expression in expressions.that_may_match((*line.split(), "|")):
        line = expression.sub("| ", line)
    return line


def _found(line: str, expressions: Expressions) -> bool:
    return any(expression.search(line) for expression in expressions.that_may_match(line.split()))


@functools.cache
def _patterns() -> _Patterns:
    file = words_file("crisis")
    groups: dict[str, str] = {}
    for name, body in file["groups"].items():
        groups[name] = _expanded(body, groups)
    dangers = {kind: _expressions(file[kind.value], groups) for kind in DANGERS}
    written = " ".join([*groups.values(), *(line for kind in DANGERS for line in file[kind.value]), *file["figures"]])
    vocabulary = {word for word in re.findall(r"[a-z]+", written) if len(word) >= _SHORTEST_SLIP}
    return _Patterns(
        figures=_expressions(file["figures"], groups),
        dangers=dangers,
        worry=_expressions(file[Kind.WORRY.value], groups),
        denied=_expressions(file["denied"], groups),
        undenied=frozenset(file["undenied"]),
        vocabulary=tuple(sorted(vocabulary - _prefixes(written))),
        known=frozenset(set(re.findall(r"[a-z]+", written)) | set(file["known"]) | _ordinary()),
    )


def _prefixes(written: str) -> set[str]:
    return {match.group(1) for match in re.finditer(r"([a-z]+)\*", written)}


def _ordinary() -> set[str]:
    """Words of the other lists, which nobody means as danger."""
    language = words_file("language")
    words = {word for each in ("en", "es") for word in language[each]["strong"].split()}
    for lists in (words_file("needs"), words_file("programs")):
        for name, value in lists.items():
            if name in ("also", "together"):  # names that stand in the other lists too
                continue
            phrases = [*value["en"], *value["es"]] if isinstance(value, dict) else list(value)
            words |= {word for phrase in phrases for word in str(phrase).split()}
    return words


def _expanded(body: str, groups: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda match: groups[match.group(1)], body)


def _expressions(lines: Sequence[str], groups: dict[str, str]) -> Expressions:
    return Expressions([_compiled(line, groups) for line in lines])


def _compiled(line: str, groups: dict[str, str]) -> re.Pattern[str]:
    """A pattern of the file as an expression over `_line`: every item ends with the space after its word."""
    items = re.findall(r"~\d*|(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+", _expanded(line, groups))
    return re.compile(r"(?<= )" + "".join(_item(item) for item in items))


def _item(item: str) -> str:
    if item.startswith("~"):
        return rf"(?:\w+ ){{0,{item[1:] or 3}}}"
    if item.endswith("$"):
        return f"{_item(item[:-1])}$"
    if item.endswith(")?"):
        return f"(?:{item[:-1]} )?"
    return f"(?:{item.replace('*', '[a-z]*')}) "
