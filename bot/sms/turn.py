"""One text message from its words to the texts that go back: the order of what counts, whatever stands behind it.

Danger, then who asked to stop, stop itself, help, start, a pause, the pace, and only then the assistant.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import recording
from bot.incoming import MAX_CHARACTERS, clean
from bot.sms import fitting, leaving, quieting, texts
from bot.sms.lately import Lately
from bot.sms.pace import SIMULATED, Pace, Verdict
from bot.sms.texts import Message
from bot.sms.words import Word, asked, of_hands
from bot.sms.words import spoken as spoken_by
from bot.understanding import language
from directory import pause
from directory.inbox import call_words, erase_words
from directory.reply import Kind

__all__ = ["BUSY", "Answering", "Came", "Told"]

_CHANNEL = "sms"
_ERASE = "ERASE"
"""By this word the assistant erases what it holds of a talk."""


@dataclass(frozen=True)
class Came:
    """A text message without its number: `who` names the conversation, `reach` is the number sealed.

    `carrier` is Twilio's own finding (STOP, START, HELP; it has answered then), `pictures` whether anything else was
    sent along, `id` what tells one delivery from another, `page` the language of a page that plays a phone. Where
    nothing may be sent later `reach` is empty. `urgent` where it speaks of a danger.
    """

    who: str
    reach: str
    text: str
    carrier: str = ""
    pictures: bool = False
    id: str | None = None
    simulated: bool = False
    page: str | None = None
    urgent: bool = False

    @property
    def played(self) -> bool:
        """Whether nothing of it is kept for staff."""
        return self.simulated and not self.reach


@dataclass(frozen=True)
class Told:
    """What the assistant answers; `first` where no conversation of that one was kept."""

    messages: tuple[Message, ...]
    first: bool = False
    language: str | None = None
    busy: bool = False


@dataclass(frozen=True)
class _Heard:
    """A message, its words, the order that it is, its language, and the lines of the danger it speaks of."""

    came: Came
    text: str
    word: Word | None
    spoken: str | None
    danger: list[Message]


BUSY = Told((), busy=True)
Ask = Callable[[Came], Awaitable[Told | None]]


class Answering:
    """Answers texts; `ask` is the assistant (None: it is away), `now` counts seconds for the pace."""

    def __init__(self, ask: Ask, now: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._now = now
        self._phones, self._screens = Pace(), Pace(SIMULATED)
        self._languages: Lately[str] = Lately()
        self._kept, self._played = leaving.Kept(), leaving.Played()
        self._left: Lately[float] = Lately()

    async def answer(self, came: Came) -> list[dict[str, Any]]:
        """The texts for that message, fitted; none where nothing may or need be said."""
        return fitting.fitted(await self._said(came))

    def close(self) -> None:
        """Tries a last time to keep who said STOP where it could not be kept."""
        self._kept.close()

    async def _said(self, came: Came) -> list[Message]:
        out = await self._leaving(came).is_out(came.who)
        heard = self._heard(came, out)
        if not came.played:
            await quieting.hush(came.who, heard.danger)
        if out and heard.word is not Word.START and not (heard.word is Word.STOP and self._kept.is_unsaved(came.who)):
            # Whoever asked to stop is not written to, but nobody who writes of a danger is left without its lines.
            if erase_words.wanted(heard.text) and self._pace(came) is Verdict.GOES:
                await self._erased(came)
            return heard.danger
        if heard.word is Word.STOP and not came.carrier and call_words.ended(heard.text) and not pause.paused():
            return await self._call_ended_or_out(heard)
        if heard.word in (Word.STOP, Word.START):
            return [*heard.danger, *await self._left_or_back(came, heard.word, heard.spoken)]
        if came.carrier:  # Twilio has answered HELP by itself
            return heard.danger
        if heard.word is Word.HELP:
            told = [] if self._pace(came) is Verdict.FLOOD else [texts.help_told(heard.spoken)]
            return [*heard.danger, *told]
        return await self._beyond_words(heard)

    def _heard(self, came: Came, out: bool) -> _Heard:
        text = clean(came.text)
        word = asked(text, came.carrier, out=out)
        spoken = self._spoken(came, text, word)
        return _Heard(came, text, word, spoken, texts.danger(text, spoken))

    def _leaving(self, came: Came) -> leaving.Kept:
        """Where it is kept whether that one wants no texts."""
        return self._played if came.played else self._kept

    def _pace(self, came: Came) -> Verdict:
        return (self._screens if came.simulated else self._phones).of(came.who, self._now())

    async def _left_or_back(self, came: Came, word: Word, spoken: str | None) -> list[Message]:
        if word is Word.START:
            self._left.pop(came.who, None)
            kept = await self._leaving(came).back(came.who)
            said = texts.fixed("back", spoken, Kind.OPT_OUT) if kept else texts.away(spoken)
            return [] if came.carrier else [said]
        self._left.note(came.who, self._now())
        kept = await self._leaving(came).out(came.who, "carrier" if came.carrier else "word")
        if not kept:
            return [texts.stop_failed(spoken)]
        code = "stopped"
        if erase_words.wanted(came.text):  # "borreme": out, and all of theirs gone
            code = "stopped_erased" if await self._erased(came) else "stopped_not_erased"
        return [] if came.carrier else [texts.fixed(code, spoken, Kind.OPT_OUT)]

    async def _call_ended_or_out(self, heard: _Heard) -> list[Message]:
        """ "Ya no me llamen" ends the call that was asked for; where there is none, or nobody to tell, it is STOP."""
        told = await self._ask(replace(heard.came, text=heard.text, urgent=bool(heard.danger)))
        if told is not None and not told.busy:
            return await self._answered(heard, told)
        return [*heard.danger, *await self._left_or_back(heard.came, Word.STOP, heard.spoken)]

    async def _erased(self, came: Came) -> bool:
        """Has the assistant, which holds the talk, erase it; whether it could. It has no answer to that text yet."""
        told = await self._ask(replace(came, text=_ERASE, id=None))
        return told is not None and not told.busy

    async def _beyond_words(self, heard: _Heard) -> list[Message]:
        came, began = heard.came, self._now()
        said = self._unasked(heard)
        if said is None:
            told = await self._ask(replace(came, text=heard.text, urgent=bool(heard.danger)))
            if self._left.get(came.who, float("-inf")) >= began:  # STOP came, and was confirmed, meanwhile
                return heard.danger
            beside = [texts.fixed("pictures", heard.spoken)] if came.pictures else []
            if told is not None and not told.busy:
                return _after_danger(await self._answered(heard, told), beside)
            said = _after_danger(self._unanswered(heard, told), beside)
        if not came.played:
            await quieting.hush_unread(came.who, heard.text)
        return said

    def _unasked(self, heard: _Heard) -> list[Message] | None:
        """What is said of a message that the assistant is not even asked about; None where it is."""
        danger, spoken = heard.danger, heard.spoken
        if found := pause.paused():
            return _recorded("paused", [*danger, texts.paused(found, spoken)], heard.came)
        pace = self._pace(heard.came)
        if pace is Verdict.FLOOD:
            return danger
        if pace is not Verdict.GOES and not danger:
            return [texts.fixed("too_fast", spoken)] if pace is Verdict.TOLD else []
        if len(heard.text) > MAX_CHARACTERS:
            return [*danger, texts.fixed("too_long", spoken)]
        return [texts.fixed("pictures", spoken)] if heard.came.pictures and not heard.text else None

    def _unanswered(self, heard: _Heard, told: Told | None) -> list[Message]:
        if told is None:
            return _recorded("away", [*heard.danger, texts.away(heard.spoken)], heard.came)
        return [*heard.danger, texts.fixed("busy", heard.spoken)]  # the assistant has counted it

    async def _answered(self, heard: _Heard, told: Told) -> list[Message]:
        came, spoken = heard.came, told.language or heard.spoken
        if told.language:
            self._languages.note(came.who, told.language)
        if any(_is(message, Kind.OPT_OUT) for message in told.messages):  # in words of their own, which it understood
            if of_hands(came.text):
                return heard.danger
            return [*heard.danger, *await self._left_or_back(came, Word.STOP, spoken)]
        messages = [*told.messages]
        if heard.word is Word.LANGUAGE:
            messages.append(texts.languages_told(spoken))
        return _after_danger(messages, [texts.first(told.language)]) if told.first else messages

    def _spoken(self, came: Came, text: str, word: Word | None) -> str | None:
        """The language of the message, else that of the conversation; of one word, the language that it is of."""
        if word is not None and (of_word := spoken_by(text)):
            return of_word
        known = self._languages.get(came.who)
        return (known if word is not None else language.detect(text) or known) or came.page


def _recorded(outcome: str, said: list[Message], came: Came) -> list[Message]:
    recording.fixed(outcome, said, channel=_CHANNEL, of=came.who)
    return said


def _after_danger(messages: list[Message], more: list[Message]) -> list[Message]:
    """An answer with more before it; the words of a danger stand before both."""
    behind = 0
    while behind < len(messages) and _is_danger(messages[behind]):
        behind += 1
    return [*messages[:behind], *more, *messages[behind:]]


def _is(message: Mapping[str, Any], kind: Kind) -> bool:
    return (message.get("custom") or {}).get("kind") == kind.value


def _is_danger(message: Mapping[str, Any]) -> bool:
    return bool((message.get("custom") or {}).get("crisis"))
