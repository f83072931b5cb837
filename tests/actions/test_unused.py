"""What a worker's terse line holds and no list answers is said back; what tells of a person is never repeated."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Stage


def _line(stage: Stage, text: str, **spans: str) -> list[str]:
    """What is sent after a line in which each of the words of `spans` is named as that kind."""
    values = {"pantry": "food", "despensa": "food", "modesto": "Modesto", "sp": "es", "shelter": "housing"}
    at = {word: text.lower().index(word) for word in spans}
    entities = [
        {"entity": kind, "value": values.get(word, word), "start": at[word], "end": at[word] + len(word)}
        for word, kind in spans.items()
    ]
    message: dict[str, Any] = {"text": text, "intent": {"name": "find_provider"}, "entities": entities}
    return [str(sent["text"]) for sent in stage._run("action_find_provider", message)]


SAID = (
    ("en", "pantry modesto, no ID, free, walkable", "I did not use: walkable."),
    ("en", "55M pantry modesto, no ID, free, parking, halal", "I did not use: parking, halal."),
    ("es", "45F despensa modesto, gratis, a pie, sin id", "No usé: a pie."),
    ("en", "M 44, sex offender, w/c, pantry modesto", "part of what you wrote about the person"),
    ("en", "M 44, sex offender, walkable, pantry modesto", "I did not use: walkable, or part of what you wrote"),
    ("es", "F 44, ex pandillera, gratis, despensa modesto", "No usé una parte de lo que escribió de la persona"),
)
SILENT = (
    "pantry modesto, no ID, free, sat am",
    "hi, pantry please, modesto, thank you",
    "hola, buenas tardes, despensa modesto, porfa",
    "pantry modesto, my husband left, i am so tired, nobody helps",
    "55M, pantry modesto, thanks",
)


@pytest.mark.parametrize(("language", "text", "line"), SAID)
def test_what_was_not_used_is_said(stage: Stage, language: str, text: str, line: str) -> None:
    stage.slots["language"] = language
    need = "despensa" if "despensa" in text else "pantry"
    *_, last = _line(stage, text, **{need: "need", "modesto": "place"})
    assert line in last
    assert "offender" not in last
    assert "pandillera" not in last


@pytest.mark.parametrize("text", SILENT)
def test_what_was_used_or_only_told_is_not(stage: Stage, text: str) -> None:
    need = "despensa" if "despensa" in text else "pantry"
    told = _line(stage, text, **{need: "need", "modesto": "place"})
    assert not any("did not use" in text for text in told)


def test_a_short_word_for_a_wheelchair_is_heard(stage: Stage) -> None:
    _line(stage, "M 44, w/c, shelter modesto", shelter="need", modesto="place")
    assert "wheelchair" in stage.slots["barriers"]
