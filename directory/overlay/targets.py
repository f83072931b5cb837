"""Reads what was looked at: `table:wic_185_month`, `side:ihss/cost`, `offer:kern/cs_mtm`, `rule:ecm@2027-01-01`."""

from __future__ import annotations

import re
from datetime import date

from directory.eligibility.strict import Entry
from directory.errors import RulesError
from directory.overlay.shapes import KINDS, Target

__all__ = ["FORMS", "as_target", "parse_target"]

FORMS = {
    "program": "program:PROGRAM",
    "rule": "rule:PROGRAM[/expedited][@DAY]",
    "line": "line:PROGRAM",
    "side": "side:PROGRAM/SIDE",
    "definition": "definition:ID[@DAY]",
    "condition": "condition:ID",
    "table": "table:ID[@DAY]",
    "guide": "guide:ID",
    "phone": "phone:PLAN",
    "ride": "ride:PLAN (ride:all/nmt for the days where a plan's are not known)",
    "form": "form:RIDE",
    "card": "card:ID",
    "county": "county:COUNTY",
    "office": "office:COUNTY/KIND (statewide/KIND for the line of all counties)",
    "offer": "offer:PLAN/PROGRAM[/COUNTY] (offer:all/PROGRAM for what every plan gives)",
}
"""How each kind is written."""

_PARTS = {"rule": (1, 2), "ride": (1, 2), "side": (2, 2), "office": (2, 2), "offer": (2, 3)}
_VERSIONED = frozenset({"rule", "definition", "table"})
_PATTERN = re.compile(r"([a-z]+):([^:@]+?)(?:@(\d{4}-\d\d-\d\d))?")


def parse_target(entry: Entry) -> Target:
    """The thing that is named; refused with file and key when it is no name of ours."""
    try:
        return as_target(entry.text())
    except RulesError as why:
        raise entry.refuse(str(why)) from None


def as_target(text: str) -> Target:
    """The thing that a text names; RulesError says how to write it."""
    found = _PATTERN.fullmatch(text.strip())
    if not found or found[1] not in KINDS:
        raise RulesError(f"'{text[:60]}' names nothing that can be checked. Write one of: {', '.join(FORMS.values())}.")
    kind, version = found[1], found[3]
    parts = [part.strip() for part in found[2].split("/")]
    fewest, most = _PARTS.get(kind, (1, 1))
    if not fewest <= len(parts) <= most or not all(parts) or (version and kind not in _VERSIONED):
        raise RulesError(f"'{text[:60]}' is not written as it should be: {FORMS[kind]}.")
    id, part, place = (*parts, None, None)[:3]
    return Target(kind, str(id), part, place, _day(text, version) if version else None)


def _day(text: str, version: str) -> date:
    try:
        return date.fromisoformat(version)
    except ValueError:
        raise RulesError(f"'{text[:60]}': {version} is no day. Write it as 2027-01-01.") from None
