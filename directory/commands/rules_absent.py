"""What `puente rules show` says of a thing that is not there: what may be meant, or how the clinic notes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from shlex import quote

from directory.eligibility import guides, rules
from directory.errors import RulesError
from directory.overlay.basis import known
from directory.overlay.shapes import EVERYWHERE, STATEWIDE, Target
from directory.plans import load

__all__ = ["absent"]

_NEW = {
    "office": '--name-en "..." --name-es "..." --phone ... --source "where you looked"',
    "offer": '--offered yes --source "where you looked"',
    "ride": '--phone ... --days ... --source "where you looked"',
    "line": '--phone ... --source "where you looked"',
}
"""What makes it known, of each kind that a clinic can add."""
_INSTEAD = {
    "office": "Until then people get the line of all counties",
    "offer": "Until then people are told to ask the plan",
    "ride": "Until then the careful days of all plans count",
    "line": "No phone of its own is known",
}


def absent(target: Target) -> RulesError:
    """The error of a thing that nothing is known of: the nearest name, or the line that makes it known."""
    try:
        for what, id, among in _named(target):
            known(among, id, what)
    except RulesError as why:
        return RulesError(f"Nothing is known of '{target}': {why}.")
    if target.kind not in _NEW or EVERYWHERE in (target.id, target.part):
        return RulesError(f"Nothing is known of '{target}'.")
    line = f"puente rules change {quote(str(target))} {_NEW[target.kind]}"
    return RulesError(
        f"Nothing is known of '{target}' yet. {_INSTEAD[target.kind]}. If you know it, note it:\n  {line}"
    )


def _named(target: Target) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """What the thing names, where each has to stand."""
    if target.kind in ("program", "rule", "line", "side"):
        yield "program", target.id, rules.programs()
    elif target.kind in ("phone", "ride", "offer") and target.id != EVERYWHERE:
        yield "plan", target.id, load.plans()
    elif target.kind in _LOADED:
        yield target.kind, target.id, _LOADED[target.kind]()
    if target.kind == "office" and target.id != STATEWIDE:
        yield "county", target.id, load.counties()
    if target.kind == "office":
        yield "kind of office", str(target.part), load.loaded().kinds
    if target.kind == "offer":
        yield "program", str(target.part), rules.programs()


_LOADED = {
    "table": rules.tables,
    "definition": rules.definitions,
    "condition": rules.conditions,
    "guide": guides.guides,
    "county": load.counties,
}
