"""The brake of a run: a list from which too much has gone is not taken before a person says that it is right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from directory.eligibility import rules
from directory.errors import TooMuchGone
from directory.sync import fields
from directory.sync.compared import Compared
from directory.sync.source import Source

__all__ = ["FEWEST", "list_brake"]

FEWEST = 3
"""Places that a program or county has to have had before its vanishing stops a list."""
_SAID = 5


def list_brake(work: sqlite3.Connection, source: Source, name: str, found: Compared) -> None:
    """TooMuchGone when too much of a list is gone, or all of a program or county; the caller undoes what it wrote."""
    reasons = [*_share(source, found), *_vanished(work, source, found)]
    if reasons:
        raise TooMuchGone(
            f"{name}: {'; and '.join(reasons)}. Perhaps only part of the list was sent, so nothing was changed. "
            "Ask the sender; if it is right, run it again with --accept-gone (and with --dry-run first, to see all the "
            "names).",
            tuple(reasons),
        )


def _share(source: Source, found: Compared) -> Iterator[str]:
    gone, before = len(found.places.gone), found.places.before
    share = gone / before if before else 0.0
    if share > source.gone_share:
        some = "; ".join(fields.excerpt(place.name, 60) for place in found.places.gone[:3])
        yield (
            f"{gone} of {before} places ({share:.0%}) of {source.title} would go, more than the "
            f"{source.gone_share:.0%} that may go at once, among them {some}"
        )


def _vanished(work: sqlite3.Connection, source: Source, found: Compared) -> Iterator[str]:
    for what in ("programs", "counties"):
        lost = [
            f"{_named(what, value)} ({count} before)"
            for (field, value), count in sorted(found.lost.items())
            if field == what and count >= FEWEST and not _left(work, source.id, field, value)
        ]
        if lost:
            more = f" and {len(lost) - _SAID} more" if len(lost) > _SAID else ""
            yield f"no place of {source.title} is left for {', '.join(lost[:_SAID])}{more}"


def _named(field: str, value: str) -> str:
    if field == "counties":
        return f"{value} County"
    return rules.program(value).official_name if value in rules.programs() else value


def _left(work: sqlite3.Connection, source_id: str, field: str, value: str) -> bool:
    query = """SELECT 1 FROM staged, json_each(staged.draft, '$.' || ?) AS item
               WHERE source_id = ? AND refused = 0 AND ended_on IS NULL AND item.value = ? LIMIT 1"""
    return work.execute(query, (field, source_id, value)).fetchone() is not None
