"""Somebody under 18: a line for young people, food when they ask for food, nobody told, and no bed among strangers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.conftest import Stage

CHANNELS = ("web", "sms")
LINE = "988"


def words(sent: list[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in sent)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "text", "sleep", "nobody", "call"),
    [
        ("en", "im 15 n my mom kicked me out im in modesto", "where can i sleep", "dont call my mom", "I call nobody"),
        ("es", "tengo 15 y mi mamá me corrió estoy en modesto", "dónde puedo dormir", "no llamen a mi mamá",
         "no llamo"),
    ],
)  # fmt: skip
def test_a_minor_sent_away_keeps_the_line_and_gets_no_bed_among_grown_people(
    stages: Callable[..., Stage], channel: str, language: str, text: str, sleep: str, nobody: str, call: str
) -> None:
    stage = stages(channel=channel)
    sent = stage.say("crisis", text, crisis="unsafe_tonight", guide="youth_lines", place="Modesto", language=language)
    assert LINE in words(sent) and "911" in words(sent)
    sent = stage.say("find_provider", sleep, program="emergency_shelter", need="housing")
    assert LINE in words(sent) and "211" in words(sent)
    assert not any(message["custom"]["listings"] for message in sent)
    sent = stage.say("talk_to_human", nobody)
    assert call in words(sent) and LINE in words(sent)
    sent = stage.say("find_provider", "food", need="food")
    assert sent[-1]["custom"]["kind"] == "listings"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "soy menor de edad necesito comida en modesto"), ("en", "homeless youth, im a minor i need food modesto")],
)
def test_a_minor_who_asks_for_food_gets_food(
    stages: Callable[..., Stage], channel: str, language: str, text: str
) -> None:
    line, found = stages(channel=channel).say(
        "find_provider", text, guide="youth_lines", need="food", place="Modesto", language=language
    )
    assert LINE in line["text"]
    assert (found["custom"]["kind"], found["custom"]["need"]) == ("listings", "food")


@pytest.mark.parametrize("crisis", ["unsafe_tonight", None])
@pytest.mark.parametrize(
    ("language", "text", "care"),
    [("en", "im 15 and pregnant", "pregnancy"), ("es", "tengo 15 y estoy embarazada", "embarazo")],
)
def test_a_pregnant_minor_is_told_of_care_and_not_of_a_bed(
    stage: Stage, language: str, text: str, care: str, crisis: str | None
) -> None:
    (told,) = stage.say("crisis" if crisis else "inform", text, crisis=crisis, need="other_health", language=language)
    assert care in told["text"] and LINE in told["text"] and "911" in told["text"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "text", "asked", "call"),
    [
        ("es", "tengo quince años y mi padrastro me toca", "no le digan a mi mama", "no llamo"),
        ("en", "im fifteen and my stepdad touches me", "dont tell my mom", "I call nobody"),
    ],
)
def test_a_child_who_is_hurt_gets_the_childs_line_first(
    stages: Callable[..., Stage], channel: str, language: str, text: str, asked: str, call: str
) -> None:
    stage = stages(channel=channel)
    stage.say("crisis", text, crisis="abuse", language=language)
    sent = stage.say("crisis", asked, crisis="abuse")
    assert "18" in sent[0]["text"] and "211" in sent[0]["text"] and "APS" not in words(sent)
    assert call in words(sent) and LINE in words(sent)


@pytest.mark.parametrize(("language", "text"), [("en", "dont tell anyone"), ("es", "no le digan a nadie")])
def test_nobody_is_called_for_a_grown_person_either(stage: Stage, language: str, text: str) -> None:
    (told,) = stage.say("talk_to_human", text, language=language)
    assert ("I call nobody" in told["text"]) or ("no llamo" in told["text"])
    assert LINE not in told["text"]


@pytest.mark.parametrize("text", ["im pregnant and need food in modesto", "estoy embarazada"])
def test_a_grown_woman_who_is_pregnant_is_no_minor(stage: Stage, text: str) -> None:
    assert LINE not in words(stage.say("inform", text, need="food", place="Modesto"))
