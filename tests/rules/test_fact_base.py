"""Nothing of the fact base was lost on the way into the project's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from directory import plans
from directory.eligibility import rules
from directory.eligibility.conditions import All, Defined, Holds, Node
from directory.text.register.promises import figures

FACTS = Path(__file__).parents[2].parent / "shared" / "facts" / "programs.yaml"
REWORDED = frozenset({
    "act_19_or_less", "applied_waiting", "asthma_ed_or_urgent_12m", "at_risk_institution",
    "at_risk_nursing_facility", "awake_calm_no_emergency", "blind_or_disabled",
    "brain_injury_dementia_mental_illness", "calfresh_status_ok", "can_live_safely_alf", "can_live_safely_home",
    "cannot_reach_stop", "cannot_ride_fixed_route_alone", "ces_picked_for_housing", "child_welfare", "chw_need",
    "clinician_or_plan_confirms_diet_need", "clinician_recommends_asthma", "county_bh_need", "depends_on_caregiver",
    "diet_condition", "does_not_meet", "ecm_population", "eviction_notice_21_30_days", "exempt", "first_3_months",
    "fleeing_violence", "foster_care", "functional_deficit_no_support", "has_home_needs_help_keeping",
    "has_housing_navigator", "hcv_one_member_eligible_status", "high_use_adult", "high_use_child", "homebound",
    "homeless_plus_complex_need", "housed_last_24_months_after_homeless", "ihss_approved", "in_nf_or_recup_60_days",
    "in_nursing_facility_60_days", "income_calfresh_net", "income_care_200", "income_csfp_150", "income_liheap",
    "income_school_185", "income_under_50_ami", "income_wic_185", "institution", "leaving_facility_or_treatment",
    "leaving_hospital_high_risk", "leaving_place_no_home", "leaving_public_system", "little_cash_this_month",
    "lives_at_home", "losing_home_30_days", "ltc_risk", "meets_20_hours", "moving_to_permanent_home",
    "near_transit_route", "needs_help_daily_tasks", "needs_help_two_adls", "needs_wheelchair_or_gurney_or_help",
    "nf_a_or_higher", "nf_to_community", "no_other_way", "no_regular_place_to_sleep", "not_applied",
    "not_eligible_hcba_waitlist", "not_eligible_short_term", "not_in_group", "overcrowded",
    "pregnant_or_12mo_postpartum", "provider_signed_pcs", "respite_child_group", "self_paid_motel",
    "serious_health_need", "soc873_signed", "spouse_of_60_plus", "stable_no_medical_watch",
    "sun_foster_homeless_migrant_headstart", "sun_school_frpm", "too_sick_for_street_not_hospital",
    "tr_transition_group", "trouble_paying_energy", "wants_assisted_living", "wants_to_move_home",
    "youth_or_family_doubled_up",
})  # fmt: skip
"""Conditions and choices said in easier words than the fact base; the figures in them stay."""
RENAMED = {"gchp": "gold_coast", "cchp": "contra_costa", "kern": "kern_family"}


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    """The fact base as it was handed over."""
    if not FACTS.is_file():
        pytest.skip("shared/facts is not beside the project")
    plain: dict[str, Any] = yaml.load(FACTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return plain


def tree(node: Node) -> Any:
    """A tree as the fact base writes it."""
    if isinstance(node, Holds):
        return node.condition
    if isinstance(node, Defined):
        return f"def:{node.definition}"
    return {"all_of" if isinstance(node, All) else "any_of": [tree(part) for part in node.parts]}


def test_every_program_keeps_its_tree_sources_and_codes(facts: dict[str, Any]) -> None:
    assert {fact["id"] for fact in facts["programs"]} == set(rules.programs())
    for fact in facts["programs"]:
        program = rules.program(fact["id"])
        assert tree(program.rules[0].when) == fact["eligibility"]
        assert [source.id for source in program.sources] == fact["sources"]
        assert (program.official.en, program.need.value) == (fact["official_name"], fact["need"])
        assert set(program.record.get("verified", ())) == set(fact.get("verified", ()))
        assert set(program.record.get("not_verified", ())) == set(fact.get("not_verified", ()))
        assert set(fact.get("limits", ())) <= set(program.record.get("limits", ()))
        assert set(fact.get("exclusions", ())) <= set(program.record.get("exclusions", ()))


def test_every_condition_keeps_its_question_and_who_may_answer(facts: dict[str, Any]) -> None:
    assert set(facts["conditions"]) == set(rules.conditions())
    for id, fact in facts["conditions"].items():
        condition = rules.conditions()[id]
        for words, given in zip(
            (condition.question.en, condition.question.es), (fact["question_en"], fact["question_es"]), strict=True
        ):
            assert words == given or (id in REWORDED and figures(words) == figures(given)), id
        assert (condition.fact, condition.sensitive) == (fact["slot"], fact.get("sensitive", False))
        assert condition.ask == (fact["answered_by"] == "patient" and fact.get("ask_in_chat", True))
        offered = [(choice.value, choice.label.en, choice.label.es) for choice in condition.choices]
        given_choices = [(choice["value"], choice["en"], choice["es"]) for choice in fact.get("choices", [])]
        assert [choice for choice in offered if choice[0] not in REWORDED] == [
            choice for choice in given_choices if choice[0] not in REWORDED
        ]


WORKED_OUT_FURTHER = {"csfp_150"}
"""Tables with more sizes than the fact base prints: percent of the poverty level, which is verified."""


def test_every_definition_and_source_is_kept(facts: dict[str, Any]) -> None:
    assert set(facts["sources"]) == set(rules.sources())
    for id, fact in facts["definitions"].items():
        (kind,) = {"all_of", "any_of"} & set(fact)
        assert tree(rules.definitions()[id].rules[0].when) == {kind: fact[kind]}


@pytest.mark.parametrize(
    ("table", "place", "path"),
    [
        ("fpl", 0, "fpl_annual/2026"),
        ("fpl", 1, "fpl_annual/2025"),
        ("calfresh_gross_200", 0, "calfresh_gross_200_ffy2027/by_size"),
        ("calfresh_gross_200", 1, "calfresh_gross_200_ffy2026/by_size"),
        ("calfresh_gross_130", 0, "calfresh_gross_130_ffy2027/by_size"),
        ("calfresh_net_100", 0, "calfresh_net_100_ffy2027/by_size"),
        ("calfresh_max_allotment", 0, "calfresh_max_allotment_ffy2026/by_size"),
        ("wic_185_month", 0, "wic_185_2026_27/monthly"),
        ("wic_185_year", 0, "wic_185_2026_27/annual"),
        ("school_meal_185", 0, "school_meal_reduced_185_sy2026_27/by_size"),
        ("liheap_60smi", 0, "liheap_60smi/ffy2027_monthly"),
        ("liheap_60smi", 1, "liheap_60smi/ffy2026_monthly"),
        ("liheap_60smi", 2, "liheap_60smi/published_2025_monthly"),
        ("medi_cal_adult_138", 0, "medi_cal/magi_adult_138_monthly_2026"),
        ("csfp_150", 0, "csfp/monthly_2026"),
    ],
)
def test_every_figure_is_kept(facts: dict[str, Any], table: str, place: int, path: str) -> None:
    fact = facts["reference_values"]
    for key in path.split("/"):
        fact = fact[key]
    value = rules.tables()[table].values[place]
    extra = {"each_extra": value.each_extra} if value.each_extra is not None else {}
    kept = {**value.by_size, **extra}
    assert {size: kept[size] for size in fact} == fact
    assert set(kept) == set(fact) or table in WORKED_OUT_FURTHER


@pytest.mark.parametrize(("table", "months"), [("csfp_150", 12), ("care_200", 1)])
def test_what_is_worked_out_from_the_poverty_level_is_that_percentage_of_it(table: str, months: int) -> None:
    value, level = rules.tables()[table].values[0], rules.tables()["fpl"].values[0]
    assert value.percent is not None and value.each_extra is not None and level.each_extra is not None
    for size, dollars in value.by_size.items():
        assert dollars == level.by_size[size] * value.percent / 100 / months
    assert value.each_extra == level.each_extra * value.percent / 100 / months


def test_plans_and_counties(facts: dict[str, Any]) -> None:
    known = facts["plan_directory"]
    for id, fact in known["plans"].items():
        plan = plans.plan(RENAMED.get(id, id))
        assert plan.name == fact["name"]
        assert fact["member_services"].startswith(plan.phone)
        for phone in (plan.local_phone, plan.ride_line):
            assert phone is None or phone in fact["member_services"]
    assert list(plans.counties()) == list(known["counties"])
    for name, fact in known["counties"].items():
        county = plans.county(name)
        assert (county.model, list(county.plans)) == (fact["model"], [RENAMED.get(id, id) for id in fact["plans"]])
