"""The look-up page: one form, the places that fit, a page for each place; nothing is written, nobody signs in.

Works without JavaScript; a strict Content-Security-Policy leaves nothing to run if a list should hold a script.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from directory import hours, logs, places, plans, search, store
from directory.desk import asked as form
from directory.desk import house
from directory.desk.asked import Asked
from directory.desk.cards import LIST_CLIP, card
from directory.eligibility import rules
from directory.errors import DirectoryMissing, UnknownListing
from directory.model import Language, Place
from directory.status import status
from directory.text import listing as words
from directory.text import place as place_words
from directory.text.catalogue import say
from directory.text.ours import ours

__all__ = ["create_app"]

logger = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


def create_app(path: Callable[[], Path] | None = None, *, now: Callable[[], datetime] | None = None) -> Starlette:
    """The desk over the directory that `path` names at each request (the published one unless said)."""
    desk = _Desk(path or store.directory_path, now or (lambda: datetime.now(hours.PACIFIC)))
    return Starlette(
        routes=[
            Route("/", desk.look_up),
            Route("/place/{id:path}", desk.place),
            Route("/clinic.css", desk.colors),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS), Middleware(_SafeHeaders)],
        exception_handlers={HTTPException: desk.refused, Exception: desk.failed},
    )


class _SafeHeaders:
    """Adds the safety headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        await self._app(scope, receive, with_headers)


class _Desk:
    def __init__(self, path: Callable[[], Path], now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now

    # Starlette runs plain functions in threads, so that one slow search does not hold up the others.

    def look_up(self, request: Request) -> Response:
        """The form and the places that fit."""
        asked = _asked(request)
        found = status(self._path())
        if found.published_at is None:
            return self._page("unpublished.html", asked)
        place = asked.place()
        problem = place_words.problem(place, asked.lang) if place else None
        values: dict[str, object] = {
            "problem": problem,
            "suggestions": _suggestions(place, asked),
            "result": None,
            "published": say(
                "desk.published",
                asked.lang,
                count=f"{found.listings:,}",
                day=words.day_text(found.published_at.astimezone(hours.PACIFIC).date(), asked.lang),
            ),
            "lists": house.lists(found, asked.lang, self._now()),
        }
        if asked.anything and problem is None:
            query = asked.query(place if isinstance(place, Place) else None)
            values |= self._results(search.search(query, now=self._now(), path=self._path()), asked)
        return self._page("look_up.html", asked, {"demo": found.demo, **_choices(asked.lang), **values})

    def _nothing(self, result: search.SearchResult, language: Language) -> list[str]:
        return words.none_found(result, language, self._now().date()).text.splitlines()

    def _results(self, result: search.SearchResult, asked: Asked) -> dict[str, object]:
        first = result.query.offset + 1
        last = result.query.offset + len(result.hits)
        return {
            "result": result,
            "header": words.header(result, asked.lang).removesuffix(":"),
            "notes": words.notes(result, asked.lang) if result.hits else [],
            "cards": [card(hit, asked.lang, result.query, clip=LIST_CLIP) for hit in result.hits],
            "nothing": [] if result.hits or result.total else self._nothing(result, asked.lang),
            "without_words": asked.link(words="", page=1) if asked.words and not result.total else None,
            "count": say("desk.count", asked.lang, first=first, last=last, total=result.total) if result.hits else "",
            "next": asked.link(page=asked.page + 1) if result.total > last else None,
            "back": asked.link(page=asked.page - 1) if asked.page > 1 else None,
        }

    def place(self, request: Request) -> Response:
        """Everything about one place."""
        asked = _asked(request)
        try:
            near = asked.place()
            query = search.Query(place=near if isinstance(near, Place) else None)
            hit = search.found(request.path_params["id"], now=self._now(), query=query, path=self._path())
        except DirectoryMissing:
            return self._page("unpublished.html", asked)
        except UnknownListing:
            return self._message("gone", "gone.what", asked, 404)
        return self._page("place.html", asked, {"card": card(hit, asked.lang), "demo": hit.listing.provenance.demo})

    async def refused(self, request: Request, error: Exception) -> Response:
        """A page that does not exist, or a method that no page takes."""
        code = error.status_code if isinstance(error, HTTPException) else 404
        return self._message("missing", None, _asked(request), code)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Whatever broke: a sentence for the person, the kind of the error for the log."""
        logs.event(logger, "desk.failed", level=logging.ERROR, error=error)
        return self._message("failed", "failed.what", _asked(request), 500)

    def colors(self, request: Request) -> Response:
        """The clinic's colors over the page's own."""
        return Response(house.sheet(), media_type="text/css")

    def _message(self, title: str, text: str | None, asked: Asked, code: int) -> HTMLResponse:
        return self._page("message.html", asked, {"title": title, "text": text}, code)

    def _page(
        self, template: str, asked: Asked, values: Mapping[str, object] | None = None, code: int = 200
    ) -> HTMLResponse:
        of_house = {"demo": False, "house": house.house(asked.lang)}
        return _page(template, asked, {**of_house, **(values or {})}, code)


def _asked(request: Request) -> Asked:
    return form.read(request.query_params, request.headers.get("accept-language", ""))


def _suggestions(place: places.Resolution | None, asked: Asked) -> list[tuple[str, str]]:
    """For a text that may be several places: what to click on."""
    if not isinstance(place, (places.Ambiguous, places.OverCountyLine)):
        return []
    return [
        (place_words.option_name(option, asked.lang), asked.link(near=places.text_for(option), page=1))
        for option in place.options
    ]


def _choices(lang: Language) -> dict[str, object]:
    """What the form offers: needs with their programs, plans, languages."""
    needs = []
    for need, programs in rules.needs().items():
        name = words.need_name(need, lang)
        options = [(f"program:{id}", words.program_name(id, lang)) for id in programs]
        needs.append((_capital(name), f"need:{need.value}", say("desk.what.all", lang, need=name), options))
    names = sorted((_capital(words.language_name(code, lang)), code) for code in form.language_codes())
    return {
        "needs": needs,
        "plans": _plans(),
        "languages": names,
    }


def _plans() -> list[tuple[str, str]]:
    """All plans, those that the clinic works with first."""
    own = ours().plans
    return sorted(
        ((plan.short_name, plan.id) for plan in plans.plans().values()), key=lambda named: (named[1] not in own, named)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(template: str, asked: Asked, values: Mapping[str, object], code: int) -> HTMLResponse:
    other = Language.EN if asked.lang is Language.ES else Language.ES
    text = (
        _templates()
        .get_template(template)
        .render(
            asked=asked,
            other=other,
            longest=form.LONGEST,
            t=lambda key, **more: say(f"desk.{key}", asked.lang, **more),
            other_t=lambda key: say(f"desk.{key}", other),
            **values,
        )
    )
    return HTMLResponse(text, code)
