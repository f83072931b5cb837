"""What signing in knows of the browser: its cookie, its address, whether it sits at this machine, where it goes on."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.accounts import sessions
from directory.desk.frame.routes import COOKIE

__all__ = ["address", "at_this_machine", "device", "let_in", "let_out", "our_path"]

_OURS = re.compile(r"/(?![/\\])[!-~]{0,600}")
"""A path of this site: `//other.example.org` and a backslash lead a browser elsewhere."""
_NOT_BACK_TO = ("/signin", "/signout", "/lock", "/unlock", "/look-around", "/invite/", "/reset/")
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?")
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def our_path(wanted: str) -> str:
    """Where to go on: a page of ours that was asked for, else the first one."""
    fits = _OURS.fullmatch(wanted) and "\\" not in wanted and not wanted.startswith(_NOT_BACK_TO)
    return wanted if fits else "/"


def let_in(request: Request, token: str, to: str) -> Response:
    """Goes on to that page with the session in the browser's cookie."""
    response = RedirectResponse(to, 303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(sessions.ENDS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def let_out(response: Response) -> Response:
    """The same answer, and the browser forgets its session."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def address(request: Request) -> str:
    """Where the request came from; a proxy's word for it counts where the proxy is on this machine (`puente desk`)."""
    return request.client.host if request.client else ""


def device(request: Request) -> str:
    """What kind of device it is, as far as it says; kept with a session so that its person knows it again."""
    return "phone" if "mobi" in request.headers.get("user-agent", "").lower() else "computer"


def at_this_machine(request: Request) -> bool:
    """Whether the page was asked for at this machine, by its own name, and no proxy passed the request on."""
    host = request.headers.get("host", "")
    return bool(_LOOPBACK.fullmatch(host)) and not any(name in request.headers for name in _PASSED_ON)
