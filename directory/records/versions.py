"""Which version of a program's rule was in force on a day, as a fingerprint of all that it is made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from directory.eligibility import rules
from directory.eligibility.conditions import Defined, Holds, Node
from directory.eligibility.program import Rules

__all__ = ["rule_version"]

_LENGTH = 12
_MOST = 500
_kept: tuple[Rules | None, dict[tuple[str, date], str | None]] = (None, {})


def rule_version(program: str, on: date) -> str | None:
    """The fingerprint of the rule in force that day, the clinic's notes laid over it; None where there is none.

    It changes with the rule, with the definitions, conditions and figures that the rule stands on that day, and with
    the days and sources of each; not with the words in which it is told.
    """
    global _kept
    known = rules.everything()
    if _kept[0] is not known or len(_kept[1]) > _MOST:
        _kept = (known, {})
    found = _kept[1]
    key = (program, on)
    if key not in found:
        found[key] = _worked_out(known, program, on)
    return found[key]


def _worked_out(known: Rules, program: str, on: date) -> str | None:
    found = known.programs.get(program)
    rule = found.rule(on) if found else None
    if rule is None:
        return None
    parts = {"rule": _plain(rule), **dict(_below(known, rule.when, on))}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:_LENGTH]


def _below(known: Rules, node: Node, on: date) -> Iterator[tuple[str, Any]]:
    """All that a rule stands on that day, by name."""
    if isinstance(node, Holds):
        test = known.conditions[node.condition].test
        yield f"condition:{node.condition}", _plain(test)
        if test.table:
            yield f"table:{test.table}", _plain(known.tables[test.table].on(on))
    elif isinstance(node, Defined):
        shared = known.definitions[node.definition].rules
        for rule in (rule for rule in shared if rule.basis.period.covers(on)):
            yield f"definition:{node.definition}", _plain(rule)
            yield from _below(known, rule.when, on)
    else:
        for part in node.parts:
            yield from _below(known, part, on)


def _plain(value: Any) -> Any:
    """The same as JSON, whatever order a mapping has in this process."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, Mapping):
        return sorted([str(key), _plain(item)] for key, item in value.items())
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
