"""Whether it helped, in our words and in those of the closed loop of DHCS; counted for each listing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.engine import Connection

from directory.inbox import stores, where
from directory.inbox.shapes import outcome as counted

__all__ = ["OfMonth", "Outcome", "Total", "count", "of_listing", "of_months"]

Total = dict["Outcome", int]


class Outcome(str, Enum):
    """How it went, as the person says it in reply to our question."""

    HELPED = "helped"
    NO_ANSWER = "no_answer"
    TURNED_AWAY = "turned_away"
    DID_NOT_GO = "did_not_go"

    @property
    def closed_loop(self) -> str:
        """The status word of a plan's closed-loop notice that comes nearest.

        Words of DHCS's closed-loop referral guidance; its exact list of codes was not seen, so these are for people to
        compare, not to be sent as codes.
        """
        return _CLOSED_LOOP[self]


_CLOSED_LOOP = {
    Outcome.HELPED: "services received",
    Outcome.NO_ANSWER: "unable to reach",
    Outcome.TURNED_AWAY: "declined",
    Outcome.DID_NOT_GO: "pending",
}


def count(listing: str, outcome: Outcome, channel: str, now: datetime) -> None:
    """One more of that outcome for a listing in this month; nothing says whose."""
    values = {"listing": listing, "outcome": outcome.value, "channel": channel, "month": f"{now:%Y-%m}", "count": 1}

    def added(db: Connection) -> None:
        row = stores.insert(db, counted).values(**values)
        one_more = {"count": counted.c["count"] + 1}
        db.execute(row.on_conflict_do_update(index_elements=["listing", "outcome", "channel", "month"], set_=one_more))

    stores.write(where.INBOX, added)


def of_listing(listing: str) -> Total:
    """How often each outcome was told of a listing; only those that were told."""
    query = select(counted.c.outcome, counted.c["count"]).where(counted.c.listing == listing)
    total: Total = {}
    for name, number in stores.rows(where.INBOX, query):
        total[Outcome(name)] = total.get(Outcome(name), 0) + number
    return total


@dataclass(frozen=True)
class OfMonth:
    """What was told of one listing in one month (2026-11)."""

    listing: str
    month: str
    total: Total


def of_months(listing: str | None = None, most: int = 200) -> tuple[OfMonth, ...]:
    """The newest months first, and in each the listings of which most was told; with `listing` of that one alone."""
    query = select(counted.c.listing, counted.c.month, counted.c.outcome, counted.c["count"])
    if listing is not None:
        query = query.where(counted.c.listing == listing)
    found: dict[tuple[str, str], Total] = {}
    for name, month, outcome, number in stores.rows(where.INBOX, query):
        total = found.setdefault((name, month), {})
        total[Outcome(outcome)] = total.get(Outcome(outcome), 0) + number
    told = [OfMonth(name, month, total) for (name, month), total in found.items()]
    told.sort(key=lambda each: (-sum(each.total.values()), each.listing))
    return tuple(sorted(told, key=lambda each: each.month, reverse=True)[:most])
