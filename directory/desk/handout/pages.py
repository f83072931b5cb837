"""The pages of the list for a patient; it is held in memory for this sign-in, and nothing in it names anybody."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from directory import handout
from directory.desk.frame import Page, Visit, change, read
from directory.desk.handout import adding, views
from directory.errors import InboxError
from directory.handout import SIZES, Draft, Paper, Shared, drafts
from directory.model import Language
from directory.prints.handout import handout as drawn
from directory.text.ours import ours

__all__ = ["ROUTES", "add"]

_MOVES = {"up": -1, "down": 1}
_KINDS = ("places", "programs")


def show(visit: Visit) -> Response:
    """The list as it is, what can be done with it, and how it reads on paper."""
    draft = _draft(visit)
    if draft.empty:
        return visit.page("handout/empty.html")
    made, shared = _made(visit, draft)
    return visit.page(
        "handout/handout.html",
        paper=made,
        shared=shared,
        square=views.square(shared),
        p=views.patients(made),
        rows=views.rows(draft, made, visit.lang),
        sizes=views.sizes(draft, visit),
        reach=views.reach(ours(), visit),
        draft=draft,
        demo=bool(made.demo),
    )


def printed(visit: Visit) -> Response:
    """The paper alone, for the browser to print."""
    draft = _draft(visit)
    if draft.empty:
        return visit.go("/handout")
    made, shared = _made(visit, draft)
    return visit.page(
        "handout/print.html", paper=made, shared=shared, square=views.square(shared), p=views.patients(made)
    )


def pdf(visit: Visit) -> Response:
    """The paper as PDF."""
    draft = _draft(visit)
    made, shared = _made(visit, draft)
    if made.empty:
        return visit.go("/handout")
    name = f"{visit.say('handout.file')}-{visit.today.isoformat()}.pdf"
    inline = {"content-disposition": f'inline; filename="{name}"'}
    return Response(drawn(made, shared, ours(), visit.today), media_type="application/pdf", headers=inline)


def add(visit: Visit) -> Response:
    """Puts what was ticked on the list, then leads to it, to its paper, or back to where one came from."""
    before = _draft(visit)
    after = adding.added(before, visit)
    _keep(visit, after)
    if visit.form.get("then") == "back":
        said = "handout.said.added" if after != before else "handout.said.nothing"
        return visit.go("/", said=said, **adding.back(visit))
    paths = {"print": "/handout/print", "pdf": "/handout.pdf"}
    return visit.go(paths.get(visit.form.get("then"), "/handout"))


def move(visit: Visit) -> Response:
    """One row up, down or off the list: the button that was pressed says which, as `up:places:ID`."""
    what, _, rest = visit.form.get("do").partition(":")
    kind, _, id = rest.partition(":")
    draft = _draft(visit)
    if kind in _KINDS and what in _MOVES:
        _keep(visit, draft.moved(kind, id, _MOVES[what]))
    if kind in _KINDS and what == "drop":
        _keep(visit, draft.without(kind, id))
    return _to_list()


def look(visit: Visit) -> Response:
    """Another language of the paper, or another size of its type."""
    draft, said = _draft(visit), visit.form.get
    if said("lang") in tuple(Language):
        draft = replace(draft, language=Language(said("lang")))
    if said("size") in map(str, SIZES):
        draft = replace(draft, size=int(said("size")))
    _keep(visit, draft)
    return _to_list()


def clear(visit: Visit) -> Response:
    """An empty list: for the next person."""
    drafts().end(visit.session)
    return visit.go("/handout", said="handout.said.cleared")


def code(visit: Visit) -> Response:
    """Keeps the list under a code of five letters, so that it opens on a phone."""
    draft = _draft(visit)
    left = tuple(id for id in draft.places if id not in handout.gone(draft, now=visit.now, path=visit.desk.path()))
    if not left:
        raise InboxError("A code opens places, and no place is on this list now. Nothing was kept. Add a place first.")
    spoken = replace(draft, places=left, language=draft.language or visit.lang)
    word = handout.share(spoken, visit.who.name, visit.now)
    visit.audit("handout.code")  # the word opens a patient's list: it stands in no log
    _keep(visit, replace(draft, code=word))
    return visit.go("/handout", said="handout.said.code")


def _draft(visit: Visit) -> Draft:
    return drafts().of(visit.session, visit.now)


def _keep(visit: Visit, draft: Draft) -> None:
    drafts().keep(visit.session, draft, visit.now)


def _to_list() -> Response:
    return RedirectResponse("/handout#results", 303)


def _made(visit: Visit, draft: Draft) -> tuple[Paper, Shared | None]:
    made = handout.paper(draft, now=visit.now, path=visit.desk.path(), language=visit.lang)
    return made, handout.shared(draft, made.language, visit.now)


ROUTES: tuple[Page, ...] = (
    read("/handout", show),
    read("/handout/print", printed),
    read("/handout.pdf", pdf),
    change("/handout/add", add),
    change("/handout/move", move),
    change("/handout/look", look),
    change("/handout/clear", clear),
    change("/handout/code", code),
)
