"""The chat without JavaScript: a form, and a page with the answer to what was sent; nothing of it is kept here."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot import sessions
from bot.door import drawn
from bot.incoming import MAX_CHARACTERS
from directory.model import Language

__all__ = ["Plain"]

Answers = Callable[[bytes], Awaitable[web.Response]]


class Plain:
    """GET and POST /webhooks/web/plain; `answers` takes a message as the page's script sends it."""

    def __init__(self, answers: Answers, session: Callable[[], str], body: Callable[[web.Request], Any]) -> None:
        self._answers = answers
        self._body = body
        self._session = session

    async def form(self, request: web.Request) -> web.StreamResponse:
        """An empty form."""
        language = drawn.spoken(request.query.get("lang"), request.headers.get("Accept-Language", ""))
        return _page(language, self._session(), "", [])

    async def message(self, request: web.Request) -> web.StreamResponse:
        """The answer to one message, with the form under it; a session that is none begins anew."""
        await self._body(request)  # within its time; the form is read from it
        sent = await _fields(request)
        language = drawn.spoken(_text(sent.get("lang")), request.headers.get("Accept-Language", ""))
        words, session = _text(sent.get("words")), _text(sent.get("session"))
        if not sessions.is_session(session):
            session = self._session()
        if not words.strip():
            return _page(language, session, "", [])
        answer = await self._answers(
            json.dumps({"session": session, "message": words, "language": language.value}).encode()
        )
        said = json.loads(answer.body)  # type: ignore[arg-type]  # our own answer, whole
        return _page(_turned(language, said), session, words[:MAX_CHARACTERS], _messages(said, language), answer.status)


async def _fields(request: web.Request) -> Mapping[str, object]:
    """The form; empty where it is none."""
    try:
        return await request.post()
    except (ValueError, LookupError):  # no letters, no boundary, an encoding that nobody knows
        return {}


def _text(value: object) -> str:
    """Text that a page can hold: an encoding that the sender named can give halves of letters."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _messages(said: dict[str, Any], language: Language) -> list[dict[str, Any]]:
    """What is shown: the messages, or why there are none."""
    if "messages" in said:
        return [{"text": one["text"], "custom": one.get("custom") or {}} for one in said["messages"]]
    told = said.get("error") or {}
    return [{"text": told.get(language.value) or " ".join(told.values()), "custom": {}}]


def _turned(language: Language, said: dict[str, Any]) -> Language:
    """The language of the answer: who writes Spanish on the English page goes on in Spanish."""
    told = [(one.get("custom") or {}).get("language") for one in said.get("messages", ())]
    last = next((one for one in reversed(told) if one in (each.value for each in Language)), None)
    return Language(last) if last else language


def _page(
    language: Language, session: str, words: str, said: list[dict[str, Any]], status: int = 200
) -> web.StreamResponse:
    choices = said[-1]["custom"].get("choices", []) if said else []
    text = drawn.draw("answers.html", language, session=session, words=words, said=said, choices=choices)
    return web.Response(text=text, status=status, headers=drawn.HEADERS)
