"""The way in and out: sign-in, looking around a demonstration, sign-out, lock and unlock."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from directory.accounts import Role, audit, demo, entering, people, sessions
from directory.accounts.entering import Entered
from directory.called import as_called
from directory.desk.frame import Visit
from directory.desk.signing import browser
from directory.desk.signing.trouble import NONE, Trouble, not_in, refused
from directory.handout import drafts

__all__ = ["lock", "locked", "look_around", "sign_in", "sign_out", "signed_in", "unlock"]

_FIRST = "puente account add NAME --role admin"


def sign_in(visit: Visit) -> Response:
    """The form; who is in already goes on."""
    wanted = browser.our_path(visit.query.get("next", ""))
    if visit.signed and not visit.signed.locked:
        return RedirectResponse(wanted, 303)
    return _sign_in_page(visit, wanted)


def signed_in(visit: Visit) -> Response:
    """Name and password were sent; a session that this browser had before ends."""
    wanted = browser.our_path(visit.form.get("next"))
    name, password = visit.form.get("name"), visit.form.get("password")
    if not name or not password:
        return _sign_in_page(visit, wanted, refused(visit, "signing.empty"))
    request = visit.request
    found = entering.sign_in(name, password, browser.address(request), visit.now, device=browser.device(request))
    if not isinstance(found, Entered):
        return _sign_in_page(visit, wanted, not_in(visit, found, "signing.wrong"))
    if visit.signed:
        sessions.end(visit.signed.session, visit.signed.account, visit.now)
    return browser.let_in(request, found.token, wanted)


def look_around(visit: Visit) -> Response:
    """A session without a password, on a demonstration alone and at this machine alone."""
    role = visit.form.get("role")
    if not browser.at_this_machine(visit.request) or role not in {each.value for each in Role}:
        raise HTTPException(403)
    account = demo.account(Role(role), visit.now)
    token = sessions.begin(account, visit.now, device=browser.device(visit.request))
    audit.note(account, "signin.demo", str(account.id), visit.now)
    return browser.let_in(visit.request, token, browser.our_path(visit.form.get("next")))


def sign_out(visit: Visit) -> Response:
    """Ends this session, and with it the list that was being made."""
    sessions.end(visit.session, visit.who, visit.now)
    drafts().end(visit.session)
    visit.audit("signin.out", visit.who.id)
    return browser.let_out(visit.go("/signin", said="signing.said.out"))


def lock(visit: Visit) -> Response:
    """Locks this session; who looks around has no password to open it again, and is signed out instead."""
    if visit.who.demo:
        return sign_out(visit)
    sessions.lock(visit.session)
    visit.audit("signin.locked", visit.who.id)
    return visit.go("/lock", next=_unless_first(browser.our_path(visit.form.get("next"))))


def locked(visit: Visit) -> Response:
    """The page of a locked session."""
    wanted = browser.our_path(visit.query.get("next", ""))
    if visit.signed is None:
        return visit.go("/signin", next=_unless_first(wanted))
    return _lock_page(visit, wanted) if visit.signed.locked else RedirectResponse(wanted, 303)


def unlock(visit: Visit) -> Response:
    """The password of a locked session was sent."""
    wanted = browser.our_path(visit.form.get("next"))
    if visit.signed is None:
        return visit.go("/signin", next=_unless_first(wanted))
    if not visit.signed.locked:
        return RedirectResponse(wanted, 303)
    found = entering.unlock(visit.signed, visit.form.get("password"), browser.address(visit.request), visit.now)
    if isinstance(found, Entered):
        return browser.let_in(visit.request, found.token, wanted)
    return _lock_page(visit, wanted, not_in(visit, found, "signing.wrong_password"))


def _unless_first(path: str) -> str:
    return path if path != "/" else ""


def _sign_in_page(visit: Visit, wanted: str, trouble: Trouble = NONE) -> Response:
    looked = browser.at_this_machine(visit.request) and demo.allowed()
    nobody_yet = not looked and not any(person.ready for person in people.listed())
    page = replace(visit, signed=None).page(
        "signing/sign_in.html",
        trouble.code,
        next=wanted,
        name=visit.form.get("name")[:80],
        problem=trouble.said,
        roles=list(Role) if looked else [],
        command=as_called(_FIRST) if nobody_yet else "",
    )
    return trouble.timed(page)


def _lock_page(visit: Visit, wanted: str, trouble: Trouble = NONE) -> Response:
    # Drawn as for nobody: whoever stands before a locked desk sees none of it.
    page = replace(visit, signed=None).page(
        "signing/lock.html",
        trouble.code,
        next=wanted,
        shown=visit.who.shown,
        name=visit.who.name,
        problem=trouble.said,
    )
    return trouble.timed(page)
