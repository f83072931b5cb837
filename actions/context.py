"""What every action stands on: one turn, and a base that never leaves a person without words."""

from __future__ import annotations

import itertools
import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import fits, gestures, local_lines, parting, safe_phone, seen, silence, slots
from actions.heard import Heard, hear
from actions.parting import Part
from actions.slots import Known
from actions.words import sign
from directory import logs
from directory.dangers import LINES
from directory.eligibility.facts import Facts
from directory.inbox import erase_words
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text import catalogue, clinic, interpreters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Goal", "Turn", "pacific_now"]

logger = logging.getLogger(__name__)

WORRY = "worry"
"""The level below a crisis: a kind word and the lines first, then the answer itself."""

OVER = "over"
"""A danger of which somebody said that it is none any more."""

_ANSWERED = {kind.value for kind in (Kind.LISTINGS, Kind.NONE_FOUND, Kind.PROGRAM, Kind.STEPS, Kind.GUIDE)}

_PACIFIC = ZoneInfo("America/Los_Angeles")
_SPOKEN = tuple(language.value for language in Language)


def pacific_now() -> datetime:
    """The hour it is where the people we serve are."""
    return datetime.now(_PACIFIC)


@dataclass(frozen=True)
class Turn:
    """One message and what is known when it comes; `now` is Pacific time, `learned` what it says of the person.

    `parts` are the things it asks for where each has a place of its own, `patients` those whom it is about, if several,
    `unnamed` the pieces of a terse line in which nothing is named. `who` is the id of the conversation, `reach` the
    sealed number under which somebody can be written to later: None on the web.

    A long answer goes into several text messages (`actions.rest`): `rest` is what the message before left untold,
    `again` what the answers of this turn are called, so that they can be told again from sentence `start`, and `cut`
    gathers what they leave.
    """

    heard: Heard
    known: Known
    channel: str
    now: datetime
    dispatcher: CollectingDispatcher
    learned: Facts = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    patients: tuple[Part, ...] = ()
    unnamed: tuple[str, ...] = ()
    who: str = ""
    reach: str | None = None
    rest: tuple[str, ...] = ()
    again: str = ""
    start: int | None = None
    cut: list[str] = field(default_factory=list)

    @property
    def language(self) -> Language:
        return Language(self.known.language)

    @property
    def page_size(self) -> int:
        """How many listings one message holds: a text message is short."""
        return 3 if self.channel == "sms" else 5

    @property
    def speaks(self) -> str | None:
        """The language that places are to speak: said now, or before a question that is still open."""
        return self.heard.wanted_language or self.known.asked.speaks

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue under `assistant.`, in the language of this conversation."""
        return catalogue.say(f"assistant.{key}", self.language, **values)

    def utter(self, text: str, reply: Reply, *, lead: str = "", tail: str = "", again: str = "") -> None:
        """Sends one message: `lead`, its text and `tail` (choices); beside it what it is.

        By text message only what fits, where the answer has a name (`again`) by which the rest can be asked for.
        """
        name = again or self.again
        if self.channel == "sms" and name:
            sent = fits.fitted(reply.kind, self.language, text, lead=lead, tail=tail, start=self.start)
            self.cut.extend(() if sent.rest is None else (f"{name}@{sent.rest}",))
            reply = replace(reply, phones=tuple(phone for phone in reply.phones if phone in sent.text))
            text = sent.text
        else:
            text = "\n".join(part for part in (lead, text, tail) if part)
        phones = (*reply.phones, *local_lines.named_in(text, reply.phones))
        told = replace(reply, phones=phones, urgent=self.heard.urgent, language=self.language.value)
        self.dispatcher.utter_message(text=text, json_message=told.to_json())

    def utter_interpreters(self, code: str) -> None:
        """Sends the fixed line in a language that is none of ours; where there is none, the same in ours."""
        line = interpreters.line(code)
        if line is None:
            self.utter(self.say("language.other"), Reply(kind=Kind.LANGUAGE, phones=("211",)))
            return
        reply = Reply(kind=Kind.LANGUAGE, phones=interpreters.PHONES, urgent=self.heard.urgent, language=code)
        self.dispatcher.utter_message(text=line, json_message=reply.to_json())


class Goal(Action, ABC):
    """An action that answers one turn and says what is known after it.

    Whatever breaks, the person gets a fixed sentence with 211 (`utter_failed`, which needs nothing of the directory),
    the log gets the kind of the error and its line without a word of the message, and the next message begins anew
    instead of meeting the same question again.
    """

    action: str = ""
    """The name by which the domain knows it."""

    understood: bool = True

    clock: Callable[[], datetime] = staticmethod(pacific_now)

    def name(self) -> str:
        return self.action

    @abstractmethod
    def answer(self, turn: Turn) -> Known:
        """Utters what answers the turn; returns what is known afterwards."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        before = Known()
        try:
            before = slots.read(tracker.slots)
            turn = _turn(dispatcher, tracker, before, self.clock())
            with catalogue.by_text(turn.channel == "sms"):
                return slots.changes(before, self._answered(turn))
        except Exception as error:
            logs.event(logger, "action.failed", level=logging.ERROR, action=logs.Id(self.name()), error=error)
            _danger_first(dispatcher, tracker)
            dispatcher.utter_message(response="utter_failed")
            return slots.forgotten(before, silent=bool(tracker.latest_message.get("crisis")))

    def _answered(self, turn: Turn) -> Known:
        safe_phone.hush(turn)
        before = turn.known.asked
        worries = turn.heard.crisis == WORRY and not erase_words.wanted(turn.heard.text)
        if worries and before.crisis is None and before.alarm != turn.heard.mark:
            _worried(turn)
        if turn.heard.other:
            turn.utter_interpreters(turn.heard.other)
        known = _remembering(turn, self._counted(self.answer(turn)))
        safe_phone.hush(turn, known)
        seen.noted(turn.who, turn.reach, turn.now)
        return known

    def _counted(self, known: Known) -> Known:
        """A message that was understood ends the row of those that were not."""
        return known.having(asked=replace(known.asked, misses=0)) if self.understood else known


def _danger_first(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Whatever else broke, who wrote of a danger gets its fixed words."""
    with suppress(Exception):  # what breaks here is logged already, and the fixed sentence comes all the same
        danger = str(tracker.latest_message.get("crisis") or "")
        said = any((message.get("custom") or {}).get("crisis") for message in dispatcher.messages)
        if danger not in LINES or said:
            return
        heard = (tracker.latest_message.get("language"), tracker.slots.get("language"), Language.EN.value)
        spoken = Language(next(language for language in heard if language in _SPOKEN))
        with catalogue.by_text(tracker.get_latest_input_channel() == "sms"):
            text, phones = clinic.in_danger(danger, spoken)
        kind = Kind.WORRY if danger == WORRY else Kind.CRISIS
        reply = Reply(kind, crisis=danger, phones=phones, language=spoken.value)
        dispatcher.utter_message(text=text, json_message=reply.to_json())


_WORRIES = {
    "worry_medicine": ("911",),
    "worry_home": ("1-800-799-7233",),
    "somebody_else": ("988",),
}
"""By what is said, the number that fits; else 988."""


def _worried(turn: Turn) -> None:
    """One gentle question and one number, said once, before the answer that somebody came for."""
    found = next((name for name in _WORRIES if sign(name, turn.heard.text)), None)
    key = {"somebody_else": "worry_other", None: "worry"}.get(found, found)
    fitting = _WORRIES[found] if found else ("988",)
    danger = {"worry_home": "violence", "worry_medicine": "medical"}.get(found or "", WORRY)
    text, phones = local_lines.beside(turn.language, danger, turn.say(f"crisis.{key}"), fitting)
    turn.utter(text, Reply(kind=Kind.WORRY, crisis=WORRY, phones=phones))


def _remembering(turn: Turn, known: Known) -> Known:
    """The last danger said is remembered, its kind only, until something else is answered."""
    danger = None if turn.heard.crisis == WORRY else turn.heard.crisis
    crisis = known.asked.crisis or danger or turn.known.asked.crisis or turn.heard.crisis
    kinds = {(message.get("custom") or {}).get("kind") for message in turn.dispatcher.messages}
    if crisis == OVER or (not danger and kinds & _ANSWERED):
        crisis = None
    alarm = turn.heard.mark if turn.heard.crisis else turn.known.asked.alarm
    asked = replace(known.asked, crisis=crisis, alarm=alarm, rest=tuple(turn.cut))
    silent, offered = _later(turn, known)
    return known.having(asked=asked.without_later() if silent else asked, silent=silent, offered=offered)


def _later(turn: Turn, known: Known) -> tuple[bool, bool]:
    """Whether nothing may be sent later, and whether it was offered: neither ends with what is begun anew."""
    before = turn.known
    if not turn.reach:
        return False, False
    silent = known.silent or before.silent or silence.called_for(turn.heard, before)
    return silent or silence.called_for(turn.heard, known), known.offered or before.offered


def _of_the_talk(tracker: Tracker, heard: Heard) -> str | None:
    """The language of the talk before a word of command: who reads "text MORE" and writes it wants no other one."""
    if heard.wanted_language or not sign("word_of_command", heard.text, alone=True):
        return None
    last = next((event for event in reversed(tracker.events) if event.get("event") == "user"), None)
    earlier = itertools.takewhile(lambda event: event is not last, tracker.events)
    spoken = [each.get("value") for each in earlier if each.get("event") == "slot" and each.get("name") == "language"]
    return str(spoken[-1]) if spoken and spoken[-1] else None


def _turn(dispatcher: CollectingDispatcher, tracker: Tracker, known: Known, now: datetime) -> Turn:
    message = tracker.latest_message
    heard = gestures.spoken(hear(message))
    language = _of_the_talk(tracker, heard) or heard.language or known.language
    rest = known.asked.rest
    known = known.having(language=language if language in _SPOKEN else known.language)
    known = known.having(asked=replace(known.asked, rest=()))
    channel = tracker.get_latest_input_channel() or "web"
    parts, patients = parting.by_place(message, heard), parting.by_patient(message, heard)
    unnamed = parting.unnamed(message)
    reach = (message.get("metadata") or {}).get("reach") or None
    turn = Turn(heard, known, channel, now, dispatcher, parts=parts, patients=patients, unnamed=unnamed)
    return replace(turn, who=tracker.sender_id, reach=reach, rest=rest)
