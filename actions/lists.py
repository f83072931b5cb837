"""What is published, as the actions read it: where nothing is, or nothing can be read, no list has anybody.

A person is still told of the program, the plan's line, the county office and 211.
"""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace
from datetime import date, datetime

from directory import logs, search
from directory.errors import DirectoryMissing, DirectoryOutdated, UnknownListing
from directory.search import Hit, Query, SearchResult
from directory.search.listed import programs_listed

__all__ = ["found", "look_up", "of_plan"]

logger = logging.getLogger(__name__)


def look_up(query: Query, *, now: datetime) -> SearchResult:
    """The page of places that fits the query; nothing found and no county covered before the first publication.

    Refuges for people who leave violence stand in no list of roofs, unless the query asks for nothing else.
    """
    query = query if query.refuges is not None else replace(query, refuges=False)
    try:
        return search.search(query, now=now)
    except DirectoryMissing:
        return _nothing(query)
    except (DirectoryOutdated, sqlite3.Error) as error:
        logs.event(logger, "lists.unreadable", level=logging.ERROR, error=error)
        return _nothing(query)


def _nothing(query: Query) -> SearchResult:
    return SearchResult(query, hits=(), total=0, relaxed=(), covered=False)


def of_plan(plan: str, county: str, on: date) -> frozenset[str]:
    """The programs for which the plan's own list names somebody there."""
    try:
        return programs_listed(plan, county, on)
    except sqlite3.Error as error:
        logs.event(logger, "lists.unreadable", level=logging.ERROR, error=error)
        return frozenset()


def found(listing_id: str, *, now: datetime, query: Query) -> Hit | None:
    """A place shown before; None when it is on no list any more."""
    try:
        return search.found(listing_id, now=now, query=query)
    except (UnknownListing, DirectoryMissing):
        return None
    except (DirectoryOutdated, sqlite3.Error) as error:
        logs.event(logger, "lists.unreadable", level=logging.ERROR, error=error)
        return None
