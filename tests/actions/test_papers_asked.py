"""Which papers the places shown ask for, and what is left for somebody without an ID."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage


@pytest.mark.parametrize(
    ("act", "text", "need"),
    [
        ("followup", "y piden papeles? no tengo identificacion", "legal"),
        ("find_provider", "¿piden identificación? no tengo", "legal"),
        ("followup", "do they ask for id? i dont have one", None),
        ("inform", "i dont have an id do they ask", None),
        ("followup", "do i need an id there? i lost mine", None),
    ],
)
def test_papers_are_answered_of_the_list_and_who_has_none_sees_it_anew(
    stage: Stage, act: str, text: str, need: str | None
) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language="en")
    named = {"need": need} if need else {}
    *_, again = stage.say(act, text, **named)
    assert again["custom"]["kind"] == "listings" and again["custom"]["need"] == "food"
    assert "an ID" in again["text"] and "Pantry" in again["text"]
    assert "id" in stage.slots["barriers"]


def test_papers_asked_alone_are_told_of_the_list(stage: Stage) -> None:
    stage.say("find_provider", "comida en modesto", need="food", place="Modesto", language="es")
    (told,) = stage.say("followup", "y piden papeles?", need="legal")
    assert told["custom"].get("need") != "legal" and "legal" not in told["text"].lower()


@pytest.mark.parametrize("text", ["necesito ayuda legal, no tengo papeles", "i need a lawyer, i have no id"])
def test_legal_help_asked_for_is_looked_for(stage: Stage, text: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language="en")
    (found, *_) = stage.say("find_provider", text, need="legal")
    assert found["custom"]["need"] == "legal"
