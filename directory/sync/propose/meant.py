"""What a person means by a word about a new list: a plan, a program, a need, or that something is left out."""

from __future__ import annotations

from collections.abc import Sequence

from directory import plans
from directory.eligibility import rules
from directory.errors import SourceError
from directory.model import Need
from directory.sync.propose.services import LEAVE_OUT, read

__all__ = ["all_stand", "plan_named", "stands"]


def plan_named(text: str | None) -> str | None:
    """The plan of that id or name; SourceError when there is none."""
    if text is None or text in plans.plans():
        return text
    known = plans.plan_by_alias(text)
    if known is None:
        raise SourceError(f"There is no plan {text!r}. Plans: {', '.join(plans.plans())}.")
    return known


def all_stand(text: str, options: Sequence[str] = ()) -> tuple[str, ...]:
    """What several answers with commas stand for, by number, id or name; nothing when one of them is not known."""
    whole = stands(text.strip())
    if whole:
        return (whole,)
    said = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if len(said) == 1 and text.replace(" ", "").isdigit():
        said = text.split()
    found = [
        options[int(part) - 1] if part.isdigit() and 0 < int(part) <= len(options) else stands(part) for part in said
    ]
    known = tuple(dict.fromkeys(item for item in found if item))
    return known if len(found) == sum(map(bool, found)) and (LEAVE_OUT not in known or len(known) == 1) else ()


def stands(text: str) -> str | None:
    """A program, a need, or "leave it out", by id or name."""
    if text.casefold() in ("out", "leave it out", "no"):
        return LEAVE_OUT
    if text in rules.programs() or text in {need.value for need in Need}:
        return text
    return rules.program_by_alias(text) or read(text)
