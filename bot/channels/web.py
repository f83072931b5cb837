"""The chat page and its endpoint: sessions nobody can guess, bounded input, and an answer whatever fails behind it.

GET  /webhooks/web/           the chat page
POST /webhooks/web/session    201 {"session": "..."}
POST /webhooks/web/message    {"session", "message"} -> {"messages": [{"text", "custom"}]}; "language" may be the page's
                              503 and the code "busy", at once, when too many people write
GET  /webhooks/web/health     whether the model is loaded, actions answer, how many wait, how old the directory is
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw
from sanic.response import json as as_json

from bot import apology, incoming, pages, recording, sentences, sessions
from bot.admission import Gate
from bot.channels.collecting import Collector
from bot.channels.private import Warnings
from bot.channels.rate import Limiter, Rate
from bot.incoming import MAX_CHARACTERS, Body, clean
from bot.pages import HEADERS
from bot.sms.words import said
from bot.understanding import crisis, identifiers, language
from directory import logs, store
from directory.errors import DirectoryMissing, DirectoryOutdated

__all__ = ["WebChannel"]

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0
RETRY_SECONDS = 3
_ENDS = frozenset({"end", "cancel", "quit", "cancelar"})
_ANEW = {"en": "start over", "es": "empezar de nuevo"}
"""What a word that ends something means alone on a page, where nothing is sent that it could stop."""


class _Collector(Collector):
    @classmethod
    def name(cls) -> str:
        return "web"


Handler = Callable[[UserMessage], Awaitable[Any]]


class WebChannel(InputChannel):
    """The web channel; `now` counts seconds for the rate, `timeout` is how long a person waits at most.

    `gate` stands before all channels of a process; one of its own stands before this one where none is given.
    """

    def __init__(
        self,
        *,
        rate: Rate | None = None,
        timeout: float = TIMEOUT_SECONDS,
        now: Callable[[], float] = time.monotonic,
        language_of: Callable[[str], str | None] = lambda conversation: None,
        gate: Gate | None = None,
    ) -> None:
        self._warnings = Warnings()
        self._limiter = Limiter(rate or Rate())
        self._timeout = timeout
        self._now = now
        self._language_of = language_of
        self._gate = gate or Gate()

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        """The channel as `rasa run --credentials` makes it, with `burst` and `per_second` of its rate if given."""
        return cls(rate=Rate(**credentials)) if credentials else cls()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        page = Blueprint("puente_web")

        @page.get("/")
        async def index(request: Request) -> HTTPResponse:
            return _file(request, pages.page(request.args.get("as")))

        @page.get("/static/<name:[a-z0-9_.-]+>")
        async def static(request: Request, name: str) -> HTTPResponse:
            return _file(request, name)

        @page.post("/session")
        async def session(_: Request) -> HTTPResponse:
            return as_json({"session": sessions.new_session()}, status=201, headers=HEADERS)

        @page.post("/message")
        async def message(request: Request) -> HTTPResponse:
            return await self._message(request, on_new_message)

        @page.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return self._health(request)

        return page

    async def _message(self, request: Request, on_new_message: Handler) -> HTTPResponse:
        body = incoming.read(request.body)
        if body is None:
            return _refusal(400, "malformed")
        if not sessions.is_session(body.session):
            return _refusal(401, "unknown_session")
        if len(body.message) > MAX_CHARACTERS:
            return _refusal(413, "too_long")
        if not self._limiter.allows(body.session, self._now()):
            return _refusal(429, "too_fast")
        # Taken out before anything reads, keeps or logs the message.
        masked, conversation = identifiers.mask(clean(body.message)), sessions.conversation_id(body.session)
        text = self._meant(masked.text, conversation, body.language)
        async with self._gate.turn(conversation, lambda: crisis.detect(text) is not None) as admitted:
            if not admitted:
                spoken = self._spoken(text, conversation, body.language)
                said_busy = [{"custom": {"kind": "busy", "language": spoken}}]
                recording.fixed("busy", said_busy, channel=self.name(), of=conversation)
                return _refusal(503, "busy", spoken)
            messages = [] if masked.alone else await self._answer(body, text, conversation, on_new_message)
        told = self._warnings.beside(messages, masked, conversation)
        return as_json({"messages": told}, headers=HEADERS, ensure_ascii=False)

    async def _answer(self, body: Body, text: str, conversation: str, on_new_message: Handler) -> list[dict[str, Any]]:
        # The page's language, for a message that shows none of its own ("95354").
        hint = {"language": body.language} if body.language else None
        collector = _Collector()
        message = UserMessage(text or "?", collector, conversation, input_channel=self.name(), metadata=hint)
        why = "away"
        try:
            await asyncio.wait_for(on_new_message(message), self._timeout)
        except asyncio.TimeoutError:
            why = "too_slow"
            logs.event(logger, "web.answer.too_slow", level=logging.ERROR)
        except Exception as error:
            logs.event(logger, "web.answer.failed", level=logging.ERROR, error=error)
        if collector.messages:
            return list(collector.messages)
        said = self._apology(text, conversation, body.language)
        recording.fixed(why, said, channel=self.name(), of=conversation)
        return said

    def _apology(self, text: str, conversation: str, page: str | None) -> list[dict[str, Any]]:
        """Where to call, danger first: in the language of the message, the conversation or the page, else in both."""
        spoken = self._spoken(text, conversation, page)
        return [*apology.in_danger(text, spoken), apology.away(spoken)]

    def _health(self, request: Request) -> HTTPResponse:
        agent = getattr(request.app.ctx, "agent", None)
        ready = bool(agent and agent.is_ready())
        load = {"waiting": self._gate.waiting, "refused": self._gate.refused}
        state = {
            "model": ready,
            "actions": bool(getattr(request.app.ctx, "actions", ready)),
            **load,
            **_directory_age(),
        }
        return as_json(state, status=200 if ready else 503, headers=HEADERS)

    def _meant(self, text: str, conversation: str, page: str | None) -> str:
        """The words themselves, but for one that only ends what was begun."""
        return _ANEW[self._spoken(text, conversation, page) or "en"] if said(text) in _ENDS else text

    def _spoken(self, text: str, conversation: str, page: str | None) -> str | None:
        return language.detect(text) or self._language_of(conversation) or page


def _refusal(status: int, code: str, spoken: str | None = None) -> HTTPResponse:
    """Why there is no answer, in both languages; `spoken` is the one of the person, where it is known."""
    headers = {**HEADERS, "Retry-After": str(RETRY_SECONDS)} if status in (429, 503) else HEADERS
    told = {"error": sentences.both(code), "code": code, **({"language": spoken} if spoken else {})}
    return as_json(told, status=status, headers=headers, ensure_ascii=False)


def _file(request: Request, name: str) -> HTTPResponse:
    found = pages.file(name, request.headers.get("if-none-match"), request.headers.get("accept-encoding"))
    if found is None:
        return _refusal(404, "no_such_page")
    return raw(found.body, status=found.status, content_type=None, headers=dict(found.headers))


def _directory_age() -> dict[str, Any]:
    try:
        with store.open_directory() as connection:
            publication = store.publication(connection)
    except (DirectoryMissing, DirectoryOutdated, sqlite3.Error):  # people are answered without places
        return {"directory": None, "directory_days": None, "listings": 0}
    age = datetime.now(timezone.utc) - publication.published_at
    return {"directory": publication.id, "directory_days": age.days, "listings": publication.listings}
