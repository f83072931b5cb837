"""A place is added or corrected: the form, what was understood of it, and only then it is saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from directory.desk import working
from directory.desk.frame import Visit
from directory.desk.places import reading, typed
from directory.desk.places.typed import Typed
from directory.errors import EntryError
from directory.sync import hand, hand_known, stage

__all__ = ["add", "add_form", "edit", "edit_form"]


@dataclass(frozen=True)
class _Draft:
    """What the form is drawn from: the place that is corrected, what stands in it, what is wrong with it."""

    now: Typed
    id: str = ""
    name: str = ""
    seen: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    meanwhile: tuple[tuple[str, str], ...] = ()
    checked: bool = False


def add_form(visit: Visit) -> Response:
    """The empty form."""
    return _form(visit, _Draft(typed.empty()))


def add(visit: Visit) -> Response:
    """Shows what was understood, or saves it when that was looked at."""
    now, step = typed.typed(visit.form), visit.form.get("step")
    drawn = _Draft(now, checked=_checked(visit))
    if step == "change":
        return _form(visit, drawn)
    words = _with_day(visit, typed.entered(now, None))
    try:
        with working.changing() as work:
            tried = hand.add(work, words, who=visit.who.shown, now=visit.now, dry_run=True)
            alike = hand_known.alike(work, tried)
            if step != "save" or (alike and visit.form.get("surely_new") != "1"):
                return _read_back(visit, drawn, tried, reading.of_new(tried, visit.lang), alike, work)
            made = hand.add(work, words, who=visit.who.shown, now=visit.now)
    except EntryError as error:
        return _form(visit, _refused(visit, drawn, error), code=400)
    visit.audit("place.added", made.listing_id)
    return visit.go("/places/one", said="places.said.added", id=made.listing_id)


def edit_form(visit: Visit) -> Response:
    """The form with what is said of the place today."""
    try:
        if not working.there():
            raise EntryError("No place was read or entered here yet.")
        with stage.open_work() as work:
            listing, base = _base(work, visit.query.get("id", ""))
    except EntryError:
        return visit.page("places/unknown.html", 404)
    drawn = _Draft(typed.initial(base), listing, str(base["name"]), typed.mark(base))
    return _form(visit, drawn)


def edit(visit: Visit) -> Response:
    """Shows what would be corrected, or saves it; a place that somebody changed meanwhile is looked at again."""
    now, step = typed.typed(visit.form), visit.form.get("step")
    try:
        with working.changing() as work:
            listing, base = _base(work, visit.form.get("id"))
            drawn = _Draft(now, listing, str(base["name"]), typed.mark(base), checked=_checked(visit))
            if visit.form.get("seen") != drawn.seen:
                return _form(visit, _meanwhile(visit, work, drawn, base), code=409)
            if step == "change":
                return _form(visit, drawn)
            words = _with_day(visit, typed.entered(now, typed.initial(base)))
            if not words:
                return _form(visit, _with(drawn, visit.say("places.nothing_new")), code=400)
            raw = hand.shown(work, listing)[1]
            try:
                tried = hand.edit(work, listing, raw, words, who=visit.who.shown, now=visit.now, dry_run=True)
            except EntryError as error:
                return _form(visit, _refused(visit, drawn, error), code=400)
            if step != "save":
                return _read_back(visit, drawn, tried, reading.of_change(tried, visit.lang, base), (), work)
            hand.edit(work, listing, raw, words, who=visit.who.shown, now=visit.now)
    except EntryError:
        return visit.page("places/unknown.html", 404)
    visit.audit("place.corrected", listing)
    return visit.go("/places/one", said="places.said.corrected", id=listing)


def _base(work: sqlite3.Connection, listing: str) -> tuple[str, Mapping[str, object]]:
    """The place as it may be shown: of a confidential one nothing that tells where it is."""
    known, draft = hand.shown(work, listing)
    return known, hand_known.may_be_shown(work, known, draft)


def _checked(visit: Visit) -> bool:
    return visit.form.get("checked") == "1"


def _with_day(visit: Visit, words: dict[str, str]) -> dict[str, str]:
    return {**words, "assured_on": visit.today.isoformat()} if _checked(visit) else words


def _refused(visit: Visit, drawn: _Draft, error: EntryError) -> _Draft:
    wrong = reading.wrong(error, visit.lang)
    return _with(drawn, visit.say("places.wrong") if wrong else str(error), wrong)


def _with(drawn: _Draft, problem: str, wrong: Mapping[str, str] | None = None) -> _Draft:
    return _Draft(drawn.now, drawn.id, drawn.name, drawn.seen, wrong or {}, problem, drawn.meanwhile, drawn.checked)


def _meanwhile(visit: Visit, work: sqlite3.Connection, drawn: _Draft, base: Mapping[str, object]) -> _Draft:
    last = hand_known.last_entered(work, drawn.id)
    said = reading.differences(drawn.now, typed.initial(base), visit.lang)
    who = visit.say("places.meanwhile.who", who=last.who, day=reading.day(last.on, visit.lang)) if last else ""
    problem = " ".join(filter(None, (visit.say("places.meanwhile"), who)))
    return _Draft(drawn.now, drawn.id, drawn.name, drawn.seen, {}, problem, said, drawn.checked)


def _form(visit: Visit, drawn: _Draft, code: int = 200) -> Response:
    return visit.page("places/form.html", code, it=drawn, **reading.choices(visit.lang))


def _read_back(
    visit: Visit, drawn: _Draft, entry: hand.Entry, told: reading.Told, alike: tuple[str, ...], work: sqlite3.Connection
) -> Response:
    named = [(id, str(hand.shown(work, id)[1]["name"])) for id in alike[:5]]
    return visit.page("places/read_back.html", it=drawn, told=told, alike=named, sent=_sent(visit), entry=entry)


def _sent(visit: Visit) -> list[tuple[str, str]]:
    """What was typed, to be sent once more."""
    kept = (*typed.TEXTS, *typed.TRIS, "capacity", *typed.BOXES, "checked", "seen", "id")
    return [(name, value) for name in kept for value in visit.form.all(name)]
