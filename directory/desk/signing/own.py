"""One's own account: what it is, another password, and where one is signed in."""

from __future__ import annotations

from starlette.responses import Response

from directory.accounts import entering, passwords, sessions
from directory.desk.frame import Visit
from directory.desk.signing import browser
from directory.desk.signing.trouble import NONE, Trouble, not_in, refused

__all__ = ["account", "end_one", "end_others", "password"]


def account(visit: Visit) -> Response:
    """The page."""
    return _page(visit)


def password(visit: Visit) -> Response:
    """Another password, when the present one was given; every other session ends."""
    new = visit.form.get("password")
    if visit.who.demo or visit.signed is None:
        return _page(visit, refused(visit, "signing.password.demo"))
    if why := passwords.refusal(new, visit.who):
        return _page(visit, refused(visit, f"signing.password.{why}"))
    if new != visit.form.get("again"):
        return _page(visit, refused(visit, "signing.password.differs"))
    former, address = visit.form.get("former"), browser.address(visit.request)
    done = entering.change_password(visit.signed, former, new, address, visit.now)
    if done is True:
        return visit.go("/account", said="signing.said.password")
    return _page(visit, not_in(visit, done or None, "signing.wrong_password"))


def end_one(visit: Visit) -> Response:
    """Ends one of one's own sessions, also this one."""
    id = str(visit.params["id"])
    ended = sessions.end(id, visit.who, visit.now)
    if ended:
        visit.audit("signin.ended", visit.who.id)
    if ended and id == visit.session:
        return browser.let_out(visit.go("/signin", said="signing.said.out"))
    return visit.go("/account", said="signing.said.ended")


def end_others(visit: Visit) -> Response:
    """Ends every other session of one's own."""
    sessions.end_all(visit.now, account=visit.who.id, but=visit.session)
    visit.audit("signin.ended", visit.who.id)
    return visit.go("/account", said="signing.said.others")


def _page(visit: Visit, trouble: Trouble = NONE) -> Response:
    page = visit.page(
        "signing/account.html",
        trouble.code,
        sessions=sessions.of_account(visit.who, visit.now),
        problem=trouble.said,
        least=passwords.LEAST,
    )
    return trouble.timed(page)
