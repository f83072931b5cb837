"""The clinic's own words for a text, from `$PUENTE_HOME/texts.yml`: where texts are loaded they win over what ships.

The file is a list of `{id, language, words, who, day, instead_of}`, written by `puente texts import`. A wording without
the {values} of the text that ships is not used: what ships stands, and `puente texts` names it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from directory.errors import RulesError

__all__ = [
    "LANGUAGES",
    "Twin",
    "Wording",
    "file",
    "fingerprint",
    "in_force",
    "lay_over",
    "own",
    "prefix",
    "slip",
    "twins",
    "values",
    "words",
]

LANGUAGES = ("en", "es")
_KEYS = {"id", "language", "words", "who", "day", "instead_of"}
_VALUE = re.compile(r"\{([a-z_0-9]+)\}")
# What a person writes or a reviewer notes; nobody is shown it.
_UNSAID = frozenset({"names", "aliases", "record"})
_ONE = {
    "conditions": "condition", "definitions": "definition", "deciders": "decider", "hedges": "hedge", "needs": "need",
    "questions": "question", "tables": "table", "programs": "program", "guides": "guide", "plans": "plan",
    "offices": "office", "cards": "card", "offers": "offer", "rides": "ride", "steps": "step", "sides": "side",
    "choices": "choice",
}  # fmt: skip
# A bare yes or no is read by YAML as a truth.
_YES_NO = {"True": "yes", "False": "no"}


@dataclass(frozen=True)
class Wording:
    """What the clinic says instead of a text that ships; `instead_of` is the fingerprint of what shipped then."""

    id: str
    language: str
    words: str
    who: str
    on: date
    instead_of: str

    def fits(self, shipped: str) -> bool:
        """Whether it may stand for that text: the same {values}; and the same text as then where the id is a place.

        The second step of a program may be another step after an upgrade.
        """
        if values(self.words) != values(shipped):
            return False
        return self.instead_of == fingerprint(shipped) or not any(map(str.isdigit, self.id.split(".")))


@dataclass(frozen=True)
class Twin:
    """A text in both languages at its place in a file: `texts` holds en and es, or a list under each."""

    id: str
    texts: dict[str, Any]
    number: int | None = None

    def get(self, language: str) -> str:
        """The words in that language."""
        found = self.texts[language]
        return str(found if self.number is None else found[self.number])

    def put(self, language: str, words: str) -> None:
        """Other words in that language."""
        if self.number is None:
            self.texts[language] = words
        else:
            self.texts[language][self.number] = words


def fingerprint(text: str) -> str:
    """What stands for exact words; line breaks and spaces do not count, every letter and sign does."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def values(text: str) -> frozenset[str]:
    """The names of the {values} in a text."""
    return frozenset(_VALUE.findall(text))


def file() -> Path:
    """Where the clinic's own words are kept; nothing is made there by asking."""
    return Path(os.environ.get("PUENTE_HOME") or "var") / "texts.yml"


def own() -> Mapping[tuple[str, str], Wording]:
    """The clinic's words by id and language, for who changes them; RulesError names what cannot be read."""
    found, trouble = _looked()
    if trouble:
        raise RulesError(trouble)
    return found


def in_force() -> Mapping[tuple[str, str], Wording]:
    """The same for who answers people: none where the file cannot be read, for what ships is better than silence."""
    return _looked()[0]


def slip() -> str | None:
    """What is wrong with the file, in words for staff; None when nothing is."""
    trouble = _looked()[1]
    return f"{trouble} Until then people read the texts that ship." if trouble else None


def _looked() -> tuple[Mapping[tuple[str, str], Wording], str | None]:
    path = file()
    try:
        found = path.stat()
    except OSError:
        return {}, None
    return _tried(path, (found.st_mtime_ns, found.st_ctime_ns))


@lru_cache(maxsize=2)
def _tried(path: Path, _: tuple[int, int]) -> tuple[Mapping[tuple[str, str], Wording], str | None]:
    """What the file holds, or what is wrong with it; a broken one is not read again for each text."""
    try:
        return _read(path), None
    except RulesError as error:
        return {}, str(error)


def words(id: str, language: str, shipped: str) -> str:
    """The clinic's words for a text, or what ships."""
    found = in_force().get((id, language))
    return found.words if found and found.fits(shipped) else shipped


def lay_over(plain: object, path: Path) -> None:
    """Puts the clinic's words into what was read from one of our files."""
    if not in_force():
        return
    for twin in twins(plain, prefix(path)):
        for language in LANGUAGES:
            shipped = twin.get(language)
            chosen = words(twin.id, language, shipped)
            if chosen != shipped:
                twin.put(language, chosen)


def prefix(path: Path) -> str:
    """With what the ids of a file's texts begin: `program.calfresh`, `condition`, `office`."""
    stem = _ONE.get(path.stem, path.stem)
    return f"{_ONE[path.parent.name]}.{path.stem}" if path.parent.name in ("programs", "guides") else stem


def twins(plain: object, prefix: str) -> Iterator[Twin]:
    """Every text in both languages below here, each with its id."""
    if isinstance(plain, dict):
        if set(LANGUAGES) <= set(plain):
            yield from _pair(plain, prefix)
            return
        for key, value in plain.items():
            if key not in _UNSAID:
                yield from twins(value, f"{prefix}.{_ONE.get(str(key), _YES_NO.get(str(key), str(key)))}")
    if isinstance(plain, list):
        for number, value in enumerate(plain, start=1):
            yield from twins(value, f"{prefix}.{_name(value, number)}")


def _pair(texts: dict[str, Any], id: str) -> Iterator[Twin]:
    en, es = (texts[language] for language in LANGUAGES)
    id = id.removesuffix(".label")
    if isinstance(en, str) and isinstance(es, str):
        yield Twin(id, texts)
    elif isinstance(en, list) and isinstance(es, list) and len(en) == len(es):
        yield from (Twin(f"{id}.{number + 1}", texts, number) for number in range(len(en)))


def _name(value: object, number: int) -> str:
    """What a part of a list is called: its own id where it has one, so that an id outlives a new order."""
    named = value.get("id", value.get("value")) if isinstance(value, dict) else None
    return named if isinstance(named, str) else str(number)


def _read(path: Path) -> Mapping[tuple[str, str], Wording]:
    try:
        plain = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except OSError as error:
        raise RulesError(
            f"{path} cannot be read ({error.strerror}), so the clinic's own words are unknown. It must be a file that "
            "the account which runs Puente may read."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise RulesError(f"{path} is not YAML, so the clinic's own words are unknown. Correct it: {error}") from error
    if not isinstance(plain, list):
        raise RulesError(f"{path} must hold a list of wordings. Correct it, or remove it and import the sheet again.")
    found = (_wording(path, number, item) for number, item in enumerate(plain, start=1))
    return {(wording.id, wording.language): wording for wording in found}


def _wording(path: Path, number: int, item: object) -> Wording:
    if not isinstance(item, dict) or set(item) != _KEYS:
        raise RulesError(
            f"{path}, entry {number}: it needs the keys {', '.join(sorted(_KEYS))} and no others. Mend it."
        )
    texts = {key: item[key] for key in _KEYS - {"day"}}
    if odd := sorted(key for key, text in texts.items() if not isinstance(text, str) or not text.strip()):
        raise RulesError(f"{path}, entry {number}: {odd[0]!r} is no text. Write it in quotes.")
    if item["language"] not in LANGUAGES or type(item["day"]) is not date:
        raise RulesError(
            f"{path}, entry {number}: the language is en or es, and `day` a day such as 2026-11-21. Mend it."
        )
    return Wording(**texts, on=item["day"])
