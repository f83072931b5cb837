"""One side of a program: which one a message asks, of which program, what is said of it, and what is never taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.context import Goal
from actions.side_said import side_said
from directory.eligibility import rules
from directory.eligibility.sides import SIDES
from directory.model import Language
from directory.text import catalogue
from tests.actions.conftest import Stage

TABLES = sorted((Path(__file__).parent / "sides_said").glob("*.yml"))
SAID = [
    (table.stem, kind, str(message))
    for table in TABLES
    for kind, messages in yaml.safe_load(table.read_text("utf-8")).items()
    for message in messages
]
APPEAL = "1-800-952-5253"
UNCHECKED = "We could not check this"


@pytest.mark.parametrize(("table", "kind", "message"), SAID, ids=lambda value: str(value)[:60])
def test_the_side_a_message_asks_about(table: str, kind: str, message: str) -> None:
    assert (side_said(message) or "none") == kind


def test_the_table_is_large_and_names_every_side() -> None:
    for language in ("en", "es"):
        kinds = [kind for table, kind, _ in SAID if table.startswith(language)]
        assert len(kinds) >= 80 and set(kinds) == {*SIDES, "none"}


def text_of(program: str, kind: str, language: str = "en") -> str:
    return rules.program(program).sides[kind].text.get(Language(language))


def kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["custom"]["kind"] for message in messages]


# Of a program that was told


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", SIDES)
def test_every_side_of_a_program_told_is_its_own_text(stage: Stage, kind: str, language: str) -> None:
    program = "ihss"
    stage.say("program_info", "x", program=program, language=language)
    message = next(text for table, each, text in SAID if table == language and each == kind)
    told = stage.say("nlu_fallback", message)[-1]
    assert text_of(program, kind, language) in told["text"]
    assert (told["custom"]["kind"], told["custom"]["program"]) == ("program", program)
    assert told["custom"]["sources"] == list(rules.program(program).sides[kind].basis.sources)
    assert len(told["text"].splitlines()) == 3 and len(told["custom"]["choices"]) == 2


@pytest.mark.parametrize(
    "act", ["followup", "program_info", "check_eligibility", "how_to_apply", "inform", "nlu_fallback", "find_provider"]
)
def test_the_act_does_not_matter(stage: Stage, act: str) -> None:
    stage.say("program_info", "x", program="wic")
    (told,) = stage.say(act, "how long does it take")
    assert text_of("wic", "decision_time") in told["text"]


@pytest.mark.parametrize("act", ["talk_to_human", "opt_out", "change_language"])
def test_these_acts_are_never_about_a_side(stage: Stage, act: str) -> None:
    stage.say("program_info", "x", program="wic")
    assert all(text_of("wic", "who_decides") not in message["text"] for message in stage.say(act, "who decides"))


def test_a_danger_is_never_about_a_side(stage: Stage) -> None:
    stage.say("program_info", "x", program="wic")
    assert kinds(stage.say("crisis", "who decides if i live", crisis="self_harm")) == ["crisis"]


def test_follow_ups_in_a_row_and_the_way_on(stage: Stage) -> None:
    stage.say("program_info", "x", program="calfresh")
    for said, kind in (
        ("is it free?", "cost"),
        ("and how long?", "decision_time"),
        ("and who decides?", "who_decides"),
    ):
        (told,) = stage.say("followup", said)
        assert text_of("calfresh", kind) in told["text"]
    assert kinds(stage.say("inform", "2")) == ["steps"]


def test_a_side_after_a_verdict_keeps_the_verdict_open_for_a_correction(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get school meals", program="school_meals")
    while stage.slots["asked"].get("about") == "fact":
        stage.say("inform", "skip")
    told = stage.slots["asked"]["told"]
    (side,) = stage.say("followup", "is it free?")
    assert text_of("school_meals", "cost") in side["text"] and stage.slots["asked"]["told"] == told


def test_after_a_program_a_no_is_of_that_program_though_a_guide_knows_the_words(stage: Stage) -> None:
    stage.say("program_info", "x", program="calfresh", language="es")
    (told,) = stage.say("report_outcome", "me lo negaron", guide="denial_and_appeal")
    assert text_of("calfresh", "if_refused", "es") in told["text"] and APPEAL in told["custom"]["phones"]


def test_a_program_named_with_a_guide_is_the_guides(stage: Stage) -> None:
    (told,) = stage.say("report_outcome", "they denied my section 8", program="hcv", guide="denial_and_appeal")
    assert told["custom"]["kind"] == "guide"


# Of a program that the message names


@pytest.mark.parametrize(
    ("language", "said", "programs", "of", "kind"),
    [
        ("en", "is CalFresh free?", ["calfresh"], "calfresh", "cost"),
        ("es", "¿WIC cuesta?", ["wic"], "wic", "cost"),
        ("en", "is ihss free if i have medi-cal", ["medi_cal", "ihss"], "ihss", "cost"),
        ("en", "can i get calfresh if i live with roommates", ["calfresh"], "calfresh", "living_with_others"),
    ],
)
def test_a_program_named_is_the_one_meant(
    stage: Stage, language: str, said: str, programs: list[str], of: str, kind: str
) -> None:
    stage.say("program_info", "x", program="nmt", language=language)
    (told,) = stage.say("check_eligibility", said, program=programs)
    assert text_of(of, kind, language) in told["text"] and told["custom"]["program"] == of


def test_whether_somebody_may_get_it_is_no_side(stage: Stage) -> None:
    assert kinds(stage.say("check_eligibility", "can i get calfresh?", program="calfresh")) == ["question"]


# Nothing told, a need, a list


def test_with_nothing_in_talk_it_is_asked_which_and_then_told(stage: Stage) -> None:
    (asked,) = stage.say("nlu_fallback", "how long does it take?")
    assert asked["custom"]["kind"] == "question" and len(asked["custom"]["choices"]) == 8
    (told,) = stage.say("inform", "1")
    assert text_of("calfresh", "decision_time") in told["text"]


def test_the_program_may_be_named_instead_of_picked(stage: Stage) -> None:
    stage.say("nlu_fallback", "who decides?")
    (told,) = stage.say("inform", "oh i mean respite", program="cs_respite")
    assert text_of("cs_respite", "who_decides") in told["text"]


def test_with_a_need_its_programs_are_the_choices(stage: Stage) -> None:
    (asked,) = stage.say("program_info", "how long does help with a ride take", need="transport")
    assert asked["custom"]["choices"][0]["say"] == rules.program("nmt").short.en


def test_a_paid_helper_is_asked_of_the_program_that_pays_one(stage: Stage) -> None:
    (told,) = stage.say("nlu_fallback", "¿mi hija puede cobrar por cuidarme?", need="home_care", language="es")
    assert text_of("ihss", "family_helper", "es") in told["text"]


def test_a_place_that_is_asked_for_is_asked_for_again(stage: Stage) -> None:
    stage.say("find_provider", "i need food", need="food")
    for said in ("is it free?", "how long does it take", "who decides", "what if they say no"):
        told, asked = stage.say("nlu_fallback", said)
        assert (told["custom"]["program"], asked["custom"]["kind"]) == ("food_bank", "question")
    assert kinds(stage.say("inform", "modesto", place="Modesto")) == ["listings"]


def test_what_a_list_was_asked_for_is_answered_from_the_list(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", program="food_bank", place="Modesto")
    assert kinds(stage.say("followup", "is it free?")) == ["listings"]
    stage.say("followup", "1")
    assert kinds(stage.say("followup", "is it free?")) == ["listings"]
    assert kinds(stage.say("followup", "can i bring my kids")) == ["listings"]


def test_what_no_listing_can_tell_is_of_the_program_that_was_listed(stage: Stage) -> None:
    stage.say("find_provider", "rides in modesto", program="nmt", place="Modesto")
    (told,) = stage.say("followup", "who decides?")
    assert text_of("nmt", "who_decides") in told["text"]


def test_a_program_told_after_a_list_is_the_one_meant(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    stage.say("program_info", "what is calfresh", program="calfresh")
    (told,) = stage.say("followup", "is it free?")
    assert text_of("calfresh", "cost") in told["text"]


def test_how_it_went_at_a_place_is_no_side(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", program="food_bank", place="Modesto")
    assert all(
        text_of("food_bank", "if_refused") not in message["text"]
        for message in stage.say("report_outcome", "they said no")
    )


@pytest.mark.parametrize(
    ("act", "said", "entities"),
    [
        ("find_provider", "where can my kids go with me", {"need": "food", "place": "Modesto"}),
        ("find_provider", "i live with my mom and need food", {"need": "food"}),
        ("report_problem", "they put me on a waiting list", {}),
    ],
)
def test_places_are_still_looked_for(stage: Stage, act: str, said: str, entities: dict[str, str]) -> None:
    stage.say("program_info", "x", program="wic")
    sent = stage.say(act, said, **entities)
    assert not any(message["custom"]["kind"] == "program" for message in sent)


def test_after_a_guide_it_is_asked_which_of_its_programs(stage: Stage) -> None:
    stage.say("program_info", "x", guide="stolen_ebt")
    (asked,) = stage.say("followup", "how long does it take?")
    assert [choice["say"] for choice in asked["custom"]["choices"]] == [
        rules.program("food_bank").short.en,
        rules.program("calfresh").short.en,
    ]


# While a question of the rules waits


@pytest.mark.parametrize("act", ["followup", "nlu_fallback", "inform", "program_info"])
def test_a_question_in_between_is_answered_and_the_waiting_one_comes_back(stage: Stage, act: str) -> None:
    (before,) = stage.say("check_eligibility", "can i get calfresh", program="calfresh")
    told, again = stage.say(act, "is it free?")
    assert text_of("calfresh", "cost") in told["text"] and not told["custom"]["choices"]
    assert again["custom"]["kind"] == "question" and before["text"].splitlines()[0] in again["text"]
    assert stage.slots["asked"]["about"] == "fact"


def test_a_statement_while_a_question_waits_is_no_side(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get calfresh", program="calfresh")
    sent = stage.say("inform", "i live with roommates")
    assert not any(message["custom"]["kind"] == "program" for message in sent)


@pytest.mark.parametrize(
    ("said", "entities", "expected"),
    [
        ("i live with my sister in modesto", {"place": "Modesto"}, ["listings"]),
        ("is it free in modesto?", {"place": "Modesto"}, ["listings"]),
        ("es gratis", {"language": "es"}, ["program", "question"]),
    ],
)
def test_where_a_place_is_asked_for_an_answer_is_no_side(
    stage: Stage, said: str, entities: dict[str, str], expected: list[str]
) -> None:
    stage.say("find_provider", "i need food", need="food")
    assert kinds(stage.say("inform", said, **entities)) == expected


def test_what_somebody_tells_with_nothing_in_talk_is_no_side(stage: Stage) -> None:
    (asked,) = stage.say("inform", "i live with roommates")
    assert "program_side" not in str(stage.slots) and "Which program" not in asked["text"]


def test_another_side_while_it_is_open_which_program_asks_again_which(stage: Stage) -> None:
    stage.say("program_info", "x", program="calfresh")
    stage.say("followup", "how long does it take to get a ride", need="transport")
    (asked,) = stage.say("followup", "and who decides?")
    assert asked["custom"]["choices"][0]["say"] == rules.program("nmt").short.en
    (told,) = stage.say("inform", "1")
    assert text_of("nmt", "who_decides") in told["text"]


# Papers


@pytest.mark.parametrize("waits", [False, True])
def test_the_fixed_answer_stays_first_and_the_programs_own_sentence_follows(stage: Stage, waits: bool) -> None:
    stage.say("check_eligibility" if waits else "program_info", "x", program="wic", language="es")
    fixed, told, *again = stage.say("nlu_fallback", "y sin papeles?", topic="immigration")
    assert fixed["custom"]["program"] is None and text_of("wic", "without_papers", "es") in told["text"]
    assert kinds(again) == (["question"] if waits else [])
    assert "papeles" not in str(stage.slots) and "without" not in str(stage.slots)


def test_a_fear_or_nothing_in_talk_gets_the_fixed_answer_alone(stage: Stage) -> None:
    assert len(stage.say("nlu_fallback", "y sin papeles?", topic="immigration")) == 1
    stage.say("program_info", "x", program="wic")
    assert len(stage.say("nlu_fallback", "will ice be there", topic="immigration")) == 1


# What is said


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", SIDES)
def test_where_the_fact_base_is_silent_it_says_so_and_names_who_knows(stage: Stage, kind: str, language: str) -> None:
    silent = next((each for each in rules.programs().values() if kind not in each.sides), None)
    ask = silent.ask.get(Language(language)) if silent else "Ask."
    words = catalogue.say(f"assistant.program_side.unknown.{kind}", Language(language), name="N", ask=ask)
    assert words.startswith("N: ") and ask in words
    if silent is None or kind == "without_papers":
        return
    stage.say("program_info", "x", program=silent.id, language=language)
    message = next(text for table, each, text in SAID if table == language and each == kind)
    (told,) = stage.say("followup", message)
    name = silent.short.get(Language(language))
    assert told["text"].startswith(
        catalogue.say(f"assistant.program_side.unknown.{kind}", Language(language), name=name, ask=ask)
    )


def test_the_hedge_is_said_once_and_not_of_verified_lines_to_appeal(stage: Stage) -> None:
    stage.say("program_info", "x", program="cs_mtm")
    (cost,) = stage.say("followup", "is it free")
    assert cost["text"].count(UNCHECKED) == 1 and "call the plan" in cost["text"] and "Ask" not in cost["text"]
    (refused,) = stage.say("followup", "what if they say no")
    assert APPEAL in refused["text"] and UNCHECKED not in refused["text"]


def test_a_hedge_names_who_can_tell_where_the_side_does_not(stage: Stage) -> None:
    stage.say("program_info", "x", program="calfresh")
    (told,) = stage.say("followup", "is it free")
    assert told["text"].splitlines()[0].endswith("official source. Ask your county social services office.")


def test_a_verified_side_names_who_can_tell(stage: Stage) -> None:
    stage.say("program_info", "x", program="wic")
    (told,) = stage.say("followup", "is it free")
    assert told["text"].startswith("WIC: WIC is free. Questions? Ask the WIC office.")


@pytest.mark.parametrize(
    ("day", "program", "said", "has", "lacks"),
    [
        ((2027, 6, 1), "wic", "is it free", "We last checked this on November 21, 2026.", "Questions?"),
        ((2026, 12, 31), "cs_stphh", "is it free", "Free, if your Medi-Cal plan says yes", "only up to"),
        ((2027, 1, 2), "cs_stphh", "is it free", "only up to December 31, 2026", "Free, if"),
        ((2027, 1, 2), "cs_stphh", "who decides", "only up to December 31, 2026", "Questions?"),
        ((2026, 5, 1), "calfresh", "how long does it last", "I do not know how long it lasts.", "36"),
    ],
)
def test_only_what_is_in_force_is_said(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    day: tuple[int, int, int],
    program: str,
    said: str,
    has: str,
    lacks: str,
) -> None:
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: datetime(*day, 20, tzinfo=timezone.utc)))
    stage.say("program_info", "x", program=program)
    (told,) = stage.say("followup", said)
    assert has in told["text"] and lacks not in told["text"]
    assert rules.program(program).ask.en in told["text"] or said == "who decides"


def test_by_text_message_it_is_as_short(stages: Callable[..., Stage]) -> None:
    stage = stages(channel="sms")
    stage.say("program_info", "x", program="wic")
    (told,) = stage.say("followup", "is it free")
    assert len(told["text"]) < 160
