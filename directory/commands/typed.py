"""A county and a plan as staff type them -> the one that is meant; else what may be meant, and what to write."""

from __future__ import annotations

from directory import places, plans
from directory.errors import FactError
from directory.model import Language, Place
from directory.text import place as place_words

__all__ = ["county", "one_plan", "plans_meant"]


def county(text: str) -> str:
    """The county meant: its own name before a city of that name; FactError says what else may be meant."""
    plain = " ".join(text.split()).casefold().removesuffix(" county")
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
