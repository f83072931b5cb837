"""Reads which listings have open reports by two different people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from directory.inbox import stores, where
from directory.inbox.shapes import report

__all__ = ["TWO", "WEB", "by_two", "people"]

TWO = 2
"""So many different people make a listing one to call first."""
WEB = "web-"
"""How the name of a conversation of the page begins: anybody can begin as many of these as they like."""


def by_two() -> frozenset[str]:
    """The ids of listings with open reports by two different people."""
    query = select(report.c.subject, report.c.reporter, report.c.at)
    rows = stores.rows(where.INBOX, query.where(report.c.about == "listing", report.c.ended_at.is_(None)))
    of_one: dict[str, list[Any]] = {}
    for row in rows:
        of_one.setdefault(row.subject, []).append(row)
    return frozenset(subject for subject, said in of_one.items() if people(said) >= TWO)


def people(rows: Iterable[Any]) -> int:
    """How many people said it at least: all who said it on the page on one day may be one."""
    return len({row.at[:10] if row.reporter.startswith(WEB) else row.reporter for row in rows})
