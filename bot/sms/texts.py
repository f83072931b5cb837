"""What is said by text message without the assistant: fixed, short, in the person's language or in both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot import apology
from bot.sms.words import of_hands
from bot.understanding import crisis
from directory import pause
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text import gsm
from directory.text.catalogue import by_text, say
from directory.text.ours import ours

__all__ = ["away", "danger", "fallback", "first", "fixed", "help_told", "languages_told", "paused", "stop_failed"]

Message = dict[str, Any]
_OURS = "Puente"
_LINES = ("911", "988", "211")


def fixed(code: str, spoken: str | None, kind: Kind = Kind.FALLBACK) -> Message:
    """The text `sms.CODE`: one message, in both languages where the person's is not known."""
    return _message(_in_each(f"sms.{code}", spoken), spoken, kind)


def first(spoken: str | None) -> Message:
    """Who answers here, what it costs, how to stop, and that texts are not private: said once, at the beginning."""
    return _message(_in_each("sms.first" if spoken else "sms.first_short", spoken), spoken, Kind.SMALLTALK)


def help_told(spoken: str | None) -> Message:
    """What HELP answers: who we are, a phone, what it costs, STOP, and the lines for a danger."""
    return _message(_in_each("sms.help_phone" if ours().phone else "sms.help", spoken), spoken, Kind.HANDOFF)


def stop_failed(spoken: str | None) -> Message:
    """That STOP could not be kept, and whom to tell."""
    told = [say("sms.stop_failed", each, who=ours().phone or say("sms.staff", each)) for each in _languages(spoken)]
    return _message(told, spoken, Kind.OPT_OUT)


def languages_told(spoken: str | None) -> Message:
    """Where help in other languages is: the clinic's own notice, its address, else the interpreters of 211."""
    return _message([_languages_in(each) for each in _languages(spoken)], spoken, Kind.LANGUAGE)


def danger(text: str, spoken: str | None) -> list[Message]:
    """The fixed words of the danger that a message speaks of, as short as they are told by text."""
    with by_text():
        found = apology.in_danger(text, spoken)
        return found or ([apology.lines(crisis.Kind.VIOLENCE, spoken)] if of_hands(text) else [])


def away(spoken: str | None) -> Message:
    """That the assistant cannot answer now, and whom to call."""
    phone = pause.clinic_phone()
    told = [
        " ".join([say("sms.away", each), *([say("sms.or_call", each, phone=phone)] if phone else [])])
        for each in _languages(spoken)
    ]
    return apology.message("\n".join(told), spoken)


def paused(found: pause.Paused, spoken: str | None) -> Message:
    """The clinic's sentence while Puente is paused."""
    with by_text():
        return apology.message(pause.sentence(spoken, found), spoken)


def fallback() -> list[str]:
    """What Twilio's second address answers when the first one does not: in both languages."""
    return [say("sms.fallback", each) for each in Language]


def _in_each(key: str, spoken: str | None) -> list[str]:
    return [say(key, each, name=_name(), phone=ours().phone) for each in _languages(spoken)]


def _languages_in(language: Language) -> str:
    notice = ours().language_help
    if notice is None:
        return say("sms.language_none", language)
    if notice.url:
        return say("sms.language_url", language, url=notice.url)
    return say("sms.language_help", language, notice=notice.get(language.value))


def _message(told: Iterable[str], spoken: str | None, kind: Kind) -> Message:
    text = "\n".join(told)
    phones = tuple(number for number in (*_LINES, ours().phone) if number and number in text)
    return {"text": text, "custom": Reply(kind, phones=phones, language=spoken).to_json()}


def _languages(spoken: str | None) -> list[Language]:
    return [Language(spoken)] if spoken in tuple(Language) else [*Language]


def _name() -> str:
    """The clinic's name in a text: its short one, else its whole one with letters that cost one place."""
    clinic = ours()
    whole = None if clinic.invented else clinic.clinic
    return clinic.short_name or (gsm.folded(whole, accents=False) if whole else _OURS)
