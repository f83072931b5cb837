"""Reads our own YAML files strictly: a wrong, missing or repeated key is refused with file and key, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO, TypeVar

import yaml

from directory import wording
from directory.errors import PuenteError, RulesError
from directory.model import Language

__all__ = ["Entry", "Period", "Text", "Texts", "parse", "plain", "read", "refuse", "refuse_overlaps"]

T = TypeVar("T")

_PHONE = re.compile(r"\d{3}|1-\d{3}-\d{3}-\d{4}")


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    en: str
    es: str

    def get(self, language: Language) -> str:
        """The text in that language."""
        return self.es if language == Language.ES else self.en


@dataclass(frozen=True)
class Texts(Mapping[str, tuple[str, ...]]):
    """A list of texts in both languages; for steps and papers the two lists run in parallel."""

    en: tuple[str, ...]
    es: tuple[str, ...]

    def get(self, language: Language) -> tuple[str, ...]:  # type: ignore[override]
        """The texts in that language."""
        return self[language.value]

    def __getitem__(self, language: str) -> tuple[str, ...]:
        return {"en": self.en, "es": self.es}[language]

    def __iter__(self) -> Iterator[str]:
        return iter(("en", "es"))

    def __len__(self) -> int:
        return 2


@dataclass(frozen=True)
class Period:
    """From the first day until the last, both included; None where no day is known."""

    start: date | None = None
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether `on` lies in the period."""
        return (self.start or date.min) <= on <= (self.until or date.max)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        return (self.start or date.min) <= (other.until or date.max) and (other.start or date.min) <= (
            self.until or date.max
        )


class _Refused(Exception):
    """What is YAML and none of ours, and the line of it; never leaves this module."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what, self.line = what, line


class _Loader(yaml.CSafeLoader):
    """The fast safe loader, refusing a key that stands twice in one mapping, and what stands in two places at once."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        if node in self.constructed_objects or node in self.recursive_objects:
            raise _Refused("a value is used twice by an alias (*). Write it out.", node.start_mark.line + 1)
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in seen:
                what = f"the key '{name}' stands twice, so one of the two values would be lost. Keep one."
                raise _Refused(what, line)
            if key.tag == "tag:yaml.org,2002:merge":
                raise _Refused("values are taken over by '<<'. Write them out.", line)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


_BRACE = re.compile(r"\{[^{}]*\}|[{}]")
_DEEPEST = 40
_MOST = 10**12
_NESTING = re.compile(r"[\[\]{}]|^[ \t?:-]{200,}", re.MULTILINE)


def _refuse_depths(text: str) -> None:
    """No file of ours is nested so deep; the loader would run out of stack and take the process with it."""
    depth = 0
    for sign in _NESTING.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign[0], _DEEPEST + 1)
        if depth > _DEEPEST:
            raise _Refused(f"it is nested deeper than {_DEEPEST} times.", text.count("\n", 0, sign.start()) + 1)


def plain(path: Path, error: type[PuenteError] = RulesError) -> object:
    """What the YAML file holds; `error`, with file and line, when it is absent, no YAML, or says one key twice."""
    try:
        with path.open(encoding="utf-8") as stream:
            return parse(stream, path, error)
    except OSError as why:
        raise error(f"{path}: the file cannot be read ({why.strerror}). Put it back or restore it.") from why


def parse(text: str | TextIO, path: Path, error: type[PuenteError] = RulesError) -> object:
    """What YAML text holds; `path` is the file that it was read from, for what is refused."""
    try:
        content = text if isinstance(text, str) else text.read()
        _refuse_depths(content)
        found: object = yaml.load(content, Loader=_Loader)
    except _Refused as refused:
        raise error(f"{path}, line {refused.line}: {refused.what}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as why:  # ValueError: a day such as 2026-02-30, or no UTF-8
        raise error(f"{path}: this is not valid YAML. Mend what follows: {' '.join(str(why).split())}.") from why
    return found


def read(path: Path) -> Entry:
    """What the file holds, in the clinic's own words where it has some; RulesError when it is absent or no YAML."""
    found = plain(path)
    wording.lay_over(found, path)
    return Entry(found, path, "")


def refuse(path: Path, key: str, what: str) -> RulesError:
    """The error that names file and key; `what` says why it matters and what to do."""
    return RulesError(f"{path}, {key}: {what}" if key else f"{path}: {what}")


def refuse_overlaps(path: Path, key: str, periods: Iterable[Period]) -> None:
    """RulesError when a day would have two values."""
    known: list[Period] = []
    for period in periods:
        if period.start and period.until and period.until < period.start:
            raise refuse(path, key, f"'until' {period.until} lies before 'from' {period.start}. Mend the dates.")
        if any(period.overlaps(other) for other in known):
            raise refuse(path, key, f"the dates overlap around {period.start}, so a day has two values. End one first.")
        known.append(period)


class Entry:
    """A value of a file together with its place in it, taken apart key by key."""

    def __init__(self, value: object, path: Path, key: str) -> None:
        self.value, self.path, self.key = value, path, key

    def refuse(self, what: str) -> RulesError:
        """The error that names this file and key."""
        return refuse(self.path, self.key, what)

    def items(self) -> list[tuple[str, Entry]]:
        """The keys and values of a mapping, in the file's order."""
        if not isinstance(self.value, dict):
            raise self.refuse("names with values were expected here. Write them as name: value.")
        return [(str(key), self._below(value, str(key))) for key, value in self.value.items()]

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Entry]:
        """The mapping, holding all of `required` and nothing but these and `optional`."""
        found = dict(self.items())
        needed = list(required)
        allowed = [*needed, *optional]
        for key in found:
            if key not in allowed:
                raise self.refuse(f"the key '{key}' is unknown. Known keys: {', '.join(allowed)}.")
        for key in needed:
            if key not in found:
                raise self.refuse(f"the key '{key}' is missing. Add it (null where nothing is known).")
        return found

    def each(self) -> list[Entry]:
        """The parts of a list."""
        if not isinstance(self.value, list):
            raise self.refuse("a list was expected here.")
        return [self._below(value, str(number)) for number, value in enumerate(self.value, start=1)]

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refuse(f"a text was expected here, not {self.value!r}.")
        return self.value

    def phone(self) -> str:
        """A phone as it stands in our files: 211, or 1-800-555-0123."""
        found = self.text()
        if not _PHONE.fullmatch(found):
            raise self.refuse(f"'{found[:40]}' does not look like 1-800-555-0123 or 211. Write it so.")
        return found

    def texts(self) -> tuple[str, ...]:
        """A list of texts, each once."""
        found = tuple(entry.text() for entry in self.each())
        for text in found:
            if found.count(text) > 1:
                raise self.refuse(f"'{text}' stands twice. Keep one.")
        return found

    def day(self) -> date:
        """A day, written 2026-11-21."""
        if type(self.value) is not date:
            raise self.refuse(f"a day such as 2026-11-21 was expected here, not {self.value!r}.")
        if self.value.year > 2100:
            raise self.refuse(f"{self.value} is no day of our time. Write null where no day is known.")
        return self.value

    def number(self) -> float:
        """A number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.refuse(f"a number was expected here, not {self.value!r}.")
        if not abs(self.value) < _MOST:  # not for NaN either
            raise self.refuse(f"{self.value!r} is no amount. Write a number that can be meant.")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.refuse(f"true or false was expected here, not {self.value!r}.")
        return self.value

    def one_of(self, allowed: Iterable[str]) -> str:
        """A text that is one of `allowed`."""
        known = list(allowed)
        if self.value not in known:
            more = ", ..." if len(known) > 20 else ""
            raise self.refuse(f"{self.value!r} is unknown. Known: {', '.join(known[:20])}{more}.")
        return str(self.value)

    def maybe(self, parse: Callable[[Entry], T]) -> T | None:
        """None where the file says null, else what `parse` makes of it."""
        return None if self.value is None else parse(self)

    def twin(self) -> Text:
        """A text in English and Spanish."""
        found = self.fields(("en", "es"))
        return Text(found["en"].text(), found["es"].text())

    def twin_with(self, *names: str) -> Text:
        """A text in both languages with nothing in braces but these names."""
        found = self.twin()
        for brace in _BRACE.findall(f"{found.en} {found.es}"):
            if brace not in {f"{{{name}}}" for name in names}:
                allowed = ", ".join(f"{{{name}}}" for name in names) or "none"
                raise self.refuse(f"'{brace}' would be shown as it stands or break the text. Known: {allowed}.")
        return found

    def twins(self) -> Texts:
        """A list of texts in English and Spanish, as long in one as in the other."""
        both = self.lists()
        if len(both.en) != len(both.es):
            raise self.refuse(f"{len(both.en)} texts in English but {len(both.es)} in Spanish. Write the missing twin.")
        return both

    def lists(self) -> Texts:
        """A list of words in English and one in Spanish; the two need not run in parallel."""
        found = self.fields(("en", "es"))
        return Texts(found["en"].texts(), found["es"].texts())

    def _below(self, value: object, key: str) -> Entry:
        return Entry(value, self.path, f"{self.key}.{key}" if self.key else key)
