"""What was understood of a form, what is wrong with it, and what the form offers, in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.desk import fields
from directory.desk.places import typed
from directory.desk.places.typed import Typed
from directory.eligibility import rules
from directory.errors import EntryError
from directory.model import Capacity, Language, Need
from directory.plans import plans
from directory.sync import hand
from directory.sync.changes import DERIVED
from directory.sync.diff import Change
from directory.sync.problems import Code, Problem, sentence
from directory.text import names
from directory.text.catalogue import keys, say
from directory.text.day import day_text

__all__ = ["Told", "choices", "day", "differences", "known", "of_change", "of_new", "wrong"]

_QUIET = frozenset({"id", "provenance", "latitude", "longitude", "reach"})
_TO_FORM = {"needs": "topics", "address": "address_1", "county": "counties"}
"""Field that a problem names -> field of the form, where they differ."""


@dataclass(frozen=True)
class Told:
    """What was understood: a line for each field (label, before, after), and what to look at."""

    lines: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    corrects: bool


def of_new(entry: hand.Entry, lang: Language) -> Told:
    """Every field of a place that is added."""
    return Told(_lines(hand.as_changes(entry), lang), _notes(entry, lang), False)


def of_change(entry: hand.Entry, lang: Language, base: Mapping[str, object]) -> Told:
    """What is corrected; of a confidential place without where it is."""
    hidden = {"address"} if base.get("confidential") else set()
    shown = tuple(change for change in entry.changes if change.field not in hidden)
    return Told(_lines(shown, lang), _notes(entry, lang), True)


def _lines(changes: tuple[Change, ...], lang: Language) -> tuple[tuple[str, str, str], ...]:
    told = [change for change in changes if change.field not in _QUIET]
    shown = [change for change in told if change.field not in DERIVED or change.field == "schedule"]
    return tuple(
        (
            names.capital(fields.label(change.field, lang)),
            fields.value(change.field, change.before, lang),
            fields.value(change.field, change.after, lang),
        )
        for change in shown
    )


def _notes(entry: hand.Entry, lang: Language) -> tuple[str, ...]:
    draft = entry.read.plain
    unread = "hours_text" in draft and "schedule" not in draft
    hours = (say("desk.places.hours_as_text", lang),) if unread else ()
    return (*hours, *(_sentence(problem, lang) for problem in entry.read.problems))


def wrong(error: EntryError, lang: Language) -> dict[str, str]:
    """What is wrong, by field of the form; nothing when the error does not say which."""
    problems = error.problems if isinstance(error, hand.Unreadable) else ()
    return {_TO_FORM.get(problem.field, problem.field): _sentence(problem, lang) for problem in problems}


def _sentence(problem: Problem, lang: Language) -> str:
    # A county that is none comes as a place without a county, with what was written.
    code = Code.UNKNOWN_COUNTY if problem.code is Code.NO_COUNTY and problem.value else problem.code
    lacks = f"desk.places.wrong.{code.value}"
    if lacks in keys(lang):
        return say(lacks, lang, value=problem.value or "")
    found = sentence(problem.code, lang)
    return " ".join(filter(None, (f"{problem.value}:" if problem.value else "", found.means, found.do)))


def differences(mine: Typed, theirs: Typed, lang: Language) -> tuple[tuple[str, str], ...]:
    """What the place says today where the form says something else: (label, value)."""
    found = []
    for name, text in typed.entered(theirs, mine).items():
        label = fields.label(typed.FIELD_OF.get(name, name), lang)
        found.append((names.capital(label), text or say("desk.publish.no_value", lang)))
    return tuple(found)


def known(draft: Mapping[str, object], lang: Language) -> tuple[tuple[str, str], ...]:
    """What is said of a place: (label, value)."""
    shown = {name: value for name, value in draft.items() if name not in _QUIET}
    as_text = ((name, value if isinstance(value, str) else json.dumps(value)) for name, value in shown.items())
    return tuple((names.capital(fields.label(name, lang)), fields.value(name, text, lang)) for name, text in as_text)


def day(text: str, lang: Language) -> str:
    """An ISO day in words."""
    try:
        return day_text(date.fromisoformat(text[:10]), lang)
    except ValueError:
        return text


def choices(lang: Language) -> dict[str, object]:
    """What the form offers to tick and to choose."""
    programs = [
        (names.capital(names.need_name(need, lang)), [(id, names.program_name(id, lang)) for id in ids])
        for need, ids in rules.needs().items()
    ]
    spoken = sorted((names.capital(names.language_name(code, lang)), code) for code in typed.language_codes())
    return {
        "needs": [(need.value, names.capital(names.need_name(need, lang))) for need in Need],
        "programs": [(name, ids) for name, ids in programs if ids],
        "plans": sorted(((plan.id, plan.short_name) for plan in plans().values()), key=lambda pair: pair[1]),
        "languages": [(code, name) for name, code in spoken],
        "named": {*typed.TEXTS, *typed.TRIS, *typed.BOXES, "capacity"},
        "rooms": [one.value for one in Capacity if one is not Capacity.UNKNOWN],
    }
