"""What an answer is: one dataclass that actions fill, the web channel sends as `custom`, pages draw and tests check."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import Any

from directory.model import Tri

__all__ = ["SCHEMA", "VERSION", "Kind", "Reply", "ShownListing", "Verdict"]

VERSION = 1


class Kind(str, Enum):
    """What a reply is."""

    LISTINGS = "listings"
    NONE_FOUND = "none_found"
    VERDICT = "verdict"
    QUESTION = "question"
    PROGRAM = "program"
    STEPS = "steps"
    GUIDE = "guide"
    CRISIS = "crisis"
    WORRY = "worry"
    HANDOFF = "handoff"
    SAVED = "saved"
    LANGUAGE = "language"
    OPT_OUT = "opt_out"
    MENU = "menu"
    SMALLTALK = "smalltalk"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class ShownListing:
    """A listing as a reply carries it: phone, hours, languages as people read them, `checked_on` an ISO day.

    `notice` stands before all else; the text of the reply has it too. From `what` on it is what a card needs, in the
    person's language where the words are ours; empty, None or unknown is what nobody says. `open_told` says more than
    `open` does; `ask` is what was asked for and the place does not say, `why` what speaks for it.
    """

    id: str
    name: str
    phone: str | None
    miles: float | None
    open: Tri
    checked_on: str | None
    organization: str | None = None
    address: str | None = None
    hours: str | None = None
    url: str | None = None
    languages: tuple[str, ...] = ()
    demo: bool = False
    notice: str | None = None
    what: tuple[str, ...] = ()
    distance: str | None = None
    open_told: str | None = None
    private: bool = False
    serves: str | None = None
    wheelchair: Tri = Tri.UNKNOWN
    cost: str | None = None
    papers: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    who: str | None = None
    plans: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the rules say of one program for one person on one day (`as_of`, ISO).

    `title`, `why`, `dated` and `decides` are those lines of the text: the outcome, its reasons, where the rule stands
    and when it was looked at, who decides. `asks` are the questions whose answers are missing.
    """

    program: str
    outcome: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
    as_of: str
    review_by: str | None
    next: str | None
    title: str | None = None
    why: str | None = None
    dated: str | None = None
    decides: str | None = None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """One message: its kind and the facts it stands on, beside its text.

    `choices` are what a person may answer (shown as buttons); `phones` are numbers in the text that belong to no
    listing (a plan's, 211, 988); `crisis` names the danger of a crisis reply; `language` is the one its text is in.
    """

    kind: Kind
    need: str | None = None
    program: str | None = None
    place: str | None = None
    county: str | None = None
    plan: str | None = None
    urgent: bool = False
    listings: tuple[ShownListing, ...] = ()
    total: int = 0
    relaxed: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    crisis: str | None = None
    verdict: Verdict | None = None
    demo: bool = False
    sources: tuple[str, ...] = ()
    language: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The reply as plain JSON that fits SCHEMA; `choices` become `{"label", "say"}`."""
        plain = _plain(self)
        plain["choices"] = [{"label": label, "say": say} for label, say in self.choices]
        return {"v": VERSION, **plain}


def _plain(value: Any) -> Any:
    """JSON of what a reply holds; `dataclasses.asdict` copies each value deeply, at every reply."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}

_LISTING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "name", "phone", "miles", "open", "checked_on"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "phone": _TEXT_OR_NULL,
        "miles": {"type": ["number", "null"], "minimum": 0},
        "open": {"enum": [tri.value for tri in Tri]},
        "checked_on": _TEXT_OR_NULL,
        "organization": _TEXT_OR_NULL,
        "address": _TEXT_OR_NULL,
        "hours": _TEXT_OR_NULL,
        "url": _TEXT_OR_NULL,
        "languages": _TEXTS,
        "demo": {"type": "boolean"},
        "notice": _TEXT_OR_NULL,
        "what": _TEXTS,
        "distance": _TEXT_OR_NULL,
        "open_told": _TEXT_OR_NULL,
        "private": {"type": "boolean"},
        "serves": _TEXT_OR_NULL,
        "wheelchair": {"enum": [tri.value for tri in Tri]},
        "cost": _TEXT_OR_NULL,
        "papers": _TEXTS,
        "come": _TEXTS,
        "who": _TEXT_OR_NULL,
        "plans": _TEXTS,
        "ask": _TEXTS,
        "why": _TEXTS,
    },
}

_VERDICT = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "required": ["program", "outcome", "reasons", "missing", "source", "as_of", "review_by", "next"],
    "properties": {
        "program": _TEXT,
        "outcome": {"enum": ["may_qualify", "probably_not", "cannot_tell"]},
        "reasons": _TEXTS,
        "missing": _TEXTS,
        "source": _TEXT,
        "as_of": _TEXT,
        "review_by": _TEXT_OR_NULL,
        "next": _TEXT_OR_NULL,
        "title": _TEXT_OR_NULL,
        "why": _TEXT_OR_NULL,
        "dated": _TEXT_OR_NULL,
        "decides": _TEXT_OR_NULL,
        "asks": _TEXTS,
    },
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A Puente reply, version 1",
    "type": "object",
    "additionalProperties": False,
    "required": ["v", "kind"],
    "properties": {
        "v": {"const": VERSION},
        "kind": {"enum": [kind.value for kind in Kind]},
        "need": _TEXT_OR_NULL,
        "program": _TEXT_OR_NULL,
        "place": _TEXT_OR_NULL,
        "county": _TEXT_OR_NULL,
        "plan": _TEXT_OR_NULL,
        "urgent": {"type": "boolean"},
        "listings": {"type": "array", "items": _LISTING},
        "total": {"type": "integer", "minimum": 0},
        "relaxed": _TEXTS,
        "choices": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["label", "say"],
                "properties": {"label": _TEXT, "say": _TEXT},
            },
        },
        "phones": _TEXTS,
        "crisis": _TEXT_OR_NULL,
        "verdict": _VERDICT,
        "demo": {"type": "boolean"},
        "sources": _TEXTS,
        "language": _TEXT_OR_NULL,
    },
    "allOf": [
        {
            "if": {"properties": {"kind": {"const": "listings"}}},
            "then": {"properties": {"listings": {"minItems": 1}, "total": {"minimum": 1}}},
        },
        {
            "if": {"properties": {"kind": {"const": "crisis"}}},
            "then": {"required": ["crisis"], "properties": {"crisis": {"type": "string"}}},
        },
    ],
}
