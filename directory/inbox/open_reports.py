"""Reads which listings have open reports by two different people."""

from __future__ import annotations

from sqlalchemy import func, select

from directory.inbox import stores, where
from directory.inbox.shapes import report

__all__ = ["TWO", "by_two"]

TWO = 2
"""So many different people make a listing one to call first."""


def by_two() -> frozenset[str]:
    """The ids of listings with open reports by two different people."""
    query = select(report.c.subject).where(report.c.about == "listing", report.c.ended_at.is_(None))
    many = query.group_by(report.c.subject).having(func.count(report.c.reporter.distinct()) >= TWO)
    return frozenset(row[0] for row in stores.rows(where.INBOX, many))
