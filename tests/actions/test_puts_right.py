"""What is put right, told beside, or asked of what is in talk while something is worked out; nobody is asked twice."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage

RENT = {"program": "rent_help", "need": "housing", "place": "Modesto"}
IHSS = {"program": "ihss", "need": "home_care", "place": "Modesto"}


@pytest.mark.parametrize(
    ("language", "first", "figure", "correction", "noted"),
    [
        ("en", "we are 4 and make 4200, do i qualify", "actually 4000", "no, we are 5", "5 people, $4,000 a month"),
        ("es", "somos 4 y ganamos 4200, ¿califico?", "yo creo que 4000 más bien", "no, me equivoqué, somos 5",
         "5 personas, $4,000 al mes"),
    ],
)  # fmt: skip
def test_a_figure_put_right_is_noted_and_the_question_stays(
    stage: Stage, language: str, first: str, figure: str, correction: str, noted: str
) -> None:
    (asked,) = stage.say("check_eligibility", first, language=language, **RENT)
    (again,) = stage.say("inform", figure)
    assert "4,000" in again["text"]
    (last,) = stage.say("deny", correction)
    assert noted in last["text"]
    assert asked["text"].splitlines()[0] in last["text"]
    assert "losing_home_30_days" not in stage.slots["facts"]


@pytest.mark.parametrize("text", ["no she doesnt need a nursing home", "no, no quiere un asilo"])
def test_a_no_to_an_institution_answers_no_question(stage: Stage, text: str) -> None:
    stage.say("check_eligibility", "can my mom get ihss, she is 81 and has medi-cal", person_about="mother", **IHSS)
    stage.say("inform", "she lives with my brother", person_about="sibling")
    (asked,) = stage.say("inform", text, need="housing")
    assert asked["custom"]["kind"] == "question"
    assert stage.slots["facts"]["has_medi_cal"] is True
    assert "your mother" in asked["text"]


@pytest.mark.parametrize(
    "text", ["we have not gotten an eviction notice yet", "no nos han dado papel de desalojo todavía"]
)
def test_no_paper_yet_frightens_nobody(stage: Stage, text: str) -> None:
    (asked,) = stage.say("check_eligibility", "do i qualify", **RENT)
    named = {"program": "rent_help", "need": "legal", "guide": "eviction_paper"}
    replies = stage.say("check_eligibility", text, **named)
    assert [each["custom"]["kind"] for each in replies] == ["question"]
    assert asked["text"].splitlines()[0] in replies[0]["text"]


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("can i get ihss? im 72 and have medi-cal, i live alone in my apartment", "en", "stay safe at home"),
        ("puedo recibir ihss? tengo medi-cal y 72 años, vivo sola en mi casa", "es", "sin peligro"),
    ],
)
def test_what_was_said_is_not_asked(stage: Stage, text: str, language: str, told: str) -> None:
    (asked,) = stage.say("check_eligibility", text, language=language, **IHSS)
    assert told in asked["text"]


@pytest.mark.parametrize(
    ("text", "act", "sorry"), [("ya te lo dije", "ask_privacy", "Perdón"), ("i told you", "inform", "Sorry")]
)
def test_who_told_it_before_hears_a_short_sorry(stage: Stage, text: str, act: str, sorry: str) -> None:
    stage.say("check_eligibility", "ihss", language="es" if sorry == "Perdón" else "en", **IHSS)
    (asked,) = stage.say(act, text)
    assert asked["text"].startswith(sorry)


def test_meals_by_ones_health_are_worked_out(stage: Stage) -> None:
    said = "im 62 on dialysis with medi-cal kaiser, can I get meals?"
    (asked,) = stage.say("find_provider", said, need="food", plan="kaiser", place="Fresno")
    assert stage.slots["asked"]["check"] == "program:cs_mtm"
    assert asked["custom"]["kind"] == "question"


def test_respite_asks_what_is_missing(stage: Stage) -> None:
    named = {"program": "cs_respite", "need": "respite", "plan": "la_care", "person_about": "father"}
    (asked,) = stage.say("check_eligibility", "may my dad get respite? hes 68, dementia", **named)
    assert asked["custom"]["kind"] == "question"
    assert "your father" in asked["text"]


def test_an_income_over_the_usual_line_is_told(stage: Stage) -> None:
    said = "can my neighbor get calfresh? she is 70, lives alone in Los Angeles and makes 3500 a month"
    (told,) = stage.say("check_eligibility", said, program="calfresh", need="food", place="Los Angeles")
    assert "over the usual line" in told["text"]
