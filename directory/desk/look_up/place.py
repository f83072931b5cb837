"""The page of a place: everything that is known, what differing lists say, what staff noted, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from starlette.responses import Response

from directory import search
from directory.accounts import notes
from directory.accounts.notes import Note
from directory.desk import fields
from directory.desk.cards import card
from directory.desk.frame import Visit
from directory.desk.look_up import asked as form
from directory.errors import DirectoryMissing, InboxError, NoteError, UnknownListing
from directory.inbox import reports
from directory.model import Listing, Place
from directory.publication import gone, past, saying
from directory.publication.past import Step
from directory.publication.saying import Difference
from directory.search import Hit
from directory.sync import stage
from directory.text import listing as words
from directory.text.day import day_text
from directory.text.own import display_name

__all__ = ["end_note", "history", "place", "write_note"]


@dataclass(frozen=True)
class Row:
    """What one list says of a field, for the table."""

    title: str
    day: str
    text: str
    shown: bool


@dataclass(frozen=True)
class Differs:
    """A field in which lists differ: what it is called, what is shown, why that, and what each list says."""

    label: str
    shown: str
    why: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Event:
    """One thing that became of a place, told."""

    step: Step
    what: str
    label: str
    before: str
    after: str
    until: str


def place(visit: Visit) -> Response:
    """Everything about one place."""
    return _place(visit, str(visit.params["id"]))


def _place(visit: Visit, id: str, *, problem: str = "", typed: str = "", code: int = 200) -> Response:
    asked = form.read(visit.query, visit.lang)
    near = asked.place()
    hit = _hit(visit, id, near if isinstance(near, Place) else None)
    if hit is None:
        return _absent(visit, id)
    listing = hit.listing
    ids = _ids(visit, listing)
    return visit.page(
        "look_up/place.html",
        code,
        asked=asked,
        card=card(hit, visit.lang),
        demo=listing.provenance.demo,
        differs=[_differs(visit, one) for one in saying.of_listing(listing, visit.today, visit.desk.path())],
        notes=_notes(visit, ids),
        ended=notes.of_place(ids, ended=True),
        reported=_reported(ids),
        longest=notes.LONGEST,
        problem=problem,
        words=typed,
        came=form.query_of(asked),
    )


def _hit(visit: Visit, id: str, near: Place | None) -> Hit | None:
    try:
        return search.found(id, now=visit.now, query=search.Query(place=near), path=visit.desk.path())
    except UnknownListing:
        return None


def _absent(visit: Visit, id: str) -> Response:
    """Why that place is shown to nobody, where the lists that were read tell."""
    told = None
    if stage.work_path().exists():
        with stage.open_work() as work:
            told = gone.why_absent(work, id[:200], visit.today)
    return visit.page("message.html", 404, title="gone", text="gone.what", said=told, back="/")


def _ids(visit: Visit, listing: Listing) -> tuple[str, ...]:
    """Its id, and those that it had before: a note beside one of them stays."""
    return (listing.id, *search.former_ids([listing.id], visit.desk.path())[listing.id])


def _notes(visit: Visit, ids: Sequence[str]) -> list[tuple[Note, bool]]:
    """The notes in force, each with whether this person may end it."""
    return [(note, note.may_be_ended_by(visit.who)) for note in notes.of_place(ids)]


def _reported(ids: Sequence[str]) -> int | None:
    """How many people say that something about it is wrong; None when the inbox cannot be read."""
    try:
        return sum(one.people for one in reports.open_reports() if one.about == "listing" and one.subject in ids)
    except InboxError:
        return None


def _differs(visit: Visit, difference: Difference) -> Differs:
    lang, field = visit.lang, difference.field
    nothing = visit.say("unknown")
    return Differs(
        words.capital(fields.label(field, lang)),
        _value(visit, field, difference.shown) or nothing,
        _why(visit, difference),
        tuple(
            Row(
                one.title,
                visit.say("look_up.as_of", day=_day(visit, one.as_of)) if one.as_of else visit.say("look_up.undated"),
                _value(visit, field, one.text) or nothing,
                one.shown,
            )
            for one in difference.sayings
        ),
    )


def _value(visit: Visit, field: str, text: str | None) -> str:
    return words.capital(fields.value(field, text, visit.lang))


def _day(visit: Visit, day: date) -> str:
    return day_text(day, visit.lang)


def _why(visit: Visit, difference: Difference) -> str:
    if difference.by is None:
        return visit.say(f"look_up.shown.{difference.why.value}")
    made = difference.by
    return visit.say("look_up.shown.kept", who=made.who, why=made.why, day=_day(visit, made.decided_at.date()))


def write_note(visit: Visit) -> Response:
    """Keeps a note beside a place; what does not fit is said beside what was written."""
    id = visit.form.get("id")
    hit = _hit(visit, id, None)
    if hit is None:
        return _absent(visit, id)
    try:
        notes.write(hit.listing.id, visit.form.get("words"), visit.who, visit.now, ids=_ids(visit, hit.listing)[1:])
    except NoteError as error:
        return _place(visit, hit.listing.id, problem=str(error), typed=visit.form.get("words"), code=400)
    return visit.go(_address(hit.listing.id), said="look_up.said.noted")


def end_note(visit: Visit) -> Response:
    """Ends a note, which stays in the history of the place."""
    number = visit.form.get("number")
    id = visit.form.get("id")
    try:
        known = number.isascii() and number.isdigit() and len(number) < 10
        note = notes.end(int(number) if known else 0, visit.who, visit.now)
    except NoteError as error:
        return _place(visit, id, problem=str(error), code=400)
    return visit.go(_address(id or note.listing), said="look_up.said.ended")


def _address(id: str) -> str:
    return f"/place/{quote(id)}"


def history(visit: Visit) -> Response:
    """What became of a place: what its lists said before, what was decided, the newest first."""
    id = str(visit.params["id"])
    name = ""
    try:
        hit = _hit(visit, id, None)
        name = display_name(hit.listing) if hit else ""
    except DirectoryMissing:
        pass
    steps = past.of_place(id)
    if not name and not steps:
        return _absent(visit, id)
    events = [_event(visit, step) for step in steps]
    address = _address(id)
    return visit.page("look_up/history.html", name=name or id, events=events, address=address, most=past.MOST)


def _event(visit: Visit, step: Step) -> Event:
    label = words.capital(fields.label(step.field, visit.lang)) if step.field else ""
    before, after = (_value(visit, step.field, text) for text in (step.before, step.after))
    what = visit.say(f"look_up.past.{step.kind}", list=step.title)
    until = visit.say("look_up.past.until", day=_day(visit, date.fromisoformat(step.until))) if step.until else ""
    return Event(step, what, label, before, after, until)
