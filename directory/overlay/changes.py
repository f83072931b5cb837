"""Reads what was changed; the first key says what it is: table, rule, program, plan, office or offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from directory.eligibility.strict import Entry
from directory.overlay.fields import day, dollars, line, period, phone, twin
from directory.overlay.shapes import (
    EVERYWHERE,
    Change,
    OfferChange,
    OfficeChange,
    PlanChange,
    ProgramChange,
    RuleChange,
    TableChange,
)

__all__ = ["CHANGES", "parse_change"]

_PEOPLE = 30
_MOST_DAYS = 60


def parse_change(entry: Entry) -> Change:
    """The change; refused with file and key when it says nothing, or what nobody can say of such a thing."""
    kind = next((key for key, _ in entry.items()), "")
    if kind not in CHANGES:
        raise entry.refuse(f"a change begins with one of: {', '.join(CHANGES)}.")
    required, optional, parse = CHANGES[kind]
    found = entry.fields(required, optional)
    if len(found) == len(required) and kind in _WANTS_MORE:
        raise entry.refuse(f"nothing is changed. Give one at least of: {', '.join(optional)}.")
    return parse(found)


def _table(found: Mapping[str, Entry]) -> TableChange:
    if "by_size" not in found and "percent" not in found:
        raise found["table"].refuse("there are no figures. Give 'by_size' or 'percent'.")
    return TableChange(
        line(found["table"]),
        period(found),
        _by_size(found["by_size"]) if "by_size" in found else {},
        found["each_extra"].maybe(dollars) if "each_extra" in found else None,
        dollars(found["percent"]) if "percent" in found else None,
    )


def _by_size(entry: Entry) -> dict[int, float]:
    """By people in the home, from 1 without a gap; a larger home never has the lower line."""
    figures = {key: dollars(figure) for key, figure in entry.items()}
    sizes = [str(size) for size in range(1, len(figures) + 1)]
    if not figures or list(figures) != sizes or len(figures) > _PEOPLE:
        raise entry.refuse("the sizes begin with 1 and go up by one: {1: 2660, 2: 3608}. Write them so.")
    for smaller, larger in pairwise(sizes):
        if figures[larger] < figures[smaller]:
            raise entry.refuse(f"the figure for {larger} is below that for {smaller}. One is mistyped. Mend it.")
    return {int(size): figure for size, figure in figures.items()}


def _rule(found: Mapping[str, Entry]) -> RuleChange:
    return RuleChange(line(found["rule"]), period(found), found["when"])


def _program(found: Mapping[str, Entry]) -> ProgramChange:
    return ProgramChange(
        line(found["program"]),
        "valid_until" in found,
        found["valid_until"].maybe(day) if "valid_until" in found else None,
        twin(found["how_long"]) if "how_long" in found else None,
        phone(found["line"]) if "line" in found else None,
    )


def _plan(found: Mapping[str, Entry]) -> PlanChange:
    return PlanChange(
        line(found["plan"]),
        phone(found["phone"]) if "phone" in found else None,
        phone(found["ride_line"]) if "ride_line" in found else None,
        _days(found["ride_days"]) if "ride_days" in found else None,
        _days(found["nemt_days"]) if "nemt_days" in found else None,
        twin(found["ride_notice"]) if "ride_notice" in found else None,
    )


def _days(entry: Entry) -> int:
    found = entry.number()
    if not isinstance(found, int) or not 0 < found <= _MOST_DAYS:
        raise entry.refuse(f"{found} is no number of work days. Write a whole number from 1 to {_MOST_DAYS}.")
    return found


def _office(found: Mapping[str, Entry]) -> OfficeChange:
    return OfficeChange(line(found["office"]), line(found["kind"]), twin(found["name"]), found["phone"].maybe(phone))


def _offer(found: Mapping[str, Entry]) -> OfferChange:
    county = line(found["county"])
    return OfferChange(
        line(found["offer"]),
        line(found["plan"]),
        None if county == EVERYWHERE else county,
        found["offered"].flag(),
        period(found),
    )


_DATES = ("from", "until")
_WANTS_MORE = frozenset({"program", "plan"})
CHANGES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Mapping[str, Entry]], Change]]] = {
    "table": (("table", *_DATES), ("by_size", "each_extra", "percent"), _table),
    "rule": (("rule", *_DATES, "when"), (), _rule),
    "program": (("program",), ("valid_until", "how_long", "line"), _program),
    "office": (("office", "kind", "name", "phone"), (), _office),
    "offer": (("offer", "plan", "county", "offered"), _DATES, _offer),
    "plan": (("plan",), ("phone", "ride_line", "ride_days", "nemt_days", "ride_notice"), _plan),
}
"""The word a change begins with -> the keys it must have, those it may have, and who reads it."""
