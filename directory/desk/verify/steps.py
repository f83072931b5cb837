"""What is sent on a call: it is begun, each answer is kept at once, and it ends with what came of it."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from directory.desk.frame import Visit
from directory.desk.verify import call
from directory.desk.verify.listed import FILTERS, after, kept, path_of
from directory.errors import EntryError, UnknownListing, VerifyError
from directory.model import Listing
from directory.verify import calling
from directory.verify.fields import ENTERED, Field, asked
from directory.verify.marks import Caller

__all__ = ["answered", "closed", "finished", "left", "skipped", "started"]


def started(visit: Visit) -> Response:
    """This person calls that place now; others see it."""
    id = visit.form.get("id")
    try:
        record = call.published(visit, id)
    except UnknownListing:
        return call.gone(visit, id)
    return _started(visit, record.id, over=bool(visit.form.get("over")))


def answered(visit: Visit) -> Response:
    """Keeps one answer and leads to the next field that is open."""
    record = _record(visit)
    if record is None:
        return call.gone(visit, visit.form.get("id"))
    field = _field(visit)
    entered = {name: _sent(visit, name) for name in ENTERED[field]}
    try:
        calling.answer(record, field, visit.form.get("said"), entered, _caller(visit), visit.now)
    except EntryError as error:
        return call.page(visit, record, call.Problem(field, str(error), entered), 400)
    visit.audit(f"verify.{visit.form.get('said')}", record.id)
    return RedirectResponse(f"{_link(visit, record.id)}#{_next(visit, record, field)}", 303)


def skipped(visit: Visit) -> Response:
    """Puts the place away for a while and says why."""
    record = _record(visit)
    if record is None:
        return call.gone(visit, visit.form.get("id"))
    id, reason = record.id, visit.form.get("why")
    calling.skip(id, reason, _caller(visit), visit.now, until=_day(visit.form.get("day")))
    visit.audit("verify.skipped", id)
    return _on(visit, id, "verify.said.skipped")


def finished(visit: Visit) -> Response:
    """Ends the call; the place counts as checked where nothing is open."""
    record = _record(visit)
    if record is None:
        return call.gone(visit, visit.form.get("id"))
    still_open = calling.finish(record, _caller(visit), visit.now)
    visit.audit("verify.partly" if still_open else "verify.checked", record.id)
    return _on(visit, record.id, "verify.said.partly" if still_open else "verify.said.finished")


def closed(visit: Visit) -> Response:
    """They are closed for good; a box has to be ticked for it."""
    record = _record(visit)
    if record is None:
        return call.gone(visit, visit.form.get("id"))
    if not visit.form.get("sure"):
        raise VerifyError(visit.say("verify.closed.unsure"))
    calling.close(record, _caller(visit), visit.now)
    visit.audit("verify.closed", record.id)
    return visit.go("/verify", said="verify.said.closed", **_filters(visit))


def left(visit: Visit) -> Response:
    """Leaves the call to others; what was said stays."""
    calling.release(visit.form.get("id"), _caller(visit))
    visit.audit("verify.left", visit.form.get("id"))
    return visit.go("/verify", said="verify.said.left", **_filters(visit))


def _started(visit: Visit, id: str, *, over: bool = False, said: str = "") -> Response:
    calling.start(id, _caller(visit), visit.now, over=over)
    visit.audit("verify.taken_over" if over else "verify.started", id)
    return RedirectResponse(visit.link(_path(id), said=said, script=visit.form.get("script"), **_filters(visit)), 303)


def _on(visit: Visit, id: str, said: str) -> Response:
    """To the next place, begun at once, or back to the queue."""
    if visit.form.get("then") == "next" and (next_id := after(visit, id)):
        return _started(visit, next_id, said=said)
    return visit.go("/verify", said=said, **_filters(visit))


def _record(visit: Visit) -> Listing | None:
    try:
        return call.published(visit, visit.form.get("id"))
    except UnknownListing:
        return None


def _caller(visit: Visit) -> Caller:
    return Caller(visit.who.id, visit.who.shown)


def _field(visit: Visit) -> Field:
    try:
        return Field(visit.form.get("field"))
    except ValueError:
        raise VerifyError("This is no field of a place. Nothing was saved.") from None


def _sent(visit: Visit, name: str) -> str:
    """One field as it is entered; of needs and programs several may be ticked."""
    if name == "topics":
        return ", ".join(visit.form.all(name))
    return "; ".join(visit.form.all(name)) if name == "programs" else visit.form.get(name)


def _next(visit: Visit, record: Listing, field: Field) -> str:
    """Where the page is read on: the next open field, or the end."""
    open_ones = calling.left(record, visit.now)
    order = asked(record)
    later = [item for item in order[order.index(field) + 1 :] if item in open_ones]
    return f"step-{later[0].value}" if later else "finish"


def _link(visit: Visit, id: str) -> str:
    return visit.link(_path(id), script=visit.form.get("script"), **_filters(visit))


def _path(id: str) -> str:
    return quote(path_of(id), safe="/:")


def _filters(visit: Visit) -> dict[str, str]:
    return kept({name: visit.form.get(name) for name in FILTERS})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
