"""Who is under 18 and has no roof gets the lines for young people; a parent of a teen gets what a parent asks for."""

from __future__ import annotations

import pytest

from actions import silence
from tests.actions.conftest import Stage


@pytest.mark.parametrize(
    ("language", "text", "crisis"),
    [
        ("en", "yo im 16 my mom kicked me out im in modesto", "unsafe_tonight"),
        ("en", "shelter in Modesto for a trans girl 17", None),
        ("en", "im a minor and i need a place to sleep", None),
        ("es", "tengo 16 y mi papá me corrió de la casa", "unsafe_tonight"),
        ("es", "un albergue para una muchacha de 17", None),
    ],
)
def test_a_minor_without_a_roof_gets_the_lines_and_not_a_list(
    stage: Stage, language: str, text: str, crisis: str | None
) -> None:
    act = "crisis" if crisis else "find_provider"
    sent = stage.say(act, text, crisis=crisis, need="housing", place="Modesto", language=language)
    assert sent[-1]["custom"]["kind"] == "guide"
    told = sent[-1]["text"]
    assert "988" in told and "211" in told and ("your age" in told or "su edad" in told)
    assert all("Made Shelter" not in message["text"] for message in sent)


@pytest.mark.parametrize(("language", "couch"), [("en", "idk a friends couch tonight"), ("es", "con una amiga hoy")])
def test_a_couch_for_tonight_is_answered_to_a_minor(stage: Stage, language: str, couch: str) -> None:
    stage.say("find_provider", "im 16 i need a shelter" if language == "en" else "tengo 16 años, un albergue",
              need="housing", place="Modesto", language=language)  # fmt: skip
    (told,) = stage.say("inform", couch, crisis="worry", need="social")[-1:]
    assert "211" in told["text"] and ("your age" in told["text"] or "su edad" in told["text"])
    assert told["custom"]["listings"] == []


@pytest.mark.parametrize(
    ("language", "text", "parents"),
    [("en", "are u gonna call cps", "your children"), ("es", "van a llamar a proteccion de menores", "sus hijos")],
)
def test_who_is_a_minor_is_not_spoken_to_as_a_parent(stage: Stage, language: str, text: str, parents: str) -> None:
    (told,) = stage.say("ask_privacy", text, language=language)
    assert parents in told["text"]
    stage.say("find_provider", "im 16 i need a shelter" if language == "en" else "tengo 16 años, un albergue",
              need="housing", place="Modesto", language=language)  # fmt: skip
    (told,) = stage.say("ask_privacy", text)
    assert parents not in told["text"] and "988" in told["text"]


@pytest.mark.parametrize(("language", "text"), [("en", "will they call my mom"), ("es", "van a avisar a mis papas?")])
def test_who_is_a_minor_may_ask_whether_a_parent_is_told(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "im 16 i need a shelter" if language == "en" else "tengo 16 años, un albergue",
              need="housing", place="Modesto", language=language)  # fmt: skip
    (told,) = stage.say("ask_privacy", text)
    assert "988" in told["text"] and "18" in told["text"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_said_their_age_before_is_a_minor_still(stage: Stage, language: str) -> None:
    stage.say("find_provider", "im 15 and i need food in modesto", need="food", place="Modesto", language=language)
    told = stage.say("talk_to_human", "dont call my mom" if language == "en" else "no le vayan a hablar a mi mamá")
    assert "211" in told[0]["text"]
    assert told[0]["custom"]["kind"] == "smalltalk", "no number of a clinic to call"


@pytest.mark.parametrize(
    ("text", "young"),
    [
        ("im 16", True),
        ("I'm only 17 and alone", True),
        ("i just turned 15", True),
        ("a gay kid 16", True),
        ("tengo 16 años", True),
        ("soy chavo de 16", True),
        ("soy morra de 15 y no tengo donde dormir", True),
        ("soy papá de 16", False),
        ("soy chavo de 26", False),
        ("tengo 17 y no tengo donde dormir", True),
        ("soy menor de edad", True),
        ("un joven de 16 años", True),
        ("im 61", False),
        ("im 16 weeks pregnant", False),
        ("im 16 years sober", False),
        ("i have a 16 year old son", False),
        ("my daughter is 16", False),
        ("tengo 16 años viviendo aquí", False),
        ("tengo 3 hijos de 16, 12 y 4", False),
        ("mi hija tiene 16 años", False),
        ("im 16 miles away", False),
    ],
)
def test_whose_age_it_is(stage: Stage, text: str, young: bool) -> None:
    stage.say("inform", "modesto", place="Modesto", language="en")
    assert silence.under_age(text) is young
