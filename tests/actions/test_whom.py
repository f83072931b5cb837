"""The questions of a check name the person it is for; what was told of that person is not asked again."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage


def test_what_a_question_tells_is_not_asked_again(stage: Stage) -> None:
    (first,) = stage.say(
        "check_eligibility",
        "does my mother, 74, qualify for ihss",
        program="ihss",
        person_about="mother",
        language="en",
    )
    assert "Does your mother have Medi-Cal now?" in first["text"]
    (second,) = stage.say("affirm", "yes she has medi-cal")
    assert "How old" not in second["text"] and "your mother" in second["text"]


def test_what_was_told_before_the_question_is_not_asked_again(stage: Stage) -> None:
    stage.say("inform", "my mom is 74 in Modesto", place="Modesto", person_about="mother", language="en")
    (first,) = stage.say("check_eligibility", "can she get ihss", program="ihss")
    (second,) = stage.say("affirm", "yes")
    assert "Does your mother have Medi-Cal" in first["text"] and "How old" not in second["text"]


@pytest.mark.parametrize(
    ("language", "text", "about", "says"),
    [
        ("en", "does my mom qualify for calfresh", "mother", "How many people live with your mother"),
        ("en", "does she qualify for calfresh", None, "How many people live with this person"),
        ("en", "calfresh for my patient", "patient", "How many people live with the patient"),
        ("en", "can my son get calfresh", "child", "How many people live with you"),
        ("en", "can i get calfresh", None, "How many people live with you"),
        ("es", "¿mi mamá califica para calfresh?", "mother", "¿Cuántas personas viven con su mamá"),
        ("es", "ella califica para calfresh?", None, "¿Cuántas personas viven con esa persona"),
        ("es", "puedo recibir calfresh", None, "¿Cuántas personas viven con usted"),
    ],
)
def test_a_question_names_whom_it_is_about(
    stage: Stage, language: str, text: str, about: str | None, says: str
) -> None:
    named = {"person_about": about} if about else {}
    (asked,) = stage.say("check_eligibility", text, program="calfresh", place="Modesto", language=language, **named)
    assert says in asked["text"]


def test_a_spanish_question_begins_with_a_capital(stage: Stage) -> None:
    (asked,) = stage.say(
        "check_eligibility", "¿mi mamá califica para ihss?", program="ihss", person_about="mother", language="es"
    )
    assert asked["text"].startswith("¿Su mamá tiene Medi-Cal")


def test_what_is_known_of_one_is_not_taken_for_another(stage: Stage) -> None:
    stage.say(
        "check_eligibility",
        "does my mother, 74, qualify for ihss",
        program="ihss",
        person_about="mother",
        language="en",
    )
    stage.say("check_eligibility", "and can i get ihss", program="ihss")
    assert "age_years" not in (stage.slots.get("facts") or {})


@pytest.mark.parametrize(
    ("language", "text"), [("en", "she lives with me"), ("en", "at home"), ("es", "vive conmigo"), ("es", "en su casa")]
)
def test_where_somebody_lives_answers_whether_they_live_at_home(stage: Stage, language: str, text: str) -> None:
    stage.say("check_eligibility", "mi mamá tiene 74, ihss", program="ihss", person_about="mother", language=language)
    stage.say("affirm", "yes")
    assert stage.slots["asked"]["question"] == "lives_at_home"
    stage.say("inform", text)
    assert stage.slots["facts"]["lives_at_home"] is True


def test_other_words_of_a_question_name_the_same_person(stage: Stage) -> None:
    stage.say("check_eligibility", "ihss for my mom", program="ihss", person_about="mother", language="en")
    (again,) = stage.say("inform", "hmm what")
    assert "your mother" in again["text"]


@pytest.mark.parametrize(
    ("language", "text", "about", "says"),
    [
        ("en", "can my mom get calfresh, she is 70, lives alone", "mother", 'In this answer "you" means your mother.'),
        (
            "es",
            "¿mi mamá recibe calfresh?, tiene 70 años, vive sola",
            "mother",
            'En esta respuesta, "usted" es su mamá.',
        ),
        ("en", "can i get calfresh, i am 70, live alone", None, None),
    ],
)
def test_an_answer_about_another_says_whom_you_means(
    stage: Stage, language: str, text: str, about: str | None, says: str | None
) -> None:
    named = {"person_about": about} if about else {}
    told = stage.say("check_eligibility", text, program="calfresh", place="Modesto", language=language, **named)
    for answer in ("1", "1", "1", "1"):
        if told[-1]["custom"]["kind"] == "verdict":
            break
        told = stage.say("inform", answer)
    assert told[-1]["custom"]["kind"] == "verdict"
    lines = told[-1]["text"].splitlines()
    assert lines[1] == says if says else '"you"' not in told[-1]["text"]
