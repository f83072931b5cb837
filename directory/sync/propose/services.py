"""The words of a service column: what each is read as, and the nearest names of those that nobody could place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from directory.eligibility import rules, strict
from directory.errors import SourceError
from directory.model import Need
from directory.sync import fields

__all__ = ["LEAVE_OUT", "Service", "all_services", "near", "read", "read_cell", "split_at"]

LEAVE_OUT = "leave_out:other_purpose"
_NEAR = 70
_SUGGESTIONS = 3
_LEAD = re.compile(
    r"^(?:cs|community supports?|calaim|ecm/cs|apoyos? comunitarios?|offers|provides)\s*[:\-–—]?\s+", re.I
)
_MARKS = re.compile(r"\s*\((?:y/?n|yes/?no|x|s[ií]/no)\)\s*\??$|\?$|\*+$", re.I)
_OUTER = re.compile(r"^(?P<outer>[^()]+?)\s*\((?P<inner>[^()]*)\)$")


@dataclass(frozen=True)
class Service:
    """A word of a service column, how many rows have it, what it stands for (ids of programs and needs), and, when
    that is nothing, the nearest names as (program or need, name), never taken by themselves."""

    value: str
    count: int
    stands: tuple[str, ...]
    near: tuple[tuple[str, str], ...] = ()


@cache
def _own() -> Mapping[str, str]:
    plain = strict.plain(Path(__file__).parent / "services.yml", SourceError)
    if not isinstance(plain, dict):
        raise SourceError("services.yml is not a mapping. The program is not whole: install it again.")
    return {rules.key_of(str(word)): str(stands) for stands, words in plain.items() for word in words}


def _known(text: str) -> str | None:
    own = rules.key_of(text)
    if not own:
        return None
    if text in {need.value for need in Need}:
        return text
    return rules.program_by_alias(text) or _own().get(own)


@lru_cache(maxsize=8192)
def read(text: str) -> str | None:
    """The program or need of that name; None when there is none, or more than one could be meant."""
    text = _MARKS.sub("", fields.clean(text)).strip()
    for form in (text, _LEAD.sub("", text), text.rpartition(" / ")[2]):
        if found := _known(form):
            return found
        if parts := _OUTER.match(form):
            outer, inner = _known(parts["outer"]), _known(parts["inner"])
            if outer and inner in (None, outer):
                return outer
    return None


def split_at(cells: Iterable[str]) -> str | None:
    """The characters that cut these cells into services: those that leave the fewest words unplaced."""
    cells = list(cells)
    texts = list(dict.fromkeys(map(fields.clean, _lines(cells))))
    unread = [text for text in texts if text and read(text) is None]
    best, least = None, len(unread)
    for at in (";|", ";|,", ";|,/"):
        parts = [part for text in unread for part in fields.split(text, at)]
        left = sum(read(part) is None for part in parts)
        if len(parts) > len(unread) and left < least and 2 * left <= len(parts):
            best, least = at, left
    return best or (";|" if len(texts) and len(list(_lines(cells))) > len(cells) else None)


def _lines(cells: Iterable[str]) -> Iterator[str]:
    """The lines of the cells; one that is a service as a whole, only wrapped, stays whole."""
    for text in cells:
        yield from [text] if read(text) else text.splitlines()


@lru_cache(maxsize=8192)
def read_cell(text: str) -> tuple[str, ...]:
    """What a cell of one or several services stands for; nothing when none of it is known."""
    whole = read(text)
    if whole:
        return (whole,)
    found = (read(part) for part in fields.split(text, ";|,"))
    return tuple(dict.fromkeys(item for item in found if item))


def all_services(cells: Iterable[str], split: str | None) -> tuple[Service, ...]:
    """Each distinct word of the column, the most frequent first; a cell that is known as a whole is not cut."""
    counts: Counter[str] = Counter()
    for text in map(fields.clean, _lines(cells)):
        if fields.blank(text):
            continue
        whole = not split or read(text) is not None
        counts.update([text] if whole else fields.split(text, split))
    once: dict[str, tuple[str, int]] = {}
    for value, count in counts.items():
        kept, before = once.get(value.casefold(), (value, 0))
        once[value.casefold()] = (kept, before + count)
    ordered = sorted(once.values(), key=lambda item: (-item[1], item[0]))
    return tuple(_service(value, count) for value, count in ordered)


def _service(value: str, count: int) -> Service:
    found = read(value)
    return Service(value, count, (found,) if found else (), () if found else near(value))


def near(text: str) -> tuple[tuple[str, str], ...]:
    """The programs and needs whose names are most like the text, at most three, each with that name."""
    from rapidfuzz import fuzz, process

    best: dict[str, str] = {}
    for name, _, _ in process.extract(
        text.casefold(), tuple(_names()), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR, limit=12
    ):
        best.setdefault(_names()[name], name)
    return tuple(best.items())[:_SUGGESTIONS]


@cache
def _names() -> Mapping[str, str]:
    """Lower-cased name -> program or need."""
    found: dict[str, str] = {}
    for program in rules.programs().values():
        for name in (program.short.en, program.official.en, *program.aliases, program.short.es):
            found.setdefault(name.casefold(), program.id)
    for need, label in rules.need_names().items():
        found.setdefault(label.en.casefold(), need.value)
    return found
