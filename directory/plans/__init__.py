"""The Medi-Cal plans, the counties they serve, what they give, who to call there, and by when to call for a ride."""

from __future__ import annotations

from directory.plans.cards import Meaning, meanings, plan_on_card, plans_named
from directory.plans.cells import (
    Card,
    Cell,
    County,
    Directory,
    Kind,
    Offer,
    Office,
    Plan,
    RideDefault,
    RideForm,
)
from directory.plans.load import (
    counties,
    county,
    kinds,
    office,
    offices_in,
    plan,
    plan_by_alias,
    plans,
    plans_in,
)
from directory.plans.offers import offer, offered
from directory.plans.parse import MODELS
from directory.plans.rides import RideClock, clock

__all__ = [
    "MODELS",
    "Card",
    "Cell",
    "County",
    "Directory",
    "Kind",
    "Meaning",
    "Offer",
    "Office",
    "Plan",
    "RideClock",
    "RideDefault",
    "RideForm",
    "clock",
    "counties",
    "county",
    "kinds",
    "meanings",
    "offer",
    "offered",
    "office",
    "offices_in",
    "plan",
    "plan_by_alias",
    "plan_on_card",
    "plans",
    "plans_in",
    "plans_named",
]
