"""A place that did not work is left out with all its sites, and the next answer comes at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory import store
from directory.model import Listing, Need
from tests.actions.conftest import NOW, Stage, made

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(Path(__file__).with_name("tried.yml").read_text("utf-8"))
LANGUAGES = ("en", "es")
ACTS = ("inform", "nlu_fallback", "report_outcome")


def food(stage: Stage, language: str = "en") -> Stage:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    return stage


def names(messages: list[dict[str, Any]]) -> list[str]:
    return [shown["name"] for message in messages for shown in message["custom"].get("listings", [])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
def test_a_place_that_did_not_work_is_heard_whatever_the_act(
    stages: Callable[..., Stage], act: str, language: str
) -> None:
    wrong = []
    for text in TABLE["heard"][language]:
        stage = food(stages(), language)
        stage.say(act, text, language=language)
        if not stage.slots.get("tried") and (stage.slots.get("asked") or {}).get("about") != "tried":
            wrong.append(text)
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_words_leave_nothing_out(stages: Callable[..., Stage], language: str) -> None:
    wrong = []
    for text in TABLE["other"][language]:
        stage = food(stages(), language)
        program = next((name for name in ("calfresh", "ihss") if name in text), None)
        stage.say("inform", text, language=language, **({"program": program} if program else {}))
        if stage.slots.get("tried") or (stage.slots.get("asked") or {}).get("about") == "tried":
            wrong.append(text)
    assert not wrong


@pytest.mark.parametrize(
    ("said", "left_out"),
    [
        ("the second was full", ["made:1"]),
        ("#2 had no room", ["made:1"]),
        ("number 3 said no", ["made:3"]),
        ("the first two are full", ["made:2", "made:1"]),
        ("1 and 3 both said no", ["made:2", "made:3"]),
        ("pantry 4 ran out", ["made:4"]),
        ("the last one didnt answer", ["made:5"]),
        ("i called all of them and nobody has room", ["made:2", "made:1", "made:3", "made:4", "made:5"]),
        ("la segunda estaba llena", ["made:1"]),
        ("el 1 y el 2 ya no tienen lugar", ["made:2", "made:1"]),
        ("los dos primeros me dijeron que no", ["made:2", "made:1"]),
        ("ninguno tiene lugar", ["made:2", "made:1", "made:3", "made:4", "made:5"]),
        ("la ultima no contesta", ["made:5"]),
    ],
)
def test_which_place_it_was(stage: Stage, said: str, left_out: list[str]) -> None:
    food(stage).say("inform", said)
    assert stage.slots["tried"] == left_out


def test_the_next_places_come_at_once_without_it(stage: Stage) -> None:
    (answer,) = food(stage).say("report_outcome", "the second was full")
    assert answer["text"].startswith("I am sorry they had no room. I leave out Pantry 1.")
    assert names([answer]) == ["Pantry 2", "Pantry 3", "Pantry 4", "Pantry 5", "Pantry 6"]
    assert "passed on" not in answer["text"] and "told them" not in answer["text"]
    (more,) = stage.say("followup", "more")
    assert names([more]) == ["Pantry 7"]


def test_the_one_in_focus_is_meant(stage: Stage) -> None:
    food(stage).say("followup", "the third")
    (answer,) = stage.say("report_outcome", "they turned me away")
    assert "I leave out Pantry 3." in answer["text"]


def test_of_several_it_is_asked_which_and_a_number_answers(stage: Stage) -> None:
    (question,) = food(stage).say("report_outcome", "they turned me away")
    assert question["custom"]["kind"] == "question" and "Which place" in question["text"]
    (answer,) = stage.say("inform", "2")
    assert "I leave out Pantry 1." in answer["text"] and "Pantry 1" not in names([answer])


@pytest.mark.parametrize("said", ["?", "🤷", "...", ""])
def test_a_message_without_a_word_names_no_place_and_breaks_nothing(stage: Stage, said: str) -> None:
    food(stage).say("report_outcome", "they turned me away")
    (answer,) = stage.say("nlu_fallback", said)
    assert answer["custom"]["choices"] and not stage.slots.get("tried")


@pytest.mark.parametrize("said", ["none of them", "another one", "otro lugar"])
def test_none_of_the_list_leaves_it_as_it_was(stage: Stage, said: str) -> None:
    food(stage).say("report_outcome", "they turned me away")
    (answer,) = stage.say("inform", said)
    assert "stays as it was" in answer["text"] and not stage.slots.get("tried")


def test_after_two_of_a_kind_the_others_come_and_another_kind_of_help_is_named(stage: Stage) -> None:
    food(stage).say("report_outcome", "the second was full")
    (told,) = stage.say("report_outcome", "the first one said no too")
    assert "Another kind of help: CalFresh" in told["text"]
    assert names([told]) == ["Pantry 3", "Pantry 4", "Pantry 5", "Pantry 6", "Pantry 7"]


@pytest.mark.parametrize("said", ["not that one, they were rude to me last time", "ese no, me trataron mal"])
def test_not_that_one_of_a_list_leaves_out_the_first(stage: Stage, said: str) -> None:
    (answer,) = food(stage).say("followup", said)
    assert "leave out Pantry 2." in answer["text"] and "Pantry 2" not in names([answer])


def test_after_all_of_a_page_another_kind_of_help_is_told(stage: Stage) -> None:
    told = food(stage).say("report_outcome", "all of them were full")
    text = "\n".join(message["text"] for message in told)
    assert "Another kind of help: CalFresh" in text and "3 days" in text
    assert "I have 2 more for: " in text
    (back,) = stage.say("find_provider", "food", need="food")
    assert names([back]) == ["Pantry 6", "Pantry 7"]


def test_when_nothing_of_that_kind_is_left_another_kind_is_told(stage: Stage) -> None:
    stage.say("find_provider", "a shelter in modesto", program="emergency_shelter", place="Modesto")
    told = stage.say("inform", "all of them are full")
    text = "\n".join(message["text"] for message in told)
    assert "no more of that kind" in text and "Coordinated Entry" in text and "211" in text
    assert "Recuperative" not in text


def test_what_else_the_message_asks_for_is_answered(stage: Stage) -> None:
    warm, rides = food(stage).say("report_outcome", "the second was full, i need a ride", need="transport")
    assert "leave out Pantry 1" in warm["text"] and rides["custom"]["need"] == "transport"
    assert stage.slots["tried"] == ["made:1"]


def test_another_town_is_looked_in_without_it(stage: Stage) -> None:
    food(stage)
    *_, there = stage.say("report_outcome", "the second was full what about merced", place="Merced")
    assert stage.slots["tried"] == ["made:1"] and there["custom"]["place"] == "Merced"


@pytest.mark.parametrize(
    "said", ["the number of the second is disconnected", "the second closed down", "ya cerró el 2"]
)
def test_a_wrong_number_or_a_closed_place_is_left_out_and_others_come(stage: Stage, said: str) -> None:
    (answer,) = food(stage).say("report_problem", said)
    assert names([answer])[0] == "Pantry 2" and "Pantry 1" not in names([answer])
    assert stage.slots["tried"] == ["made:1"]


@pytest.mark.parametrize(
    "said", ["they gave me a box", "they helped me", "nos dieron comida", "me atendieron muy bien"]
)
@pytest.mark.parametrize("act", ["report_outcome", "inform", "nlu_fallback"])
def test_good_news_leaves_nothing_out(stage: Stage, act: str, said: str) -> None:
    (answer,) = food(stage).say(act, said)
    assert answer["text"].startswith("I am glad it helped.") and not stage.slots.get("tried")


def test_a_program_that_was_denied_is_no_place(stage: Stage) -> None:
    food(stage).say("report_outcome", "they denied my calfresh", program="calfresh", guide="denial_and_appeal")
    assert not stage.slots.get("tried")


def test_starting_over_forgets_what_was_tried(stage: Stage) -> None:
    food(stage).say("report_outcome", "the second was full")
    stage.say("inform", "reset")
    assert not stage.slots.get("tried")
    assert "Pantry 1" in names(stage.say("find_provider", "food in modesto", need="food", place="Modesto"))


def test_a_place_not_shown_here_gets_a_kind_word_and_the_search(stage: Stage) -> None:
    told = stage.say("report_outcome", "the shelter in modesto is full", program="emergency_shelter", place="Modesto")
    assert "sorry they had no room" in told[0]["text"] and "Made Shelter" in names(told)


def _sites(number: int, organization: str, need: Need, program: str) -> Listing:
    return made(number, f"Site {number}", need, (program,), organization=organization)


def test_all_sites_of_the_organization_are_left_out_for_that_need_alone(
    home: Path, stages: Callable[..., Stage]
) -> None:
    records = [
        *(_sites(number, "Made Hands", Need.HOUSING, "emergency_shelter") for number in (41, 42, 43)),
        _sites(44, "MADE  HANDS", Need.HOUSING, "emergency_shelter"),
        _sites(45, "Made Hands", Need.FOOD, "food_bank"),
        _sites(46, "Other Hands", Need.HOUSING, "emergency_shelter"),
    ]
    source = store.SourceRecord("made", "A made list")
    (home / "directory.db").unlink()
    store.write_directory(
        home / "directory.db", records=records, sources=[source], publication="made-2", published_at=NOW
    )
    stage = stages()
    stage.say("find_provider", "shelter in modesto", program="emergency_shelter", place="Modesto")
    (answer,) = stage.say("report_outcome", "site 42 had no beds")
    assert "Other Hands" in answer["text"] or "Site 46" in answer["text"]
    assert not {"Site 41", "Site 42", "Site 43", "Site 44"} & set(names([answer]))
    assert "Site 45" in names(
        stage.say("find_provider", "food in stanislaus county", need="food", place="Stanislaus County")
    )
