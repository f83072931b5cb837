"""What to say to somebody who enters a place and wrote what cannot be read: what is wrong, and what may be meant.

A list has a sender who can be asked; whoever types sits here and can mend it. What is near is offered, never taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from directory import plans
from directory.eligibility import rules
from directory.errors import EntryError
from directory.model import Need
from directory.places import COUNTIES
from directory.sync import fields
from directory.sync.problems import Code

__all__ = ["needs_said", "wrong"]


def needs_said(text: str) -> str:
    """The needs and program ids as they are written in Puente; EntryError for a word that is neither."""
    known = [*(need.value for need in Need), *rules.programs()]
    found = []
    for part in filter(None, map(str.strip, re.split(r"[,;\n]", text))):
        word = "_".join(part.casefold().replace("-", " ").split())
        program = rules.program_by_alias(part)
        if word not in known and program is None:
            needs = ", ".join(need.value for need in Need)
            near = _near(word, known)
            raise EntryError(
                f"need ({fields.excerpt(part, 40)}): there is no need of this name.{near} Needs: {needs}. "
                "Nothing was saved."
            )
        found.append(word if word in known else str(program))
    return ", ".join(found)


def wrong(code: Code, value: str) -> str | None:
    """What is wrong with that entry and how it is written right; None where a list is told the same."""
    say = _WRONG.get(code)
    return say(value) if say else None


def _county(value: str) -> str:
    return f"this is no county of California.{_near(value, COUNTIES)} Write it like Fresno, or statewide."


def _phone(value: str) -> str:
    if len(re.sub(r"\D", "", value.lower().partition("x")[0])) == 7:
        return "the area code is missing. Write all ten digits: 209-555-0123."
    return "this is no phone number. Write ten digits, with the extension behind: 209-555-0123 ext. 4."


def _program(value: str) -> str:
    names = {item.official_name: key for key, item in rules.programs().items()}
    return f"there is no program of this name.{_near(value, [*rules.programs(), *names])}"


def _plan(value: str) -> str:
    names = [item.name for item in plans.plans().values()]
    return f"there is no Medi-Cal plan of this name.{_near(value, [*plans.plans(), *names])}"


def _near(value: str, known: Iterable[str]) -> str:
    """The nearest of those names as a question; nothing where none is near."""
    by_key = {name.casefold(): name for name in known}
    bare = re.sub(r"\b(?:county|condado)\b", "", value.casefold()).strip()
    found = get_close_matches(bare, by_key, n=1)
    return f" Did you mean {by_key[found[0]]}?" if found else ""


_WRONG: Mapping[Code, Callable[[str], str]] = MappingProxyType(
    {
        Code.UNKNOWN_COUNTY: _county,
        Code.NO_COUNTY: _county,
        Code.UNREADABLE_PHONE: _phone,
        Code.UNKNOWN_PROGRAM: _program,
        Code.UNKNOWN_PLAN: _plan,
        Code.UNKNOWN_CAPACITY: lambda _: "say open, wait list, full or assessment first; or full until January 15.",
        Code.UNCLEAR_YES_NO: lambda _: "say yes or no.",
    }
)
