"""The desk as an application: every page of its rooms, its files, and what is said when something breaks.

Works without JavaScript; a strict Content-Security-Policy leaves nothing to run if a list should hold a script.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from directory import hours, logs, plans, store
from directory.desk import house
from directory.desk.frame import Desk
from directory.desk.frame.routes import as_route, plain_visit, who_asks
from directory.desk.headers import SafeHeaders, safe
from directory.desk.hosts import KnownHosts
from directory.desk.rooms import PAGES
from directory.eligibility import rules
from directory.model import Language
from directory.text.catalogue import keys

__all__ = ["create_app"]

logger = logging.getLogger(__name__)

_STATIC = Path(__file__).parent / "static"
_TOLD = {403: "strange", 413: "too_large"}
"""Status -> the text of its page; every other one is that there is no such page."""


def create_app(path: Callable[[], Path] | None = None, *, now: Callable[[], datetime] | None = None) -> Starlette:
    """The desk over the directory that `path` names at each request (the published one unless said)."""
    desk = Desk(path or store.directory_path, now or (lambda: datetime.now(hours.PACIFIC)))

    # Starlette runs plain functions in threads, so that one slow page does not hold up the others.
    def refused(request: Request, error: Exception) -> Response:
        code = error.status_code if isinstance(error, HTTPException) else 404
        title = _TOLD.get(code, "missing")
        text = f"{title}.what" if code in _TOLD else None
        return who_asks(request, desk).page("message.html", code, title=title, text=text, said=None, back="/")

    def failed(request: Request, error: Exception) -> Response:
        logs.event(logger, "desk.failed", level=logging.ERROR, error=error)
        visit = plain_visit(request, desk)
        return safe(visit.page("message.html", 500, title="failed", text="failed.what", said=None, back="/"))

    return Starlette(
        routes=[
            *(as_route(page, desk) for page in PAGES),
            Route("/clinic.css", _colors),
            Route("/healthz", _awake),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(SafeHeaders), Middleware(KnownHosts)],
        exception_handlers={HTTPException: refused, Exception: failed},
    )


def _awake(request: Request) -> Response:
    """For whoever starts the desk: it answers, and what takes seconds on first use was read. Nothing of the home."""
    rules.programs()
    plans.plans()
    keys(Language.ES)
    return PlainTextResponse("ok")


def _colors(request: Request) -> Response:
    """The clinic's colors over the page's own."""
    return Response(house.sheet(), media_type="text/css")
