"""What people write and the facts that may be kept of it: nothing that was not said, and nearly all that was."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from actions.said import facts_in
from directory.eligibility import facts as known
from directory.eligibility.facts import Amount, Fact
from directory.eligibility.strict import plain

TABLES = Path(__file__).parent / "said"
RECALL = 0.9
SHORT = {
    "size": "household_size",
    "income": "household_income_monthly_gross",
    "age": "age_years",
    "medi_cal": "has_medi_cal",
    "medicare": "has_medicare_card",
    "wheelchair": "needs_wheelchair_or_gurney_or_help",
    "no_car_ride": "cannot_use_car_or_bus",
    "bus": "cannot_ride_fixed_route_alone",
    "no_car": "no_other_way",
    "trip": "trip_to_covered_care",
    "street": "no_regular_place_to_sleep",
    "shelter": "in_shelter_or_paid_motel",
    "motel": "self_paid_motel",
    "doubled": "doubled_up",
    "losing_home": "losing_home_30_days",
    "eviction": "eviction_notice_21_30_days",
    "moved": "moved_twice_60_days",
    "energy": "trouble_paying_energy",
    "aid": "gets_other_aid",
    "wic_aid": "wic_adjunct",
    "wic": "wic_category",
    "pregnant": "pregnant_or_12mo_postpartum",
    "school": "child_in_school",
    "public_school": "child_public_school",
    "diet": "diet_condition",
    "serious": "serious_health_need",
    "disabled": "blind_or_disabled",
    "daily": "needs_help_daily_tasks",
    "homebound": "homebound",
    "caregiver": "depends_on_caregiver",
    "asthma": "asthma_ed_or_urgent_12m",
    "cash": "little_cash_this_month",
    "food_now": "needs_food_now",
    "left_hospital": "leaving_hospital_high_risk",
    "left_place": "leaving_facility_or_treatment",
    "left_system": "leaving_public_system",
    "left_no_home": "leaving_place_no_home",
    "memory": "brain_injury_dementia_mental_illness",
}


def fact(value: object) -> Fact:
    """A fact as the tables write it: a number is exact, a pair is a range."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, list):
        return Amount(*value)
    assert isinstance(value, int | float)
    return Amount.exactly(value)


@functools.cache
def table(name: str) -> Mapping[str, Mapping[str, Fact]]:
    read = plain(TABLES / f"{name}.yml")
    assert isinstance(read, dict)
    return {text: {SHORT[key]: fact(value) for key, value in facts.items()} for text, facts in read.items()}


def names(language: str) -> list[str]:
    return sorted(path.stem for path in TABLES.glob(f"{language}_*.yml"))


def all_of(language: str) -> Iterator[tuple[str, Mapping[str, Fact]]]:
    for name in names(language):
        yield from table(name).items()


def measured(pairs: list[tuple[str, Mapping[str, Fact]]]) -> tuple[list[str], dict[str, tuple[float, float]], float]:
    """What was read wrongly, precision and recall of each fact, and recall over all."""
    wrong: list[str] = []
    right, read, stated = Counter[str](), Counter[str](), Counter[str]()
    for text, expected in pairs:
        found = facts_in(text)
        read.update(list(found))
        stated.update(list(expected))
        right.update(name for name in found if expected.get(name) == found[name])
        extra = {name: value for name, value in found.items() if expected.get(name) != value}
        missing = {name: value for name, value in expected.items() if found.get(name) != value}
        if extra or missing:
            wrong.append(f"{text!r}: read wrongly {extra or 'nothing'}, not read {missing or 'nothing'}")
    figures = {
        name: (right[name] / read[name] if read[name] else 1.0, right[name] / stated[name] if stated[name] else 1.0)
        for name in sorted(read | stated)
    }
    return wrong, figures, sum(right.values()) / max(1, sum(stated.values()))


@pytest.mark.parametrize("language", ["en", "es"])
def test_only_what_was_said_is_kept(language: str) -> None:
    pairs = list(all_of(language))
    wrong, figures, recall = measured(pairs)
    lines = [f"{name}: precision {p:.2f}, recall {r:.2f}" for name, (p, r) in figures.items()]
    told = "\n".join([f"{len(pairs)} messages, recall {recall:.3f}", *lines, *wrong])
    assert all(precision == 1 for precision, _ in figures.values()), told
    assert recall >= RECALL, told
    assert all(r >= RECALL - 0.15 for _, r in figures.values()), told


def test_every_fact_is_one_that_a_rule_asks_for() -> None:
    assert set(SHORT.values()) <= set(known.names())
