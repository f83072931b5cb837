"""All that is open and what waits too long; whether it helped. No number, and no word of anybody."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from directory.desk.frame import Visit
from directory.desk.inbox import words
from directory.inbox import asked_back, handling, outcomes, pace, reports, tasks
from directory.inbox.outcomes import Outcome

__all__ = ["inbox", "told"]


def inbox(visit: Visit) -> Response:
    """Calls, red ones first; reports, the most people first; how fast the clinic answers."""
    held = handling.holders()
    calls = [words.call(item, held.get(words.call_key(item.id)), visit) for item in tasks.open_tasks()]
    said = [words.report(item, held.get(words.report_key(item)), visit) for item in reports.open_reports()]
    mine = bool(visit.query.get("mine"))
    return visit.page(
        "inbox/inbox.html", mine=mine, total=len(calls) + len(said),
        calls=[line for line in calls if line.hand.mine or not mine],
        reports=[line for line in said if line.hand.mine or not mine],
        overdue=sum(line.overdue for line in (*calls, *said)),
        pace_calls=_pace(pace.of_calls(visit.now), visit), pace_reports=_pace(pace.of_reports(visit.now), visit),
        texts={state: count for state, count in asked_back.counts(visit.now).items() if state in asked_back.STATES},
    )  # fmt: skip


def told(visit: Visit) -> Response:
    """Whether it helped, by month and place; nothing says who said it."""
    rows = outcomes.of_months()
    names = {row.listing: words.place("listing", row.listing, visit) for row in rows}
    return visit.page(
        "inbox/outcomes.html", outcomes=tuple(Outcome),
        rows=[
            (_month(row.month, visit), row.listing, names[row.listing], [row.total.get(each, 0) for each in Outcome])
            for row in rows
        ],
    )  # fmt: skip


def _pace(found: pace.Pace, visit: Visit) -> dict[str, str]:
    return {
        "done": str(found.done),
        "median": words.length(found.median, visit) if found.median is not None else "",
        "slowest": words.length(found.slowest, visit) if found.slowest is not None else "",
    }


def _month(text: str, visit: Visit) -> str:
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return text
    return visit.say("inbox.month", month=visit.say(f"inbox.month.{day.month}"), year=day.year)
