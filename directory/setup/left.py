"""What is still open after the questions, what needs a look, and what to type next."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory import plans
from directory.setup.answers import no_folder
from directory.setup.questions import Question, asked
from directory.setup.suggesting import notice
from directory.status import status

__all__ = ["Left", "left"]

_INVENTED = re.compile(r"555\D{0,2}01\d\d")
_PHONES = ("phone", "crisis_line", "violence_line", "shelter_line", "on_call")


@dataclass(frozen=True)
class Left:
    """`open`: questions without an answer, the weighty first; `look`: sentences; `next`: commands and what they do."""

    open: tuple[Question, ...]
    look: tuple[str, ...]
    next: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, object]:
        """The same as plain JSON."""
        return {
            "open": [{"key": each.key, "without": each.without, "first": each.first} for each in self.open],
            "look": list(self.look),
            "next": [{"command": command, "does": does} for command, does in self.next],
        }


def left(plain: Mapping[str, object]) -> Left:
    """What is left to do for settings with these values."""
    unset = sorted((each for each in asked() if plain.get(each.key) is None), key=lambda each: not each.first)
    return Left(tuple(unset), tuple(_looks(plain)), tuple(_next(plain)))


def _looks(plain: Mapping[str, object]) -> Iterator[str]:
    for key in _PHONES:
        if _INVENTED.search(str(plain.get(key, ""))):
            yield f"`{key}`: a number with 555-01 is an example; nobody answers it."
    for key in ("language_help", "nondiscrimination"):
        if (draft := notice(key, plain)) and plain.get(key) == draft:
            yield f"`{key}`: this is Puente's draft. Have somebody qualified read both languages."
    if plain.get("demo"):
        yield "`demo` is true: invented data may stand in. Remove it: puente setup --set demo="
    yield from _folders(plain)
    yield from _strangers(plain)


def _folders(plain: Mapping[str, object]) -> Iterator[str]:
    """A folder for backups that is not there: a typo, or a stick that is not in."""
    held = plain.get("backups")
    said = held.get("folder") if isinstance(held, dict) else None
    if isinstance(said, str) and (why := no_folder(said)):
        yield f"`backups`: {why}"


def _strangers(plain: Mapping[str, object]) -> Iterator[str]:
    """Plans that serve none of the counties."""
    counties, chosen = plain.get("counties"), plain.get("plans")
    if isinstance(counties, list) and isinstance(chosen, list):
        for id in chosen:
            if id in plans.plans() and not set(plans.plans()[id].counties) & set(counties):
                yield f"`plans`: {plans.plans()[id].short_name} serves none of your counties, as far as we know."


def _next(plain: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    try:
        lists = status().sources
    except sqlite3.DatabaseError:  # the doctor tells of a damaged directory
        lists = ()
    if any(each.source.demo for each in lists):
        yield "puente demo remove", "remove the invented places"
    if not any(not each.source.demo for each in lists):
        yield "puente source new LIST", "read the first list that a plan sent you"
    if plain.get("sms"):
        yield "puente sms-token", "give the token of the account that sends texts"
    yield "puente doctor", "what else is unset, old or unsafe, each with the command that fixes it"
    yield "puente up", "start the assistant and the desk"
