"""What publishing would change, publishing it, what happened here, and undoing it."""

from __future__ import annotations

from directory.accounts import Role
from directory.desk.frame import Page, change, read
from directory.desk.publishing.diff import diff
from directory.desk.publishing.history import confirm_undo, history, one, undo
from directory.desk.publishing.publishing import going, panel, publish

__all__ = ["ROUTES"]

ROUTES: tuple[Page, ...] = (
    read("/diff", diff, least=Role.STAFF),
    read("/publish", panel, least=Role.STAFF),
    change("/publish", publish, least=Role.STAFF),
    read("/publish/{job}", going, least=Role.STAFF),
    read("/history", history, least=Role.STAFF),
    read("/history/undo", confirm_undo, least=Role.STAFF),
    change("/history/undo", undo, least=Role.STAFF),
    read("/history/{id}", one, least=Role.STAFF),
)
