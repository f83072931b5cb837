"""What plans' lists write for a program, in their own spelling and by billing code."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.eligibility import rules


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("Housing Transition/ Navigation Services", "cs_housing_navigation"),
        ("HOUSING TRANSITION NAVIGATION SERVICES", "cs_housing_navigation"),
        ("Housing Transition Services", "cs_housing_navigation"),
        ("Medically Tailored MealsMedicallySupportive Food", "cs_mtm"),
        ("Medically-Supportive Food", "cs_mtm"),
        ("ShortTerm PostHospitalization Housing", "cs_stphh"),
        ("Recuperative Care Medical Respite", "cs_recuperative_care"),
        ("Medical Respite", "cs_recuperative_care"),
        ("Nursing Facility Transition to a Home", "cs_home_transition"),
        ("NF Transition to ALF", "cs_alf_transitions"),
        ("Nursing Facility Transition/Diversion to Assisted Living Facilities", "cs_alf_transitions"),
        ("Personal Care & Homemaker Services", "cs_personal_care"),
        ("Personal Care Homemaker Services", "cs_personal_care"),
        ("Environmental Accessibility Adaptations", "cs_home_modifications"),
        ("h0043 u6", "cs_housing_navigation"),
        ("S5165-U5", "cs_asthma"),
        ("S5165-U6", "cs_home_modifications"),
        ("T1016-U8", None),
        ("Depositos de vivienda", "cs_housing_deposits"),
        ("calfresh", "calfresh"),
        ("Acupuncture", None),
        ("", None),
    ],
)
def test_program_by_alias(written: str, id: str | None) -> None:
    assert rules.program_by_alias(written) == id


def test_every_name_and_code_of_the_crosswalk(samples: Path) -> None:
    path = samples / "plan-list-fragments" / "11_cs_service_names_and_codes.csv"
    checked = 0
    for written, id in _crosswalk(path):
        assert rules.program_by_alias(written) == id, written
        checked += 1
    assert checked > 60


def _crosswalk(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        lines = [line for line in stream if not line.startswith('"#')]
    for row in csv.DictReader(lines):
        if row["our_id"].startswith("("):
            continue
        yield row["name_on_2025_kaiser_form"], row["our_id"]
        yield row["column_name_in_plan_report"], row["our_id"]
        yield from ((code, row["our_id"]) for code in _codes(row["hcpcs_modifier"]))


def _codes(cell: str) -> Iterator[str]:
    """`T2012/T2014 -U6` and `H0040-U1/U2` each stand for two codes."""
    for part in cell.split(";"):
        found = re.match(r"\s*([A-Z0-9/]+?)\s*-(U\d(?:/U\d)*)", part)
        assert found, part
        yield from (f"{code}-{sign}" for code in found[1].split("/") for sign in found[2].split("/"))
