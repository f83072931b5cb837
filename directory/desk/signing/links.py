"""Choosing a password by a link that an admin handed over: an invitation or a reset."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from directory.accounts import passwords, sessions, tickets
from directory.desk.frame import Visit
from directory.desk.signing.trouble import NONE, Trouble, refused

__all__ = ["forgotten", "invitation_taken", "invited", "reset_taken"]


def invited(visit: Visit) -> Response:
    """The page of an invitation."""
    return _page(visit, tickets.INVITE)


def forgotten(visit: Visit) -> Response:
    """The page of a reset."""
    return _page(visit, tickets.RESET)


def invitation_taken(visit: Visit) -> Response:
    """The first password was chosen."""
    return _chosen(visit, tickets.INVITE)


def reset_taken(visit: Visit) -> Response:
    """A new password was chosen."""
    return _chosen(visit, tickets.RESET)


def _page(visit: Visit, kind: str, trouble: Trouble = NONE) -> Response:
    nobody = replace(visit, signed=None)
    account = tickets.opened(kind, str(visit.params["token"]), visit.now)
    if account is None:
        return nobody.page("signing/link_over.html", 404)
    return nobody.page(
        "signing/choose.html",
        trouble.code,
        kind=kind,
        account=account,
        problem=trouble.said,
        least=passwords.LEAST,
    )


def _chosen(visit: Visit, kind: str) -> Response:
    token, password = str(visit.params["token"]), visit.form.get("password")
    account = tickets.opened(kind, token, visit.now)
    if account is None:
        return _page(visit, kind)
    if why := passwords.refusal(password, account):
        return _page(visit, kind, refused(visit, f"signing.password.{why}"))
    if password != visit.form.get("again"):
        return _page(visit, kind, refused(visit, "signing.password.differs"))
    tickets.use(kind, token, password, visit.now)
    if visit.signed:  # somebody else was in at this browser: whoever signs in next is the one who chose
        sessions.end(visit.signed.session, visit.signed.account, visit.now)
    return visit.go("/signin", said="signing.said.chosen")
