"""A county and a plan as staff type them -> the one that is meant; else what may be meant, and what to write."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from directory import places, plans
from directory.almanac import day_names
from directory.errors import FactError
from directory.folding import spaced
from directory.model import Language, Place
from directory.text import place as place_words

__all__ = ["county", "day_to_come", "one_plan", "plans_meant"]


def county(text: str) -> str:
    """The county meant: its own name before a city of that name; FactError says what else may be meant."""
    plain = spaced(text).removesuffix(" county")
    if own := next((name for name in plans.counties() if name.casefold() == plain), None):
        return own
    found = places.resolve(text)
    if isinstance(found, Place):
        return found.county
    raise FactError(str(place_words.problem(found, Language.EN)))


def plans_meant(words: str, county: str | None) -> tuple[plans.Meaning, ...]:
    """The plans that an id, a name or the words on a card can mean there; FactError where no plan is called so.

    Also one that does not serve the county, where no other is meant: people move, and cards are old.
    """
    by_id = plans.plans().get(words.strip())
    if by_id and (county is None or county in by_id.counties):
        return (plans.Meaning(by_id),)
    named = (by_id,) if by_id else plans.plans_named(words)
    if not named:
        raise FactError(f"No Medi-Cal plan is called {words!r}. All plans with their ids: puente plans")
    return tuple(plans.meanings(words, county)) or tuple(plans.Meaning(plan) for plan in named)


def one_plan(words: str, county: str | None) -> plans.Meaning:
    """The one plan that is meant there; FactError lists those that may be."""
    found = plans_meant(words, county)
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{meaning.plan.id} ({meaning.plan.short_name})" for meaning in found)
    raise FactError(f"{words!r} may be {listed}. Say which by its id, or add --county.")


_WRITTEN = ("%Y-%m-%d", "%m/%d/%Y")
_NAMED = {"today": 0, "tomorrow": 1}


def day_to_come(text: str, today: date) -> date:
    """The day of a visit: 2026-12-03, 12/03/2026 (the month first), today, tomorrow, or the next such weekday."""
    said = text.strip().casefold()
    week = [name.casefold() for name in day_names(Language.EN)]
    if said in week and week.index(said) == today.weekday():
        either = f"Today is a {said.capitalize()}, so {text!r} may be today or in a week"
        raise FactError(f"{either}. Write today, or the date as 12/03/2026.")
    try:
        ahead = (week.index(said) - today.weekday()) % 7 if said in week else _NAMED.get(said)
        return today + timedelta(ahead) if ahead is not None else _written(said)
    except (ValueError, OverflowError):
        raise FactError(
            f"{text!r} is no day. Write it as 2026-12-03 or 12/03/2026 (month, day, year), tomorrow, or a weekday."
        ) from None


def _written(said: str) -> date:
    form = _WRITTEN["/" in said]
    return datetime.strptime(said, form).date()
