"""What happened here: publications, runs and decisions, who and when; and a publication is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from directory.desk import working
from directory.desk.frame import Visit, jobs
from directory.desk.paging import page_of
from directory.desk.publishing import words
from directory.desk.publishing.diff import titles
from directory.desk.publishing.publishing import PATIENCE, shown
from directory.errors import PublishError
from directory.publication import change_report, moment
from directory.publication import history as past
from directory.publication import undo as back
from directory.publication.beforehand import Item
from directory.publication.differences import Kind, ListingChange
from directory.publication.history import Event
from directory.publication.moment import Overtaken
from directory.sync import stage

__all__ = ["confirm_undo", "history", "one", "undo"]

PAGE = 50
_NAMED = 20
_KINDS = ("published", "undone", "lists", "decided")


@dataclass(frozen=True)
class Shown:
    """One event as the page shows it; `can` is what may be done with it: undo, back, or nothing."""

    event: Event
    at: datetime
    kind: str
    text: str
    can: str


def history(visit: Visit) -> Response:
    """What happened, the newest first."""
    events = past.history()
    wanted = visit.query.get("kind", "")
    chosen = [event for event in reversed(events) if wanted in ("", _kind(event))]
    page = page_of(visit.query.get("page", ""), len(chosen), PAGE)
    known = titles() if working.there() else {}
    can = _can(events)
    listed = [
        Shown(event, datetime.fromisoformat(event.at), _kind(event), words.event_text(event, known, visit.lang),
              can.get(event.id, ""))
        for event in chosen[page.start : page.stop]
    ]  # fmt: skip
    return visit.page(
        "publishing/history.html", listed=listed, page=page, wanted=wanted, kinds=_KINDS, total=len(events)
    )


def one(visit: Visit) -> Response:
    """One publication or undo, with every place that it changed."""
    found = past.one(str(visit.params["id"]))
    event, known = found.event, titles()
    changes = change_report.read(event.id)
    page = page_of(visit.query.get("page", ""), len(changes), PAGE)
    drawn = _drawn(changes[page.start : page.stop], known, visit)
    return visit.page(
        "publishing/event.html", event=event, kind=_kind(event), at=datetime.fromisoformat(event.at), shown=drawn,
        page=page, kinds=_counted(changes), text=words.event_text(event, known, visit.lang),
        can=_can(past.history()).get(event.id, ""),
    )  # fmt: skip


def confirm_undo(visit: Visit) -> Response:
    """What people would see otherwise, and the button."""
    if not working.there():
        return visit.page("publishing/nothing.html")
    to = visit.query.get("to") or None
    with stage.open_work() as work:
        record = moment.in_force(work)
    seen = record.id if record else ""
    done = back.undo(visit.now, to=to, seen=seen, patience=PATIENCE, dry_run=True)
    return visit.page(
        "publishing/undo.html", done=done, to=to or "", seen=seen, kinds=_counted(done.changes), record=record,
        published=datetime.fromisoformat(done.published_at), shown=_drawn(done.changes[:_NAMED], titles(), visit),
        more=max(0, len(done.changes) - _NAMED), now_at=datetime.fromisoformat(record.published_at) if record else None,
    )  # fmt: skip


def undo(visit: Visit) -> Response:
    """Puts the former publication back, unless somebody published meanwhile."""
    form, now, who = visit.form, visit.now, visit.who.shown
    if not working.there():
        raise PublishError("Nothing was published here, so there is nothing to undo. Nothing was changed.")

    def work(step: jobs.Step) -> object:
        try:
            done = back.undo(now, to=form.get("to") or None, who=who, seen=form.get("seen"), patience=PATIENCE)
        except Overtaken as overtaken:
            return overtaken
        visit.audit("publication.undone", done.id)
        return done

    return shown(visit, work)


def _kind(event: Event) -> str:
    return event.kind if event.kind in ("published", "undone", "decided") else "lists"


def _can(events: Sequence[Event]) -> dict[str, str]:
    """Event -> what may be done: the one in force is undone where an earlier one is kept, a kept one is put back."""
    now = next((event for event in events if event.in_force), None)
    file = str(now.parts["file"]) if now else ""
    kept = [event.id for event in events if event.kept and event.id != file]
    found = dict.fromkeys(kept, "back")
    if now and any(id < file for id in kept):
        found[now.id] = "undo"
    return found


def _counted(changes: tuple[ListingChange, ...]) -> list[tuple[str, int]]:
    counts = back.counted(changes)
    return [(kind.value, counts[kind.value]) for kind in Kind]


def _drawn(changes: Sequence[ListingChange], known: dict[str, str], visit: Visit) -> list[words.Change]:
    nothing: frozenset[str] = frozenset()
    return [words.change(Item(one, nothing, nothing, nothing), known, visit.lang) for one in changes]
