"""What makes no sense is refused in words that say what was expected; what does is read as it was meant."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from directory.eligibility.facts import UNSURE, Amount, Fact, from_plain, names, parse, to_plain
from directory.errors import FactError
from tests.eligibility.tables import FOLDER

REFUSED = yaml.load((FOLDER / "nonsense.yml").read_text("utf-8"), yaml.BaseLoader)

READ: list[tuple[str, str, Fact]] = [
    ("age_years", "70", Amount(70, 70)),
    ("age_years", "60-69", Amount(60, 69)),
    ("age_years", "<18", Amount(0, 18)),
    ("age_years", "0", Amount(0, 0)),
    ("age_years", "120", Amount(120, 120)),
    ("household_size", "1", Amount(1, 1)),
    ("household_size", "2..4", Amount(2, 4)),
    ("household_income_monthly_gross", "$3,200", Amount(3200, 3200)),
    ("household_income_monthly_gross", "3458.55", Amount(3458.55, 3458.55)),
    ("household_income_monthly_gross", "3000 - 3500", Amount(3000, 3500)),
    ("household_income_monthly_gross", "> 3608", Amount(3608, None)),
    ("household_income_monthly_gross", "<=3608", Amount(0, 3608)),
    ("household_income_monthly_gross", "0", Amount(0, 0)),
    ("has_medi_cal", "Yes", True),
    ("has_medi_cal", " sí ", True),
    ("has_medi_cal", "n", False),
    ("has_medi_cal", "?", UNSURE),
    ("age_years", "skip", UNSURE),
    ("wic_category", "Child_under_5", "child_under_5"),
    ("wic_category", "unknown", UNSURE),
    ("pha_list_open", "no", False),
]


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: f"{row['fact']}={row['text']}")
def test_nonsense_is_refused_in_words(row: dict[str, Any]) -> None:
    with pytest.raises(FactError) as refused:
        parse(row["fact"], row["text"])
    found = str(refused.value)
    places = [found.find(piece) for piece in row["says"]]
    assert -1 not in places and places == sorted(places), found


@pytest.mark.parametrize(("name", "text", "fact"), READ)
def test_sense_is_read(name: str, text: str, fact: Fact) -> None:
    assert parse(name, text) == fact
    assert from_plain(to_plain({name: fact})) == {name: fact}


def test_no_fact_is_about_papers() -> None:
    asked_words = ("immigra", "citizen", "undocumented", "papers", "ssn", "visa")
    assert not [name for name in names() if any(word in name for word in asked_words)]


@pytest.mark.parametrize(
    "plain", [None, 7, "text", ["a"], {"age_years": [1]}, {"age_years": ["a", 2]}, {"age_years": [1, 2, 3]},
              {"age_years": 70}, {"age_years": {"low": 1}}, {"age_years": [None, 2]}, {"age_years": [1, "x"]}]
)  # fmt: skip
def test_a_slot_that_cannot_be_read_is_as_if_nobody_had_said_it(plain: object) -> None:
    assert from_plain(plain) == {}
