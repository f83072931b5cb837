"""The queue: which places most need a call, in their order, with filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from directory import hours
from directory.desk.frame import Visit
from directory.desk.paging import number_of
from directory.model import Listing, Need
from directory.places import COUNTIES
from directory.status import status
from directory.text import listing as words
from directory.text.clock import clock
from directory.text.day import day_text
from directory.text.own import display_name
from directory.verify import marks, told
from directory.verify.queue import PAGE as SIZE
from directory.verify.queue import Item, Wanted, queue

__all__ = ["FILTERS", "after", "how", "kept", "path_of", "queued", "wanted"]

FILTERS = ("county", "need", "list", "mine", "away")


@dataclass(frozen=True)
class Row:
    """One place of the queue, in words."""

    id: str
    name: str
    about: str
    path: str
    reasons: tuple[str, ...]
    points: int
    held: str
    mine: bool
    last: str
    put_away: str


def queued(visit: Visit) -> Response:
    """The places that most need a call."""
    asked, number = wanted(visit.query, visit), number_of(visit.query.get("page", ""))
    found = queue(asked, visit.now, visit.desk.path(), page=number)
    known = status(visit.desk.path())
    filters = kept(visit.query)
    return visit.page(
        "verify/queue.html", rows=[_row(item, visit) for item in found.items], total=found.total, away=found.put_away,
        wanted=asked, filters=filters, counties=COUNTIES, waits=len(marks.waiting()), demo=known.demo,
        needs=[(need.value, words.capital(words.need_name(need, visit.lang))) for need in Need],
        lists=[(item.source.id, item.source.title) for item in known.sources],
        back=visit.link("/verify", **filters, page=number - 1) if number > 1 else "",
        next=visit.link("/verify", **filters, page=number + 1) if number * SIZE < found.total else "",
        here=visit.link("/verify", **{**filters, "away": ""}),
        away_link=visit.link("/verify", **{**filters, "away": "1"}),
    )  # fmt: skip


def wanted(values: Mapping[str, str], visit: Visit) -> Wanted:
    """What the filters ask for; a value that does not exist counts as not chosen."""
    county, need = values.get("county", ""), values.get("need", "")
    return Wanted(
        county=county if county in COUNTIES else None,
        need=need if need in {item.value for item in Need} else None,
        source=values.get("list", "")[:120] or None,
        mine=visit.who.id if values.get("mine") else None,
        put_away=bool(values.get("away")),
    )


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """The filters as they are passed on from page to page."""
    return {name: values.get(name, "")[:120] for name in FILTERS if values.get(name)}


def after(visit: Visit, not_this: str) -> str:
    """The next place that nobody else has open; empty when there is none."""
    asked = wanted({**kept({name: visit.form.get(name) for name in FILTERS}), "away": "", "mine": ""}, visit)
    for item in queue(asked, visit.now, visit.desk.path(), size=40).items:
        if item.listing.id != not_this and not (item.hold and item.hold.caller.id != visit.who.id):
            return item.listing.id
    return ""


def path_of(id: str) -> str:
    """The address of the page of a call."""
    return f"/verify/call/{id}"


def how(end: marks.Ended, visit: Visit) -> str:
    """How a call ended, in words."""
    return visit.say(f"verify.how.{end.how}")


def _row(item: Item, visit: Visit) -> Row:
    record, hold, last, away = item.listing, item.hold, item.last, item.put_away
    city = record.address.city if record.address and not record.confidential else None
    area = city or ", ".join(record.counties[:3])
    mine = hold is not None and hold.caller.id == visit.who.id
    held = ""
    if hold and not mine:
        at = clock(hold.since.astimezone(hours.PACIFIC).time(), visit.lang)
        held = visit.say("verify.held", name=hold.caller.name, time=at)
    return Row(
        record.id, display_name(record),
        ", ".join(filter(None, (_needs(record, visit), area))),
        path_of(record.id), tuple(told.reasons(item.reasons, visit.lang)), item.points, held, mine,
        _ended(last, visit, "verify.last") if last and not away else "",
        _ended(away, visit, "verify.put_away") if away else "",
    )  # fmt: skip


def _needs(record: Listing, visit: Visit) -> str:
    return words.joined([words.need_name(need, visit.lang) for need in record.needs], visit.lang)


def _ended(end: marks.Ended, visit: Visit, key: str) -> str:
    day = end.until if key == "verify.put_away" else end.at.astimezone(hours.PACIFIC).date()
    return visit.say(key, day=day_text(day, visit.lang), why=how(end, visit), name=end.caller.name)
