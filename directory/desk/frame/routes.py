"""A page's address and handler, and what stands before every handler: sign-in, role, origin, the form and its token."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory import logs
from directory.accounts import Role, sessions
from directory.accounts.sessions import SignedIn
from directory.desk.frame.forms import Form, received
from directory.desk.frame.visit import Desk, Visit, language_of
from directory.errors import DirectoryMissing, PuenteError

__all__ = ["COOKIE", "Page", "as_route", "change", "plain_visit", "public", "read", "who_asks"]

logger = logging.getLogger(__name__)

COOKIE = "puente_desk"
_YEAR = 365 * 86400
_LARGEST_ID = 2**63 - 1
"""What SQLite counts to: nothing here has a larger number."""
Handler = Callable[[Visit], Response]


@dataclass(frozen=True)
class Page:
    """An address of the desk: who may ask for it (`least`; None is everybody), and whether a file may come with it."""

    path: str
    handler: Handler
    method: str
    least: Role | None
    upload: bool = False


def read(path: str, handler: Handler, *, least: Role = Role.CHW) -> Page:
    """A page to look at."""
    return Page(path, handler, "GET", least)


def change(path: str, handler: Handler, *, least: Role = Role.CHW, upload: bool = False) -> Page:
    """What a form is sent to."""
    return Page(path, handler, "POST", least, upload)


def public(path: str, handler: Handler, *, method: str = "GET") -> Page:
    """A page for everybody, signed in or not; a form on it has no token, only its origin is looked at."""
    return Page(path, handler, method, None)


def as_route(page: Page, desk: Desk) -> Route:
    """The page as Starlette knows it."""

    async def endpoint(request: Request) -> Response:
        return _with_language(await _answered(page, desk, request), request)

    # HEAD comes with GET; everything else is refused by Starlette with 405.
    return Route(page.path, endpoint, methods=[page.method])


def plain_visit(request: Request, desk: Desk, signed: SignedIn | None = None, form: Form | None = None) -> Visit:
    """A visit with what is known of it."""
    return Visit(request, desk, language_of(request), desk.now(), signed, form or Form())


def who_asks(request: Request, desk: Desk) -> Visit:
    """A visit of whoever is signed in there."""
    signed = _signed(request, desk.now())
    return plain_visit(request, desk, None if signed and signed.locked else signed)


async def _answered(page: Page, desk: Desk, request: Request) -> Response:
    if any(isinstance(value, int) and value > _LARGEST_ID for value in request.path_params.values()):
        raise HTTPException(404)
    now = desk.now()
    signed = await run_in_threadpool(_signed, request, now)
    if page.least and (signed is None or signed.locked):
        return _to_sign_in(request, locked=signed is not None)
    if page.least and signed and not signed.account.role.at_least(page.least):
        return await _drawn(_not_yours, plain_visit(request, desk, signed))
    form = None
    if page.method == "POST":
        _refuse_strangers(request)
        form = await received(request, upload=page.upload)
        if page.least and not _token_fits(form, signed):
            form.drop_files()
            return await _drawn(_stale, plain_visit(request, desk, signed))
    return await run_in_threadpool(_handled, page, plain_visit(request, desk, signed, form))


def _signed(request: Request, now: datetime) -> SignedIn | None:
    token = request.cookies.get(COOKIE, "")
    return sessions.signed_in(token, now) if token else None


def _to_sign_in(request: Request, *, locked: bool) -> Response:
    """To the sign-in, and back here afterwards where that can be: what was posted cannot be posted again."""
    wanted = _target(request) if request.method == "GET" else ""
    path = "/lock" if locked else "/signin"
    return RedirectResponse(f"{path}?{urlencode({'next': wanted})}" if wanted.strip("/") else path, 303)


def _target(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _refuse_strangers(request: Request) -> None:
    """HTTPException 403 for a form that another site's page sent."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise HTTPException(403)
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise HTTPException(403)


def _token_fits(form: Form, signed: SignedIn | None) -> bool:
    return signed is not None and hmac.compare_digest(form.get("csrf").encode(), signed.csrf.encode())


async def _drawn(page: Handler, visit: Visit) -> Response:
    return await run_in_threadpool(page, visit)


def _handled(page: Page, visit: Visit) -> Response:
    try:
        return page.handler(visit)
    except DirectoryMissing:
        return visit.page("unpublished.html")
    except PuenteError as error:
        logs.event(logger, "desk.refused", error=error)
        return visit.page("message.html", 400, title="refused", text=None, said=str(error), back=_back(visit))


def _not_yours(visit: Visit) -> Response:
    visit.audit("desk.not_allowed", visit.request.url.path[:100])
    return visit.page("message.html", 403, title="not_yours", text="not_yours.what", said=None, back="/")


def _stale(visit: Visit) -> Response:
    return visit.page("message.html", 403, title="stale", text="stale.what", said=None, back=_back(visit))


def _back(visit: Visit) -> str:
    """The first page of the room; the look-up where the room's own address has none."""
    first = f"/{visit.request.url.path.strip('/').partition('/')[0].partition('.')[0]}"
    there = (route for route in visit.request.app.routes if isinstance(route, Route) and "GET" in (route.methods or ()))
    return first if any(route.path == first for route in there) else "/"


def _with_language(response: Response, request: Request) -> Response:
    """A language that was chosen stays chosen in this browser."""
    chosen = request.query_params.get("lang")
    if chosen in ("en", "es"):
        response.set_cookie("lang", chosen, max_age=_YEAR, httponly=True, samesite="lax")
    return response
