"""What is wrong with a place or an answer is kept for the staff, without a name, and another place comes at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory import store
from directory.inbox import outcomes, reports
from directory.model import Interval, Schedule
from tests.actions.a_phone import short
from tests.actions.conftest import NOW, RECORDS, Stage

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wrong_listing.yml").read_text("utf-8"))
LANGUAGES = ("en", "es")
ACTS = ("report_problem", "inform", "nlu_fallback", "report_outcome")
TOLD = {
    "en": "I noted it for the staff, without your name.",
    "es": "Lo anoté para el personal, sin su nombre.",
}


def food(stage: Stage, language: str = "en") -> Stage:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    return stage


def in_talk(stage: Stage, language: str = "en") -> Stage:
    food(stage, language).say("followup", "2", language=language)
    return stage


def kept() -> dict[str, dict[str, int]]:
    return {one.subject: dict(one.what) for one in reports.open_reports()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TABLE["told"])
def test_it_is_kept_by_its_kind_whatever_the_act(stages: Callable[..., Stage], kind: str, language: str) -> None:
    wrong, people = [], 0
    for said in TABLE["told"][kind][language]:
        for act in ACTS:
            stage = in_talk(stages(who=f"somebody-{people}"), language)
            answer = stage.say(act, said, language=language)
            people += 1
            if kept().get("made:1", {}).get(kind) != people or TOLD[language] not in answer[0]["text"]:
                wrong.append((act, said))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_words_report_nothing(stages: Callable[..., Stage], language: str) -> None:
    for number, said in enumerate(TABLE["not"][language]):
        stage = in_talk(stages(who=f"somebody-{number}"), language)
        stage.say("inform", said, language=language)
        assert not kept() and (stage.slots.get("asked") or {}).get("about") != "reported", said


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_the_next_place_comes_at_once_without_it(stages: Callable[..., Stage], channel: str) -> None:
    (answer,) = in_talk(stages(channel)).say("report_problem", "that number is disconnected")
    shown = [one["name"] for one in answer["custom"]["listings"]]
    assert shown[0] == "Pantry 2" and "Pantry 1" not in shown and "I leave out Pantry 1." in answer["text"]


@pytest.mark.parametrize(
    ("said", "listing"),
    [
        ("the number of the third is disconnected", "made:3"),
        ("209-555-0104 is disconnected", "made:4"),
        ("pantry 5 moved", "made:5"),
        ("la direccion del 2 esta mal", "made:1"),
    ],
)
def test_which_place_it_is(stage: Stage, said: str, listing: str) -> None:
    food(stage).say("report_problem", said)
    assert set(kept()) == {listing}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("said", "listings"), [("2", {"made:1"}), ("pantry 3", {"made:3"})])
def test_of_several_it_is_asked_which_with_their_names(
    stage: Stage, language: str, said: str, listings: set[str]
) -> None:
    (question,) = food(stage, language).say("report_problem", "they moved" if language == "en" else "se mudaron")
    assert "2 Pantry 1" in question["text"] and short([question]) and not kept()
    (answer,) = stage.say("inform", said)
    assert set(kept()) == listings and TOLD[language] in answer["text"]


def test_all_of_them_may_be_meant(stage: Stage) -> None:
    food(stage).say("report_problem", "the number is disconnected")
    stage.say("inform", "6")
    assert len(kept()) == 5


def test_what_is_asked_instead_of_naming_the_place_is_answered(stage: Stage) -> None:
    food(stage).say("report_problem", "the number is disconnected")
    answer = stage.say("find_provider", "i need a ride", need="transport")
    assert answer[-1]["custom"]["need"] == "transport" and not kept()


def test_two_people_make_it_call_first_and_one_does_not(stages: Callable[..., Stage]) -> None:
    for _ in range(2):
        in_talk(stages(who="ana")).say("report_problem", "that number is disconnected")
    assert not reports.doubted()
    in_talk(stages(who="beto")).say("report_problem", "they moved")
    assert reports.doubted() == {"made:1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_that_by_its_hours_is_shut_now_is_not_reported(
    home: Path, stages: Callable[..., Stage], language: str
) -> None:
    weekdays = Schedule(tuple(Interval(day, time(9), time(17)) for day in range(5)))
    records = [replace(one, schedule=weekdays, hours_text=None) for one in RECORDS]
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=records, sources=[source], publication="made-2", published_at=NOW
    )
    (answer,) = in_talk(stages(), language).say(
        "report_problem", "they were closed" if language == "en" else "estaba cerrado"
    )
    assert not kept() and ("By its hours" if language == "en" else "Por su horario") in answer["text"]
    in_talk(stages(), language).say(
        "report_problem", "they closed down" if language == "en" else "ya no existe ese lugar"
    )
    assert kept() == {"made:1": {"closed": 1}}


def test_whom_they_take_is_kept_and_counts_as_turned_away(stage: Stage) -> None:
    in_talk(stage).say("report_outcome", "they only take families")
    assert kept() == {"made:1": {"only_some": 1}}
    assert outcomes.of_listing("made:1") == {outcomes.Outcome.TURNED_AWAY: 1}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["report_problem", "inform", "nlu_fallback", "deny"])
def test_a_doubt_of_our_answer_is_kept_and_says_who_decides(
    stages: Callable[..., Stage], language: str, act: str
) -> None:
    for number, said in enumerate(TABLE["rule"][language]):
        stage = stages("sms", who=f"somebody-{number}")
        stage.say("how_to_apply", "calfresh", program="calfresh", place="Modesto", language=language)
        (answer,) = stage.say(act, said, language=language)
        assert kept()["calfresh"] == {"rule": number + 1}, said
        assert "1-877-847-3663" in answer["text"] and TOLD[language] in answer["text"] and short([answer])
        assert ("county decides" if language == "en" else "condado decide") in answer["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_list_or_without_a_kind_it_is_asked(stages: Callable[..., Stage], language: str) -> None:
    (answer,) = stages().say("report_problem", "the number is wrong", language=language)
    assert "211" in answer["text"] and short([answer]) and not kept()
    (answer,) = food(stages(), language).say("report_problem", "something is not right", language=language)
    assert answer["custom"]["kind"] == "question" and short([answer]) and not kept()


@pytest.mark.parametrize("act", ["report_problem", "report_outcome"])
def test_nobody_is_told_that_nobody_reads_of_it(stage: Stage, act: str) -> None:
    told = in_talk(stage).say(act, "something happened there")
    assert "Nobody reads" not in told[0]["text"]


@pytest.mark.parametrize(("language", "said"), [("en", "your answer was wrong"), ("es", "su respuesta está mal")])
def test_a_doubt_in_the_middle_of_a_check_is_kept_and_the_question_comes_again(
    stage: Stage, language: str, said: str
) -> None:
    question = stage.say("check_eligibility", "calfresh", program="calfresh", need="food", language=language)
    told = stage.say("report_problem", said, language=language)
    assert "CalFresh" in told[0]["text"]
    assert question[-1]["text"].splitlines()[0] in told[-1]["text"]


@pytest.mark.parametrize("said", ["only takes kids", "solo atiende a familias"])
def test_whom_the_place_in_talk_takes_is_told_in_few_words(stage: Stage, said: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    told = stage.say("followup", "2")[0]["custom"]["listings"][0]["id"]
    stage.say("followup", said)
    assert stage.slots["tried"] == [told]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("2 only takes kids", "only_some"),
        ("el 2 es puro pa niños", "only_some"),
        ("the 2nd one number is disconected", "phone"),
        ("the number for 2 doesnt work", "phone"),
        ("el 2 ya no es numero", "phone"),
    ],
)
@pytest.mark.parametrize("act", ["report_problem", "inform"])
def test_a_place_told_by_its_number_is_the_one(stage: Stage, said: str, kind: str, act: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    second = stage.slots["shown"]["ids"][1]
    stage.say(act, said)
    assert stage.slots["tried"] == [second]
