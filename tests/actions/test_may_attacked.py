"""Nonsense, hostile input and danger amid a check: never silence, never the same for ever, a way to people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")
NASTY = (
    "-3 people", "-1", "\u22122", "1e308", "\u0664000000", "\u00bd", "\u2167", "9" * 400, "a" * 2000, "\U0001f600",
    "'; DROP TABLE x;--",
    "<b>4</b>", "{limit}", "{0.__class__}", "%s %d", "/session_start", "0",
    "4.5", "1/2", "NaN", "inf", "4 5 6", "\x00", "$",
    "--", "?", "4?", "400", "age 500",
)  # fmt: skip


def begun(stage: Stage, program: str, language: str = "en") -> list[dict[str, Any]]:
    return stage.say("check_eligibility", "may i", program=program, place="Modesto", language=language)


@pytest.mark.parametrize("text", NASTY, ids=ascii)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_no_number_of_people(stage: Stage, text: str, language: str) -> None:
    begun(stage, "calfresh", language)
    (again,) = stage.say("inform", text, language=language)
    assert again["text"].startswith({"en": "I did not understand.", "es": "No entendí."}[language])
    assert not stage.slots.get("facts")
    assert text not in again["text"] or text in ("?", "0", "$", "-1", "--")
    (on,) = stage.say("nlu_fallback", text, language=language)
    assert on["text"].startswith({"en": "I will go on without it.", "es": "Sigo sin ese dato."}[language])
    assert stage.slots["facts"] == {"household_size": None}


@pytest.mark.parametrize(
    "text", ["a lot", "1e308", "-500", "-$500", "$9999999", "\u00bd", "infinite money", "{limit}", "x" * 2000]
)
def test_nonsense_is_no_income(stage: Stage, text: str) -> None:
    begun(stage, "calfresh")
    stage.say("inform", "4")
    (again,) = stage.say("inform", text)
    assert stage.slots["asked"]["question"] == "household_income_monthly_gross", again["text"]
    assert "household_income_monthly_gross" not in stage.slots["facts"]


@pytest.mark.parametrize("text", ["500", "-3", "0.5 years", "1e3", "999", "twelve hundred"])
def test_nonsense_is_no_age(stage: Stage, text: str) -> None:
    begun(stage, "cs_sobering")
    (again,) = stage.say("inform", text)
    assert "67" in again["text"] and "age_years" not in (stage.slots.get("facts") or {})


@pytest.mark.parametrize(
    ("text", "size"),
    [("\u0663", 3), ("\u096a", 4), ("\u202e4\u202c", 4), ("4\u200b", 4), ("cuatro", 4), ("we are four!!!", 4),
     ("  4  ", 4), ("\uff14", 4)],
)  # fmt: skip
def test_a_number_in_other_digits_is_a_number(stage: Stage, text: str, size: int) -> None:
    begun(stage, "calfresh")
    stage.say("inform", text)
    assert stage.slots["facts"] == {"household_size": [size, size]}


@pytest.mark.parametrize("text", ["9", "99", "-7", "yes and no", "si y no", "7 and 8", "\u0669"])
def test_no_choice_is_picked_that_was_not_offered(stage: Stage, text: str) -> None:
    begun(stage, "ihss")
    (again,) = stage.say("inform", text)
    assert stage.slots["asked"]["question"] == "has_medi_cal" and not stage.slots.get("facts")
    assert "Medi-Cal" in again["text"]


@pytest.mark.parametrize(
    ("language", "text", "fact"),
    [("es", "yes", True), ("en", "sí", True), ("en", "si", True), ("es", "nope", False), ("en", "fíjese que no", None),
     ("es", "i dont know", "unsure"), ("en", "no sé", "unsure")],
)  # fmt: skip
def test_an_answer_in_the_other_language_is_an_answer(stage: Stage, language: str, text: str, fact: object) -> None:
    begun(stage, "ihss", language)
    stage.say("inform", text, language=language)
    facts = stage.slots.get("facts") or {}
    assert facts.get("has_medi_cal", "none") == {True: True, False: False, "unsure": None}.get(fact, "none")  # type: ignore[call-overload]


def test_the_language_may_change_midway(stage: Stage) -> None:
    begun(stage, "calfresh")
    stage.say("inform", "4")
    (again,) = stage.say("change_language", "español", language_wanted="es")
    assert "(4 personas)" in again["text"] and "$5,500" in again["text"]
    (work,) = stage.say("inform", "menos", language="es")
    assert "18 a 64" in work["text"]


def test_a_request_beside_i_do_not_know_is_answered(stage: Stage) -> None:
    begun(stage, "calfresh")
    said = stage.say("find_provider", "i dont know but i need a ride to the doctor", need="transport")
    assert said[-1]["custom"]["need"] == "transport"


def test_a_place_outside_california_is_a_reason_that_is_said(stage: Stage) -> None:
    stage.say("check_eligibility", "may i", program="calfresh")
    (told,) = stage.say("inform", "Reno", place="Reno")
    assert told["custom"]["verdict"]["outcome"] == "probably_not"
    assert "You do not live in California." in told["text"]


@pytest.mark.parametrize("first", [True, False])
def test_a_zip_over_two_counties_is_california_and_no_county_is_guessed(stage: Stage, first: bool) -> None:
    if first:
        (asked,) = stage.say("check_eligibility", "may i, 95322", program="calfresh", zip="95322")
    else:
        begun(stage, "calfresh")
        (asked,) = stage.say("inform", "i moved to 95322", zip="95322")
    assert "How many people" in asked["text"], "that it is California is known"
    stage.say("inform", "4")
    stage.say("inform", "less")
    (told,) = stage.say("inform", "1")
    assert told["custom"]["verdict"]["outcome"] == "may_qualify"
    assert told["custom"]["county"] is None and "BenefitsCal.com" in told["text"]
    (which,) = stage.say("inform", "1")
    assert which["custom"]["kind"] == "question" and "Merced" in str(which["custom"]["choices"])


def test_a_plan_of_another_county_is_said_and_its_phone_is_not_given(stage: Stage) -> None:
    begun(stage, "ecm")
    stage.say("inform", "i have LA Care", plan="la_care")
    (told,) = stage.say("inform", "1")
    assert "L.A. Care does not serve Stanislaus County" in told["text"]
    assert "1-888-839-9909" not in told["text"]


def test_stop_ends_the_check_and_lets_go_of_what_was_said(stage: Stage) -> None:
    begun(stage, "calfresh")
    stage.say("inform", "4")
    stage.say("opt_out", "stop")
    assert not stage.slots.get("facts") and not stage.slots.get("asked")


def test_a_person_is_one_word_away(stage: Stage) -> None:
    for program in ("calfresh", "coordinated_entry", "ihss"):
        begun(stage, program)
        (told,) = stage.say("talk_to_human", "a person please")
        assert told["custom"]["kind"] == "handoff" and "211" in told["text"]


SAID = ("asdf", "qwerty zxcv", "???", "banana", "blue", "\U0001f600", "<script>", "{size}", "500000", "-1")


@pytest.mark.parametrize("program", ["calfresh", "coordinated_entry", "sun_bucks", "ihss", "wic", "cs_mtm"])
@pytest.mark.parametrize("act", ["inform", "nlu_fallback", "affirm"])
def test_forty_turns_of_nonsense(stages: Callable[..., Stage], program: str, act: str) -> None:
    for language in LANGUAGES:
        stage = stages()
        begun(stage, program, language)
        texts: list[str] = []
        for turn in range(40):
            said = stage.say(act, SAID[turn % len(SAID)], language=language)
            texts.append("\n".join(each["text"] for each in said))
        for three in zip(texts, texts[1:], texts[2:], strict=False):
            assert len(set(three)) > 1, f"the same three times: {three[0]}"
        assert any("211" in text for text in texts) and len(set(texts)) > 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", ["calfresh", "coordinated_entry", "ihss", "wic", "ecm"])
def test_danger_at_every_question_of_a_check(stages: Callable[..., Stage], program: str, language: str) -> None:
    stage = stages()
    asked = begun(stage, program, language)
    seen = set()
    for kind in ("self_harm", "violence", "medical", "abuse", "self_harm", "violence", "medical", "abuse"):
        if asked[-1]["custom"]["kind"] != "question":
            break
        seen.add(stage.slots["asked"]["question"])
        first, *more = stage.say("crisis", f"danger {len(seen)}", crisis=kind, language=language)
        assert first["custom"]["kind"] == "crisis" and first["custom"]["phones"]
        assert not any(each["custom"]["kind"] in ("verdict", "listings") for each in more)
        goes_on = next(label for label, _ in map(_pair, more[-1]["custom"]["choices"]))
        stage.say("inform", "i am safe now", language=language)
        asked = stage.say("inform", goes_on, language=language)
        if asked[-1]["custom"]["kind"] == "question" and stage.slots["asked"].get("question"):
            asked = stage.say("inform", "skip", language=language)
    assert len(seen) > (1 if program in ("calfresh", "ihss", "ecm") else 0)


def _pair(choice: dict[str, str]) -> tuple[str, str]:
    return choice["label"], choice["label"]


def test_what_an_old_conversation_holds_breaks_nothing(stages: Callable[..., Stage]) -> None:
    for asked in (
        {"about": "fact", "check": "program:calfresh", "question": "shoe_size"},
        {"about": "fact", "check": "program:no_such", "question": "household_size"},
        {"about": "fact", "check": "need:no_such", "question": "household_size"},
        {"about": "fact", "check": "nonsense", "question": "household_size"},
        {"about": "fact", "question": "household_size", "line": "x", "count": None},
        {"check": "program:no_such"},
        {"about": "offer", "told": "no_such:may_qualify"},
        {
            "about": "fact",
            "check": "program:calfresh",
            "question": "abawd_status",
            "choices": [{"goal": "fact", "value": "abawd_status=gone"}],
        },
    ):
        stage = stages(slots={"asked": asked, "facts": {"age_years": "old", "has_medi_cal": [1, 2], "x": True}})
        assert stage.say("inform", "4")
        assert stage.say("inform", "actually we are 5")
        assert (
            stage.say("check_eligibility", "may i", program="calfresh", place="Modesto")[-1]["custom"]["kind"]
            == "question"
        )
