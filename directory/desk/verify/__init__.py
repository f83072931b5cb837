"""Calls to places: the queue of whom to call, and the page of one call."""

from directory.desk.frame import change, read
from directory.desk.verify import call, listed, steps

__all__ = ["ROUTES"]

ROUTES = (
    read("/verify", listed.queued),
    read("/verify/call/{id:path}", call.one),
    change("/verify/start", steps.started),
    change("/verify/answer", steps.answered),
    change("/verify/skip", steps.skipped),
    change("/verify/finish", steps.finished),
    change("/verify/closed", steps.closed),
    change("/verify/leave", steps.left),
)
