"""The 23 plans, the 58 counties, and who to call in each."""

from __future__ import annotations

from collections import Counter

import pytest

from directory import plans
from directory.eligibility import rules
from directory.errors import RulesError
from directory.model import Language, Need
from directory.plans.rides import advice

COUNTIES = sorted(plans.counties())
PLAN_IDS = {
    *("la_care", "health_net", "iehp", "molina", "anthem", "kaiser", "partnership", "ccah", "cencal", "caloptima"),
    *("gold_coast", "hpsm", "alameda_alliance", "contra_costa", "chpiv", "calviva", "kern_family", "sfhp", "hpsj"),
    *("mountain_valley", "scfhp", "blue_shield_promise", "chg"),
}


def test_the_plans() -> None:
    assert set(plans.plans()) == PLAN_IDS


def test_counties_by_model() -> None:
    models = Counter(county.model for county in plans.counties().values())
    assert models == {"COHS": 34, "Single Plan": 3, "Two-Plan": 14, "GMC": 2, "Regional": 5}


@pytest.mark.parametrize("county", COUNTIES)
def test_every_county_has_a_plan_and_someone_to_call_for_everything(county: str) -> None:
    assert plans.plans_in(county)
    for what in (*rules.programs(), *(need.value for need in Need)):
        office = plans.office(county, what)
        assert office.name_en and office.name_es
        assert "{" not in office.what_to_ask_en + office.what_to_ask_es
        assert office.what_to_ask_en != office.what_to_ask_es


def test_each_plan_serves_the_counties_that_name_it() -> None:
    for plan in plans.plans().values():
        assert plan.counties == tuple(name for name, known in plans.counties().items() if plan.id in known.plans)
        assert plan.counties


@pytest.mark.parametrize(
    ("county", "ids"),
    [
        ("Stanislaus", ("hpsj", "health_net", "kaiser")),
        ("Merced", ("ccah",)),
        ("San Diego", ("blue_shield_promise", "chg", "molina", "kaiser")),
        ("Nowhere", ()),
    ],
)
def test_plans_in(county: str, ids: tuple[str, ...]) -> None:
    assert tuple(plan.id for plan in plans.plans_in(county)) == ids


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("LA Care", "la_care"),
        ("L.A. Care Health Plan", "la_care"),
        ("HealthNet", "health_net"),
        ("HealthNet Medi-Cal Health Plan:", "health_net"),
        ("Health  Net", "health_net"),
        ("KERN HEALTH SYSTEMS", "kern_family"),
        ("Kern Family Health Care", "kern_family"),
        ("Imperial Valley (CHPIV)", "chpiv"),
        ("San Francisco Health Plan MCAL:", "sfhp"),
        ("Alameda Alliance Health Plan:", "alameda_alliance"),
        ("CalViva Health Plan:", "calviva"),
        ("Anthem Blue Cross Health Plan:", "anthem"),
        ("kaiser", "kaiser"),
        ("la alianza", "ccah"),
        ("Blue Shield of California Promise", "blue_shield_promise"),
        ("Contra Costa Health Plan", "contra_costa"),
        ("HealthNet Commercial HMO", None),
        ("UnitedHealthcare Medicare National", None),
        ("Aetna Better Health", None),
        ("", None),
    ],
)
def test_plan_by_alias(written: str, id: str | None) -> None:
    assert plans.plan_by_alias(written) == id


@pytest.mark.parametrize(
    "region", ["imperial valley", "inland empire", "los angeles", "san mateo", "contra costa", "kern"]
)
def test_a_region_is_no_plan(region: str) -> None:
    assert plans.plan_by_alias(region) is None


def test_a_ride_line_that_was_seen() -> None:
    plan = plans.plan("contra_costa")
    assert (plan.ride_line, plan.ride_line_verified, plan.ride_days) == ("1-855-222-1218", True, 7)
    assert advice(plan).en.startswith("Call 5 to 7 work days before")


def test_where_no_ride_rule_was_seen_the_careful_default_stands() -> None:
    plan = plans.plan("iehp")
    assert plan.ride_line is None and not plan.ride_line_verified and plan.ride_notice is None
    assert advice(plan).en == "Call at least 5 work days before. If it is urgent, call now."


def test_only_phones_seen_in_a_source_are_verified() -> None:
    assert {plan.id for plan in plans.plans().values() if plan.phone_verified} == {"la_care", "caloptima", "sfhp"}


@pytest.mark.parametrize(
    ("what", "phone", "verified"),
    [
        ("food_bank", "211", True),
        ("oaa_home_meals", "1-800-510-2020", True),
        ("adult_protective_services", "1-833-401-0832", False),
        ("wic", "1-800-852-5770", False),
        ("calfresh", None, True),
        ("ihss", None, True),
        ("legal", None, False),
    ],
)
def test_office(what: str, phone: str | None, verified: bool) -> None:
    office = plans.office("Fresno", what)
    assert (office.phone, office.verified, office.county) == (phone, verified, None)


def test_an_office_speaks_both_languages() -> None:
    office = plans.office("Fresno", "nmt")
    assert "Rides to health care (NMT)" in office.what_to_ask(Language.EN)
    assert "Viajes a citas médicas (NMT)" in office.what_to_ask(Language.ES)
    assert office.name(Language.ES) == "Su plan de Medi-Cal"


@pytest.mark.parametrize(
    ("county", "what", "says"),
    [("Fresno County", "food", "no county"), ("Fresno", "unicorns", "no program, need or kind")],
)
def test_an_unknown_office_is_an_error(county: str, what: str, says: str) -> None:
    with pytest.raises(RulesError, match=says):
        plans.office(county, what)


@pytest.mark.parametrize("ask", [plans.plan, plans.county])
def test_unknown_ids_are_errors(ask: object) -> None:
    with pytest.raises(RulesError):
        ask("nowhere")  # type: ignore[operator]
