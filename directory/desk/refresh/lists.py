"""What the pages say of a list: its name, day, age and last run, and what a file was recognized as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from directory import hours
from directory.almanac import month_names
from directory.desk.frame import Visit
from directory.doctor.lists import OLD_DAYS
from directory.errors import PuenteError
from directory.publication.overview import LastRun, Overview
from directory.sync.handed.shelf import Handed
from directory.sync.propose import overview as lists
from directory.sync.source import load

__all__ = ["Shown", "never_came", "rows", "title", "told", "unpublished"]

_HAND = "hand"


@dataclass(frozen=True)
class Shown:
    """One list as a row of the table; `problem` is a source file that is refused, `stopped` why the last run was."""

    id: str
    title: str
    day: date | None
    days: int | None
    old: bool
    came: date | None
    rows: int
    shown: int
    demo: bool
    stopped: str = ""
    problem: str = ""
    day_of_earlier: bool = False


def rows(visit: Visit, found: Overview | None) -> list[Shown]:
    """Every list that came, or that the clinic has described."""
    if found is None:
        return []
    runs = {run.source: run for run in found.runs}
    used = (item for item in lists.known() if item.own or item.last_run or item.problem or item.rows)
    return [_row(visit, item, runs.get(item.id)) for item in used]


def _row(visit: Visit, item: lists.Known, run: LastRun | None) -> Shown:
    day = date.fromisoformat(item.as_of) if item.as_of else None
    days = (visit.today - day).days if day else None
    came = datetime.fromisoformat(run.at).astimezone(hours.PACIFIC).date() if run else None
    return Shown(
        item.id, visit.say("refresh.by_hand") if item.id == _HAND else item.title, day, days,
        days is not None and days > OLD_DAYS, came,
        item.rows, item.shown, item.demo, (run.stopped or "") if run else "",
        "" if item.id == _HAND else item.problem or "", item.day_of_earlier,
    )  # fmt: skip


def never_came() -> list[str]:
    """The lists that ship, can be read and never came, by title."""
    return [item.title for item in lists.known() if not (item.own or item.last_run or item.demo or item.rows)]


def unpublished(found: Overview | None) -> int:
    """How many rows and decisions people do not see yet."""
    if found is None:
        return 0
    return sum(item.added + item.changed + item.gone for item in found.unpublished) + found.decided


def title(source_id: str) -> str:
    """The name that people read; the id where the source file is not in order."""
    try:
        return load(source_id).title
    except PuenteError:
        return source_id


def told(visit: Visit, item: Handed) -> Mapping[str, Any]:
    """What a file was recognized as, for its page."""
    found = item.found
    day = date.fromisoformat(found["day"]) if found.get("day") else None
    seen = [{**one, "title": title(one["source_id"]), "on": datetime.fromisoformat(one["at"])} for one in found["seen"]]
    return {
        "kind": visit.say(f"refresh.kind.{found['kind']}") if found.get("kind") else "",
        "fits": found["fits"],
        "near": found["near"],
        "seen": seen,
        "month": _month(visit, day),
        "unlike": found.get("unlike", ""),
        "size": max(1, round(item.size / 1000)),
    }


def _month(visit: Visit, day: date | None) -> str:
    return visit.say("refresh.month", month=month_names(visit.lang)[day.month - 1], year=day.year) if day else ""
