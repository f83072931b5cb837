"""What a heading says by its name: fields, and roles such as "what a row is known by"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from directory.eligibility import strict
from directory.errors import SourceError
from directory.folding import unaccented
from directory.sync.source import FIELDS

__all__ = ["fields_of", "has_role", "key", "part_of", "path_key", "rank", "role_words", "strange", "words"]

_HERE = Path(__file__).parent
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# `address.street`, `phones[].number`; "loom.example.org" is an address of the web
_PATH = re.compile(r"\w+(?:\[\d*\])*(?:\.\w+(?:\[\d*\])*)*(?<!\.org)(?<!\.com)(?<!\.net)(?<!\.gov)(?<!\.edu)(?<!\.us)")
_BRACKET = re.compile(r"\([^)]*\)")
# "s" of these words is no plural.
_SINGULAR = re.compile(r"(?<=[a-z]{3})(?<!s)(?<!u)(?<!i)s\b")
_SECOND = re.compile(r" (?:[1-9]|one|two|three)$")


def key(heading: str) -> str:
    """What is left of a heading when case, accents, punctuation, brackets and a plural s do not count."""
    return _SINGULAR.sub("", words(heading))


def words(heading: str) -> str:
    """The words of a heading when case, accents, punctuation and brackets do not count."""
    bare = _BRACKET.sub(" ", heading)
    if not any(letter.isalnum() for letter in bare):
        bare = heading
    letters = unaccented(_CAMEL.sub(" ", bare).replace("&", " and ")).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def path_key(path: str) -> str:
    """The key of a heading, or of the last name in a JSON path: `phones[][].number` is "phone number"."""
    if not _PATH.fullmatch(path):
        return key(path)
    names = [name for name in re.sub(r"\[\d*\]", "", path).split(".") if name]
    own = key(names[-1]) if names else ""
    return own if own not in ("number", "value", "name", "url") or len(names) < 2 else key(f"{names[-2]} {names[-1]}")


@cache
def _tables() -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]:
    return _read("headings.yml", FIELDS), _read("roles.yml", None)


def _read(name: str, known: frozenset[str] | None) -> dict[str, dict[str, int]]:
    """Field -> key -> rank, the best 0. Fields that this version cannot read are left out."""
    plain = strict.plain(_HERE / name, SourceError)
    if not isinstance(plain, dict):
        raise SourceError(f"{_HERE / name} is not a mapping. The program is not whole: install it again.")
    return {
        str(field): {key(str(word)): number for number, word in reversed(list(enumerate(words)))}
        for field, words in plain.items()
        if known is None or field in known
    }


@cache
def fields_of(heading: str) -> tuple[str, ...]:
    """The fields that are headed exactly so, in the order of headings.yml."""
    for own in _forms(heading):
        if found := tuple(field for field, ranks in _tables()[0].items() if own in ranks):
            return found
    return ()


def _forms(heading: str) -> tuple[str, ...]:
    """The keys that a heading may be known by: all of it, without a number at its end, the part under its group."""
    own = path_key(heading)
    last = path_key(heading.rpartition(" / ")[2])
    return tuple(dict.fromkeys((own, _SECOND.sub("", own), last, _SECOND.sub("", last))))


def rank(field: str, heading: str) -> int:
    """How good a name of the field the heading is: 0 is the best, 999 no name of it."""
    ranks = _tables()[0].get(field, {})
    return next((ranks[own] for own in _forms(heading) if own in ranks), 999)


@cache
def part_of(heading: str) -> tuple[str, ...]:
    """The fields whose name stands inside the heading: the longest name, at the end rather than before."""
    words = path_key(heading).split()
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size, -1, -1):
            if found := fields_of(" ".join(words[start : start + size])):
                return found
    return ()


def strange(heading: str) -> bool:
    """Whether a word of the heading makes it somebody else's phone or address."""
    return not set(path_key(heading).split()).isdisjoint(_tables()[1]["strange"])


def has_role(heading: str, role: str) -> bool:
    """Whether the heading is one of that role's names."""
    return any(own in _tables()[1][role] for own in _forms(heading))


def role_words(role: str) -> frozenset[str]:
    """The words of a role as the file writes them, lower-cased."""
    plain = strict.plain(_HERE / "roles.yml", SourceError)
    words = plain[role] if isinstance(plain, dict) else []
    return frozenset(str(word).casefold() for word in words)
