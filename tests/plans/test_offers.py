"""What a plan gives in a county: yes or no only where a source in date says so."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from directory import plans
from directory.eligibility import rules
from directory.errors import RulesError
from directory.model import Tri
from directory.plans import load

TODAY = date(2026, 11, 22)
BENEFITS = [id for id, program in rules.programs().items() if program.plan_benefit]


@pytest.mark.parametrize(
    ("plan", "county", "program", "on", "expected", "says"),
    [
        ("kern_family", "Kern", "nmt", TODAY, Tri.YES, "Every Medi-Cal plan"),
        ("kern_family", None, "nemt", TODAY, Tri.YES, "Every Medi-Cal plan"),
        ("kern_family", "Kern", "ecm", TODAY, Tri.YES, "Every Medi-Cal plan"),
        ("kern_family", "Los Angeles", "nmt", TODAY, Tri.NO, "does not serve Los Angeles County"),
        ("kern_family", "Los Angeles", "nmt", date(2026, 12, 22), Tri.UNKNOWN, "November 21, 2026"),
        ("kern_family", "Kern", "cs_mtm", TODAY, Tri.UNKNOWN, None),
        # Transitional Rent: no duty before 2026, every plan since, the end of the demonstration
        ("anthem", "Kern", "cs_transitional_rent", date(2025, 12, 31), Tri.UNKNOWN, None),
        ("anthem", "Kern", "cs_transitional_rent", date(2026, 1, 1), Tri.YES, "must give it"),
        ("anthem", "Kern", "cs_transitional_rent", date(2027, 5, 20), Tri.YES, "must give it"),
        ("anthem", "Kern", "cs_transitional_rent", date(2027, 5, 21), Tri.UNKNOWN, "last checked"),
        ("anthem", "Kern", "cs_transitional_rent", date(2030, 1, 1), Tri.UNKNOWN, None),
        # a plan of one county: its page is enough; until the waivers end
        ("la_care", "Los Angeles", "cs_mtm", TODAY, Tri.YES, "has a page"),
        ("la_care", "Los Angeles", "cs_mtm", date(2026, 12, 31), Tri.YES, "has a page"),
        ("la_care", "Los Angeles", "cs_mtm", date(2027, 1, 1), Tri.UNKNOWN, "last checked"),
        ("sfhp", "San Francisco", "cs_recuperative_care", TODAY, Tri.YES, "has a page"),
        ("sfhp", "San Francisco", "cs_recuperative_care", date(2027, 1, 1), Tri.UNKNOWN, None),
        ("contra_costa", "Contra Costa", "cs_mtm", TODAY, Tri.YES, "has a page"),
        # San Mateo says eleven; which ones was not seen
        ("hpsm", "San Mateo", "cs_asthma", TODAY, Tri.YES, "has a page"),
        ("hpsm", "San Mateo", "cs_respite", TODAY, Tri.UNKNOWN, None),
        # a plan of several counties whose page names none
        ("health_net", "Los Angeles", "cs_housing_deposits", TODAY, Tri.UNKNOWN, "not know in which counties"),
        ("kaiser", None, "cs_respite", TODAY, Tri.UNKNOWN, "not know in which counties"),
        # not something that plans give
        ("kaiser", "Kern", "calfresh", TODAY, Tri.UNKNOWN, None),
    ],
)
def test_offered(plan: str, county: str | None, program: str, on: date, expected: Tri, says: str | None) -> None:
    found = plans.offer(plan, county, program, on)
    assert plans.offered(plan, county, program, on) is expected
    assert (found is None) == (says is None)
    if found and says:
        assert says in found.why.en
        assert found.why.es and found.why.es != found.why.en
        assert "{" not in found.why.en + found.why.es


def test_the_ride_benefits_are_given_by_every_plan_everywhere() -> None:
    for plan in plans.plans().values():
        for county in plan.counties:
            assert {plans.offered(plan.id, county, ride, TODAY) for ride in ("nmt", "nemt", "ecm")} == {Tri.YES}


def test_whatever_is_said_has_a_basis_in_date_and_no_plan_gives_where_it_does_not_serve() -> None:
    for plan in plans.plans().values():
        for county in plans.counties():
            for program in BENEFITS:
                found = plans.offer(plan.id, county, program, TODAY)
                if county not in plan.counties:
                    assert found and found.offered is Tri.NO
                if found:
                    assert found.basis.sources and found.basis.checked_on <= TODAY <= found.basis.review_by


def test_no_entry_but_transitional_rent_outlives_the_waivers_without_a_look() -> None:
    supports = [
        offer for offers in load.loaded().offers.values() for offer in offers if offer.program.startswith("cs_")
    ]
    late = {offer.program for offer in supports if offer.basis.review_by > date(2026, 12, 31)}
    assert supports and late == {"cs_transitional_rent"}


@pytest.mark.parametrize("asked", [("nowhere", "Kern", "nmt"), ("kaiser", "Nowhere", "nmt"), ("kaiser", "Kern", "zz")])
def test_unknown_ids_are_errors(asked: tuple[str, str, str]) -> None:
    with pytest.raises(RulesError):
        plans.offered(*asked, TODAY)


SEEN = {
    **dict.fromkeys(("S_LAC_HD", "S_LAC_DH", "S_LAC_RC", "S_LAC_MTM"), "la_care"),
    "S_SFHP_CS": "sfhp",
    "S_CCHP_CS": "contra_costa",
    "S_HPSM_CS": "hpsm",
    "S_IEHP_CS": "iehp",
    "S_HN_CS": "health_net",
    "S_KP_FORM": "kaiser",
}
"""Pages and forms of plans that the fact base cites for a support: what they tell of must stand in offers.yml."""


def test_every_support_that_a_plan_s_page_was_cited_for_stands_here() -> None:
    file = Path(__file__).resolve().parents[3] / "shared" / "facts" / "programs.yaml"
    if not file.exists():
        pytest.skip("shared/facts is not beside the project")
    facts = yaml.safe_load(file.read_text("utf-8"))["programs"]
    cited = {(SEEN[source], fact["id"]) for fact in facts for source in fact.get("sources", ()) if source in SEEN}
    held = {(plan, program) for plan, _, program in load.load().offers if plan}
    assert len(cited) == 24
    assert cited <= held
    assert held - cited == {("kaiser", "chw_services")}  # from its page on ECM, Community Supports and CHW


REFUSED = [
    ("offers.yml", "  la_care:\n", "  lacare:\n", r"offers\.yml, plans: the key 'lacare' is unknown"),
    ("offers.yml", "    cs_mtm:\n", "    cs_mtn:\n", r"offers\.yml, plans\.la_care: the key 'cs_mtn' is unknown"),
    ("offers.yml", "  nmt:\n", "  calfresh:\n", r"offers\.yml, every_plan: the key 'calfresh' is unknown"),
    ("offers.yml", "sources: [S_LAC_HD]", "sources: []", r"cs_housing_deposits\.1\.sources: no source"),
    ("offers.yml", "counties: null", "counties: [Kern]", r"cs_housing_deposits\.1\.counties\.1: 'Kern' is unknown"),
    ("offers.yml", "offered: true", "offered: maybe", r"offers\.yml, every_plan\.nmt\.1\.offered: true or false"),
    ("offers.yml", "seen: page", "why: {en: a, es: b}\n        seen: page", r"cs_housing_deposits\.1: it needs either"),
    ("offers.yml", "  not_here:\n", "  not_there:\n", r"offers\.yml, reasons: the key 'not_there' is unknown"),
    ("cards.yml", "counties: [Imperial]", "counties: [Tulare]", r"cards\.yml, 5\.counties: health_net itself serves"),
    ("cards.yml", "means: [chpiv]", "means: [iehp]", r"cards\.yml, 5\.means: iehp does not serve Imperial"),
    ("rides.yml", "days: 10", "days: 90", r"rides\.yml, defaults\.nemt\.days: 90 is no number of work days"),
    ("plans.yml", "nemt_days: 10", "nemt_days: 0", r"plans\.yml, contra_costa\.rides\.nemt_days: 0 is no number"),
    ("offices.yml", "local: [county_benefits,", "local: [county,", r"offices\.yml, local\.1: 'county' is unknown"),
    (
        "offices.yml",
        '    about: {en: "the help',
        '    abut: {en: "the help',
        r"offices\.yml, kinds\.plan: the key 'abut'",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), REFUSED)
def test_refused(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    copy = tmp_path / "plans"
    shutil.copytree(load.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulesError, match=says):
        load.load(copy)


def test_two_answers_for_one_day_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "plans"
    shutil.copytree(load.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (copy / "offers.yml").read_text("utf-8")
    start = text.index("  nmt:\n") + len("  nmt:\n")
    version = text[start : text.index("  nemt:\n")]
    (copy / "offers.yml").write_text(text[:start] + version + text[start:], "utf-8")
    with pytest.raises(RulesError, match=r"offers\.yml, every_plan\.nmt\.2: the dates overlap"):
        load.load(copy)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("counties: null", ("unknown", "unknown")),  # the page of a plan with several counties names none
        ("counties: all", ("yes", "yes")),
        ("counties: [Riverside]", ("yes", "unknown")),
    ],
)
def test_where_a_page_says_it_holds(tmp_path: Path, changed: str, said: tuple[str, str]) -> None:
    copy = tmp_path / "plans"
    shutil.copytree(load.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (copy / "offers.yml").read_text("utf-8")
    start = text.index("  iehp:\n")
    (copy / "offers.yml").write_text(text[:start] + text[start:].replace("counties: null", changed, 1), "utf-8")
    held = load.load(copy)
    asked = ("cs_recuperative_care", TODAY)
    found = [plans.offered("iehp", county, *asked, held=held).value for county in ("Riverside", "San Bernardino")]
    assert tuple(found) == said
