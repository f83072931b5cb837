"""An amount or an income line that is asked for: said with its day where a dated rule has it, else who has it."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage

LINES = [
    ("en", "check_eligibility", "income limit for wic family of 5", "wic", ["5 people", "$5,964", "June 30, 2027"]),
    ("en", "check_eligibility", "how much can we make for calfresh, we are 3", "calfresh", ["3 people", "$4,554"]),
    (
        "en",
        "program_info",
        "what is the income limit for liheap",
        "liheap",
        ["1 person: about $3,459", "agency"],
    ),
    ("es", "check_eligibility", "cuanto puedo ganar para calfresh si somos 3", "calfresh", ["3 personas", "$4,554"]),
    ("es", "program_info", "limite de ingresos de wic para una familia de 4", "wic", ["4 personas", "$5,088"]),
    ("es", "check_eligibility", "limite de ingresos de medi cal", "medi_cal", ["$1,836", "Para niños"]),
]


@pytest.mark.parametrize(("language", "act", "text", "program", "has"), LINES, ids=[row[2] for row in LINES])
def test_an_income_line_is_said(stage: Stage, language: str, act: str, text: str, program: str, has: list[str]) -> None:
    told = stage.say(act, text, program=program, language=language)[0]
    assert told["custom"]["program"] == program
    assert all(words in told["text"] for words in has)


UNKNOWN = [
    ("en", "how much is calfresh for 4", "calfresh", "we do not have the dollar amounts", "Your county decides"),
    ("en", "how much does ihss pay", "ihss", "we do not have the dollar amounts", "The county decides"),
    ("es", "cuanto dan de estampillas para 4", "calfresh", "no tenemos las cantidades", "Su condado decide"),
    ("es", "cuanto da liheap", "liheap", "no tenemos las cantidades", "LIHEAP"),
]


@pytest.mark.parametrize(("language", "text", "program", "has", "who"), UNKNOWN, ids=[row[1] for row in UNKNOWN])
def test_an_amount_that_is_not_known_is_not_guessed(
    stage: Stage, language: str, text: str, program: str, has: str, who: str
) -> None:
    told = stage.say("program_info", text, program=program, language=language)[0]["text"]
    assert has in told and who in told and "$" not in told


def test_the_same_is_asked_for_another_home(stage: Stage) -> None:
    stage.say("check_eligibility", "income limit for calfresh", program="calfresh", need="food")
    assert "$8,340" in stage.say("followup", "and for 7?")[0]["text"]


def test_the_amount_is_asked_of_the_program_in_talk(stage: Stage) -> None:
    stage.say("how_to_apply", "quiero estampillas", program="calfresh", need="food", language="es")
    assert "no tenemos las cantidades" in stage.say("out_of_scope", "para 5 cuanto es")[0]["text"]


def test_a_question_of_the_rules_waits_meanwhile(stage: Stage) -> None:
    stage.say("check_eligibility", "do i qualify for calfresh", program="calfresh", need="food")
    told = stage.say("check_eligibility", "what is the income limit?")
    assert "$2,660" in told[0]["text"] and "ZIP" in told[-1]["text"]


OTHERS = [
    ("how much does calfresh cost", "calfresh", "Free"),
    ("is wic free", "wic", "free"),
    ("we make 3000 a month, family of 5, is it over the income limit for wic", "wic", "?"),
]


@pytest.mark.parametrize(("text", "program", "has"), OTHERS, ids=[text for text, _, _ in OTHERS])
def test_a_cost_and_an_income_told_are_answered_as_before(stage: Stage, text: str, program: str, has: str) -> None:
    told = stage.say("check_eligibility", text, program=program)[0]["text"]
    assert has in told and "income line" not in told
