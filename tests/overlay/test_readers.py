"""What a clinic noted, and what a reader of rules and plans then finds on several days: the table is cases.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory import plans
from directory.commands.rules import warnings
from directory.eligibility import guides, rules
from directory.eligibility.basis import Basis
from directory.eligibility.conditions import All, AnyOf, Holds, Node, Rule
from directory.model import Language
from directory.plans import offers


def with_days(part: Any) -> Any:
    """The table as it was written: YAML takes a bare `on` for a truth."""
    if isinstance(part, dict):
        return {"on" if key is True else key: with_days(value) for key, value in part.items()}
    return [with_days(item) for item in part] if isinstance(part, list) else part


CASES: dict[str, Any] = with_days(yaml.safe_load(Path(__file__).with_name("cases.yml").read_text("utf-8")))


def named(node: Node) -> set[str]:
    """The conditions of a tree."""
    if isinstance(node, All | AnyOf):
        return {name for part in node.parts for name in named(part)}
    return {node.condition} if isinstance(node, Holds) else set()


def of_basis(basis: Basis) -> dict[str, object]:
    return {
        "status": basis.status,
        "checked_on": basis.checked_on,
        "review_by": basis.review_by,
        "until": basis.period.until,
    }


def of_table(id: str, on: date) -> Mapping[str, object] | None:
    value = rules.tables()[id].on(on)
    figures = {str(size): figure for size, figure in value.by_size.items()} if value else {}
    return {**of_basis(value.basis), **figures, "extra": value.each_extra} if value else None


def of_rule(id: str, on: date) -> Mapping[str, object] | None:
    found: Rule | None = rules.program(id).rule(on)
    return {**of_basis(found.basis), "names": named(found.when)} if found else None


def of_program(id: str, on: date | None) -> Mapping[str, object]:
    found = rules.program(id)
    return {
        "status": found.status,
        "checked_on": found.checked_on,
        "review_by": found.review_by,
        "valid_until": found.valid_until,
        "how_long": found.how_long.en,
        "line": found.line,
        "line_verified": bool(found.known_line and found.known_line.verified),
    }


def of_side(id: str, on: date | None) -> Mapping[str, object]:
    program, _, side = id.partition("/")
    return of_basis(rules.program(program).sides[side].basis)


def of_plan(id: str, on: date | None) -> Mapping[str, object]:
    found = plans.plan(id)
    return {**vars(found), "ride_notice": found.ride_notice.en if found.ride_notice else None}


def of_office(id: str, on: date | None) -> Mapping[str, object]:
    county, _, kind = id.partition("/")
    return vars(plans.office(county, kind))


def of_offer(id: str, on: date) -> Mapping[str, object]:
    plan, program, county, *_ = (*id.split("/"), None)
    found = offers.offer(str(plan), county, str(program), on)
    why = found.why.get(Language.EN) if found else ""
    return {"is": offers.offered(str(plan), county, str(program), on).value, "why": why}


FOUND: Mapping[str, Callable[[str, Any], Mapping[str, object] | None]] = {
    "table": of_table,
    "rule": of_rule,
    "program": of_program,
    "side": of_side,
    "plan": of_plan,
    "office": of_office,
    "offer": of_offer,
    "county": lambda id, on: of_basis(plans.county(id).basis),
    "guide": lambda id, on: of_basis(guides.guide(id).basis),
}


@pytest.mark.parametrize("name", CASES)
def test_a_reader_finds_what_was_noted(name: str, home: Path) -> None:
    case = CASES[name]
    notes = [{"who": "Ana", "source": "a letter", **note} for note in case["notes"]]
    (home / "overlay.yml").write_text(yaml.safe_dump(notes, sort_keys=False, allow_unicode=True), "utf-8")
    assert rules.overlay().trouble is None
    told = warnings()
    assert len(told) == case.get("warnings", 0), told
    for expected in case["finds"]:
        _check(dict(expected))


def _check(expected: dict[str, Any]) -> None:
    kind = next(iter(expected))
    id, on = expected.pop(kind), expected.pop("on", None)
    found = FOUND[kind](id, on)
    if expected.pop("none", None):
        assert found is None, f"{kind} {id} on {on}"
        return
    assert found is not None, f"{kind} {id} on {on} is not there"
    for key, value in expected.items():
        if key == "names":
            assert value in found[key]
        else:
            assert found[key] == value, f"{kind} {id} on {on}: {key}"
