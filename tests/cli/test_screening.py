"""`puente screen`: all programs of a need for one household, the best first, and what to ask next."""

from __future__ import annotations

import jsonschema
import pytest

from directory.eligibility import rules
from directory.model import Need
from tests.cli.household import KEYS, VERDICT, Puente, puente, text, told

__all__ = ["puente"]


def test_screen_has_the_order_of_assess_and_one_reason_each(puente: Puente) -> None:
    line = "screen --need food --county Kern --fact size=3 --fact income=2400 --fact age=70"
    found = told(puente(line, "--json"))
    assert [list(item) for item in found["verdicts"]] == [KEYS] * len(rules.needs()[Need.FOOD])
    for item in found["verdicts"]:
        jsonschema.validate(item, VERDICT)
    outcomes = [item["outcome"] for item in found["verdicts"]]
    assert outcomes == sorted(outcomes, key=["may_qualify", "cannot_tell", "probably_not"].index)
    assert {"may_qualify", "cannot_tell"} <= set(outcomes)
    assert 1 <= len(found["ask"]) <= 3 and found["left_out"] == []
    said = text(puente(line))
    assert "may qualify Lunch at a senior center (60+) [oaa_center_meals]: You are 60 or older." in said
    assert said.index("[oaa_center_meals]") < said.index("[wic]")


def test_without_a_need_all_programs_are_looked_through(puente: Puente) -> None:
    assert len(told(puente("screen --json"))["verdicts"]) == len(rules.programs())


@pytest.mark.parametrize(
    ("language", "words"), [("en", "plan supports are left out: they need Medi-Cal"), ("es", "hay que tener Medi-Cal")]
)
def test_without_medi_cal_plan_supports_are_one_line(puente: Puente, language: str, words: str) -> None:
    line = f"screen --need housing --fact has_medi_cal=no --language {language}"
    left_out = told(puente(line, "--json"))["left_out"]
    assert left_out and all(rules.program(id).plan_benefit for id in left_out)
    said = text(puente(line))
    assert f"{len(left_out)} " in said and words in said
    assert not [id for id in left_out if f"[{id}]" in said]


ONLY_VIOLENCE_LEFT = " ".join(
    f"--fact {name}=no"
    for name in (
        "no_regular_place_to_sleep", "in_shelter_or_paid_motel", "leaving_place_no_home", "losing_home_30_days",
        "youth_or_family_doubled_up", "moved_twice_60_days", "doubled_up", "eviction_notice_21_30_days",
        "self_paid_motel", "overcrowded", "leaving_public_system", "has_medi_cal",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("screen --need food --county Kern", ["household_size", "age_years"]),
        ("screen --need transport", ["has_medi_cal"]),
        ("screen --need housing --county Kern --plan kern", ["losing_home_30_days"]),
        (f"screen --need housing --county Kern --plan kern {ONLY_VIOLENCE_LEFT}", []),
    ],
)
def test_what_decides_most_is_asked_next_and_violence_never(puente: Puente, line: str, first: list[str]) -> None:
    asks = [ask["fact"] for ask in told(puente(line, "--json"))["ask"]]
    assert asks[: len(first)] == first and len(asks) <= 3
    assert "fleeing_violence" not in asks


def test_violence_is_taken_when_said_and_marked_as_never_asked(puente: Puente) -> None:
    said = text(puente("check emergency_shelter --county Kern"))
    assert "only if the person says it; do not ask" in said or "fleeing_violence" in said
    line = "check coordinated_entry --county Kern --fact fleeing_violence=yes --json"
    assert told(puente(line))["outcome"] == "may_qualify"


def test_a_card_that_means_another_plan_there_is_read_so_and_said(puente: Puente) -> None:
    said = text(puente("check ecm --near 90013 --plan anthem"))
    assert "Plan: L.A. Care." in said and "an Anthem card may be from L.A. Care" in said
    far = text(puente("check ecm --near 90013 --plan kern_family"))
    assert "does not serve Los Angeles County, as far as we know" in far
