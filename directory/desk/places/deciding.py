"""What is decided about a place: a notice, not shown for a time or at all, closed, a list's value stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from directory.desk import working
from directory.desk.frame import Visit
from directory.desk.places.pages import page_of_one
from directory.errors import DecisionError
from directory.sync import review
from directory.sync.decisions import Decision, Kind

__all__ = ["decide", "keep", "notice"]

_KINDS = {kind.value: kind for kind in (Kind.CLOSED, Kind.NOT_LISTED, Kind.SUSPENDED)}


def notice(visit: Visit) -> Response:
    """A short text beside the place until a day."""
    text, until = visit.form.get("text"), _day(visit.form.get("until")) or visit.today
    if not text or len(" ".join(text.split())) > review.LONGEST_NOTICE:
        return _again(visit, "notice", visit.say("places.notice.wrong", longest=review.LONGEST_NOTICE))
    if not 0 <= (until - visit.today).days <= review.LONGEST_DAYS:
        return _again(visit, "notice", visit.say("places.notice.days", days=review.LONGEST_DAYS))

    def work(connection: sqlite3.Connection) -> Decision:
        return review.notice(connection, visit.form.get("id"), text, until, who=visit.who.shown, now=visit.now)

    return _decided(visit, "notice", work)


def decide(visit: Visit) -> Response:
    """Closed, shown to nobody, or suspended until a day."""
    kind, until = _KINDS.get(visit.form.get("kind")), _day(visit.form.get("until"))
    why = " ".join(visit.form.get("why").split())[:300]
    if kind is None:
        return _again(visit, "decide", visit.say("places.decide.which"))
    if not why:
        return _again(visit, "decide", visit.say("places.decide.why_missing"))
    if kind is Kind.SUSPENDED and (until is None or until < visit.today):
        return _again(visit, "decide", visit.say("places.decide.until_missing"))
    last = until if kind is Kind.SUSPENDED else None

    def work(connection: sqlite3.Connection) -> Decision:
        id = visit.form.get("id")
        return review.decide(connection, kind, id, who=visit.who.shown, why=why, now=visit.now, until=last)

    return _decided(visit, "decide", work)


def keep(visit: Visit) -> Response:
    """The value of one list stays, whatever the lists say."""
    field, _, source = visit.form.get("value").partition("|")
    why = " ".join(visit.form.get("why").split())[:300]
    if not source:
        return _again(visit, "keep", visit.say("places.keep.which"))
    if not why:
        return _again(visit, "keep", visit.say("places.decide.why_missing"))

    def work(connection: sqlite3.Connection) -> Decision:
        id = visit.form.get("id")
        value = review.value_of(connection, id, field, source)
        return review.decide(
            connection, Kind.KEEP, id, who=visit.who.shown, why=why, now=visit.now, field=field, value=value
        )

    return _decided(visit, "keep", work)


def _decided(visit: Visit, where: str, work: Callable[[sqlite3.Connection], Decision]) -> Response:
    try:
        with working.changing() as connection:
            made = work(connection)
    except DecisionError as error:
        return _again(visit, where, str(error))
    visit.audit(f"place.{made.kind.value}", made.listing_id)
    return visit.go("/places/one", said="places.said.decided", id=made.listing_id)


def _again(visit: Visit, where: str, problem: str) -> Response:
    return page_of_one(visit, visit.form.get("id"), problem=problem, where=where, code=400)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
