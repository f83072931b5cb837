"""The pages of what comes in: the state of all lists, a file that is dropped, and where each handed-in list stands."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from directory.desk.frame import Visit
from directory.desk.frame.forms import LARGEST_FILE
from directory.desk.frame.jobs import Job
from directory.desk.refresh import known, lists, mine, new
from directory.desk.refresh.running import begin, standing
from directory.publication.overview import overview
from directory.sync import stage
from directory.sync.handed import shelf, working
from directory.sync.handed.shelf import Handed
from directory.sync.template.workbook import workbook

__all__ = ["again", "drop", "one", "state", "template", "upload"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SECONDS = 3
"""After how many seconds a page of a job asks again."""


def state(visit: Visit) -> Response:
    """Every list with its day and age, what waits, and where a file can be dropped."""
    found = overview(visit.now) if stage.work_path().exists() else None
    return visit.page(
        "refresh/state.html",
        lists=lists.rows(visit, found),
        never=lists.never_came(),
        found=found,
        changed=lists.unpublished(found),
        open_ones=shelf.mine(visit.who.id),
        largest=LARGEST_FILE // 1_000_000,
        problem="",
    )


def template(visit: Visit) -> Response:
    """The blank workbook for places of our own."""
    visit.audit("refresh.template")
    headers = {"content-disposition": 'attachment; filename="puente_list.xlsx"'}
    return Response(workbook(), media_type=_XLSX, headers=headers)


def upload(visit: Visit) -> Response:
    """Takes a file over and looks what it is."""
    sent = visit.form.file("file")
    if sent is None:
        return visit.go("/refresh", said="refresh.said.no_file")
    item = shelf.keep(sent.path, sent.name, visit.who.id, visit.now)
    visit.audit("refresh.upload", item.id)
    return begin(visit, item, "look", lambda item, now, step: working.look(item, now))


def again(visit: Visit) -> Response:
    """Looks once more what it is, after a stop."""
    item = mine.opened(visit)
    if item is None or not item.there:
        return mine.gone(visit)
    return begin(visit, item, "look", lambda item, now, step: working.look(item, now))


def drop(visit: Visit) -> Response:
    """Forgets a list that was handed in; nothing of it was taken."""
    item = mine.opened(visit)
    if item is None:
        return mine.gone(visit)
    _, job = standing(item, visit.now)
    if job is not None:  # it is being read: its end would be written beside nothing
        return visit.go(f"/refresh/{item.id}")
    shelf.drop(item.id)
    visit.audit("refresh.drop", item.id)
    return visit.go("/refresh", said="refresh.said.dropped")


def one(visit: Visit) -> Response:
    """Where this list stands: being read, recognized, tried, described, stopped or taken."""
    item = mine.opened(visit)
    if item is None:
        return mine.gone(visit)
    item, job = standing(item, visit.now)
    if job is not None:
        return _progress(visit, item, job)
    if item.taken:
        return known.taken(visit, item)
    ended = item.ended
    if not item.there:
        return visit.page(
            "refresh/refused.html", item=item, why=ended.why if ended else "", largest=LARGEST_FILE // 1_000_000
        )
    if visit.query.get("step") == "look" or ended is None or ended.what == "look":
        return _recognized(visit, item)
    return new.page(visit, item) if item.new else known.page(visit, item)


def _progress(visit: Visit, item: Handed, job: Job) -> Response:
    still = visit.query.get("still") == "1"
    answer = visit.page("refresh/progress.html", item=item, job=job, still=still)
    if not still:  # as a header, so that it works without a script; a link on the page stops it
        answer.headers["refresh"] = str(_SECONDS)
    return answer


def _recognized(visit: Visit, item: Handed) -> Response:
    found = item.found
    if item.ended and item.ended.stopped:
        return visit.page("refresh/stopped.html", item=item, why=item.ended.why, source=None, missing=(), news=())
    if not (found.get("fits") or found.get("near")):
        return new.page(visit, replace(item, new=True))
    return visit.page("refresh/recognized.html", item=item, **lists.told(visit, item))
