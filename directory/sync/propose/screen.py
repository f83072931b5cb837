"""The proposal on one screen: field, column, examples, how sure and why; and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from directory.sync.propose.columns import Placed, Role
from directory.sync.propose.proposal import Proposal

__all__ = ["described", "to_json", "to_text"]

_ROLES = {
    Role.ROW_ID: "(row number)", Role.STATUS: "(closed rows)", Role.UNUSED: "(not used)", Role.ASK: "?",
}  # fmt: skip


def described(item: Placed) -> str:
    """What the column is, in one word."""
    if item.role == Role.FIELD:
        return item.field or ""
    return f"check: {item.stands[0]}" if item.role == Role.CHECK else _ROLES[item.role]


def to_text(made: Proposal) -> str:
    """The proposal for a person."""
    return "\n".join(_lines(made))


def _lines(made: Proposal) -> Iterator[str]:
    layout = made.sheet.layout
    sheet = f", sheet {layout.sheet}" if layout.sheet else ""
    rows = len(next(iter(made.sheet.columns.values()), ()))
    yield f"{made.file}: {layout.kind}{sheet}, headings in row {layout.heading_row}, {rows} rows."
    yield f"Title: {made.title}. Plan: {made.plan or 'none'}."
    yield f"Day of the list: {made.as_of or 'unknown'} ({made.as_of_why})."
    if not made.placed:
        yield "This format brings its columns along, so there is nothing to ask."
        return
    yield ""
    yield from _table(made)
    yield ""
    yield f"A row is known by: {made.identity.why}."
    if made.status:
        yield f"Closed rows: {made.status} says {', '.join(made.closed) or 'so of none today'}."
    if made.halted:
        yield f"Look at: {made.status} says {', '.join(made.halted)}; such rows are shown unless you leave them out."
    placed = sum(bool(item.stands) for item in made.services)
    if made.services:
        yield f"Service names: {placed} of {len(made.services)} are known."
    for item in made.services:
        if not item.stands:
            near = ", ".join(name for _, name in item.near)
            yield f"  not placed: {item.value} ({item.count} rows){f'; perhaps {near}' if near else ''}"


def _table(made: Proposal) -> Iterator[str]:
    order = (Role.FIELD, Role.ROW_ID, Role.STATUS, Role.CHECK, Role.ASK, Role.UNUSED)
    rows = [
        (
            described(item),
            item.heading,
            "; ".join(made.examples(item.heading)),
            "sure" if item.sure else "ASK",
            item.why,
        )
        for role in order
        for item in made.with_role(role)
    ]
    heads = ("Field", "Column", "For example", "Sure?", "Why")
    most = (22, 30, 60, 5, 90)
    cells = [tuple(_cut(text, width) for text, width in zip(row, most, strict=True)) for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads) - 1)]
    for row in cells:
        yield "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]).rstrip()


def _cut(text: str, width: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else f"{plain[: width - 1]}…"


def to_json(made: Proposal) -> dict[str, object]:
    """The proposal for a program."""
    return {
        "id": made.id,
        "title": made.title,
        "plan": made.plan,
        "as_of": made.as_of.isoformat() if made.as_of else None,
        "kind": made.sheet.layout.kind,
        "heading_row": made.sheet.layout.heading_row,
        "columns": [_column(made, item) for item in made.placed],
        "services": [
            {
                "value": item.value,
                "rows": item.count,
                "stands": list(item.stands),
                "near": [near for near, _ in item.near],
            }
            for item in made.services
        ],
        "row_id": {"column": made.identity.column, "hash": list(made.identity.hashed), "alike": made.identity.alike},
        "closed": list(made.closed),
    }


def _column(made: Proposal, item: Placed) -> dict[str, object]:
    return {
        "heading": item.heading,
        "role": item.role,
        "field": item.field if item.role == Role.FIELD else None,
        "stands": list(item.stands),
        "why": item.why,
        "choices": list(item.choices),
        "examples": list(made.examples(item.heading)),
    }
