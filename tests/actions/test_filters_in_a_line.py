"""Several filters in one line hold together; what nobody lists is said; what leaves no place is given up, and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from directory import store
from directory.model import Interval, Need, Schedule, Tri
from directory.reply import Kind
from tests.actions.conftest import NOW, RECORDS, Stage, made

SATURDAY = Schedule((Interval(5, time(9), time(12)),))
TUESDAY = Schedule((Interval(1, time(16), time(19)),))


@pytest.fixture
def listed(home: Path, stage: Stage) -> Stage:
    """Pantries and shelters of which each says something else."""
    pantry = dict(zip(range(1, 8), RECORDS[:7], strict=True))
    said = {
        1: {"fee": Tri.NO, "id_asked": Tri.NO, "wheelchair": Tri.YES, "walk_in": Tri.NO, "schedule": TUESDAY},
        2: {"fee": Tri.NO, "id_asked": Tri.YES, "wheelchair": Tri.YES, "walk_in": Tri.YES, "schedule": SATURDAY},
        3: {"fee": Tri.YES, "id_asked": Tri.NO, "schedule": SATURDAY},
        4: {"walk_in": Tri.YES, "schedule": SATURDAY},
    }
    shelters = (
        made(21, "Family Shelter", Need.HOUSING, ("emergency_shelter",), description="Families welcome.",
             taking_referrals=Tri.YES, languages=("en", "es")),
        made(22, "Adult Shelter", Need.HOUSING, ("emergency_shelter",), description="Adults only.",
             taking_referrals=Tri.YES, languages=("en", "es")),
        made(23, "Silent Shelter", Need.HOUSING, ("emergency_shelter",)),
    )  # fmt: skip
    records = (*(replace(pantry[number], **more) for number, more in said.items()), *shelters)
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(home / "directory.db", records=records, sources=[source], publication="m", published_at=NOW)
    return stage


FOOD = {"program": "food_bank", "place": "Modesto"}
SHELTER = {"program": "emergency_shelter", "place": "Modesto"}

CASES = [
    # said, entities, names in this order, what the answer has, what it has not
    (
        "food bank modesto free no id wheelchair",
        FOOD,
        ["Pantry 1", "Pantry 4"],
        ["wheelchair access, no ID asked, free, or not known (ask first):"],
        ["left this out", "Pantry 2", "Pantry 3"],
    ),
    (
        "pantry modesto sat am walk in no papers",
        FOOD,
        ["Pantry 3", "Pantry 4"],
        ["open Saturday in the morning, no ID asked, walk in"],
        ["Pantry 1", "Pantry 2"],
    ),
    (
        "food bank modesto free no id sat",
        FOOD,
        ["Pantry 4"],
        ["open Saturday:", "do not say if these places have this: no ID asked, free. Ask when you call."],
        ["ask about the cost", "left this out"],
    ),
    (
        "shelter modesto takes families, taking referrals",
        SHELTER,
        ["Family Shelter", "Silent Shelter"],
        ["takes children, takes new referrals, or not known"],
        ["Adult"],
    ),
    (
        "pantry modesto with parking and wheelchair access",
        FOOD,
        ["Pantry 2", "Pantry 1", "Pantry 3", "Pantry 4"],
        ["do not say if these places have this: parking."],
        [],
    ),
    (
        "despensa modesto gratis sin identificacion con silla de ruedas",
        {**FOOD, "language": "es"},
        ["Pantry 1", "Pantry 4"],
        ["con acceso para silla de ruedas, no piden identificación, gratis, o no lo sabemos (pregunte antes):"],
        ["Dejé fuera"],
    ),
    (
        "albergue modesto que acepten familias, aceptando referencias",
        {**SHELTER, "language": "es"},
        ["Family Shelter", "Silent Shelter"],
        ["aceptan niños, aceptan referencias nuevas, o no lo sabemos"],
        ["Adult"],
    ),
]


@pytest.mark.parametrize(("said", "entities", "names", "has", "has_not"), CASES)
def test_what_one_line_asks_holds_together(
    listed: Stage, said: str, entities: dict[str, str], names: list[str], has: list[str], has_not: list[str]
) -> None:
    message = listed.say("find_provider", said, **entities)[-1]
    assert [row["name"] for row in message["custom"]["listings"]] == names
    assert all(part in message["text"] for part in has), message["text"]
    assert not any(part in message["text"] for part in has_not), message["text"]


LOOSENED = [
    (
        "en",
        "food bank modesto tuesday pm walk in",
        ["Pantry 1"],
        "I left this out: walk in",
        "I kept this: open Tuesday",
    ),
    ("en", "food bank modesto open sunday wheelchair", ["Pantry 2", "Pantry 1"], "I left this out: open Sunday", None),
    ("en", "food bank modesto open sunday", ["Pantry 2", "Pantry 1"], "I left this out: open Sunday", None),
    ("es", "despensa modesto abierta domingo sin cita", ["Pantry 2"], "Dejé fuera esto: abren el domingo", "sin cita"),
]


@pytest.mark.parametrize(("language", "said", "first", "given_up", "kept"), LOOSENED)
def test_what_leaves_no_place_is_given_up_and_said(
    listed: Stage, language: str, said: str, first: list[str], given_up: str, kept: str | None
) -> None:
    message = listed.say("find_provider", said, **FOOD, language=language)[-1]
    assert message["custom"]["kind"] == Kind.LISTINGS.value
    assert [row["name"] for row in message["custom"]["listings"]][: len(first)] == first
    assert given_up in message["text"] and (kept or "") in message["text"]
    only = (listed.slots["shown"] or {}).get("only", [])
    assert "I left" not in listed.say("followup", "list")[-1]["text"] and len(only) <= 1


def test_a_place_asked_for_in_between_loses_no_filter(listed: Stage) -> None:
    listed.say("find_provider", "pantry sat am walk in no id", program="food_bank")
    (page,) = listed.say("inform", "modesto", place="Modesto")
    assert "open Saturday in the morning, no ID asked, walk in" in page["text"]


def test_short_words_to_a_list_that_stands_narrow_it(listed: Stage) -> None:
    listed.say("find_provider", "food bank modesto", **FOOD)
    (page,) = listed.say("nlu_fallback", "free no id wheelchair")
    assert [row["name"] for row in page["custom"]["listings"]] == ["Pantry 1", "Pantry 4"]


@pytest.mark.parametrize(
    ("said", "entities"),
    [
        ("free food in modesto", FOOD),
        ("food in modesto, my mom is in a wheelchair", FOOD),
        ("i have no papers and need food", FOOD),
        ("food for my kids in modesto", FOOD),
        ("i work saturdays and need food", FOOD),
        ("comida gratis en modesto", {**FOOD, "language": "es"}),
        ("no tengo papeles y necesito comida", {**FOOD, "language": "es"}),
        ("mi mama usa silla de ruedas, comida", {**FOOD, "language": "es"}),
    ],
)
def test_what_is_told_of_a_person_is_no_filter(listed: Stage, said: str, entities: dict[str, str]) -> None:
    message = listed.say("find_provider", said, **entities)[-1]
    assert len(message["custom"]["listings"]) == 4
    assert not (listed.slots["shown"] or {}).get("only")
