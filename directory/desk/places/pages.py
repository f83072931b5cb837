"""Places by hand: found by name, what was entered lately, and all that can be done with one."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from directory import search
from directory.desk import fields, working
from directory.desk.frame import Visit
from directory.desk.places import reading
from directory.desk.review import showing
from directory.errors import DirectoryMissing, DirectoryOutdated, EntryError
from directory.model import Listing
from directory.sync import decisions, hand, hand_known, review, stage
from directory.sync.hand_known import Said
from directory.text.day import day_text
from directory.text.names import capital

__all__ = ["one", "page_of_one", "places"]

_LATELY = 20


def places(visit: Visit) -> Response:
    """A search by name, and what was entered by hand lately."""
    words = visit.query.get("name", "")[:120].strip()
    found, total = _found(words, visit)
    lately: Sequence[hand_known.Entered] = ()
    if working.there():
        with stage.open_work() as work:
            lately = hand_known.entered(work, _LATELY)
    shown = [(item, reading.day(item.on, visit.lang)) for item in lately]
    return visit.page("places/places.html", words=words, found=found, total=total, lately=shown)


def _found(words: str, visit: Visit) -> tuple[tuple[Listing, ...], int]:
    if not words:
        return (), 0
    try:
        named = search.named(words, visit.desk.path())
    except (DirectoryMissing, DirectoryOutdated):
        return (), 0
    return ((named.exact,), 1) if named.exact else (named.perhaps, named.total)


def one(visit: Visit) -> Response:
    """What is said of one place, what was decided, and what can be done."""
    return page_of_one(visit, visit.query.get("id", ""))


def page_of_one(visit: Visit, id: str, *, problem: str = "", where: str = "", code: int = 200) -> Response:
    """The page of a place, with what is wrong with a form on it."""
    if not working.there():
        return visit.page("places/unknown.html", 404)
    with stage.open_work() as work:
        try:
            listing, raw = hand.shown(work, id)
        except EntryError:
            return visit.page("places/unknown.html", 404)
        draft = hand_known.may_be_shown(work, listing, raw)
        made = [item for item in review.in_force(work, today=visit.today) if item.listing_id == listing]
        differing, titles = hand_known.differing(work, listing), review.titles(work)
        last = hand_known.last_entered(work, listing)
    told = [(item, showing.told(item, visit.lang, _last_day(visit, item))) for item in made]
    return visit.page(
        "places/one.html", code, id=listing, name=str(draft["name"]), said=reading.known(draft, visit.lang), told=told,
        differing=[_differing(item, dict(titles), visit) for item in differing], problem=problem, where=where,
        longest=review.LONGEST_NOTICE, last=last, last_day=reading.day(last.on, visit.lang) if last else "",
        form=visit.form, hidden=bool(draft.get("confidential")),
    )  # fmt: skip


def _last_day(visit: Visit, made: decisions.Decision) -> str:
    return day_text(made.until, visit.lang) if made.until else ""


def _differing(said: Said, titles: dict[str, str], visit: Visit) -> tuple[str, str, list[tuple[str, str, str]]]:
    """A field, what it is called, and what each list says."""
    values = [
        (source, showing.list_name(source, titles, visit.lang), fields.value(said.field, text, visit.lang))
        for source, text in said.values
    ]
    return said.field, capital(fields.label(said.field, visit.lang)), values
