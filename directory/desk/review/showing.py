"""What the pages of this room draw: a place beside a row, a decision in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.desk import fields
from directory.model import Language
from directory.sync.decisions import Decision, Kind
from directory.sync.hand_rows import HAND
from directory.sync.match.reasons import sentence
from directory.sync.review import Candidate, Side
from directory.text.catalogue import say
from directory.text.names import capital

__all__ = ["Line", "Place", "candidate", "list_name", "numbers", "told"]


@dataclass(frozen=True)
class Line:
    """A field of a row and of a place, in words."""

    label: str
    row: str
    place: str
    same: bool


@dataclass(frozen=True)
class Place:
    """A place that a row may be: the reasons in words, and both field by field, those that differ first."""

    id: str
    name: str
    list_name: str
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
    differing: int


def candidate(item: Candidate, sides: Sequence[Side], titles: Mapping[str, str], lang: Language) -> Place:
    """The place and the row beside each other."""
    source = item.listing_id.partition(":")[0]
    lines = tuple(_line(side, lang) for side in sides)
    ordered = tuple(sorted(lines, key=lambda line: line.same))
    return Place(
        item.listing_id, item.name, list_name(source, titles, lang),
        tuple(capital(sentence(reason, lang)) for reason in item.reasons), ordered,
        sum(not line.same for line in ordered),
    )  # fmt: skip


def _line(side: Side, lang: Language) -> Line:
    row, place = (fields.value(side.field, text, lang) for text in (side.row, side.listing))
    return Line(capital(fields.label(side.field, lang)), row, place, side.same)


def list_name(source: str, titles: Mapping[str, str], lang: Language) -> str:
    """What a list is called; what was entered here has a name of its own."""
    return say("desk.review.by_hand", lang) if source == HAND else titles.get(source, source)


def numbers(said: str | None) -> tuple[int, ...]:
    """The numbers of decisions in "5,6"; nothing for what is none."""
    parts = (said or "").split(",")[:20]
    return tuple(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 10)


def told(made: Decision, lang: Language, day: str) -> str:
    """What was decided, in a sentence; `day` is its last day in words."""
    row = f"{made.source_id}:{made.row_id}"
    values: dict[str, object] = {"row": row, "place": made.listing_id, "day": day}
    if made.kind is Kind.KEEP:
        field = made.field or ""
        values |= {"field": fields.label(field, lang), "value": fields.value(field, _bare(made.value), lang)}
    if made.kind is Kind.NOTICE:
        values["text"] = made.value or ""
    return say(f"desk.review.told.{made.kind.value}", lang, **values)


def _bare(value: str | None) -> str | None:
    """A text that is kept as JSON, without its quotation marks."""
    return value[1:-1] if value and len(value) > 1 and value[0] == value[-1] == '"' else value
