"""The same answer in another shape, after a list, a program, a verdict, a guide; a summary tells nothing private."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.summary import tells_too_much
from directory import store
from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.model import Need
from tests.actions.conftest import NOW, Stage, made

_PRIVATE = re.compile(
    r"asthma|asma\b|diabet|cancer|cáncer|dialy|diális|dement|demenc|pregnan|embaraz|mental|disab|discapac"
    r"|drug|droga|alcohol|sober|sobri|detox|addict|adicc|jail|cárcel|prison|prisión|probation|parole"
    r"|immigra|inmigra|undocument|indocument|deport|violen|abus|suicid|\b(?:Maria|María|Juan|John|Smith)\b",
    re.IGNORECASE,
)
LANGUAGES = ("en", "es")
SUMMARY = {"en": "give me a summary i can paste", "es": "un resumen para copiar"}
SHORTER = {"en": "make it shorter", "es": "más corto"}
SIMPLER = {"en": "say it simpler", "es": "más sencillo"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", sorted(rules.programs()))
def test_a_summary_of_a_program_tells_nothing_private(stage: Stage, program: str, language: str) -> None:
    stage.say("program_info", "x", program=program, language=language)
    (summary,) = stage.say("out_of_scope", SUMMARY[language], language=language)
    assert summary["text"].startswith(("From Puente, Nov 21, 2026:", "De Puente, 21 de noviembre de 2026:"))
    assert not _PRIVATE.search(summary["text"])
    assert not summary["custom"]["choices"]
    steps = [step for step in rules.program(program).steps[language] if not tells_too_much(step)]
    assert all(f"- {step}" in summary["text"] for step in steps)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", sorted(guides()))
def test_a_summary_of_a_guide_tells_nothing_private(stage: Stage, guide: str, language: str) -> None:
    stage.say("program_info", "x", guide=guide, language=language)
    (summary,) = stage.say("followup", SUMMARY[language], language=language)
    assert summary["text"].startswith(("From Puente", "De Puente")) and not _PRIVATE.search(summary["text"])


@pytest.fixture
def shelters(home: Path, stage: Stage) -> Stage:
    """A list with a private address, a name that tells too much, and an invented place."""
    records = (
        made(31, "Rehab Sober House", Need.HOUSING, ("emergency_shelter",)),
        made(32, "Quiet House", Need.HOUSING, ("emergency_shelter",), confidential=True),
        made(33, "Plain Shelter", Need.HOUSING, ("emergency_shelter",)),
    )
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list", demo=True)
    store.write_directory(home / "directory.db", records=records, sources=[source], publication="m-5", published_at=NOW)
    stage.say("find_provider", "shelter in modesto", program="emergency_shelter", place="Modesto")
    return stage


def test_a_summary_of_places_names_no_refuge_and_says_that_a_place_is_invented(shelters: Stage) -> None:
    (summary,) = shelters.say("followup", SUMMARY["en"])
    lines = summary["text"].splitlines()
    assert "- A place to call, 209-555-0131" in summary["text"] and "Rehab" not in summary["text"]
    assert "Quiet House" not in summary["text"]
    assert lines[-1] == "Demo data: these places are invented."
    assert {row["name"] for row in summary["custom"]["listings"]} == {"Plain Shelter"}


def test_the_way_to_a_private_address_is_not_told(shelters: Stage) -> None:
    shelters.slots["shown"]["focus"] = "made:32"
    (way,) = shelters.say("followup", "how do i get there")
    assert "keeps its address private" in way["text"] and "209-555-0132" in way["text"]


def test_a_summary_says_nothing_of_what_was_told_of_the_person(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto, i have hiv and just left prison", need="food", place="Modesto")
    stage.say("inform", "my name is Maria Lopez, im 45, we are 3")
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (summary,) = stage.say("followup", SUMMARY["en"])
    assert not re.search(r"hiv|prison|Maria|Lopez|45|we are", summary["text"], re.IGNORECASE)
    assert "Pantry 2, 209-555-0102, 2 Made Street" in summary["text"]


@pytest.mark.parametrize(
    ("language", "said", "has", "has_not"),
    [
        (
            "en",
            SHORTER["en"],
            ["CalFresh", "Do this first: Apply today", "1-877-847-3663"],
            ["What next?", "Have ready"],
        ),
        ("en", "just the number", ["1-877-847-3663"], ["Do this first"]),
        ("en", "just tell me one thing", ["Do this first: Apply today"], ["1-877-847-3663"]),
        ("en", SIMPLER["en"], ["Money each month", "Do this first"], ["Have ready"]),
        ("en", "tell me everything", ["How to get it:", "Have ready"], []),
        ("es", SHORTER["es"], ["CalFresh", "Primero haga esto:", "1-877-847-3663"], ["Tenga listo"]),
        ("es", "nomás el número", ["1-877-847-3663"], ["Primero haga esto"]),
        ("es", "una sola cosa", ["Primero haga esto:"], ["1-877-847-3663"]),
        ("es", SIMPLER["es"], ["Primero haga esto:"], ["Tenga listo"]),
        ("es", "dígame todo", ["Cómo"], []),
    ],
)
def test_a_program_in_another_shape(stage: Stage, language: str, said: str, has: list[str], has_not: list[str]) -> None:
    stage.say("program_info", "what is calfresh", program="calfresh", language=language)
    (told,) = stage.say("nlu_fallback", said, language=language)
    assert all(part in told["text"] for part in has) and not any(part in told["text"] for part in has_not)


def test_what_was_offered_can_still_be_picked_after_another_shape(stage: Stage) -> None:
    stage.say("program_info", "what is calfresh", program="calfresh")
    stage.say("followup", SHORTER["en"])
    (steps,) = stage.say("inform", "2")
    assert steps["custom"]["kind"] == "steps" and "How to get it:" in steps["text"]


def test_a_verdict_in_fewer_words_keeps_what_was_said_of_it(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get calfresh in modesto", program="calfresh", place="Modesto")
    verdict = None
    for _ in range(12):
        verdict = stage.say("inform", "skip")[-1]
        if verdict["custom"]["kind"] == "verdict":
            break
    assert verdict is not None and verdict["custom"]["kind"] == "verdict"
    (short,) = stage.say("followup", SHORTER["en"])
    assert short["text"].splitlines()[0] in verdict["text"] and "Do this first" in short["text"]
    assert len(short["text"]) < len(verdict["text"]) / 2


def test_steps_in_fewer_words(stage: Stage) -> None:
    stage.say("how_to_apply", "how do i apply for wic", program="wic")
    (short,) = stage.say("followup", SHORTER["en"])
    assert "Do this first" in short["text"] and len(short["text"].splitlines()) <= 4


@pytest.mark.parametrize("said", ["make it shorter", "just the number", "give me a summary", "más corto"])
def test_before_anything_was_told_no_shape_is_made_up(stage: Stage, said: str) -> None:
    (answer,) = stage.say("followup", said)
    assert answer["custom"]["kind"] in ("question", "fallback")


@pytest.mark.parametrize("said", ["i dont understand", "make it shorter", "no entiendo"])
def test_a_question_of_the_rules_that_waits_is_not_left_for_a_shape(stage: Stage, said: str) -> None:
    stage.say("check_eligibility", "can i get wic in modesto", program="wic", place="Modesto")
    assert stage.slots["asked"]["about"] == "fact"
    stage.say("followup", said)
    assert stage.slots["asked"]["about"] == "fact"


@pytest.mark.parametrize("act", ["opt_out", "talk_to_human", "crisis"])
def test_some_acts_ask_for_no_shape(stage: Stage, act: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    crisis = {"crisis": "self_harm"} if act == "crisis" else {}
    for message in stage.say(act, "just the number", **crisis):
        assert message["text"] != "Pantry 2: 209-555-0102."


@pytest.mark.parametrize(
    ("language", "also"),
    [("en", "Also, Food, Modesto:\n- Pantry 2, 209-555-0102"), ("es", "También, Comida, Modesto:")],
)
def test_a_summary_holds_every_need_of_the_talk(stage: Stage, language: str, also: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    stage.say("find_provider", "and a shelter", program="emergency_shelter")
    (summary,) = stage.say("followup", SUMMARY[language])
    assert "Made Shelter, 209-555-0111" in summary["text"] and also in summary["text"]
    stage.say("program_info", "what is ihss", program="ihss")
    (summary,) = stage.say("followup", SUMMARY[language])
    assert "Made Shelter, 209-555-0111" in summary["text"] and "Pantry 2, 209-555-0102" in summary["text"]


def test_a_place_without_a_phone_gets_the_line_to_call(home: Path, stage: Stage) -> None:
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    quiet = made(41, "Rehab Sober House", Need.HOUSING, ("emergency_shelter",), phones=())
    store.write_directory(home / "directory.db", records=[quiet], sources=[source], publication="m", published_at=NOW)
    stage.say("find_provider", "shelter in modesto", program="emergency_shelter", place="Modesto")
    (summary,) = stage.say("followup", SUMMARY["en"])
    assert "- A place to call, no phone listed, call 211" in summary["text"]
