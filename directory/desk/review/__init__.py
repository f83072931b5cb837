"""Doubtful rows, one after the other, and what was decided by whom."""

from __future__ import annotations

from directory.accounts import Role
from directory.desk.frame import Page, change, read
from directory.desk.review.decisions import decisions, take_back
from directory.desk.review.pages import decide, one, waiting

__all__ = ["ROUTES"]

ROUTES: tuple[Page, ...] = (
    read("/review", waiting, least=Role.STAFF),
    change("/review/decide", decide, least=Role.STAFF),
    read("/review/{row:path}", one, least=Role.STAFF),
    read("/decisions", decisions, least=Role.STAFF),
    change("/decisions/back", take_back, least=Role.STAFF),
)
