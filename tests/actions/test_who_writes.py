"""Who is this? Wrong number. Is it free? By text message, also right after a text that we began."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from directory.inbox import followups
from directory.inbox.outcomes import Outcome
from tests.actions.a_phone import SETTINGS, phone, short, text
from tests.actions.conftest import Stage
from tests.actions.test_did_it_help import asked, counted, open_question

LANGUAGES = ("en", "es")
WHO = {"en": "who is this", "es": "quién es"}
WRONG = {"en": "wrong number", "es": "número equivocado"}
FREE = {"en": "is this free?", "es": "¿es gratis esto?"}

__all__ = ["asked"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("named", [True, False])
def test_who_asks_who_writes_hears_the_clinic_and_how_to_end_it(home: Path, language: str, named: bool) -> None:
    if named:
        (home / "settings.yml").write_text(SETTINGS, "utf-8")
    told = phone().say("ask_bot", WHO[language], language=language)
    assert short(told, 1) and "Puente" in text(told) and "STOP" in text(told)
    assert ("Kite Community Clinic" in text(told)) is named


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_our_text_the_question_stands_again_and_a_digit_answers_it(
    asked: Callable[..., Stage], language: str
) -> None:
    stage = asked(language)
    told = text(stage.say("ask_bot", WHO[language], language=language))
    assert all(f"{digit} = " in told for digit in "1234")
    stage.say("inform", "1")
    assert counted() == {Outcome.HELPED: 1} and open_question(stage) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digit", ["5", "7", "0"])
def test_a_digit_that_is_no_answer_brings_the_answers_again(
    asked: Callable[..., Stage], language: str, digit: str
) -> None:
    stage = asked(language)
    told = stage.say("inform", digit, language=language)
    assert short(told, 1) and all(f"{one} = " in text(told) for one in "1234")
    assert counted() == {} and open_question(stage)
    stage.say("inform", "3")
    assert counted() == {Outcome.TURNED_AWAY: 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_number_gets_nothing_more_and_sees_nothing_of_the_talk_before(
    asked: Callable[..., Stage], language: str
) -> None:
    stage = asked(language)
    told = stage.say("report_problem", WRONG[language], language=language)
    assert short(told, 2) and "Pantry" not in text(told) and "Modesto" not in text(told)
    assert not followups.running() and open_question(stage) is None
    assert not stage.slots.get("shown") and not stage.slots.get("need")
    assert "Pantry" not in text(stage.say("greet", "hello", language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_talk_about_places_it_is_the_number_of_a_place(home: Path, language: str) -> None:
    stage = phone()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    assert "2 Pantry 1" in text(stage.say("report_problem", WRONG[language], language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_costs_is_said_where_no_place_is_talked_of(home: Path, language: str) -> None:
    told = phone().say("ask_bot", FREE[language], language=language)
    assert short(told, 1) and ("free" if language == "en" else "gratis") in text(told)
    stage = phone(2)
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    assert text(stage.say("ask_bot", FREE[language], language=language)) != text(told)


@pytest.mark.parametrize("said", ["why do you ask", "pa ke preguntan", "para que preguntan"])
def test_why_it_is_asked_is_said_with_the_question(asked: Callable[..., Stage], said: str) -> None:
    stage = asked()
    assert "4 = " in text(stage.say("followup", said))
    stage.say("inform", "2")
    assert counted() == {Outcome.NO_ANSWER: 1}


@pytest.mark.parametrize("said", ["yo no pedi nada", "i didnt ask for this"])
def test_who_asked_for_nothing_gets_nothing_more(asked: Callable[..., Stage], said: str) -> None:
    asked().say("inform", said)
    assert not followups.running()
