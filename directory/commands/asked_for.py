"""What somebody types to look for places -> what the search takes; one sentence where it cannot be told."""

from __future__ import annotations

import click

from directory import places, plans
from directory.eligibility import rules
from directory.model import Language, Place
from directory.text import listing as words
from directory.text import place as place_words

__all__ = ["language", "place", "plan", "program"]

EN = Language.EN


def place(text: str | None) -> Place | None:
    """The place that is meant; one sentence where it is none, or several."""
    if text is None:
        return None
    found = places.resolve(text)
    if isinstance(found, Place):
        return found
    raise click.ClickException(f"{place_words.problem(found, EN)}{_for_example(found)}")


def _for_example(found: places.Resolution) -> str:
    if not isinstance(found, (places.Ambiguous, places.OverCountyLine)):
        return ""
    return f' For example: --near "{place_words.option_name(found.options[0], EN)}"'


def program(text: str | None) -> str | None:
    """The id of a program, by id or name."""
    if text is None or text in rules.programs():
        return text
    known = rules.program_by_alias(text)
    if known is None:
        raise click.ClickException(f"There is no program {text!r}. Programs: {', '.join(rules.programs())}.")
    return known


def plan(text: str | None) -> str | None:
    """The id of a plan, by id, name or the first word of either: kern, Kern Family."""
    if text is None or text in plans.plans():
        return text
    known = plans.plan_by_alias(text) or _begins(text)
    if known is None:
        raise click.ClickException(f"There is no plan {text!r}. Plans: {', '.join(plans.plans())}.")
    return known


def _begins(text: str) -> str | None:
    """The one plan whose id begins with these words."""
    start = "_".join(text.casefold().split())
    found = [id for id in plans.plans() if f"{id}_".startswith(f"{start}_")] if start else []
    return found[0] if len(found) == 1 else None


def language(text: str | None) -> str | None:
    """The code of a language, by code or name."""
    if text is None:
        return None
    code = words.language_code(text)
    if code is None:
        raise click.ClickException(
            f"We do not know the language {text!r}. Write a name or code, such as Spanish or es."
        )
    return code
