"""A list that goes along: the word and link for what a page shows, and the page that they open, on any phone.

POST /webhooks/web/share    {"session", "ids", "need", "program", "place", "county", "plan", "language"}
                            201 {"code", "url", "qr"}; `url` and `qr` are null without a public address; 409 when the
                            words are in use, 401, 400 and 429 as with messages
GET  /list/CODE             that list as it is today; ?lang=es
GET  /list/CODE/qr.svg      the square code of its link
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot import sessions
from bot.channels.rate import Limiter, Rate
from bot.door import drawn
from bot.pages import HEADERS
from directory import logs, places, plans
from directory import squares as qr
from directory.eligibility import rules
from directory.errors import PuenteError
from directory.model import Language, Need, Place
from directory.text.ours import ours

if TYPE_CHECKING:
    from directory.inbox.lists import SavedList

__all__ = ["Shared", "link"]

logger = logging.getLogger(__name__)

BY = "page"
"""Who made a list that no member of staff made."""
_MOST = 150
"""Words that the pages may hold at once, so that staff always find one."""
_MOST_IDS = 12
_PACE = Rate(burst=3, per_second=1 / 600)
"""Three lists of a visit at once, then one every ten minutes."""
_PACE_OF_ALL = Rate(burst=30, per_second=30 / 3600)
"""Visits cost nothing: all together get thirty words an hour."""
_LONGEST = 80
_CHAT = "/webhooks/web"


@dataclass(frozen=True)
class _Refused(Exception):
    status: int
    code: str


class Shared:
    """The handlers; `refusal` says no in both languages, `body` reads what was sent."""

    def __init__(self, body: Any, refusal: Callable[[int, str], web.Response]) -> None:
        self._body = body
        self._refusal = refusal
        self._pace = Limiter(_PACE)
        self._pace_of_all = Limiter(_PACE_OF_ALL)

    async def share(self, request: web.Request) -> web.StreamResponse:
        """Keeps what a page shows under a word."""
        sent = await self._body(request)
        try:
            code = await asyncio.to_thread(self._code, _body_of(sent))
        except _Refused as why:
            return self._refusal(why.status, why.code)
        except PuenteError as error:
            logs.event(logger, "door.share.failed", level=logging.WARNING, error=error)
            return self._refusal(409, "no_such_page")
        url = link(code)
        told = {"code": code, "url": url, "qr": f"/list/{code}/qr.svg" if url else None}
        return web.json_response(told, status=201, headers=HEADERS)

    def _code(self, sent: Mapping[str, Any]) -> str:
        """The word of the list that was sent: the one it has already, or a new one."""
        from directory.inbox import given_codes, lists  # SQLAlchemy: only for who shares

        session, saved = str(sent["session"]), _read(sent)
        now = _now()
        standing = [given for given in given_codes.standing(now) if given.by == BY]
        same = next((given.code for given in standing if _same(given.saved, saved)), None)
        if same:
            return same
        if len(standing) >= _MOST:
            raise _Refused(409, "no_such_page")
        at = time.monotonic()
        if not (self._pace.allows(session, at) and self._pace_of_all.allows("all", at)):
            raise _Refused(429, "too_fast")
        return lists.make(saved, BY, now)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The list of a word, in the language that was asked for, else its own."""
        code = request.match_info["code"].upper()
        wanted = request.query.get("lang")
        try:
            text = await asyncio.to_thread(_drawn, code, wanted)
        except (PuenteError, OSError) as error:
            logs.event(logger, "door.list.failed", level=logging.ERROR, error=error)
            text = None
        if text is not None:
            return web.Response(text=text, headers=drawn.HEADERS)
        language = drawn.spoken(wanted, request.headers.get("Accept-Language", ""))
        return web.Response(text=drawn.draw("no_list.html", language), status=404, headers=drawn.HEADERS)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """The square code of the link, for a word that opens a list and a door with a public address."""
        code = request.match_info["code"].upper()
        url = link(code)
        saved = await asyncio.to_thread(_found, code) if url else None
        if saved is None or url is None:
            raise web.HTTPNotFound
        return web.Response(body=qr.svg(url), headers={**drawn.HEADERS, "Content-Type": "image/svg+xml"})


def link(code: str) -> str | None:
    """Where a phone opens that list; None where Puente has no public address."""
    address = ours().public_address
    return f"{address.rstrip('/').removesuffix(_CHAT)}/list/{code}" if address else None


def _body_of(sent: bytes) -> Mapping[str, Any]:
    """What a visit of ours sent; _Refused for what is no such thing, before anything is looked up for it."""
    try:
        body = json.loads(sent)
        if not isinstance(body, dict) or not isinstance(body["ids"], list):
            raise TypeError
        json.dumps(body, ensure_ascii=False).encode()  # halves of letters are none
        session = body["session"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _Refused(400, "malformed") from None
    if not sessions.is_session(session):
        raise _Refused(401, "unknown_session")
    return body


def _read(body: Mapping[str, Any]) -> SavedList:
    """The list that was sent; _Refused for what is none."""
    from directory.inbox.lists import SavedList

    ids = [id for id in body["ids"] if isinstance(id, str) and 0 < len(id) <= 200][:_MOST_IDS]
    known = [id for id in dict.fromkeys(ids) if _stands(id)]
    if not known:
        raise _Refused(400, "malformed")
    place, county = _place(body.get("place"), body.get("county"))
    return SavedList(
        need=_one(body.get("need"), {need.value for need in Need}),
        program=_one(body.get("program"), rules.programs()),
        place=place,
        county=county,
        plan=_one(body.get("plan"), plans.plans()),
        ids=tuple(known),
        language=_one(body.get("language"), {each.value for each in Language}) or Language.EN.value,
        picked=True,
    )


def _one(value: object, known: Any) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _place(place: object, county: object) -> tuple[str | None, str | None]:
    """The place only where it is one: nothing that a page made up is shown to somebody else."""
    for said in (place, county):
        found = places.resolve(said) if isinstance(said, str) and len(said) <= _LONGEST else None
        if isinstance(found, Place):
            return places.text_for(found), found.county
    return None, None


def _stands(id: str) -> bool:
    from directory import search
    from directory.errors import UnknownListing

    try:
        search.found(id, now=_now(), query=search.Query())
    except UnknownListing:
        return False
    return True


def _same(one: SavedList, other: SavedList) -> bool:
    """All but the day: another plan or county is told otherwise on the page of the list."""
    return replace(one, made_on=None) == replace(other, made_on=None)


def _found(code: str) -> SavedList | None:
    from directory.inbox import lists

    return lists.find(code, _now())


def _drawn(code: str, wanted: str | None) -> str | None:
    from directory import handout

    saved = _found(code)
    if saved is None:
        return None
    language = drawn.spoken(wanted or saved.language, "")
    around = handout.Around(saved.need, saved.program, saved.plan, saved.place, saved.county)
    programs = (saved.program,) if saved.program else ()
    draft = handout.Draft(places=saved.ids, programs=programs, language=language, around=around)
    return drawn.draw("list.html", language, code=code, paper=handout.paper(draft, now=_now()))


def _now() -> datetime:
    return datetime.now(timezone.utc)
