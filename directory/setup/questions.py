"""Reads `questions.yml`: what is asked, in which order, why, and what happens while nobody answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.eligibility.strict import Entry, plain

__all__ = ["KINDS", "Part", "Question", "asked", "questions"]

_FILE = Path(__file__).with_name("questions.yml")
KINDS = (
    "text", "web", "days", "counties", "plans", "languages", "picture", "retention", "line", "admin", "notice",
    "backups", "sender", "none",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One of several values that a setting holds; without a `needed` one the others are nothing."""

    name: str
    ask: str
    needed: bool


@dataclass(frozen=True)
class Question:
    """One question; `example` is a plain value of that setting, `parts` are empty for a single value."""

    key: str
    section: str
    kind: str
    ask: str
    why: str
    without: str
    example: object
    more: str | None
    first: bool
    parts: tuple[Part, ...] = ()


@cache
def questions() -> Mapping[str, Question]:
    """Every setting by key, in the order in which they are asked; RulesError names what the file says wrong."""
    said = Entry(plain(_FILE), _FILE, "").fields(("parts", "sections"))
    parts = {kind: tuple(_part(name, each) for name, each in held.items()) for kind, held in said["parts"].items()}
    found = [question for section in said["sections"].each() for question in _section(section, parts)]
    return {question.key: question for question in found}


def asked() -> tuple[Question, ...]:
    """Those that a person is asked."""
    return tuple(question for question in questions().values() if question.kind != "none")


def _part(name: str, entry: Entry) -> Part:
    said = entry.fields(("ask", "needed"))
    return Part(name, said["ask"].text(), said["needed"].flag())


def _section(entry: Entry, parts: Mapping[str, tuple[Part, ...]]) -> Iterator[Question]:
    said = entry.fields(("section", "questions"))
    for each in said["questions"].each():
        found = each.fields(("key", "kind", "ask", "why", "without", "example", "weighs"), ("more",))
        texts = {name: found[name].text() for name in ("key", "ask", "why", "without")}
        yield Question(
            section=said["section"].text(),
            kind=found["kind"].one_of(KINDS),
            example=found["example"].value,
            more=found["more"].text() if "more" in found else None,
            first=found["weighs"].one_of(("first", "later")) == "first",
            parts=parts.get(found["kind"].text(), ()),
            **texts,
        )
