"""One call that somebody asked for: the number is shown here alone, each reading is noted, and done erases it."""

from __future__ import annotations

from starlette.responses import Response

from directory import phones
from directory.accounts import sessions
from directory.desk.frame import Visit
from directory.desk.inbox import words
from directory.errors import InboxError
from directory.inbox import handling, tasks
from directory.model import Phone

__all__ = ["done", "gave_back", "one", "took"]

_TRY_OUT = "sim:"
"""How the number of a phone begins that is only played."""
_LEFT = int(sessions.LOCKS.total_seconds()) + 5
"""After so many idle seconds the browser itself asks for the lock: no number stays on a screen that somebody left."""


def one(visit: Visit) -> Response:
    """The call with the number to dial; who reads it is noted."""
    return _page(visit, _id(visit))


def took(visit: Visit) -> Response:
    """This person makes the call; who was first is told to the second."""
    id = _id(visit)
    tasks.one(id)
    try:
        handling.take(words.call_key(id), words.staff(visit), visit.now, over=bool(visit.form.get("over")))
    except InboxError as error:
        return _page(visit, id, str(error), 409)
    visit.audit("inbox.call.taken", f"T{id}")
    return visit.go(f"/inbox/call/{id}", said="inbox.said.taken")


def gave_back(visit: Visit) -> Response:
    """Somebody else may make it."""
    if handling.give_back(words.call_key(_id(visit)), words.staff(visit)):
        visit.audit("inbox.call.given_back", f"T{_id(visit)}")
    return visit.go("/inbox", said="inbox.said.given_back")


def done(visit: Visit) -> Response:
    """The call was made, or will not be: the number is erased for good."""
    id = _id(visit)
    try:
        tasks.done(id, visit.who.shown, visit.now)
    except InboxError as error:
        return _page(visit, id, str(error), 409)
    handling.give_back(words.call_key(id))
    visit.audit("inbox.call.done", f"T{id}")
    return visit.go("/inbox", said="inbox.said.done")


def _page(visit: Visit, id: int, problem: str = "", code: int = 200) -> Response:
    item = tasks.one(id)
    kept = tasks.number(id) if not item.ended_at else None
    visit.audit("inbox.call.read", f"T{id}")
    number = None if not kept or kept.startswith(_TRY_OUT) else Phone(kept)
    held = handling.holders().get(words.call_key(id))
    answer = visit.page(
        "inbox/call.html", code, item=item, line=words.call(item, held, visit), problem=problem,
        shown=phones.display(number) if number else "", dial=f"tel:{number.number}" if number else "",
        ended=words.when(item.ended_at, visit) if item.ended_at else "",
    )  # fmt: skip
    if number:
        answer.headers["refresh"] = f"{_LEFT}; url={visit.link('/lock', next=f'/inbox/call/{id}')}"
    return answer


def _id(visit: Visit) -> int:
    return int(str(visit.params["id"]))
