"""A new list with a person's answers: what is still doubtful or missing, its source file, and a try of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import islice

from directory import phones, places
from directory.errors import SourceError
from directory.sync import source as sources
from directory.sync.handed.shelf import Answers, Handed
from directory.sync.incoming import Incoming
from directory.sync.normalize import normalize, row_id
from directory.sync.parse import RawRow, rows
from directory.sync.problems import Problem
from directory.sync.propose.columns import Placed, Role
from directory.sync.propose.meant import plan_named
from directory.sync.propose.proposal import Proposal, slug
from directory.sync.propose.proposing import proposal
from directory.sync.propose.saving import own_path, save
from directory.sync.propose.trying import source_of, try_on
from directory.sync.propose.write import as_yaml
from directory.sync.source import Source

__all__ = ["CHECK", "answered", "lacking", "saved", "taken_as", "tried"]

CHECK = "check:"
"""Before the program or need that a mark in a column stands for."""
_ROWS = 5
_NEEDED = (
    ("name", ("organization", "name")),
    ("help", ("programs", "topics", "tags")),
    ("where", ("counties", "county", "city", "postal_code", "address")),
    ("contact", ("phones", "url", "email", "address", "address_1")),
)
"""What a row must have to be shown, and the fields of which one must be a column of the list."""


def answered(found: Incoming, said: Answers) -> Proposal:
    """The proposal with those answers; ListError or SourceError when one of them does not fit."""
    made = proposal(found.data, found.name, found.sha256, said.carried)
    made = replace(
        made, title=said.title or made.title, id=slug(said.id or made.id), plan=plan_named(said.plan or None)
    )
    made = made.all_answered(_changed(made, said)) if _changed(made, said) else made
    for heading, meant in said.columns.items():
        if meant.startswith(CHECK) and heading in made.sheet.columns:
            made = made.marked(heading, meant.removeprefix(CHECK))
    for name, stands in said.services.items():
        made = made.told(name, *stands)
    return made


def taken_as(item: Placed) -> str:
    """What a column is taken as, as an answer says it: a field, "check:PROGRAM", or "" (left out)."""
    if item.role == Role.FIELD:
        return item.field or ""
    return f"{CHECK}{item.stands[0]}" if item.role == Role.CHECK else ""


def _changed(made: Proposal, said: Answers) -> dict[str, str | None]:
    """The columns that were answered otherwise than they are taken; another way to read a sheet has other columns."""
    now = {item.heading: taken_as(item) for item in made.placed}
    asked = {item.heading for item in made.with_role(Role.ASK)}
    return {
        heading: meant or None
        for heading, meant in said.columns.items()
        if heading in now and not meant.startswith(CHECK) and (heading in asked or meant != now[heading])
    }


def lacking(made: Proposal, said: Answers) -> tuple[str, ...]:
    """What no column tells, of what a place must have to be shown: name, help, where, contact."""
    if not made.placed:
        return ()
    told = {name for name, fields in _NEEDED if any(made.of(field) for field in fields)}
    told |= {"help"} if made.with_role(Role.CHECK) else set()
    told |= {"where"} if said.county else set()
    return tuple(name for name, _ in _NEEDED if name not in told)


def tried(found: Incoming, said: Answers, today: date) -> dict[str, object]:
    """What would come of the whole list, as plain JSON: the counts, and the first rows as people would see them.

    Nothing is kept. ListError or SourceError when the list cannot be read so.
    """
    made = answered(found, said)
    source = source_of(made.id, _text(made, said))
    trial = try_on(source, found.data, found.name, today=today)
    return {
        "rows": trial.rows,
        "shown": trial.shown,
        "left_out": [[code.value, count, list(trial.words.get(code, ()))] for code, count in trial.left_out],
        "dropped": [[code.value, count, list(trial.words.get(code, ()))] for code, count in trial.dropped],
        "first": [_first(row, source, today) for row in islice(rows(found.data, source, name=found.name), _ROWS)],
    }


def _first(row: RawRow, source: Source, today: date) -> dict[str, object]:
    made = normalize(row, source, identity=row_id(row, source) or f"line-{row.line}", today=today)
    if isinstance(made, Problem):
        return {"line": row.line, "code": made.code.value}
    listing = made.listing
    where = listing.address
    return {
        "line": row.line,
        "name": listing.name,
        "help": [*listing.programs, *(need.value for need in listing.needs if not listing.programs)],
        "where": ", ".join(filter(None, (where.address_1, where.city, where.postal_code))) if where else "",
        "counties": list(listing.counties),
        "phones": [phones.display(phone) for phone in listing.phones],
        "hours": listing.hours_text or "",
    }


def _text(made: Proposal, said: Answers) -> str:
    """The source file; with the county of a list whose rows name none."""
    if not said.county:
        return as_yaml(made)
    if said.county not in places.COUNTIES:
        raise SourceError(f"There is no county {said.county!r} in California. Nothing was saved.")
    return f"{as_yaml(made)}defaults: {{counties: {json.dumps(said.county)}}}\n"


def saved(found: Incoming, item: Handed) -> str:
    """Writes the source file of those answers and gives its id; SourceError when another list has it already."""
    made = answered(found, item.answers)
    _refuse_nameless(made)
    mine = item.saved == made.id
    if not (mine or item.answers.replace) and (own_path(made.id).exists() or made.id in sources.ids()):
        raise SourceError(
            f"There is a list called {made.id} already. Nothing was saved. If this is its next list, go back and say "
            "so. For another list write another short name, or tick that it takes the place of that description."
        )
    text = _text(made, item.answers)
    source_of(made.id, text)
    save(made.id, text, replace=mine or item.answers.replace)
    return made.id


def _refuse_nameless(made: Proposal) -> None:
    if made.nameless:
        raise SourceError(
            f"{made.file}: no column is surely the name of a place, so nothing was saved. "
            'Say which one it is: choose "organization" or "name" beside that column.'
        )
