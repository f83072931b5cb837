"""What stands in the way is heard in any message, ranks the list, and is said back once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.barriers_heard import heard_in
from actions.in_the_way import table
from directory import store
from directory.model import Need, Tri
from directory.search import fitting
from tests.actions.conftest import NOW, Stage, made

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("barriers.yml").read_text("utf-8"))
KEYS = [key for key in TABLE if key not in ("other", "taken_back")]


def names(messages: list[dict[str, Any]]) -> list[str]:
    return [shown["name"] for message in messages for shown in message["custom"].get("listings", [])]


def test_every_barrier_is_in_the_table_and_known_to_the_search() -> None:
    assert set(KEYS) == set(table()) == set(fitting.barriers())


@pytest.mark.parametrize("key", KEYS)
def test_a_barrier_is_remembered_whatever_else_is_said(stages: Callable[..., Stage], key: str) -> None:
    wrong = []
    for text in (*TABLE[key]["en"], *TABLE[key]["es"]):
        stage = stages()
        stage.say("find_provider", text, need="legal")
        if key not in (stage.slots.get("barriers") or ()):
            wrong.append(text)
    assert not wrong


@pytest.mark.parametrize("language", ["en", "es"])
def test_other_words_are_no_barrier(language: str) -> None:
    assert not {text: said for text in TABLE["other"][language] if any((said := heard_in(text)).values())}


@pytest.mark.parametrize(("key", "said"), [*TABLE["taken_back"]["en"], *TABLE["taken_back"]["es"]])
def test_a_barrier_is_taken_back(stage: Stage, key: str, said: str) -> None:
    stage.slots["barriers"] = [key, f"{key}@food"]
    stage.say("inform", said)
    assert not stage.slots.get("barriers")


SHELTERS = (
    made(61, "A Silent House", Need.HOUSING, ("emergency_shelter",)),
    made(62, "B No Pets House", Need.HOUSING, ("emergency_shelter",), eligibility_text="Adults. No pets."),
    made(63, "C Kennel House", Need.HOUSING, ("emergency_shelter",), description="A kennel for your pets."),
    made(64, "D Families", Need.HOUSING, ("emergency_shelter",), eligibility_text="Families, children of any age"),
    made(65, "E Men", Need.HOUSING, ("emergency_shelter",), eligibility_text="Men only"),
    made(71, "A Plain Pantry", Need.FOOD, ("food_bank",)),
    made(72, "B Bring It Pantry", Need.FOOD, ("food_bank",), description="Delivers to your door."),
    made(73, "C ID Pantry", Need.FOOD, ("food_bank",), id_asked=Tri.YES),
    made(74, "D Open Pantry", Need.FOOD, ("food_bank",), id_asked=Tri.NO, walk_in=Tri.YES),
    made(75, "E Soup", Need.FOOD, ("food_bank",), description="Hot meals every noon"),
)


@pytest.fixture
def listed(home: Path) -> Path:
    (home / "directory.db").unlink()
    store.write_directory(
        home / "directory.db",
        records=SHELTERS,
        sources=[store.SourceRecord("made", "A made list")],
        publication="made-2",
        published_at=NOW,
    )
    return home


def ask(stage: Stage, text: str, need: str, language: str = "en", **more: Any) -> list[dict[str, Any]]:
    kind = {"program": "emergency_shelter"} if need == "housing" else {"need": "food"}
    return stage.say("find_provider", text, place="Stanislaus County", language=language, **kind, **more)


@pytest.mark.parametrize(
    ("need", "said", "first", "last", "has"),
    [
        ("housing", "shelter, i have a dog", "C Kennel House", "B No Pets House", "take pets come first"),
        ("housing", "shelter, my son is 15", "D Families", "E Men", "boys of any age come first"),
        ("housing", "shelter with my 2 kids", "D Families", "E Men", "take families come first"),
        ("housing", "shelter for a single man", "E Men", "D Families", "take men come first"),
        ("food", "food, i dont have a car", "B Bring It Pantry", None, "come to you"),
        ("food", "food but no id", "D Open Pantry", "C ID Pantry", "do not ask for one"),
        ("food", "food, no kitchen", "E Soup", None, "ready to eat"),
        ("food", "food, i have no phone", "D Open Pantry", None, "walk in"),
    ],
)
def test_who_says_yes_comes_first_who_says_no_last_and_it_is_said(
    listed: Path, stages: Callable[..., Stage], need: str, said: str, first: str, last: str | None, has: str
) -> None:
    (answer,) = ask(stages(), said, need)
    found = names([answer])
    assert len(found) == 5 and found[0] == first and (last is None or found[-1] == last)
    assert has in answer["text"]


def test_it_is_said_back_once_for_a_need(listed: Path, stages: Callable[..., Stage]) -> None:
    stage = stages()
    (first,) = ask(stage, "food but no id", "food")
    (again,) = ask(stage, "food", "food")
    (shelter,) = ask(stage, "and a shelter", "housing")
    assert "No ID" in first["text"] and "No ID" not in again["text"]
    assert names([again]) == names([first]) and "an ID when you call" in shelter["text"]


def test_what_no_place_says_is_to_be_asked_there(listed: Path, stages: Callable[..., Stage]) -> None:
    (answer,) = ask(stages(), "shelter im on oxygen", "housing")
    assert "Tell them about your oxygen" in answer["text"] and "the list does not say" in answer["text"]


@pytest.mark.parametrize(
    ("said", "language", "has", "first"),
    [
        ("i dont have a car", "en", "You have no car", "B Bring It Pantry"),
        ("oh and i cant drive", "en", "You have no car", "B Bring It Pantry"),
        ("no tengo carro", "es", "Usted no tiene carro", "B Bring It Pantry"),
        ("no tengo identificacion", "es", "Sin identificación", "D Open Pantry"),
        ("we dont have a stove", "en", "cannot cook now", "E Soup"),
    ],
)
@pytest.mark.parametrize("act", ["inform", "find_provider", "nlu_fallback", "followup", "deny"])
def test_told_alone_after_a_list_it_gives_the_list_again_in_the_new_order(
    listed: Path, stages: Callable[..., Stage], act: str, said: str, language: str, has: str, first: str
) -> None:
    stage = stages()
    ask(stage, "food", "food", language)
    entities = {"need": "transport"} if act == "find_provider" and "car" in said else {}
    (answer,) = stage.say(act, said, language=language, **entities)
    assert answer["custom"]["kind"] == "listings" and answer["custom"]["need"] == "food"
    assert has in answer["text"] and names([answer])[0] == first


def test_a_ride_asked_for_beside_it_is_a_ride(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (answer,) = stage.say("find_provider", "i have no car, need to get to dialysis", program="nmt")
    assert answer["custom"]["need"] == "transport"


def test_asked_where_it_is_noted_and_the_question_waits(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    (answer,) = stage.say("inform", "i dont have a car", need="transport")
    assert answer["custom"]["kind"] == "question" and "keep that in mind" in answer["text"]
    (list_of_food,) = stage.say("inform", "modesto", place="Modesto")
    assert list_of_food["custom"]["need"] == "food" and "You have no car" in list_of_food["text"]


def test_a_record_is_used_and_never_said_back(listed: Path, stages: Callable[..., Stage]) -> None:
    stage = stages()
    (answer,) = ask(stage, "shelter, i have a felony", "housing")
    assert stage.slots["barriers"] == ["record"]
    for word in ("felon", "record", "prison", "background"):
        assert word not in answer["text"].casefold()


@pytest.mark.parametrize("said", ["do they take dogs", "do i need an id", "aceptan perros?"])
def test_a_question_of_the_list_is_answered_as_one(stage: Stage, said: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (answer,) = stage.say("followup", said)
    assert not answer["text"].startswith(("Ask about your pet", "No ID"))
    assert not stage.slots.get("barriers")


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("food in modesto i dont have a car", ["food", "transport"]),
        ("ocupo comida pero no tengo identificación ni estufa", ["food", "social"]),
        ("food please, no id or phone", ["food", "social"]),
    ],
)
def test_what_a_barrier_names_by_the_way_is_not_looked_for(stage: Stage, said: str, needs: list[str]) -> None:
    (answer,) = stage.say("find_provider", said, need=needs, place="Modesto")
    assert answer["custom"]["need"] == "food"


@pytest.mark.parametrize("said", ["i cant cook", "my dog is with me", "i got a felony"])
def test_what_does_not_count_for_the_list_shown_is_only_noted(stage: Stage, said: str) -> None:
    stage.say("find_provider", "rides in modesto", need="transport", place="Modesto")
    (answer,) = stage.say("inform", said)
    assert answer["text"] == "I will keep that in mind."
