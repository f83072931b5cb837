"""The chat page and its endpoint: sessions nobody can guess, bounded input, and an answer whatever fails behind it.

GET  /webhooks/web/           the chat page
POST /webhooks/web/session    201 {"session": "..."}
POST /webhooks/web/message    {"session", "message"} -> {"messages": [{"text", "custom"}]}; "language" may be the page's
                              503 and the code "busy", at once, when too many people write
GET  /webhooks/web/health     whether the model is loaded, actions answer, how many wait, how old the directory is
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw
from sanic.response import json as as_json

from bot import own_words, sentences
from bot.admission import Gate
from bot.channels.private import Warnings
from bot.channels.rate import Limiter, Rate
from bot.understanding import crisis, identifiers, language
from directory import keys, store
from directory.errors import DirectoryMissing, origin
from directory.model import Language
from directory.reply import Kind, Reply

__all__ = ["MAX_CHARACTERS", "WebChannel", "clean"]

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 4000
TIMEOUT_SECONDS = 10.0
RETRY_SECONDS = 3
LANGUAGES = tuple(language.value for language in Language)
_PAGE = Path(__file__).parent.parent / "web"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HIDDEN = re.compile(r"[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
"""What nobody sees parts no word: "fo" and "od" around such a letter are food."""


def clean(text: str) -> str:
    """The message without control and invisible characters, and without the leading slashes Rasa would obey."""
    text = _CONTROL.sub(" ", _HIDDEN.sub("", text)).strip()
    while text.startswith("/"):
        text = text.lstrip("/").strip()
    return text


class _Collector(CollectingOutputChannel):
    """Keeps the text and the custom part of a message together."""

    @classmethod
    def name(cls) -> str:
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        text = message.get("text")
        if text:
            self.messages.append({"text": text, "custom": message.get("custom") or {}})


def new_session() -> str:
    """A session token: 18 random bytes and their signature, so that it needs no table and outlives a restart."""
    seed = secrets.token_bytes(18)
    return base64.urlsafe_b64encode(seed + _signature(seed)).decode()


def _signature(seed: bytes) -> bytes:
    return hmac.new(keys.derived("web-session"), seed, hashlib.sha256).digest()[:18]


def is_session(token: object) -> bool:
    """Whether this installation gave out that token."""
    if not isinstance(token, str) or len(token) != 48:
        return False
    try:
        raw_token = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    return hmac.compare_digest(raw_token[18:], _signature(raw_token[:18]))


def conversation_id(session: str) -> str:
    """The id a conversation is kept under: a keyed hash, so that what is stored opens no session."""
    return "web-" + keys.keyed_hash("web-conversation", session)


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
            return _file(request, "chat.html")

        @page.get("/static/<name:[a-z0-9_.-]+>")
        async def static(request: Request, name: str) -> HTTPResponse:
            return _file(request, name)

        @page.post("/session")
        async def session(_: Request) -> HTTPResponse:
            return as_json({"session": new_session()}, status=201, headers=_HEADERS)

        @page.post("/message")
        async def message(request: Request) -> HTTPResponse:
            return await self._message(request, on_new_message)

        @page.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return self._health(request)

        return page

    async def _message(self, request: Request, on_new_message: Handler) -> HTTPResponse:
        body = _body(request)
        if body is None:
            return _refusal(400, "malformed")
        if not is_session(body.session):
            return _refusal(401, "unknown_session")
        if len(body.message) > MAX_CHARACTERS:
            return _refusal(413, "too_long")
        if not self._limiter.allows(body.session, self._now()):
            return _refusal(429, "too_fast")
        # Taken out before anything reads, keeps or logs the message.
        masked, conversation = identifiers.mask(clean(body.message)), conversation_id(body.session)
        text = masked.text
        async with self._gate.turn(conversation, lambda: crisis.detect(text) is not None) as admitted:
            if not admitted:
                return _refusal(503, "busy", self._spoken(text, conversation, body.language))
            messages = [] if masked.alone else await self._answer(body, text, conversation, on_new_message)
        told = self._warnings.beside(messages, masked, conversation)
        return as_json({"messages": told}, headers=_HEADERS, ensure_ascii=False)

    async def _answer(self, body: _Body, text: str, conversation: str, on_new_message: Handler) -> list[dict[str, Any]]:
        # The page's language, for a message that shows none of its own ("95354").
        hint = {"language": body.language} if body.language else None
        collector = _Collector()
        message = UserMessage(text or "?", collector, conversation, input_channel=self.name(), metadata=hint)
        try:
            await asyncio.wait_for(on_new_message(message), self._timeout)
        except asyncio.TimeoutError:
            logger.error("web.answer.too_slow")
        except Exception as error:
            logger.error("web.answer.failed %s", origin(error))
        return list(collector.messages) or [self._apology(text, conversation, body.language)]

    def _apology(self, text: str, conversation: str, page: str | None) -> dict[str, Any]:
        """Where to call, in the language of the message, of the conversation, of the page; in both when none says."""
        spoken = self._spoken(text, conversation, page)
        reply = Reply(Kind.FALLBACK, phones=("211", "911"), language=spoken)
        return {"text": sentences.in_language("away", spoken), "custom": reply.to_json()}

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
        return as_json(state, status=200 if ready else 503, headers=_HEADERS)

    def _spoken(self, text: str, conversation: str, page: str | None) -> str | None:
        return language.detect(text) or self._language_of(conversation) or page


@dataclass(frozen=True)
class _Body:
    """What a page sends; `language` is its own, None when it is none of ours."""

    session: str
    message: str
    language: str | None


def _body(request: Request) -> _Body | None:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not all(isinstance(body.get(key), str) for key in ("session", "message")):
        return None
    spoken = body.get("language")
    return _Body(body["session"], body["message"], spoken if spoken in LANGUAGES else None)


def _refusal(status: int, code: str, spoken: str | None = None) -> HTTPResponse:
    """Why there is no answer, in both languages; `spoken` is the one of the person, where it is known."""
    headers = {**_HEADERS, "Retry-After": str(RETRY_SECONDS)} if status in (429, 503) else _HEADERS
    told = {"error": sentences.both(code), "code": code, **({"language": spoken} if spoken else {})}
    return as_json(told, status=status, headers=headers, ensure_ascii=False)


def _file(request: Request, name: str) -> HTTPResponse:
    path = _PAGE / name
    if path.suffix not in _KINDS or not path.is_file():
        return _refusal(404, "no_such_page")
    body = own_words.in_page(path.read_bytes()) if path.suffix == ".html" else path.read_bytes()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    # A phone on a bad connection asks each time and fetches only what has changed.
    headers = {**_HEADERS, "Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return raw(b"", status=304, headers=headers)
    return raw(body, content_type=f"{_KINDS[path.suffix]}; charset=utf-8", headers=headers)


def _directory_age() -> dict[str, Any]:
    try:
        with store.open_directory() as connection:
            publication = store.publication(connection)
    except DirectoryMissing:
        return {"directory": None, "directory_days": None, "listings": 0}
    age = datetime.now(timezone.utc) - publication.published_at
    return {"directory": publication.id, "directory_days": age.days, "listings": publication.listings}
