"""A list that we know: what it would change, what stopped it and what to say to that, and taking it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from starlette.responses import Response

from directory.desk.frame import Visit
from directory.desk.refresh import lists, mine
from directory.desk.refresh.report import shown
from directory.desk.refresh.running import begin, standing
from directory.errors import ListError, PuenteError, SourceError
from directory.publication.overview import overview
from directory.sync.handed import shelf, working
from directory.sync.handed.headings import differing
from directory.sync.handed.shelf import Handed
from directory.sync.propose.accepting import accept
from directory.sync.propose.proposal import slug
from directory.sync.source import ids, load

__all__ = ["accepted", "as_known", "page", "take", "taken"]

_GONE = "gone"


def as_known(visit: Visit) -> Response:
    """Tries what the list would change as the one that was named, or as one of its own that is read in the same way."""
    item = mine.workable(visit)
    if item is None:
        return mine.gone(visit)
    source, own = visit.form.get("source"), visit.form.get("own")
    if source not in ids():
        raise SourceError("That list is not known here any more. Nothing was changed. Hand the file in again.")
    own_id = slug(own) if own else ""
    if own_id and own_id in ids():
        raise SourceError(
            f"There is a list called {own_id} already. Nothing was changed. If this is its next list, choose that one; "
            "else give this one another name."
        )
    chosen = replace(
        item, source=source, own_id=own_id, own_title=own[:80], new=False, accept_gone=False, as_of="",
    )  # fmt: skip
    return begin(visit, chosen, "trial", working.try_out)


def page(visit: Visit, item: Handed) -> Response:
    """What the trial said: what would change, or what stopped it."""
    ended = item.ended
    report = shelf.report(item.id) if ended and ended.report else None
    if ended is None or report is None:
        return _stopped(visit, item)
    brake = ended.why if ended.kind == "TooMuchGone" else ""
    values = shown(visit, report, first="gone" if brake else "")
    return visit.page(
        "refresh/trial.html", item=item, title=item.own_title or lists.title(item.source), brake=brake, **values
    )


def _stopped(visit: Visit, item: Handed) -> Response:
    why, kind = (item.ended.why, item.ended.kind) if item.ended else ("", "")
    missing, news = _differing(item) if kind == "ChangedHeadings" else ((), ())
    return visit.page(
        "refresh/stopped.html", item=item, why=why, source=lists.title(item.source), missing=missing, news=news
    )


def _differing(item: Handed) -> tuple[tuple[object, ...], tuple[object, ...]]:
    try:
        return differing(working.incoming(item), load(item.source))
    except PuenteError:
        return (), ()


def accepted(visit: Visit) -> Response:
    """Takes the other names of columns, columns that are not used and columns gone for good; then tries again."""
    item = mine.workable(visit)
    if item is None:
        return mine.gone(visit)
    missing, news = differing(working.incoming(item), load(item.source))
    said = {each.heading: visit.form.get(f"missing.{number}") for number, each in enumerate(missing)}
    names = {each.heading for each in news}
    renamed = {used: new for used, new in said.items() if new in names}
    gone = [used for used, new in said.items() if new == f"={_GONE}"]
    ignored = [each.heading for number, each in enumerate(news) if visit.form.get(f"ignore.{number}")]
    ignored = [heading for heading in ignored if heading not in renamed.values()]
    if not (renamed or gone or ignored):
        raise ListError(f"{item.name}: nothing was said of any column, so nothing was changed. Go back and choose.")
    accept(item.source, headings=renamed, ignored=ignored, gone=gone)
    visit.audit("refresh.headings", item.source)
    return begin(visit, replace(item, accept_gone=False), "trial", working.try_out)


def take(visit: Visit) -> Response:
    """Takes the list as it was tried."""
    item = mine.opened(visit)
    if item is None:
        return mine.gone(visit)
    item, job = standing(item, visit.now)
    if job is not None or not item.there or item.taken:  # pressed twice
        return visit.go(f"/refresh/{item.id}")
    ready = replace(item, as_of=_day(visit, item), accept_gone=visit.form.get("accept_gone") == "1")
    visit.audit("refresh.take", item.own_id or item.source or item.id)
    return begin(visit, ready, "take", working.take)


def _day(visit: Visit, item: Handed) -> str:
    """The day that was written, when it is another than the one that was offered."""
    said = visit.form.get("as_of")
    if not said or said == visit.form.get("as_of_offered"):
        return item.as_of
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise ListError(f"{item.name}: {said!r} is no day. Nothing was changed. Write it as 2026-11-01.") from None


def taken(visit: Visit, item: Handed) -> Response:
    """What was taken, and what comes next."""
    report = shelf.report(item.id)
    found = overview(visit.now)
    return visit.page(
        "refresh/taken.html",
        item=item,
        title=lists.title(item.own_id or item.source),
        report=shown(visit, report) if report and item.ended and item.ended.report else None,
        doubts=found.doubts if found else 0,
        changed=lists.unpublished(found),
    )
