"""May I get it? What a person is asked, one thing a turn, and what they are told in the end, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from directory.eligibility import rules
from directory.model import Language
from directory.text.verdict import anyone_may_apply
from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")


def asks(message: dict[str, Any], words: str) -> bool:
    return message["custom"]["kind"] == "question" and words in message["text"]


def test_calfresh_step_by_step(stage: Stage) -> None:
    (size,) = stage.say("check_eligibility", "can i get calfresh in modesto", program="calfresh", place="Modesto")
    assert asks(size, "How many people")
    (income,) = stage.say("inform", "4")
    assert asks(income, "(4 people) get more or less than $5,500 a month?")
    assert [choice["label"] for choice in income["custom"]["choices"]] == [
        "Less, or the same",
        "More",
        "I don't know, or skip",
    ]
    (work,) = stage.say("inform", "less")
    assert asks(work, "18 to 64")
    (told,) = stage.say("inform", "1")
    verdict = told["custom"]["verdict"]
    assert (told["custom"]["kind"], verdict["outcome"], verdict["missing"]) == ("verdict", "may_qualify", [])
    assert "Your income is under $5,500 a month (home of 4 people)." in told["text"]
    assert "Anyone may apply; the county decides." in told["text"] and "November 21, 2026" in told["text"]
    assert "1-800-952-5253" in told["text"], "what to do if they say no"


@pytest.mark.parametrize(
    ("income", "outcome"),
    [
        ("about 2,900 a month", None),
        ("about 2 thousand", None),
        ("como 1,900", None),
        ("1", None),
        ("the second", "over"),
    ],
)
def test_an_amount_is_no_number_of_a_choice(stage: Stage, income: str, outcome: str | None) -> None:
    stage.say("check_eligibility", "can i get calfresh in modesto, we are 4", program="calfresh", place="Modesto")
    (asked,) = stage.say("inform", income)
    assert asks(asked, "60 or older") if outcome else asks(asked, "18 to 64")


def test_what_the_message_says_is_not_asked(stage: Stage) -> None:
    text = "somos 4 y ganamos 3200 al mes, puedo recibir estampillas en modesto?"
    (work,) = stage.say("check_eligibility", text, program="calfresh", place="Modesto", language="es")
    assert asks(work, "18 a 64")
    (told,) = stage.say("inform", "1", language="es")
    assert told["custom"]["verdict"]["outcome"] == "may_qualify"
    assert "menos de $5,500 al mes (hogar de 4 personas)" in told["text"]
    assert "Todos pueden pedirlo. El condado decide." in told["text"]


def test_facts_once_given_serve_the_next_program(stage: Stage) -> None:
    stage.say("check_eligibility", "we are 4, 3200 a month, i have medi-cal", program="calfresh", place="Modesto")
    stage.say("inform", "1")
    (wic,) = stage.say("check_eligibility", "and wic?", program="wic")
    assert asks(wic, "Who needs WIC")
    (told,) = stage.say("inform", "a child under 5")
    assert told["custom"]["verdict"]["outcome"] == "may_qualify", (
        "Medi-Cal settles the income: nobody asks for it again"
    )


def test_another_program_named_after_a_verdict_is_checked_too(stage: Stage) -> None:
    stage.say("check_eligibility", "calfresh? 4 of us, 3000 a month", program="calfresh", place="Modesto")
    stage.say("inform", "1")
    (wic,) = stage.say("find_provider", "what about wic", program="wic")
    assert asks(wic, "Who needs WIC")
    stage.say("nlu_fallback", "skip")
    (found,) = stage.say("find_provider", "where is wic in merced", program="wic", place="Merced")
    assert found["custom"]["kind"] in ("listings", "none_found")


def test_a_corrected_fact_says_what_it_changes(stage: Stage) -> None:
    stage.say("check_eligibility", "calfresh? we make 6500 a month", program="calfresh", place="Modesto")
    stage.say("inform", "4")
    (before,) = stage.say("deny", "no")
    assert before["custom"]["verdict"]["outcome"] == "probably_not"
    assert "over $5,500 a month (home of 4 people)" in before["text"]
    (work,) = stage.say("inform", "actually we are 7")
    assert asks(work, "18 to 64") and work["text"].startswith("That changes my answer.")
    (after,) = stage.say("inform", "1")
    assert after["custom"]["verdict"]["outcome"] == "may_qualify"


def test_a_fact_that_changes_nothing_says_so_in_a_line(stage: Stage) -> None:
    stage.say("check_eligibility", "calfresh? 4 of us, 3000 a month", program="calfresh", place="Modesto")
    stage.say("inform", "1")
    (same,) = stage.say("inform", "actually we are 5")
    assert same["text"].startswith("That does not change my answer.\nCalFresh (food stamps): you may qualify.")
    assert "How to get it:" not in same["text"]


def test_no_medi_cal_drops_what_plans_give_and_leads_with_the_rest(stage: Stage) -> None:
    text = "i dont have medi-cal, what food help can i get"
    said = stage.say("check_eligibility", text, need="food", place="Modesto")
    for _ in range(8):
        if said[-1]["custom"]["kind"] != "question":
            break
        said = stage.say("nlu_fallback", "skip")
    told = said[-1]["text"]
    assert "Food bank" in told.split("I cannot tell")[0]
    assert "need Medi-Cal" in told and "Meals for a health problem" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_asked_once_in_other_words_and_then_left(stage: Stage, language: str) -> None:
    stage.say("check_eligibility", "calfresh", program="calfresh", place="Modesto", language=language)
    (again,) = stage.say("inform", "500000", language=language)
    assert "4" in again["text"] and stage.slots["asked"]["question"] == "household_size"
    (on,) = stage.say("inform", "a lot", language=language)
    assert stage.slots["asked"]["question"] != "household_size"
    assert on["text"].startswith({"en": "I will go on without it.", "es": "Sigo sin ese dato."}[language])


@pytest.mark.parametrize(("said", "value"), [("i dont know", None), ("skip", None), ("no se", None)])
def test_not_knowing_is_an_answer(stage: Stage, said: str, value: None) -> None:
    stage.say("check_eligibility", "calfresh", program="calfresh", place="Modesto")
    stage.say("deny", said)
    assert stage.slots["facts"]["household_size"] is value
    assert stage.slots["asked"]["question"] != "household_size"


def test_a_question_in_between_is_answered_and_the_check_goes_on(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get ihss", program="ihss", place="Modesto")
    answer, back = stage.say("program_info", "what is calfresh", program="calfresh")
    assert answer["custom"]["program"] == "calfresh" and back["custom"]["kind"] == "question"
    assert back["text"].startswith("Back to my question:") and "Medi-Cal" in back["text"]
    (next_one,) = stage.say("affirm", "yes")
    assert asks(next_one, "How old")


def test_danger_comes_before_the_check(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get ihss", program="ihss", place="Modesto")
    crisis = stage.say("crisis", "i want to die", crisis="self_harm")
    assert crisis[0]["custom"]["kind"] == "crisis" and "988" in crisis[0]["text"]


@pytest.mark.parametrize(("language", "why"), [("en", "You may skip it."), ("es", "Si prefiere, no conteste.")])
def test_a_sensitive_question_says_why_and_may_be_skipped(stage: Stage, language: str, why: str) -> None:
    (asked,) = stage.say("check_eligibility", "may i", program="coordinated_entry", place="Modesto", language=language)
    assert why in asked["text"]
    (told,) = stage.say("inform", "5" if language == "en" else "6", language=language)
    assert told["custom"]["verdict"]["outcome"] == "cannot_tell", "violence at home is never asked about"


def test_violence_at_home_is_taken_when_said_and_never_asked(stages: Callable[..., Stage]) -> None:
    for channel in ("sms", "web"):
        stage = stages(channel=channel)
        asked = stage.say("check_eligibility", "coordinated entry", program="coordinated_entry", place="Modesto")
        for _ in range(9):
            assert "hurts" not in asked[-1]["text"] and "lastima" not in asked[-1]["text"]
            if asked[-1]["custom"]["kind"] != "question":
                break
            asked = stage.say("deny", "none of these")
        assert asked[-1]["custom"]["verdict"]["outcome"] == "cannot_tell"


def test_a_text_message_repeats_nothing_sensitive(stages: Callable[..., Stage]) -> None:
    stage = stages(channel="sms")
    stage.say("check_eligibility", "coordinated entry", program="coordinated_entry", place="Modesto")
    (told,) = stage.say("inform", "1")
    assert told["custom"]["verdict"]["outcome"] == "may_qualify"
    assert "It comes from what you told us." in told["text"] and "sleep" not in told["text"]
    assert all("sleep" not in reason for reason in told["custom"]["verdict"]["reasons"])


def test_at_most_eight_questions_by_text(stages: Callable[..., Stage]) -> None:
    stage = stages(channel="sms")
    asked = stage.say("check_eligibility", "sun bucks", program="sun_bucks", place="Modesto")
    count = 0
    while asked[-1]["custom"]["kind"] == "question":
        count += 1
        asked = stage.say("deny", "skip")
    assert 0 < count <= 8 and asked[-1]["custom"]["kind"] == "verdict"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("program", list(rules.programs()))
def test_every_program_comes_to_an_end_with_somebody_to_ask(
    stages: Callable[..., Stage], program: str, language: Language
) -> None:
    for answer in ("skip", "1", "no"):
        stage = stages()
        said = stage.say("check_eligibility", "may i", program=program, place="Modesto", language=language.value)
        for _ in range(13):
            if said[-1]["custom"]["kind"] != "question":
                break
            said = stage.say("inform", answer, language=language.value)
        verdict = said[-1]["custom"]["verdict"]
        assert verdict["program"] == program and verdict["next"]
        assert {rules.program(program).who_decides.get(language), *anyone(language)} & set(said[-1]["text"].split("\n"))


def anyone(language: Language) -> set[str]:
    """How the texts say that anybody may apply."""
    return {text for id in rules.programs() if (text := anyone_may_apply(id, language))}


def test_saying_that_one_has_medi_cal_looks_for_no_medi_cal(stage: Stage) -> None:
    stage.say("find_provider", "help at home for my mother", need="home_care")
    (where,) = stage.say("inform", "yes she has medi-cal", program="medi_cal", need="other_health")
    assert where["custom"]["kind"] == "question" and where["custom"]["need"] == "home_care"
    assert stage.slots["facts"]["has_medi_cal"] is True
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["need"] == "home_care"
