"""What comes before any goal: after a danger, a paper with a deadline, a worry, immigration, an income."""

from __future__ import annotations

from typing import Any

import pytest

from actions.words import sign
from directory import dangers
from directory.model import Language
from directory.text import catalogue
from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")
DANGERS = tuple(kind for kind in dangers.LINES if kind != "worry")


def _kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["custom"]["kind"] for message in messages]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", DANGERS)
def test_a_danger_said_again_names_all_its_lines(kind: str, language: Language) -> None:
    text = catalogue.say(f"assistant.crisis.again.{kind}", language)
    assert all(line in text for line in dangers.LINES[kind])
    assert text != catalogue.say(f"assistant.crisis.{kind}", language)


@pytest.mark.parametrize("kind", DANGERS)
def test_a_changed_language_says_the_danger_again_first(stage: Stage, kind: str) -> None:
    stage.say("crisis", "x", crisis=kind, language="en")
    first, changed, *_ = stage.say("change_language", "en español por favor", language="es", language_wanted="es")
    assert (first["custom"]["kind"], first["custom"]["crisis"], changed["custom"]["kind"]) == (
        "crisis",
        kind,
        "language",
    )
    assert "asistente automático" in first["text"]


def test_a_danger_is_forgotten_once_something_else_is_answered(stage: Stage) -> None:
    stage.say("crisis", "my husband hits me", crisis="violence")
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    changed, spanish = stage.say("change_language", "español", language="es", language_wanted="es")
    assert _kinds([changed, spanish]) == ["language", "listings"]


WHERE_TO = (
    ("affirm", "si pero adonde me voy con mis hijos", {}, True),
    ("nlu_fallback", "y ahora a donde me voy", {}, True),
    ("inform", "con mis dos hijos", {}, False),
    ("talk_to_human", "who can help me", {}, False),
    ("report_outcome", "i left him last night", {}, False),
    ("opt_out", "ya no puedo mas", {}, False),
    ("find_provider", "shelter in modesto", {"program": "emergency_shelter", "place": "Modesto"}, True),
    ("find_provider", "i need a place to live", {"need": "housing"}, True),
)


@pytest.mark.parametrize(("act", "text", "entities", "roof"), WHERE_TO)
def test_after_violence_the_hotline_comes_again_and_no_list(
    stage: Stage, act: str, text: str, entities: dict[str, str], roof: bool
) -> None:
    stage.say("crisis", "he hits me", crisis="violence")
    first, *rest = stage.say(act, text, **entities)
    assert "1-800-799-7233" in first["text"] and "kept secret" in first["text"]
    assert {"listings", "menu", "saved"}.isdisjoint(_kinds([first, *rest]))
    assert stage.slots["asked"]["crisis"] == "violence"
    if "place" not in entities:
        (first,) = stage.say("inform", "modesto", place="Modesto")
    if roof:
        assert first["custom"]["crisis"] == "violence" and "209-555-0112" in first["text"]


@pytest.mark.parametrize("act", ["nlu_fallback", "inform", "report_outcome", "opt_out", "greet", "deny"])
def test_after_self_harm_988_is_said_again_gently(stage: Stage, act: str) -> None:
    stage.say("crisis", "me quiero morir", crisis="self_harm", language="es")
    (again,) = stage.say(act, "ya no se que hacer")
    assert again["custom"]["crisis"] == "self_harm" and "988" in again["text"]
    assert "Gracias" not in again["text"] and not again["custom"]["choices"]


def test_after_no_safe_place_the_place_is_still_asked(stage: Stage) -> None:
    stage.say("crisis", "nowhere to sleep", crisis="unsafe_tonight")
    again, where = stage.say("nlu_fallback", "what do i do with my kids now")
    assert again["custom"]["crisis"] == "unsafe_tonight" and "211" in again["text"]
    assert where["custom"]["kind"] == "question"
    (shelters,) = stage.say("inform", "modesto", place="Modesto")
    assert shelters["custom"]["listings"]


@pytest.mark.parametrize("text", ["I'm ok", "estoy bien", "no, ya estoy bien gracias", "im safe now"])
def test_who_is_well_is_believed(stage: Stage, text: str) -> None:
    stage.say("crisis", "he hits me, food in modesto", crisis="violence", need="food", place="Modesto")
    believed, found = stage.say("inform", text)
    assert (believed["custom"]["kind"], found["custom"]["kind"]) == ("smalltalk", "listings")
    assert not (stage.slots["asked"] or {}).get("crisis")


@pytest.mark.parametrize(
    "text", ["estoy bien cansada", "estoy bien mal", "im fine with dying", "no", "i am", "i am not ok"]
)
def test_who_is_not_well_is_not_taken_for_it(text: str) -> None:
    assert not sign("safe", text, alone=True)


@pytest.mark.parametrize("act", ["opt_out", "goodbye", "thanks", "nlu_fallback", "greet", "check_eligibility"])
def test_a_worry_is_met_before_anything_and_asked_what_would_help(stage: Stage, act: str) -> None:
    worry, question = stage.say(act, "estoy bien cansada de cuidarla, ya no puedo mas", crisis="worry")
    assert _kinds([worry, question]) == ["worry", "question"] and "look for" in question["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("act", "text", "entities"),
    [
        ("report_outcome", "i got a eviction paper today", {"need": "housing"}),
        ("find_provider", "landlord gave me a 3 day notice, modesto", {"need": "housing", "place": "Modesto"}),
        ("nlu_fallback", "me llego un aviso de desalojo", {}),
        ("find_provider", "court about my rent", {"program": "rent_help", "need": "legal"}),
    ],
)
def test_an_eviction_paper_is_for_today(
    stage: Stage, act: str, text: str, entities: dict[str, str], language: str
) -> None:
    first, *rest = stage.say(act, text, language=language, **entities)
    assert "lawhelpca.org" in first["text"] and "211" in first["custom"]["phones"]
    assert ("Do not ignore" if language == "en" else "No deje pasar el papel") in first["text"]
    if "place" in entities:
        assert [message["custom"].get("program") or message["custom"]["need"] for message in rest] == [
            "rent_help",
            "legal",
        ]
    else:
        (question,) = rest
        assert question["custom"]["kind"] == "question"


def test_a_shut_off_notice_is_for_today(stage: Stage) -> None:
    first, *_ = stage.say("report_outcome", "i got a shut off notice", program="liheap")
    assert "LIHEAP" in first["text"] and "211" in first["custom"]["phones"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_immigration_has_one_answer_and_the_need_goes_on(stage: Stage, language: str) -> None:
    fixed, question = stage.say("find_provider", "x", topic="immigration", need="food", language=language)
    assert "lawhelpca.org" in fixed["text"] and "2026" in fixed["text"]
    assert question["custom"]["need"] == "food"
    (alone,) = Stage(slots={"language": language}).say("ask_privacy", "la migra puede ver esto", topic="immigration")
    assert alone["text"] == fixed["text"]
    assert "immigration" not in str(stage.slots)


def test_no_menu_comes_three_times_in_a_row(stage: Stage) -> None:
    texts = ["greet", *["inform"] * 5]
    kinds = [_kinds(stage.say(each, "x y z"))[0] for each in texts]
    assert kinds[:3] == ["smalltalk", "question", "handoff"] and kinds[3:] == ["question", "question", "handoff"]
    assert stage.say("inform", "1")[0]["custom"]["need"] == "food"


def test_a_question_is_not_put_a_third_time(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    stage.say("find_provider", "food", need="food")
    (person,) = stage.say("find_provider", "food", need="food")
    assert person["custom"]["kind"] == "handoff"
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["need"] == "food" and found["custom"]["kind"] == "listings"


def test_who_is_in_a_hurry_hears_of_211_first(stage: Stage) -> None:
    (menu,) = stage.say("find_provider", "help me now please", urgent=True)
    assert menu["text"].startswith("If it cannot wait: call 211") and "211" in menu["custom"]["phones"]


@pytest.mark.parametrize(
    ("text", "entities", "check"),
    [
        ("i make 2100 a month, family of 4", {}, "need:food"),
        ("gano 1800 al mes, somos 5", {}, "need:food"),
        ("we make 900 a month can i get wic", {"program": "wic"}, "program:wic"),
    ],
)
def test_an_income_begins_to_work_out_what_it_is_enough_for(
    stage: Stage, text: str, entities: dict[str, str], check: str
) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (question,) = stage.say("followup", text, **entities)
    assert question["custom"]["kind"] == "question" and stage.slots["asked"]["check"] == check
    assert "household_income_monthly_gross" in stage.slots["facts"]
    assert stage.slots["asked"]["question"] != "household_income_monthly_gross"


def test_an_unknown_plan_is_on_the_card(stage: Stage) -> None:
    (anywhere,) = stage.say("inform", "i dont know my plan")
    assert "card" in anywhere["text"] and "1-800-430-4263" in anywhere["custom"]["phones"]
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (here,) = stage.say("nlu_fallback", "no sé cuál es mi plan", language="es")
    assert "Stanislaus" in here["text"] and "Health Net" in here["text"]


def test_a_wheelchair_in_a_talk_of_rides_is_its_own_program(stage: Stage) -> None:
    stage.say("find_provider", "a ride in modesto", need="transport", place="Modesto")
    (van,) = stage.say("followup", "wheelchair")
    assert van["custom"]["program"] == "nemt"


def test_nowhere_to_go_after_violence_is_a_refuge_by_phone(stage: Stage) -> None:
    stage.say("crisis", "he hits me in modesto", crisis="violence", place="Modesto")
    (refuge,) = stage.say("crisis", "si pero adonde me voy", crisis="unsafe_tonight")
    assert refuge["custom"]["crisis"] == "violence" and "kept secret" in refuge["text"]
    assert [row["name"] for row in refuge["custom"]["listings"]] == ["Quiet House"]
    spanish, *_ = stage.say("change_language", "en español", language="es", language_wanted="es")
    assert spanish["custom"]["crisis"] == "violence"


def test_a_worry_right_after_a_danger_is_that_danger(stage: Stage) -> None:
    stage.say("crisis", "i want to die", crisis="self_harm")
    (again,) = stage.say("nlu_fallback", "ya no se que hacer", crisis="worry")
    assert again["custom"]["crisis"] == "self_harm" and not again["custom"]["choices"]


def test_a_worry_with_a_need_is_answered_for_the_need(stage: Stage) -> None:
    worry, question = stage.say("program_info", "cansada de cuidarla", crisis="worry", need="home_care")
    assert _kinds([worry, question]) == ["worry", "question"] and "Where should I look" in question["text"]


def test_a_line_is_not_said_again_forever(stage: Stage) -> None:
    stage.say("crisis", "x", crisis="medical")
    kinds = [_kinds(stage.say("inform", "what do you have"))[0] for _ in range(3)]
    assert kinds == ["crisis", "crisis", "question"]


@pytest.mark.parametrize(("text", "language"), [("start over", "en"), ("empezar de nuevo", "es")])
def test_beginning_again_lets_go_of_everything_but_the_language(stage: Stage, text: str, language: str) -> None:
    stage.say("check_eligibility", "calfresh, 4 of us", program="calfresh", place="Modesto", language=language)
    (menu,) = stage.say("inform", text, language=language)
    assert menu["custom"]["kind"] == "question" and len(menu["custom"]["choices"]) > 5
    kept = {name: value for name, value in stage.slots.items() if value and name not in ("language", "asked")}
    assert not kept and "check" not in stage.slots["asked"]
