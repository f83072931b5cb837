"""A list that staff made goes to a number that staff typed: with recorded consent, once, at an hour for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from directory import phones
from directory.errors import SenderError
from directory.inbox import opt_outs, queue, quiet, who
from directory.model import Language
from directory.sender import consents
from directory.sender.asking import composed
from directory.sender.hours import next_awake

__all__ = ["Invited", "invite"]

_WAITS = timedelta(days=2)
"""After these nobody expects the text any more."""
_LEAST = 3
"""Letters of an honest word on how somebody was asked."""


@dataclass(frozen=True)
class Invited:
    """What the person will read, and when it goes out at the earliest (the sender runs every 15 minutes)."""

    text: str
    at: datetime


def invite(number: str, code: str, language: Language, *, consent: str, by: str, now: datetime) -> Invited:
    """Lets a neutral text with the code of a list wait; SenderError, which never repeats the number, when it must not.

    `consent` says how the person was asked ("at the desk today"); it is kept with `by` and the day.
    """
    person = _e164(number)
    asked = " ".join(consent.split())[:120]
    if len(asked) < _LEAST:
        raise SenderError(
            "Nothing is sent to a number that somebody else typed unless its owner agreed. Ask the person, then say "
            "how you asked, such as: at the desk today. Else read the code out, or print the list."
        )
    them = who.conversation(person)
    opt_outs.must_be_known()
    if opt_outs.is_out(them) or quiet.is_quiet(them):
        raise SenderError("No text is sent to that number. Read the code out, or print the list.")
    text, at = composed("later.list", language, code=code), next_awake(now)
    consents.record(them, f"list:{code}", language.value, asked, " ".join(by.split())[:80], now)
    if not queue.put(f"list:{code}:{them}", them, who.seal(person), text, at, at + _WAITS, now):
        raise SenderError(
            f"The text for the list {code} waits or went out to that number already; it is not sent twice."
        )
    return Invited(text, at)


def _e164(number: str) -> str:
    """One number of this country in international form."""
    found = phones.parse(number)
    if len(found) != 1 or not found[0].number.startswith("+1") or found[0].extension:
        raise SenderError(
            "That is no number that can get a text: write one mobile number of the United States with its area code, "
            "such as 209-555-0140. Nothing was sent."
        )
    return found[0].number
