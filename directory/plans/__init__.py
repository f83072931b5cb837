"""The Medi-Cal plans, the counties they serve, and who to call there."""

from __future__ import annotations

from directory.plans.load import (
    DEFAULT_RIDE_NOTICE,
    MODELS,
    County,
    Office,
    Plan,
    counties,
    county,
    office,
    plan,
    plan_by_alias,
    plans,
    plans_in,
)

__all__ = [
    "DEFAULT_RIDE_NOTICE",
    "MODELS",
    "County",
    "Office",
    "Plan",
    "counties",
    "county",
    "office",
    "plan",
    "plan_by_alias",
    "plans",
    "plans_in",
]
