"""Two pages: counts of how Puente does, and what is not as it should be on this machine."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from starlette.responses import Response

from directory import health
from directory.called import as_called
from directory.desk.frame import Visit
from directory.doctor import checks
from directory.doctor.registry import others
from directory.eligibility import rules
from directory.errors import PuenteError
from directory.health import Told
from directory.inbox import outcomes
from directory.model import Need
from directory.publication.history import history
from directory.sync.problems import sentence
from directory.text.catalogue import keys
from directory.text.ours import ours

__all__ = ["findings", "overview"]

DAYS = 30
_PUBLICATIONS = 10
_MONTHS = 3
_MOST = 10_000
T = TypeVar("T")


@dataclass(frozen=True)
class Bar:
    """A line of a chart: its name, its number, and the longest bar's number."""

    name: str
    count: int
    most: int
    few: bool = False


def overview(visit: Visit) -> Response:
    """Everything that is counted; a part that cannot be read says so and takes none of the others away."""
    since = visit.today - timedelta(days=DAYS)
    path = visit.desk.path()
    counties = list(ours().counties)
    broken: list[str] = []
    return visit.page(
        "health/overview.html",
        days=DAYS,
        months=_MONTHS,
        within=health.WITHIN,
        lists=_tried(lambda: health.by_list(visit.today, path), broken),
        counties=_tried(lambda: health.by_county(counties, visit.today, path), broken),
        publications=_tried(_publications, broken),
        runs=_tried(lambda: _runs(visit), broken),
        unmet=_tried(lambda: _unmet(since, visit), broken),
        needs=_tried(lambda: _bars(health.told("need", since=since), visit, _need), broken),
        channels=_tried(lambda: _bars(health.told("channel", since=since), visit, _channel), broken),
        dangers=_tried(lambda: health.dangers(since=since), broken),
        outcomes=_tried(lambda: _outcomes(visit), broken),
        few=health.FEW,
        broken=broken,
    )


def findings(visit: Visit) -> Response:
    """What `puente doctor` says, each with the command that mends it."""
    found = checks(visit.now, others=others())
    groups = [(level, [one for one in found if one.level == level]) for level in ("mend", "look", "ok")]
    return visit.page("health/findings.html", groups=groups, called=as_called)


def _tried(work: Callable[[], Sequence[T]], broken: list[str]) -> Sequence[T]:
    try:
        return work()
    except (PuenteError, sqlite3.Error) as error:
        broken.append(" ".join(str(error).split())[:300])
        return ()


def _publications() -> Sequence[tuple[datetime, str, str | None, str, bool]]:
    events = [event for event in history() if event.kind in ("published", "undone")]
    latest = reversed(events[-_PUBLICATIONS:])
    return [(datetime.fromisoformat(one.at), one.kind, one.who, one.text, one.in_force) for one in latest]


def _runs(visit: Visit) -> Sequence[tuple[health.LastRun, list[tuple[str, int]]]]:
    return [
        (run, [(sentence(code, visit.lang).means, count) for code, count in run.reasons]) for run in health.last_runs()
    ]


def _unmet(since: date, visit: Visit) -> Sequence[tuple[str, str, Told]]:
    return [
        (_need(need, visit), county or visit.say("health.no_county"), item)
        for item in health.unmet(since=since)
        for need, county in [item.values]
    ]


def _bars(found: Sequence[Told], visit: Visit, name: Callable[[str | None, Visit], str]) -> Sequence[Bar]:
    most = max([item.count for item in found], default=0)
    return [Bar(name(item.values[0], visit), item.count, most) for item in found]


def _need(value: str | None, visit: Visit) -> str:
    if value in {need.value for need in Need}:
        said = rules.need_names()[Need(value)].get(visit.lang)
        return said[:1].upper() + said[1:]
    return value or visit.say("health.no_need")


def _channel(value: str | None, visit: Visit) -> str:
    key = f"health.by.{'text' if value == 'sms' else value}"  # a key that ends with .sms is a short form
    return visit.say(key) if f"desk.{key}" in keys(visit.lang) else str(value)


def _outcomes(visit: Visit) -> Sequence[Bar]:
    """What people told after a place was shown, over this month and the two before."""
    first = (visit.today.replace(day=1) - timedelta(days=31 * (_MONTHS - 1))).strftime("%Y-%m")
    total: Counter[outcomes.Outcome] = Counter()
    for month in outcomes.of_months(most=_MOST):
        if month.month >= first:
            total.update(month.total)
    most = max(total.values(), default=0)
    return [Bar(visit.say(f"health.outcome.{one.value}"), total[one], most) for one in outcomes.Outcome if total[one]]
