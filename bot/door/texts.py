"""Text messages at the door: Twilio's webhook, its fallback address, and the page that plays a phone.

POST /webhooks/sms/webhook    TwiML with the texts that answer; 403 for whoever is not Twilio, and nothing of it is read
GET, POST /webhooks/sms/fallback    always the same TwiML, in both languages with 211, 911 and 988
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot import recording
from bot.door.assistant import Answer
from bot.incoming import Body
from bot.pages import HEADERS
from bot.sms import form, incoming, signature, signed, texts, twiml
from bot.sms.deliveries import Deliveries
from bot.sms.given import Given
from bot.sms.turn import BUSY, Answering, Came, Told
from directory import logs, trials
from directory.inbox import who
from directory.text.ours import ours

__all__ = ["Texts"]

logger = logging.getLogger(__name__)

_SIGNATURE = "X-Twilio-Signature"
_TOKEN = "I-Twilio-Idempotency-Token"
_LONGEST_HEADER = 200
_KIND = "application/json"
_MOST_ASKED = 40
"""So many texts wait for the assistant at once, about what it answers in the second that anybody should wait. It would
refuse the others too, but each that it only refuses keeps it from answering one."""
_SECONDS, _URGENT_SECONDS = 11.0, 6.0
"""How long the assistant may take: it gives up after ten. Of a danger the door has words of its own."""
Forward = Callable[[str, bytes, dict[str, str], float], Awaitable[Answer | None]]
ReadBody = Callable[[web.Request], Awaitable[bytes]]


class Texts:
    """The handlers; `forward` asks the assistant (None: it is away), `body` reads what was sent, within bounds."""

    def __init__(self, forward: Forward, body: ReadBody) -> None:
        self._forward = forward
        self._body = body
        self._answering = Answering(self._ask)
        self._asked = 0
        self._given = Given()
        self._deliveries = Deliveries(self._given)

    async def webhook(self, request: web.Request) -> web.StreamResponse:
        found = await self._form(request)
        if found is None:
            return web.Response(status=403, headers=HEADERS)
        token, signed_as = (request.headers.get(name, "")[:_LONGEST_HEADER] for name in (_TOKEN, _SIGNATURE))
        ids = incoming.ids(found, token, signed_as)
        came = incoming.came(found, ids)
        if came is None:
            return _twiml(twiml.NOTHING)
        writer = _Writer(request)
        await self._deliveries.deliver(ids, lambda: self._made(came), writer.write)
        return writer.response

    async def fallback(self, _: web.Request) -> web.StreamResponse:
        return _twiml(twiml.written(texts.fallback()))

    async def simulated(self, body: Body, conversation: str) -> list[dict[str, Any]]:
        """What a phone would get for a message of a page that plays one.

        Without a reach nothing later is offered: only where places are invented does a try-out ask staff for anything.
        """
        asks_staff = ours().demo and not trials.is_conversation(conversation)
        reach = who.seal(f"sim:{conversation}") if asks_staff else ""
        came = Came(conversation, reach, body.message, simulated=True, page=body.language)
        return await self._answering.answer(came)

    def close(self) -> None:
        self._answering.close()
        self._given.close()

    async def _form(self, request: web.Request) -> form.Form | None:
        """The form that Twilio signed; None for anything else, of which nothing more than that is known."""
        target, given = request.raw_path, request.headers.get(_SIGNATURE, "")
        if not given or not target.startswith("/"):
            return None
        found = form.read(await self._body(request), request.content_type, request.charset)
        return found if found is not None and signature.genuine(target, found, given) else None

    async def _made(self, came: Came) -> bytes:
        try:
            said = await self._answering.answer(came)
        except Exception as error:  # Twilio would try again and then say nothing: a person gets words instead
            logs.event(logger, "sms.failed", level=logging.ERROR, error=error)
            return twiml.written(texts.fallback())
        return twiml.written([one["text"] for one in said])

    async def _ask(self, came: Came) -> Told | None:
        if self._asked >= _MOST_ASKED:
            recording.fixed("busy", [{"custom": {"kind": "busy", "language": came.page}}], channel="sms", of=came.who)
            return BUSY
        self._asked += 1
        try:
            return await self._told_by_assistant(came)
        finally:
            self._asked -= 1

    async def _told_by_assistant(self, came: Came) -> Told | None:
        asked = {"who": came.who, "text": came.text, "reach": came.reach, "id": came.id, "language": came.page}
        sent = json.dumps(asked).encode()
        headers = {"Content-Type": _KIND, signed.HEADER: signed.signature(sent)}
        answer = await self._forward(signed.PATH, sent, headers, _URGENT_SECONDS if came.urgent else _SECONDS)
        return None if answer is None else _told(answer)


class _Writer:
    """Writes an answer to the one who asked and says whether all of it went out."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self.response: web.StreamResponse = _twiml(twiml.NOTHING)

    async def write(self, body: bytes) -> bool:
        self.response = _twiml(body)
        if self._gone():
            return False
        try:
            await self.response.prepare(self._request)
            await self.response.write_eof()
        except ConnectionError:
            return False
        return not self._gone()

    def _gone(self) -> bool:
        transport = self._request.transport
        return transport is None or transport.is_closing()


def _told(answer: Answer) -> Told | None:
    """What the assistant says; None for what is no answer to a person."""
    body = answer.body
    if not isinstance(body, dict):
        return None
    if answer.status == 503 and body.get("code") == "busy":
        return BUSY
    messages = body.get("messages")
    if answer.status != 200 or not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        return None
    if not messages:
        return None
    spoken = body.get("language")
    return Told(tuple(messages), body.get("first") is True, spoken if isinstance(spoken, str) else None)


def _twiml(body: bytes) -> web.Response:
    return web.Response(body=body, content_type=twiml.KIND, headers=HEADERS)
