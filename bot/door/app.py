"""What the door answers: the page by itself, messages through the assistant, and a sentence whenever that is away.

GET  /webhooks/web/           the chat page, with ?as=sms as a phone, and /webhooks/web/static/...
POST /webhooks/web/session    201 {"session": "..."}
POST /webhooks/web/message    as the assistant answers it (bot/channels/web.py), else 200 and a fixed sentence
                              with "as": "sms" as a phone would get it: fitted, each text with its segments
GET, POST /webhooks/web/plain the same without JavaScript (bot/door/plain.py)
POST /webhooks/web/share      a word and a link for a list; GET /list/CODE that list (bot/door/shared.py)
POST /webhooks/sms/webhook    text messages (bot/door/texts.py); /webhooks/sms/fallback; 404 below it else
GET  /webhooks/web/health     the assistant's own, with "door" and "paused"; 503 when it is away
GET  /webhooks/web/live       204: the door itself is awake
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot import pages, recording, sentences, sessions
from bot.channels.rate import Limiter, Rate
from bot.door import unknown
from bot.door.answers import answered
from bot.door.assistant import TIMEOUT_SECONDS, Answer, Assistant, Away
from bot.door.plain import Plain
from bot.door.shared import Shared
from bot.door.texts import Texts
from bot.incoming import MAX_BYTES, MAX_CHARACTERS, Body, read
from bot.pages import HEADERS
from bot.sms import signature
from directory import logs, pause, trials
from directory.errors import PuenteError

__all__ = ["Door", "application"]

logger = logging.getLogger(__name__)

BODY_SECONDS = 10.0
_PASSED = frozenset({200, 400, 401, 413, 429})
"""What the assistant may say of a message; whatever else comes is no answer to a person."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """The handlers over one assistant; `under_way` counts the messages that wait for their answer."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.under_way = 0
        self.texts = Texts(self._forwarded, _body)
        self.plain = Plain(self._answer, _new_session, _body)
        self.shared = Shared(_body, _refusal)
        self._limiter = Limiter(Rate())
        self._away = False

    async def page(self, request: web.Request) -> web.StreamResponse:
        return _file(pages.page(request.query.get("as")), request)

    async def static(self, request: web.Request) -> web.StreamResponse:
        return _file(request.match_info["name"], request)

    async def to_page(self, request: web.Request) -> web.StreamResponse:
        view = "?as=sms" if request.query.get("as") == "sms" else ""
        return web.Response(status=302, headers={**HEADERS, "Location": f"/webhooks/web/{view}"})

    async def live(self, _: web.Request) -> web.StreamResponse:
        return web.Response(status=204, headers=HEADERS)

    async def session(self, request: web.Request) -> web.StreamResponse:
        await _body(request)
        return _json({"session": _new_session()}, 201)

    async def message(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(await _body(request))

    async def _answer(self, sent: bytes) -> web.Response:
        body = read(sent)
        if body is not None and body.as_sms:
            return await self._as_sms(body)
        found = pause.paused()
        answer = None if found else await self._forwarded("/webhooks/web/message", sent, {"Content-Type": _JSON})
        if answer is not None and _told(answer):
            return _passed(answer)
        if answer is not None:
            self._tell(away=True)
        return self._alone(body, found)

    def _alone(self, body: Body | None, found: pause.Paused | None) -> web.Response:
        """The door's own answer: the sentence, to each session as fast as the assistant would take its messages."""
        if body is None:
            return _refusal(400, "malformed")
        if len(body.message) > MAX_CHARACTERS:
            return _refusal(413, "too_long")
        said = answered(body.message, body.language, found)
        in_danger = any(message["custom"].get("crisis") for message in said)
        if not self._limiter.allows(body.session, time.monotonic()) and not in_danger:
            return _refusal(429, "too_fast")
        recording.fixed("paused" if found else "away", said, channel="web", of=_conversation(body.session))
        return _json({"messages": said})

    async def _as_sms(self, body: Body) -> web.Response:
        if not sessions.is_session(body.session):
            return _refusal(401, "unknown_session")
        said = await self.texts.simulated(body, sessions.conversation_id(body.session))
        return _json({"messages": said})

    async def health(self, _: web.Request) -> web.StreamResponse:
        lacking = signature.lacking()
        here = {"door": True, "paused": pause.paused() is not None, "sms": lacking.value if lacking else "ready"}
        try:
            answer = await self.assistant.health()
            body = answer.body
        except Away:
            body = None
        if not isinstance(body, dict):
            return _json({"model": False, "actions": False, **here}, 503)
        return _json({**body, **here}, 200 if answer.status == 200 else 503)

    async def _forwarded(
        self, path: str, sent: bytes, headers: Mapping[str, str], seconds: float = TIMEOUT_SECONDS
    ) -> Answer | None:
        self.under_way += 1
        try:
            answer = await self.assistant.post(path, sent, headers, seconds)
        except Away:
            self._tell(away=True)
            return None
        finally:
            self.under_way -= 1
        self._tell(away=answer.status >= 500 and answer.status != 503)
        return answer

    def _tell(self, *, away: bool) -> None:
        """One line when it begins and one when it ends, not one for each person."""
        if away != self._away:
            self._away = away
            level = logging.WARNING
            logs.event(logger, "door.assistant.away" if away else "door.assistant.back", level=level)


_JSON = "application/json"


def _new_session() -> str:
    try:
        return sessions.new_session()
    except (PuenteError, OSError) as error:
        # The assistant does not start without its key, so whoever writes gets the sentence; a page without a session
        # could not even write.
        logs.event(logger, "door.key.unreadable", level=logging.ERROR, error=error)
        return sessions.stand_in()


def application(door: Door) -> web.Application:
    """The door as an application of aiohttp: a few paths and nothing else."""
    app = web.Application(client_max_size=MAX_BYTES, middlewares=[_never_bare])
    app.on_response_prepare.append(_unsigned)
    app.router.add_get("/webhooks/web/", door.page)
    app.router.add_get("/webhooks/web", door.to_page)
    app.router.add_get("/", door.to_page)
    app.router.add_get("/webhooks/web/static/{name:[a-z0-9_.-]+}", door.static)
    app.router.add_post("/webhooks/web/session", door.session)
    app.router.add_post("/webhooks/web/message", door.message)
    app.router.add_get("/webhooks/web/plain", door.plain.form)
    app.router.add_post("/webhooks/web/plain", door.plain.message)
    app.router.add_post("/webhooks/web/share", door.shared.share)
    app.router.add_get("/list/{code:[A-Za-z]{5}}", door.shared.page)
    app.router.add_get("/list/{code:[A-Za-z]{5}}/qr.svg", door.shared.picture)
    app.router.add_get("/webhooks/web/health", door.health)
    app.router.add_get("/webhooks/web/live", door.live)
    app.router.add_post("/webhooks/sms/webhook{slash:/?}", door.texts.webhook)
    for slash in ("", "/"):
        app.router.add_get(f"/webhooks/sms/fallback{slash}", door.texts.fallback)
        app.router.add_post(f"/webhooks/sms/fallback{slash}", door.texts.fallback)
    return app


@web.middleware
async def _never_bare(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No answer without our words: what aiohttp or a mistake of ours would say is said in both languages."""
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _refusal(413, "too_long")
    except _Broken:
        return _refusal(400, "malformed")
    except web.HTTPException as refused:
        return unknown.page(request, refused.status)
    except ConnectionError:  # whoever asked has gone; nobody reads this
        return _refusal(400, "malformed")
    except Exception as error:
        logs.event(logger, "door.failed", level=logging.ERROR, error=error)
        return _refusal(500, "away")


async def _unsigned(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "puente"


class _Broken(Exception):
    """A body that trickles in, or is not what its head says."""


async def _body(request: web.Request) -> bytes:
    try:
        return await asyncio.wait_for(request.read(), BODY_SECONDS)
    except (asyncio.TimeoutError, web.RequestPayloadError, HttpProcessingError, EOFError) as error:
        raise _Broken from error


def _file(name: str, request: web.Request) -> web.Response:
    found = pages.file(name, request.headers.get("If-None-Match"), request.headers.get("Accept-Encoding"))
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=found.body or None, status=found.status, headers=found.headers)


def _conversation(session: str) -> str:
    """The id of a trial's conversation, which nothing is kept of; a patient's is not worked out without need."""
    try:
        return trials.conversation_id(session) if trials.is_trial(session) else ""
    except (PuenteError, OSError):  # without a key nobody can tell; people are answered all the same
        return ""


def _told(answer: Answer) -> bool:
    """Whether that is something to show a person: messages, or a refusal that the page has words for."""
    body = answer.body
    if not isinstance(body, dict):
        return False
    if answer.status == 200:
        return bool(isinstance(body.get("messages"), list) and body["messages"])
    return answer.status in _PASSED or (answer.status == 503 and body.get("code") == "busy")


def _passed(answer: Answer) -> web.Response:
    retry = {"Retry-After": answer.retry_after} if answer.retry_after and answer.retry_after.isdecimal() else {}
    return web.Response(
        body=answer.content, status=answer.status, content_type=answer.kind, headers={**HEADERS, **retry}
    )


def _json(body: Any, status: int = 200) -> web.Response:
    content = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=content, status=status, content_type=_JSON, headers=HEADERS)


def _refusal(status: int, code: str) -> web.Response:
    return _json({"error": sentences.both(code), "code": code}, status)
