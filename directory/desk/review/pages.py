"""The rows that wait, and one of them beside each place that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from starlette.responses import Response

from directory.desk import working
from directory.desk.frame import Visit
from directory.desk.paging import page_of
from directory.desk.review import showing
from directory.sync import review, stage
from directory.sync.decisions import Decision
from directory.sync.review import DecidedFirst, Doubt, Overtaken

__all__ = ["decide", "one", "row_path", "waiting"]

PAGE = 50
REASONS = ("looked", "called", "know")
"""Offered reasons; each has a text."""
_LONGEST = 300


def row_path(row: str) -> str:
    """The address of the page of a row."""
    return f"/review/{quote(row, safe='')}"


def waiting(visit: Visit) -> Response:
    """The rows that wait for a decision, by list."""
    items, titles = _waiting()
    lists = [(id, showing.list_name(id, titles, visit.lang), _count(items, id)) for id in _lists(items)]
    wanted = visit.query.get("list", "")
    chosen = [item for item in items if wanted in ("", item.source_id)]
    page = page_of(visit.query.get("page", ""), len(chosen), PAGE)
    return visit.page(
        "review/waiting.html", items=[(item, row_path(item.id)) for item in chosen[page.start : page.stop]], page=page,
        lists=lists, wanted=wanted, total=len(items), first=row_path(chosen[0].id) if chosen else "",
        list_name=lambda id: showing.list_name(id, titles, visit.lang), there=working.there(),
    )  # fmt: skip


def one(visit: Visit) -> Response:
    """One row beside each place that it may be."""
    return _page(visit, str(visit.params["row"]), visit.query.get("list", ""))


def decide(visit: Visit) -> Response:
    """The same place, another place; the next row follows."""
    row, wanted = visit.form.get("row"), visit.form.get("list")
    why = _why(visit)
    if why is None:
        return _page(visit, row, wanted, problem=visit.say("review.why.missing"), code=400)
    same = visit.form.get("same")
    try:
        with working.changing() as work:
            after = _next(review.waiting(work), row, wanted)
            made = review.answer(
                work, row, same or None, visit.form.get("seen"), who=visit.who.shown, why=why, now=visit.now
            )
    except DecidedFirst as first:
        return _first(visit, row, first.made, wanted)
    except Overtaken:
        return _page(visit, row, wanted, problem=visit.say("review.overtaken"), code=409)
    for item in made:
        visit.audit("review.same" if same else "review.different", item.number or "")
    return visit.go(
        row_path(after) if after else "/review", said="review.said.same" if same else "review.said.different",
        list=wanted, back=",".join(str(item.number) for item in made),
    )  # fmt: skip


def _why(visit: Visit) -> str | None:
    """The reason as the next person reads it; None when none was given."""
    chosen, words = visit.form.get("why"), " ".join(visit.form.get("words").split())[:_LONGEST]
    offered = visit.say(f"review.why.{chosen}") if chosen in REASONS else ""
    return ". ".join(filter(None, (offered, words))) or None


def _page(visit: Visit, row: str, wanted: str, *, problem: str = "", code: int = 200) -> Response:
    if not working.there():
        return _nothing(visit)
    with stage.open_work() as work:
        items = [item for item in review.waiting(work) if wanted in ("", item.source_id)]
        found = next((item for item in items if item.id == row), None)
        if found is None:
            made = review.about(work, row)
            return _first(visit, row, made[-1], wanted) if made else _nothing(visit)
        sides = [review.side_by_side(work, row, item.listing_id) for item in found.candidates]
        seen, titles = review.mark(work, found), review.titles(work)
    places = [
        showing.candidate(item, side, titles, visit.lang) for item, side in zip(found.candidates, sides, strict=True)
    ]
    after = _next(items, row, "")
    return visit.page(
        "review/one.html", code, item=found, places=places, seen=seen, wanted=wanted, problem=problem,
        number=items.index(found) + 1, total=len(items), reasons=REASONS, longest=_LONGEST,
        later=visit.link(row_path(after) if after else "/review", list=wanted),
        list_name=showing.list_name(found.source_id, titles, visit.lang), just=showing.numbers(visit.query.get("back")),
        form=visit.form,
    )  # fmt: skip


def _first(visit: Visit, row: str, made: Decision, wanted: str) -> Response:
    """Who was first, when, what and why; nothing is overwritten."""
    items, _ = _waiting()
    after = _next(items, row, wanted)
    return visit.page(
        "review/first.html", 409 if visit.form.fields else 200, made=made, row=row, kind=made.kind.value,
        later=visit.link(row_path(after), list=wanted) if after else "",
    )  # fmt: skip


def _nothing(visit: Visit) -> Response:
    return visit.page("review/missing.html", 404)


def _waiting() -> tuple[tuple[Doubt, ...], dict[str, str]]:
    if not working.there():
        return (), {}
    with stage.open_work() as work:
        return review.waiting(work), dict(review.titles(work))


def _next(items: Sequence[Doubt], row: str, wanted: str) -> str:
    """The row after that one, else the first other one; empty when it is the last."""
    ids = [item.id for item in items if wanted in ("", item.source_id)]
    behind = ids[ids.index(row) + 1 :] if row in ids else ids
    return next((id for id in (*behind, *ids) if id != row), "")


def _lists(items: Sequence[Doubt]) -> list[str]:
    return list(dict.fromkeys(item.source_id for item in items))


def _count(items: Sequence[Doubt], source: str) -> int:
    return sum(item.source_id == source for item in items)
