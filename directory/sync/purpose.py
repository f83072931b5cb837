"""What a row is for: needs and programs, from categories, names, check marks and program names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from directory.eligibility import rules
from directory.model import Need, Reach
from directory.sync import fields
from directory.sync.parse import RawRow
from directory.sync.problems import Code
from directory.sync.reading import Field, Note, Notes, Texts, Words, checked, field, hinted, note
from directory.sync.source import Source

__all__ = ["Meant", "Purpose", "program_ids", "reach"]

_OUT = "leave_out:"
_NEED_WORDS = frozenset(need.value for need in Need)
_WALK_IN = frozenset(
    need.value
    for need in (Need.FOOD, Need.HOUSING, Need.OTHER_HEALTH, Need.FAMILY, Need.LEGAL, Need.WORK_SCHOOL, Need.SOCIAL)
)
_FOOTNOTE = re.compile(r"[\s*†‡§¹²³⁴⁵]+$")
_HEAD = re.compile(r"(?:community supports?|calaim)\s*[:–—-]\s*", re.I)
_BESIDE = re.compile(
    r"(?P<name>[A-Z]\d{4}[\s-]*U\w)[\s:–—-]+(?P<more>.+)|(?P<other>[^()]+?)\s*\((?P<aside>[^()]+)\)", re.I
)
# "S9977-U4/U5/U7" and "T2012/T2014/H2014 -U6": billing codes that share a code or a modifier.
_MODIFIERS = re.compile(r"([A-Z]\d{4})[\s-]*((?:U\w)(?:\s*/\s*U\w)+)", re.I)
_CODES = re.compile(r"([A-Z]\d{4}(?:\s*/\s*[A-Z]\d{4})+)[\s-]*(U\w)", re.I)


@dataclass(frozen=True)
class Meant:
    """Needs and programs of a row, the code that leaves it out where it has none, and the texts that said so.

    `kinds` are those texts and all else that names what is done there: cells of programs, headings with a mark.
    """

    needs: tuple[str, ...]
    programs: tuple[str, ...]
    out: str | None
    texts: Texts
    kinds: Texts = ()


class Purpose:
    """Reads what the rows of one list are for."""

    def __init__(self, source: Source) -> None:
        self.topics, self.tags = (_spoken(source, name) for name in ("topics", "tags"))
        self.hints, self.last_hints = (hinted(source, name) for name in ("hints", "last_hints"))
        self.checks = checked(source)
        words = Words(source, "programs", Code.UNKNOWN_PROGRAM)
        self.programs = field(source, "programs", lambda texts: _with_texts(_programs(words, texts), texts))

    def __call__(self, row: RawRow, notes: list[Note]) -> Meant:
        """Needs and programs; the last hints only where nothing else says anything."""
        (topics, topic_texts), told = self.topics(row)
        (tags, tag_texts), more = self.tags(row)
        hints, _ = self.hints(row)
        (checks, marked), unclear = self.checks(row)
        (programs, program_texts), unknown = self.programs(row)
        notes += (*told, *more, *unclear, *unknown)
        needs, programs, out = _meant(topics + tags + hints + checks, programs)
        if not needs and not out:
            last, _ = self.last_hints(row)
            needs = tuple(dict.fromkeys(last))
        texts = topic_texts + tag_texts
        return Meant(needs, programs, out, texts, tuple(dict.fromkeys((*texts, *program_texts, *marked))))


def _with_texts(read: tuple[Texts, Notes], texts: Texts) -> tuple[tuple[Texts, Texts], Notes]:
    return (read[0], texts), read[1]


def _spoken(source: Source, name: str) -> Field[tuple[Texts, Texts]]:
    """The words of a column of categories, and its texts as they are."""
    words = Words(source, name)

    def read(texts: Texts) -> tuple[tuple[Texts, Texts], Notes]:
        found, notes = words.words(texts)
        return (tuple(found), texts), tuple(notes)

    return field(source, name, read)


@lru_cache(maxsize=4096)
def _meant(words: Texts, named: Texts) -> tuple[Texts, Texts, str | None]:
    programs = dict.fromkeys(word for word in words if word in rules.programs())
    programs.update(dict.fromkeys(named))
    needs = dict.fromkeys(word for word in words if word in _NEED_WORDS)
    needs.update({rules.program(program).need.value: None for program in programs})
    out = next((word.removeprefix(_OUT) for word in words if word.startswith(_OUT)), None)
    return tuple(needs), tuple(programs), None if needs else out


def _programs(words: Words, texts: Texts) -> tuple[Texts, Notes]:
    said, notes = words.words(texts)
    found: dict[str, None] = {}
    for word in said:
        programs, unread = program_ids(word)
        found.update(dict.fromkeys(programs))
        notes += [note("programs", Code.UNKNOWN_PROGRAM, part) for part in unread]
    return tuple(found), tuple(notes)


@lru_cache(maxsize=4096)
def program_ids(text: str) -> tuple[Texts, Texts]:
    """The programs that a cell names, by any name or billing code, and the parts that are none we know.

    A name may hold "and" or a slash: it is cut there only when every part of it is a program.
    """
    if fields.blank(text):
        return (), ()
    if whole := _program(text):
        return (whole,), ()
    hard = [part.strip() for part in re.split(r"[;|\n]|,(?!\d)(?![^(]*\))", _spelled_out(text)) if part.strip(" .*")]
    found: dict[str, None] = {}
    unread: list[str] = []
    for part in hard:
        ids = [_program(part)] if _program(part) else [_program(piece) for piece in fields.split(part)]
        if ids and all(ids):
            found.update(dict.fromkeys(program for program in ids if program))
        else:
            unread.append(part)
    return tuple(found), tuple(unread) if found else (text,)


def _program(text: str) -> str | None:
    word = _HEAD.sub("", _FOOTNOTE.sub("", text.strip()))
    known = _named(word)
    beside = None if known else _BESIDE.fullmatch(word)
    if beside is None:
        return known
    # "H0043-U6 Housing Navigation", "HCV (Section 8)": what stands beside it may be no name, but not that of another.
    first, second = _named(beside["name"] or beside["other"]), _named(beside["more"] or beside["aside"])
    return first if second in (None, first) else None


def _named(word: str) -> str | None:
    return word if word in rules.programs() else rules.program_by_alias(word)


def _spelled_out(text: str) -> str:
    text = _CODES.sub(lambda m: ";".join(f"{code.strip()}-{m[2]}" for code in m[1].split("/")), text)
    return _MODIFIERS.sub(lambda m: ";".join(f"{m[1]}-{modifier.strip()}" for modifier in m[2].split("/")), text)


def reach(meant: Meant, found: dict[str, Any]) -> Reach:
    """People walk in where there is a door and something one walks in for; otherwise a county is served."""
    if found.get("statewide") or not found.get("address", {}).get("address_1"):
        return Reach.COUNTY
    return _reach(meant.needs, meant.programs)


@lru_cache(maxsize=1024)
def _reach(needs: Texts, programs: Texts) -> Reach:
    if programs:
        walk_in = any(rules.program(program).reach == Reach.DISTANCE for program in programs)
        return Reach.DISTANCE if walk_in else Reach.COUNTY
    return Reach.DISTANCE if _WALK_IN & set(needs) else Reach.COUNTY
