"""Which programs a plan's own published list names somebody for in a county."""

from __future__ import annotations

import sqlite3
from datetime import date

from directory.errors import DirectoryMissing, DirectoryOutdated
from directory.healing import once_more
from directory.search.reading import reading
from directory.search.today import STALE_DAYS

__all__ = ["programs_listed"]

# A listing that one row names says what that row says. Where several lists name a place, its programs and counties are
# those of all of them together: there only what the plan alone speaks of, or what is the only one, is the plan's word.
# CROSS JOIN keeps the order: the county first, which is a small part of a large directory.
_LISTED = """
    WITH own AS (SELECT id, as_of FROM source WHERE plan = :plan AND demo = 0),
    other AS (SELECT * FROM said WHERE source_id NOT IN (SELECT id FROM own))
    SELECT known.program
    FROM service_area AS area
    CROSS JOIN listing ON listing.rowid = area.listing
    CROSS JOIN own ON own.id = listing.source_id
    CROSS JOIN listing_program AS known ON known.listing = listing.rowid
    WHERE area.county = :county AND coalesce(listing.as_of, own.as_of) BETWEEN :oldest AND :on
        AND NOT EXISTS (SELECT 1 FROM said WHERE said.listing = listing.rowid)
    UNION
    SELECT known.program
    FROM service_area AS area
    CROSS JOIN said ON said.listing = area.listing
    CROSS JOIN own ON own.id = said.source_id
    CROSS JOIN listing_program AS known ON known.listing = said.listing
    WHERE area.county = :county AND coalesce(said.as_of, own.as_of) BETWEEN :oldest AND :on
        AND said.agrees LIKE '%"programs"%' AND said.agrees LIKE '%"counties"%'
        AND ((SELECT count(*) FROM listing_program AS every WHERE every.listing = said.listing) = 1
             OR NOT EXISTS (SELECT 1 FROM other WHERE other.listing = said.listing AND agrees LIKE '%"programs"%'))
        AND ((SELECT count(*) FROM service_area AS every WHERE every.listing = said.listing) = 1
             OR NOT EXISTS (SELECT 1 FROM other WHERE other.listing = said.listing AND agrees LIKE '%"counties"%'))
"""


def programs_listed(
    plan: str, county: str, on: date, *, connection: sqlite3.Connection | None = None
) -> frozenset[str]:
    """The programs for which that plan's own list, not a year old that day, names somebody who serves the county.

    Demo lists never count; empty where nothing is published. Without a connection the published directory is opened.
    """
    if connection is not None:
        return _listed(connection, plan, county, on)
    try:
        return _listed_now(plan, county, on)
    except (DirectoryMissing, DirectoryOutdated):
        return frozenset()


@once_more
def _listed_now(plan: str, county: str, on: date) -> frozenset[str]:
    with reading() as opened:
        return _listed(opened, plan, county, on)


def _listed(connection: sqlite3.Connection, plan: str, county: str, on: date) -> frozenset[str]:
    oldest = date.fromordinal(max(1, on.toordinal() - STALE_DAYS))
    values = {"plan": plan, "county": county, "on": on.isoformat(), "oldest": oldest.isoformat()}
    return frozenset(row[0] for row in connection.execute(_LISTED, values))
