"""Places for people of 60 and older alone wait behind the others, until the age is known to fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from directory import store
from directory.eligibility.facts import Amount, to_plain
from directory.model import Need
from tests.actions.conftest import NOW, Stage, made

RECORDS = (
    made(51, "Aaa Senior Table", Need.FOOD, ("oaa_center_meals",)),
    made(52, "Bbb Meals at Home", Need.FOOD, ("oaa_home_meals",)),
    made(53, "Ccc Pantry and Senior Box", Need.FOOD, ("csfp", "food_bank")),
    made(54, "Ddd Pantry", Need.FOOD, ("food_bank",)),
)
OPEN_FIRST = ["Ccc Pantry and Senior Box", "Ddd Pantry", "Aaa Senior Table", "Bbb Meals at Home"]
BY_NAME = sorted(OPEN_FIRST)


@pytest.fixture
def tables(home: Path, stage: Stage) -> Stage:
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list", demo=False)
    store.write_directory(home / "directory.db", records=RECORDS, sources=[source], publication="m-6", published_at=NOW)
    return stage


@pytest.mark.parametrize(
    ("known", "order"),
    [
        ({}, OPEN_FIRST),
        ({"facts": {"age_years": 34}}, OPEN_FIRST),
        ({"about": "children"}, OPEN_FIRST),
        ({"facts": {"age_years": 72}}, BY_NAME),
        ({"about": "grandparent"}, BY_NAME),
    ],
)
def test_what_is_for_any_age_comes_first_unless_the_age_fits(
    tables: Stage, known: dict[str, Any], order: list[str]
) -> None:
    facts = {name: Amount.exactly(age) for name, age in known.get("facts", {}).items()}
    tables.slots.update({**known, "facts": to_plain(facts) or None})
    (answer,) = tables.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert [row["name"] for row in answer["custom"]["listings"]] == order


def test_who_asks_for_such_a_meal_gets_it(tables: Stage) -> None:
    (answer,) = tables.say("find_provider", "senior lunch", program="oaa_center_meals", place="Modesto")
    assert [row["name"] for row in answer["custom"]["listings"]] == ["Aaa Senior Table"]


@pytest.mark.parametrize(
    "said", ["any delivery", "do they deliver", "¿entregan a domicilio?", "which ones bring food to my house"]
)
def test_what_is_brought_home_is_asked_of_the_list(tables: Stage, said: str) -> None:
    tables.say("find_provider", "food in modesto", need="food", place="Modesto")
    (answer,) = tables.say("find_provider", said, need="transport")
    assert answer["custom"]["listings"][0]["name"] == "Bbb Meals at Home" and answer["custom"]["need"] == "food"


@pytest.mark.parametrize(
    ("said", "wanted", "begins"),
    [("summary in spanish for my mom", "es", "De Puente"), ("un resumen en inglés para mi hija", "en", "From Puente")],
)
def test_a_summary_in_the_other_language(tables: Stage, said: str, wanted: str, begins: str) -> None:
    language = "en" if wanted == "es" else "es"
    tables.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    answers = tables.say("change_language", said, language_wanted=wanted)
    assert answers[-1]["text"].startswith(begins) and "Ddd Pantry" in answers[-1]["text"]
