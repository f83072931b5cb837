"""One text message from its words to the texts that go back: the order of what counts, whatever stands behind it.

Danger, then who asked to stop, stop itself, help, start, a pause, the pace, and only then the assistant.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import recording
from bot.incoming import MAX_CHARACTERS, clean
from bot.sms import fitting, leaving, quieting, texts
from bot.sms.pace import SIMULATED, Pace, Verdict
from bot.sms.texts import Message
from bot.sms.words import Word, asked, of_hands
from bot.sms.words import spoken as spoken_by
from bot.understanding import language
from directory import pause
from directory.inbox import erase_words
from directory.reply import Kind

__all__ = ["BUSY", "Answering", "Came", "Told"]

_REMEMBERED = 10_000
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


BUSY = Told((), busy=True)
Ask = Callable[[Came], Awaitable[Told | None]]


class Answering:
    """Answers texts; `ask` is the assistant (None: it is away), `now` counts seconds for the pace."""

    def __init__(self, ask: Ask, now: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._now = now
        self._phones, self._screens = Pace(), Pace(SIMULATED)
        self._languages: OrderedDict[str, str] = OrderedDict()
        self._kept, self._played = leaving.Kept(), leaving.Played()
        self._left: OrderedDict[str, float] = OrderedDict()

    async def answer(self, came: Came) -> list[dict[str, Any]]:
        """The texts for that message, fitted; none where nothing may or need be said."""
        return fitting.fitted(await self._said(came))

    async def _said(self, came: Came) -> list[Message]:
        text = clean(came.text)
        out = await self._leaving(came).is_out(came.who)
        word = asked(text, came.carrier, out=out)
        spoken = self._spoken(came, text, word)
        danger = texts.danger(text, spoken)
        if not came.played:
            await quieting.hush(came.who, danger)
        if out and word is not Word.START and not (word is Word.STOP and self._kept.is_unsaved(came.who)):
            if erase_words.wanted(text):  # done without a word
                await self._ask(replace(came, text=_ERASE))
            # Whoever asked to stop is not written to, but nobody who writes of a danger is left without its lines.
            return danger
        if word in (Word.STOP, Word.START):
            return [*danger, *await self._left_or_back(came, word, spoken)]
        if came.carrier:  # Twilio has answered HELP by itself
            return danger
        if word is Word.HELP:
            return [*danger, texts.help_told(spoken)]
        return await self._beyond_words(came, text, word, spoken, danger)

    def _leaving(self, came: Came) -> leaving.Kept:
        """Where it is kept whether that one wants no texts."""
        return self._played if came.played else self._kept

    async def _left_or_back(self, came: Came, word: Word, spoken: str | None) -> list[Message]:
        if word is Word.START:
            self._left.pop(came.who, None)
            kept = await self._leaving(came).back(came.who)
            said = texts.fixed("back", spoken, Kind.OPT_OUT) if kept else texts.away(spoken)
            return [] if came.carrier else [said]
        self._note_left(came.who)
        kept = await self._leaving(came).out(came.who, "carrier" if came.carrier else "word")
        if not kept:
            return [texts.stop_failed(spoken)]
        code = await self._erased_too(came) if erase_words.wanted(came.text) else "stopped"
        return [] if came.carrier else [texts.fixed(code, spoken, Kind.OPT_OUT)]

    async def _erased_too(self, came: Came) -> str:
        """What is said to whoever wants out and all of theirs gone ("borreme"): the assistant holds the talk."""
        told = await self._ask(replace(came, text=_ERASE))
        return "stopped_not_erased" if told is None or told.busy else "stopped_erased"

    async def _beyond_words(
        self, came: Came, text: str, word: Word | None, spoken: str | None, danger: list[Message]
    ) -> list[Message]:
        said = self._unasked(came, text, spoken, danger)
        if said is None:
            began = self._now()
            told = await self._ask(replace(came, text=text, urgent=bool(danger)))
            if self._left.get(came.who, float("-inf")) >= began:  # STOP came, and was confirmed, meanwhile
                return danger
            beside = [texts.fixed("pictures", spoken)] if came.pictures else []
            if told is not None and not told.busy:
                return _after_danger(await self._answered(came, told, word, spoken, danger), beside)
            said = _after_danger(self._unanswered(told, spoken, danger), beside)
        if not came.played:
            await quieting.hush_unread(came.who, text)
        return said

    def _unasked(self, came: Came, text: str, spoken: str | None, danger: list[Message]) -> list[Message] | None:
        """What is said of a message that the assistant is not even asked about; None where it is."""
        if found := pause.paused():
            return self._fixed("paused", [*danger, texts.paused(found, spoken)])
        pace = (self._screens if came.simulated else self._phones).of(came.who, self._now())
        if pace is Verdict.FLOOD:
            return danger
        if pace is not Verdict.GOES and not danger:
            return [texts.fixed("too_fast", spoken)] if pace is Verdict.TOLD else []
        if len(text) > MAX_CHARACTERS:
            return [*danger, texts.fixed("too_long", spoken)]
        return [texts.fixed("pictures", spoken)] if came.pictures and not text else None

    def _unanswered(self, told: Told | None, spoken: str | None, danger: list[Message]) -> list[Message]:
        if told is None:
            return self._fixed("away", [*danger, texts.away(spoken)])
        return [*danger, texts.fixed("busy", spoken)]  # the assistant has counted it

    async def _answered(
        self, came: Came, told: Told, word: Word | None, spoken: str | None, danger: list[Message]
    ) -> list[Message]:
        self._remember(came.who, told.language)
        if any(_is(message, Kind.OPT_OUT) for message in told.messages):  # in words of their own, which it understood
            if of_hands(came.text):
                return danger
            return [*danger, *await self._left_or_back(came, Word.STOP, told.language or spoken)]
        messages = [*told.messages]
        if word is Word.LANGUAGE:
            messages.append(texts.languages_told(told.language or spoken))
        return _after_danger(messages, [texts.first(told.language)]) if told.first else messages

    def _spoken(self, came: Came, text: str, word: Word | None) -> str | None:
        """The language of the message, else that of the conversation; of one word, the language that it is of."""
        if word is not None and (of_word := spoken_by(text)):
            return of_word
        known = self._languages.get(came.who)
        return (known if word is not None else language.detect(text) or known) or came.page

    def _remember(self, who: str, spoken: str | None) -> None:
        if spoken:
            self._languages.pop(who, None)
            self._languages[who] = spoken
        if len(self._languages) > _REMEMBERED:
            self._languages.popitem(last=False)

    def _note_left(self, who: str) -> None:
        self._left.pop(who, None)
        self._left[who] = self._now()
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)

    def close(self) -> None:
        """Tries a last time to keep who said STOP where it could not be kept."""
        self._kept.close()

    def _fixed(self, outcome: str, said: list[Message]) -> list[Message]:
        recording.fixed(outcome, said, channel=_CHANNEL)
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
