"""What was decided, by whom and why, in force; and how it is taken back."""

from __future__ import annotations

from starlette.responses import Response

from directory.desk import working
from directory.desk.frame import Visit
from directory.desk.paging import page_of
from directory.desk.review import showing
from directory.errors import DecisionError
from directory.sync import review, stage
from directory.sync.decisions import Decision, Kind
from directory.text.day import day_text

__all__ = ["decisions", "take_back"]

PAGE = 50


def decisions(visit: Visit) -> Response:
    """The decisions in force, the newest first."""
    found = _in_force(visit)
    wanted = visit.query.get("kind", "")
    chosen = [made for made in reversed(found) if wanted in ("", made.kind.value)]
    page = page_of(visit.query.get("page", ""), len(chosen), PAGE)
    shown = [(made, _told(visit, made)) for made in chosen[page.start : page.stop]]
    return visit.page(
        "review/decisions.html", shown=shown, page=page, total=len(found), wanted=wanted,
        kinds=[kind.value for kind in Kind],
    )  # fmt: skip


def take_back(visit: Visit) -> Response:
    """Takes one or several decisions back; those that somebody else took back before stay as they are."""
    chosen = showing.numbers(",".join(visit.form.all("number")))
    with working.changing() as work:
        done = 0
        for number in chosen:
            try:
                review.take_back(work, number, who=visit.who.shown, now=visit.now)
            except DecisionError:
                continue
            visit.audit("decision.taken_back", number)
            done += 1
    return visit.go("/decisions", said="review.said.back" if done else "review.said.back_already")


def _in_force(visit: Visit) -> tuple[Decision, ...]:
    if not working.there():
        return ()
    with stage.open_work() as work:
        return review.in_force(work, today=visit.today)


def _told(visit: Visit, made: Decision) -> str:
    return showing.told(made, visit.lang, day_text(made.until, visit.lang) if made.until else "")
