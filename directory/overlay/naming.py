"""What a person means by a name: `table:fpl` is written out; `calfresh` is whatever is called so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from directory.eligibility import guides, rules
from directory.errors import RulesError
from directory.overlay.shapes import Target
from directory.overlay.targets import as_target
from directory.plans import load

__all__ = ["meant"]


def meant(name: str, on: date) -> tuple[Target, ...]:
    """The things that a name means: of a program what patients read and who may get it; RulesError for no name.

    `side:PROGRAM/*` means the sides of it that are overdue or not confirmed that day.
    """
    if ":" in name:
        target = as_target(name)
        return tuple(_open_sides(target, on)) if target.kind == "side" and target.part == "*" else (target,)
    kinds = [kind for kind, ids in _called().items() if name in ids]
    if len(kinds) > 1:
        either = " or ".join(f"{kind}:{name}" for kind in kinds)
        raise RulesError(f"'{name}' can mean two things. Write {either}.")
    if not kinds:
        raise RulesError(_unknown(name))
    if kinds == ["program"]:
        program = rules.program(name)
        parts = [Target("program", name), Target("rule", name)]
        return (*parts, Target("rule", name, "expedited")) if program.expedited else tuple(parts)
    return (Target(kinds[0], name),)


def _open_sides(target: Target, on: date) -> Iterator[Target]:
    sides = rules.program(target.id).sides
    named = [kind for kind, side in sides.items() if not side.basis.stands(on)]
    if not named:
        raise RulesError(f"No side of '{target.id}' is overdue or not confirmed. Name one: side:{target.id}/cost.")
    yield from (replace(target, part=side) for side in named)


def _called() -> dict[str, tuple[str, ...]]:
    return {
        "program": tuple(rules.programs()),
        "table": tuple(rules.tables()),
        "definition": tuple(rules.definitions()),
        "guide": tuple(guides.guides()),
        "phone": tuple(load.plans()),
        "county": tuple(load.counties()),
        "condition": tuple(rules.conditions()),
    }


def _unknown(name: str) -> str:
    near = get_close_matches(name, [id for ids in _called().values() for id in ids], n=3)
    perhaps = f" Perhaps you mean {' or '.join(near)}." if near else ""
    return f"Nothing here is called '{name[:60]}'.{perhaps} All names stand in: puente rules --due 400"
