"""Publishing: the numbers, the button, how far it is, and how it ended."""

from __future__ import annotations

from starlette.responses import Response

from directory import store
from directory.desk import working
from directory.desk.frame import Visit, jobs
from directory.desk.frame.jobs import Busy, Job, State
from directory.desk.publishing.diff import instead, numbers, titles
from directory.desk.publishing.looking import AT_ONCE, look
from directory.publication.moment import Overtaken
from directory.publication.publish import Published
from directory.publication.publish import publish as make_public
from directory.publication.undo import Undone

__all__ = ["PATIENCE", "going", "job_name", "panel", "publish", "shown"]

PATIENCE = 5.0
"""Seconds that it waits for another run to end."""


def job_name() -> str:
    """Publishing and undoing are one kind: both put another directory in force."""
    return f"publish {store.home()}"


def panel(visit: Visit) -> Response:
    """What publishing would change in numbers, and the button."""
    if not working.there():
        return visit.page("publishing/nothing.html")
    seen = look(visit)
    if seen.found is None:
        return instead(visit, seen)
    return visit.page("publishing/publish.html", **numbers(visit, seen.found, titles()))


def publish(visit: Visit) -> Response:
    """Publishes what was looked at, in a thread; the page of the job follows."""
    form, now, who = visit.form, visit.now, visit.who.shown

    def work(step: jobs.Step) -> object:
        try:
            done = make_public(
                now, who=who, seen=form.get("seen") or None, accept_gone=form.get("accept_gone") == "1",
                anyway=form.get("anyway") == "1", patience=PATIENCE,
                progress=lambda done, of: step("build", done, of),
            )  # fmt: skip
        except Overtaken as overtaken:
            return overtaken
        visit.audit("publication.made", done.id)
        return done

    return shown(visit, work)


def shown(visit: Visit, work: jobs.Work) -> Response:
    """Begins that work and leads to its page; to the page of another, when that is still going on."""
    try:
        id = jobs.start(job_name(), work, by=visit.who.shown)
        jobs.wait(id, AT_ONCE)
        return visit.go(f"/publish/{id}")
    except Busy as busy:
        return visit.go(f"/publish/{busy.job.id}", other="1")


def going(visit: Visit) -> Response:
    """How far it is, or how it ended."""
    job = jobs.get(str(visit.params["job"]))
    if job is None or job.name != job_name():
        return visit.page("publishing/lost.html", 404)
    if job.state is State.RUNNING:
        whose = job.by if visit.query.get("other") else ""
        return visit.page(
            "publishing/going.html", job=job, title="publish.going", whose=whose, again=f"/publish/{job.id}"
        )
    return _ended(visit, job)


def _ended(visit: Visit, job: Job) -> Response:
    result, whose = job.result, job.by if visit.query.get("other") else ""
    if isinstance(result, Overtaken):
        return visit.page("publishing/overtaken.html", 409, record=result.record)
    if isinstance(result, Published):
        return visit.page("publishing/published.html", done=result, whose=whose)
    if isinstance(result, Undone):
        return visit.page("publishing/undone.html", done=result, whose=whose)
    return visit.page("publishing/cannot.html", 400, error=job.error or visit.say("publish.broke"), again="/diff")
