"""The text messages that the door hands on: one conversation for each number, of which only a hash comes here.

POST /webhooks/sms/turn   {"who", "text", "reach", "id"?, "language"?} signed by the door
                          -> {"messages": [{"text", "custom"}], "first": bool, "language": "en" | "es" | null}
                          503 and the code "busy", at once, when too many people write; 403 for anybody but the door
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as as_json

from bot import apology, recording, sentences
from bot.admission import Gate
from bot.channels.collecting import Collector
from bot.channels.private import Warnings
from bot.incoming import LANGUAGES, MAX_CHARACTERS, clean
from bot.messages import short
from bot.pages import HEADERS
from bot.sms import signed, words
from bot.understanding import crisis, identifiers, language
from directory import logs
from directory.text.catalogue import by_text

__all__ = ["SmsChannel"]

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0
_REMEMBERED_SECONDS = 60.0
"""A door that was killed asks again within Twilio's fifteen seconds."""
_LANGUAGE_ASKED = {"en": "en español, por favor", "es": "in English, please"}
"""What LANG or IDIOMA alone stands for, by the language that is spoken now."""
_INTRODUCED = 10_000

Handler = Callable[[UserMessage], Awaitable[Any]]
_Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class _Turn:
    who: str
    text: str
    reach: str
    id: str | None
    hint: str | None


class _Collector(Collector):
    """A fixed reply in its form for text messages."""

    @classmethod
    def name(cls) -> str:
        return "sms"

    def told(self, message: dict[str, Any]) -> str:
        spoken = str((message.get("custom") or {}).get("language"))
        return short.form(str(message.get("utter_action") or ""), spoken, str(message["text"]))


class SmsChannel(InputChannel):
    """The channel of texts; `known` says whether a conversation is kept, `gate` stands before all channels."""

    def __init__(
        self,
        *,
        timeout: float = TIMEOUT_SECONDS,
        language_of: Callable[[str], str | None] = lambda conversation: None,
        known: Callable[[str], bool] = lambda conversation: False,
        gate: Gate | None = None,
    ) -> None:
        self._warnings = Warnings(by_text=True)
        self._timeout = timeout
        self._language_of = language_of
        self._known = known
        self._gate = gate or Gate()
        self._introduced: OrderedDict[str, None] = OrderedDict()
        self._answers: dict[str, asyncio.Task[_Answer]] = {}

    @classmethod
    def name(cls) -> str:
        return "sms"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        page = Blueprint("puente_sms")

        @page.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._once(request, on_new_message)

        return page

    async def _once(self, request: Request, on_new_message: Handler) -> HTTPResponse:
        """The answer to that message; the same one again where a door that was killed asks anew."""
        if not signed.is_ours(request.body, request.headers.get(signed.HEADER)):
            return _refusal(403, "malformed")
        turn = _read(request.body)
        if turn is None:
            return _refusal(400, "malformed")
        status, told = await self._told(turn, on_new_message)
        return as_json(told, status=status, headers=HEADERS, ensure_ascii=False)

    async def _told(self, turn: _Turn, on_new_message: Handler) -> _Answer:
        if turn.id is None:
            return await self._answered(turn, on_new_message)
        if turn.id not in self._answers:
            self._answers[turn.id] = asyncio.ensure_future(self._answered(turn, on_new_message))
            asyncio.get_running_loop().call_later(_REMEMBERED_SECONDS, self._answers.pop, turn.id, None)
        status, told = await asyncio.shield(self._answers[turn.id])
        if status != 200:  # too many were writing: whoever tries again may be let in
            self._answers.pop(turn.id, None)
        return status, told

    async def _answered(self, turn: _Turn, on_new_message: Handler) -> _Answer:
        # Taken out before anything reads, keeps or logs the message.
        masked = identifiers.mask(clean(turn.text))
        first = turn.who not in self._introduced and not self._known(turn.who)
        text = self._meant(masked.text, turn)
        async with self._gate.turn(turn.who, lambda: crisis.detect(text) is not None) as admitted:
            if not admitted:
                spoken = self._spoken(text, turn)
                said_busy = [{"custom": {"kind": "busy", "language": spoken}}]
                recording.fixed("busy", said_busy, channel=self.name(), of=turn.who)
                return 503, {"error": sentences.both("busy"), "code": "busy"}
            messages = [] if masked.alone else await self._answer(turn, text, on_new_message)
        told = self._warnings.beside(messages, masked, turn.who, self._spoken(text, turn))
        self._introduce(turn.who)
        return 200, {"messages": told, "first": first, "language": self._after(text, turn)}

    async def _answer(self, turn: _Turn, text: str, on_new_message: Handler) -> list[dict[str, Any]]:
        # What a simulated phone reads counts until the conversation has a language.
        hint = None if self._language_of(turn.who) else turn.hint
        beside = {"reach": turn.reach, **({"language": hint} if hint else {})}
        collector = _Collector()
        message = UserMessage(text or "?", collector, turn.who, input_channel=self.name(), metadata=beside)
        why = "away"
        try:
            await asyncio.wait_for(on_new_message(message), self._timeout)
        except asyncio.TimeoutError:
            why = "too_slow"
            logs.event(logger, "sms.answer.too_slow", level=logging.ERROR)
        except Exception as error:
            logs.event(logger, "sms.answer.failed", level=logging.ERROR, error=error)
        if collector.messages:
            return list(collector.messages)
        spoken = self._spoken(text, turn)
        with by_text():
            said = [*apology.in_danger(text, spoken), apology.away(spoken)]
        recording.fixed(why, said, channel=self.name(), of=turn.who)
        return said

    def _introduce(self, who: str) -> None:
        """Remembers in memory who was answered: a message of which nothing is kept makes no conversation."""
        self._introduced[who] = None
        if len(self._introduced) > _INTRODUCED:
            self._introduced.popitem(last=False)

    def _meant(self, text: str, turn: _Turn) -> str:
        """The words themselves, but for LANG and IDIOMA, which ask for the other language."""
        known = self._language_of(turn.who)
        if words.asked(text) is not words.Word.LANGUAGE:
            return text
        spoken = known or turn.hint or ("en" if words.spoken(text) == "es" else "es")
        return _LANGUAGE_ASKED.get(spoken, text)

    def _spoken(self, text: str, turn: _Turn) -> str | None:
        return language.detect(text) or self._language_of(turn.who) or turn.hint

    def _after(self, text: str, turn: _Turn) -> str | None:
        """The language the conversation is in after that turn; None where nothing told it."""
        return self._language_of(turn.who) or language.detect(text) or turn.hint


def _read(sent: bytes) -> _Turn | None:
    try:
        body = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not all(isinstance(body.get(key), str) for key in ("who", "text", "reach")):
        return None
    id, hint = body.get("id"), body.get("language")
    if not body["who"] or len(body["text"]) > MAX_CHARACTERS or not isinstance(id, str | None):
        return None
    return _Turn(body["who"], body["text"], body["reach"], id, hint if hint in LANGUAGES else None)


def _refusal(status: int, code: str) -> HTTPResponse:
    return as_json({"error": sentences.both(code), "code": code}, status=status, headers=HEADERS, ensure_ascii=False)
