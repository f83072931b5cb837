"""A call or a report as a person names it on the command line: T1, R4."""

from __future__ import annotations

import re

from directory.errors import InboxError
from directory.inbox import handling, reports, tasks
from directory.inbox.reports import Reported

__all__ = ["CALL", "in_hand", "key_of", "reported"]

CALL, _REPORT = re.compile(r"[Tt](\d{1,9})"), re.compile(r"[Rr](\d{1,9})")


def reported(id: str) -> Reported:
    """That report while it is open; InboxError otherwise."""
    found = _REPORT.fullmatch(id)
    said = next((each for each in reports.open_reports() if found and each.id == int(found[1])), None)
    if said is None:
        raise InboxError(f"There is no {id!r} in the inbox. Calls are T1, reports R1; `puente inbox` shows those open.")
    return said


def key_of(id: str) -> handling.Key:
    """What the inbox keeps it by; InboxError when there is none."""
    if found := CALL.fullmatch(id):
        return handling.CALL, str(tasks.one(int(found[1])).id)
    said = reported(id)
    return said.about, said.subject


def in_hand(who: str) -> frozenset[handling.Key]:
    """All that somebody of that name has in hand."""
    return frozenset(key for key, taken in handling.holders().items() if taken.by.name == who)
