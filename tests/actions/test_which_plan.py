"""Which plan: what a card means in a county, several, none, and who does not know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")


def kinds(messages: list[dict[str, object]]) -> list[object]:
    return [message["custom"]["kind"] for message in messages]  # type: ignore[index]


CARDS = (  # words, the plan as the gazetteer hears it, county, what is kept, what is said
    ("my card says Blue Shield Promise", "blue_shield_promise", "Los Angeles County", "la_care", "L.A. Care"),
    ("dice Anthem", "anthem", "Los Angeles County", "la_care", "L.A. Care"),
    ("mi tarjeta dice molina", "molina", "Los Angeles County", "health_net", "Health Net"),
    ("the card says health net", "health_net", "Fresno", "calviva", "CalViva"),
    ("my card says health net", "health_net", "Modesto", "health_net", "may be Health Net"),
    ("my card says kern family", "kern_family", "Bakersfield", "kern_family", "may be Kern"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "heard", "place", "kept", "said"), CARDS)
def test_a_card_means_the_plan_of_its_county(
    stage: Stage, text: str, heard: str, place: str, kept: str, said: str, language: str
) -> None:
    stage.slots.update(place=place)
    told, ask_need = stage.say("inform", text, plan=heard, language=language)
    assert stage.slots["plan"] == kept
    assert said.removeprefix("may be ") in told["text"]
    assert ("number on" in told["text"]) if language == "en" else ("número" in told["text"])
    assert told["custom"]["plan"] == kept and told["custom"]["phones"]
    assert ask_need["custom"]["kind"] == "question"


def test_the_county_is_asked_only_where_it_matters(stage: Stage) -> None:
    (where,) = stage.say("inform", "my card says anthem", plan="anthem")
    assert where["custom"]["kind"] == "question" and "Which county" in where["text"]
    told, _ = stage.say("inform", "los angeles county", place="Los Angeles County")
    assert stage.slots["plan"] == "la_care" and "L.A. Care" in told["text"]


def test_a_plan_that_is_the_same_everywhere_needs_no_county(stage: Stage) -> None:
    told, _ = stage.say("inform", "my card says iehp", plan="iehp")
    assert "IEHP" in told["text"] and stage.slots["plan"] == "iehp"


def test_a_list_is_of_the_plan_that_the_card_means_there(stage: Stage) -> None:
    text = "my card says Blue Shield Promise, i live in Los Angeles, i need food"
    (found, *_) = stage.say("find_provider", text, plan="blue_shield_promise", place="Los Angeles", need="food")
    assert "may be from L.A. Care" in found["text"] and "does not serve" not in found["text"]


def test_of_several_one_is_picked(stage: Stage) -> None:
    (which,) = stage.say("inform", "my card says health plan of san")
    labels = [choice["label"] for choice in which["custom"]["choices"]]
    assert len(labels) > 1 and stage.slots.get("plan") is None
    told, _ = stage.say("inform", "2")
    assert labels[1] in told["text"] and stage.slots["plan"] == told["custom"]["plan"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_of_elsewhere_lists_those_of_here(stage: Stage, language: str) -> None:
    stage.slots.update(place="Modesto")
    (which,) = stage.say("inform", "my card says kern family", plan="kern_family", language=language)
    labels = [choice["label"] for choice in which["custom"]["choices"]]
    assert "Stanislaus" in which["text"] and "Health Net" in labels
    told, _ = stage.say("inform", str(labels.index("Health Net") + 1), language=language)
    assert stage.slots["plan"] == "health_net" and "Health Net" in told["text"]


def test_a_plan_said_bare_that_is_not_of_here_means_its_partner(stage: Stage) -> None:
    stage.slots.update(place="Los Angeles County")
    told, _ = stage.say("inform", "i have anthem", plan="anthem")
    assert stage.slots["plan"] == "la_care" and "L.A. Care" in told["text"]


def test_a_county_said_after_the_plan_tells_what_its_card_means_there(stage: Stage) -> None:
    stage.say("inform", "i have anthem", plan="anthem")
    told, _ = stage.say("inform", "los angeles county", place="Los Angeles County")
    assert stage.slots["plan"] == "la_care" and "L.A. Care" in told["text"]


def test_a_plan_said_beside_a_need_is_no_talk_of_cards(stage: Stage) -> None:
    (listed,) = stage.say(
        "find_provider", "food in modesto, my card says kern", need="food", place="Modesto", plan="kern_family"
    )
    assert listed["custom"]["kind"] == "listings"


def test_nobody_knows(stage: Stage) -> None:
    (told,) = stage.say("inform", "no se que plan tengo", language="es")
    assert told["custom"]["kind"] == "program" and "1-800-430-4263" in told["custom"]["phones"]


def _until_asked_for_the_plan(stage: Stage) -> dict[str, object]:
    (asked,) = stage.say("check_eligibility", "can i get help with a care manager", program="ecm", place="Modesto")
    for _ in range(6):
        if (stage.slots.get("asked") or {}).get("question") == "in_medi_cal_plan":
            return asked
        (asked,) = stage.say("affirm", "yes")
    raise AssertionError(asked["text"])


def test_who_does_not_know_is_told_briefly_and_asked_again(stage: Stage) -> None:
    _until_asked_for_the_plan(stage)
    (again,) = stage.say("inform", "i dont know my plan")
    assert again["custom"]["kind"] == "question" and "cards" in again["text"]
    assert stage.slots["asked"]["question"] == "in_medi_cal_plan"
    (after,) = stage.say("inform", "i dont know my plan")
    assert (stage.slots["asked"] or {}).get("question") != "in_medi_cal_plan", after["text"]


def test_naming_a_plan_still_answers_the_question(stage: Stage) -> None:
    _until_asked_for_the_plan(stage)
    stage.say("inform", "health net", plan="health_net")
    assert stage.slots["plan"] == "health_net" and stage.slots["facts"]["in_medi_cal_plan"] is True


@pytest.mark.parametrize(
    ("act", "text"), [("opt_out", "stop sending me cards anthem"), ("talk_to_human", "person, card says anthem")]
)
def test_other_acts_stay_theirs(stages: Callable[..., Stage], act: str, text: str) -> None:
    first, *_ = stages().say(act, text, plan="anthem")
    assert "L.A. Care" not in first["text"]
