"""The answer to "did it help?", days later: counted, and the next place at once; good and bad news told unasked too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.context import Goal
from directory.inbox import followups, opt_outs, outcomes, queue
from directory.inbox.outcomes import Outcome
from tests.actions.a_phone import phone, short, text
from tests.actions.conftest import NOW, Stage

LANGUAGES = ("en", "es")
THREE_DAYS = NOW + timedelta(days=3, hours=1)
HELPED, NO_ANSWER, TURNED_AWAY, NOT_GONE = Outcome


@pytest.fixture
def asked(home: object, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Stage]:
    """A phone that was asked three days after a list of food: the text went through the queue, and was sent."""

    def made(
        language: str = "en", listings: tuple[str, ...] = ("made:1",), program: str | None = None, last: int = 123
    ) -> Stage:
        stage, day = phone(last), 3
        monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW))
        stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
        followups.agree(
            stage.who, stage.reach or "", listings=listings, need="food", program=program, county="Stanislaus",
            language=language, asked="Shall I?", answer="1", now=NOW,
        )  # fmt: skip
        sent(stage, day)
        later = NOW + timedelta(days=day, hours=1)
        monkeypatch.setattr(Goal, "clock", staticmethod(lambda: later))
        stage.slots.update({"asked": {"about": "resume"}, "facts": None, "barriers": None})
        return stage

    return made


def sent(stage: Stage, day: int) -> None:
    """The text of that day goes out."""
    at = NOW + timedelta(days=day)
    (due,) = (one for one in followups.due(at) if one.who == stage.who)
    assert queue.put(due.cause, stage.who, stage.reach or "", "Did it help?", at, at + timedelta(days=1), at)
    taken = queue.claim(at)
    assert taken is not None
    queue.sent(taken.id, "SM1", at)


def counted(listing: str = "made:1") -> dict[Outcome, int]:
    return outcomes.of_listing(listing)


def names(messages: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for message in messages for one in message["custom"].get("listings", [])]


def open_question(stage: Stage) -> followups.FollowUp | None:
    return followups.open_question(stage.who)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("digit", "outcome"), zip("1234", Outcome, strict=True))
def test_each_digit_is_counted_for_the_place(
    asked: Callable[..., Stage], language: str, digit: str, outcome: Outcome
) -> None:
    stage = asked(language)
    stage.say("inform", digit)
    assert counted() == {outcome: 1} and open_question(stage) is None


TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(Path(__file__).with_name("did_it_help.yml").read_text("utf-8"))
BARE = {"yes": "affirm", "yep": "affirm", "si": "affirm", "yes it did": "affirm"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", Outcome)
def test_free_words_tell_it_too(asked: Callable[..., Stage], outcome: Outcome, language: str) -> None:
    wrong = []
    acts = ("report_outcome", "inform", "nlu_fallback")
    cases = [
        (act, said) for said in TABLE[outcome.value][language] for act in ((BARE[said],) if said in BARE else acts)
    ]
    for number, (act, said) in enumerate(cases):
        stage = asked(language, last=number)
        before = counted().get(outcome, 0)
        stage.say(act, said, language=language)
        if counted().get(outcome, 0) != before + 1 or open_question(stage):
            wrong.append((act, said))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_news_ends_it(asked: Callable[..., Stage], language: str) -> None:
    stage = asked(language)
    told = stage.say("inform", "1")
    assert len(told) == 1 and short(told, 1)
    assert ("glad" if language == "en" else "alegra") in text(told)
    assert not followups.running()
    assert len(stage.say("thanks", "thanks")) == 1, "who was helped is not asked to be asked again"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digit", ["2", "3"])
def test_bad_news_brings_the_next_place_at_once(asked: Callable[..., Stage], digit: str, language: str) -> None:
    stage = asked(language)
    told = stage.say("inform", digit)
    assert ("sorry" if language == "en" else "Siento") in told[0]["text"]
    assert "Pantry 2" in names(told) and "Pantry 1" not in names(told)
    assert stage.slots["tried"] == ["made:1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_did_not_go_is_not_blamed_and_gets_the_place_again(asked: Callable[..., Stage], language: str) -> None:
    stage = asked(language)
    told = stage.say("inform", "4")
    assert "209-555-0101" in text(told) and short(told)
    assert ("What stood in the way?" if language == "en" else "¿Por qué no se pudo?") in text(told)
    again = stage.say("inform", "i dont have a car" if language == "en" else "no tengo carro")
    assert names(again) and "car" in stage.slots["barriers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_no_is_asked_what_happened_by_the_same_digits(asked: Callable[..., Stage], language: str) -> None:
    stage = asked(language)
    (question,) = stage.say("deny", "no")
    assert "2 =" in question["text"] and "4 =" in question["text"] and short([question], 1)
    stage.say("inform", "3")
    assert counted() == {TURNED_AWAY: 1}


def test_of_several_places_it_is_asked_which(asked: Callable[..., Stage]) -> None:
    stage = asked(listings=("made:2", "made:1", "made:3"))
    (question,) = stage.say("inform", "2")
    assert "2 Pantry 1" in question["text"] and not counted()
    told = stage.say("inform", "2")
    assert counted() == {NO_ANSWER: 1} and "Pantry 1" not in names(told) and not counted("made:2")


def test_of_several_places_one_may_be_named_at_once(asked: Callable[..., Stage]) -> None:
    asked(listings=("made:2", "made:1", "made:3")).say("report_outcome", "pantry 3 said no")
    assert counted("made:3") == {TURNED_AWAY: 1} and not counted()


def test_which_one_helped_need_not_be_said(asked: Callable[..., Stage]) -> None:
    stage = asked(listings=("made:2", "made:1"))
    stage.say("inform", "1")
    (ride,) = stage.say("find_provider", "now i need a ride", need="transport")
    assert ride["custom"]["need"] == "transport" and not followups.running()


def test_a_digit_after_something_else_was_said_is_no_answer(asked: Callable[..., Stage]) -> None:
    stage = asked()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (told,) = stage.say("inform", "2")
    assert not counted() and told["custom"]["listings"][0]["name"] == "Pantry 1"
    question = open_question(stage)
    assert question is not None and question.seen


def test_plain_words_are_still_an_answer_later(asked: Callable[..., Stage]) -> None:
    stage = asked()
    stage.say("greet", "hello")
    stage.say("report_outcome", "pantry 1 never answered")
    assert counted() == {NO_ANSWER: 1} and open_question(stage) is None


@pytest.mark.parametrize("said", ["did they say no", "what if they say no", "do they answer", "are they full?"])
def test_a_question_is_no_answer(asked: Callable[..., Stage], said: str) -> None:
    asked().say("inform", said)
    assert not counted()


def test_a_need_said_in_answer_is_answered(asked: Callable[..., Stage]) -> None:
    told = asked().say("find_provider", "no, i need a ride", need="transport")
    assert told[-1]["custom"]["need"] == "transport" and not counted()


@pytest.mark.parametrize("danger", ["self_harm", "violence", "medical"])
def test_a_danger_in_the_answer_is_a_danger_first(asked: Callable[..., Stage], danger: str) -> None:
    stage = asked()
    (first, *_) = stage.say("crisis", "no and he hit me again", crisis=danger)
    assert first["custom"]["kind"] == "crisis"
    stage.say("inform", "1")
    assert not counted()


def test_a_worry_in_the_answer_is_heard_first(asked: Callable[..., Stage]) -> None:
    (first, *_) = asked().say("deny", "no, i give up on everything", crisis="worry")
    assert first["custom"]["kind"] == "worry" and not counted()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digit", list("1234"))
def test_of_a_program_alone_each_answer_leads_on(asked: Callable[..., Stage], digit: str, language: str) -> None:
    stage = asked(language, listings=(), program="calfresh")
    told = stage.say("inform", digit)
    assert not counted("calfresh")
    lead = {"2": "1-877-847-3663", "3": "1-800-952-5253", "4": "BenefitsCal"}.get(digit, "")
    assert lead in text(told)


def test_the_list_is_made_anew_where_the_conversation_is_gone(asked: Callable[..., Stage]) -> None:
    stage = asked()
    stage.slots = {"language": "en"}
    told = stage.say("inform", "3")
    assert counted() == {TURNED_AWAY: 1} and "Pantry 2" in names(told) and "Pantry 1" not in names(told)


def test_on_the_tenth_day_the_place_that_failed_is_not_counted_for_what_came_after(
    asked: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = asked()
    stage.say("inform", "2")
    sent(stage, 10)
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW + timedelta(days=10, hours=1)))
    (which,) = stage.say("inform", "1")
    assert "Which place was it?" in which["text"] and counted() == {NO_ANSWER: 1}
    stage.say("inform", "1")
    assert counted("made:2") == {HELPED: 1} and not followups.running()


def test_who_said_stop_has_no_question_open(asked: Callable[..., Stage]) -> None:
    stage = asked()
    opt_outs.out(stage.who, "word", NOW)
    stage.say("inform", "1")
    assert not counted()


# Told without being asked


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("they helped me", HELPED),
        ("me ayudaron", HELPED),
        ("they turned me away", TURNED_AWAY),
        ("nobody answered", NO_ANSWER),
        ("nadie contesta", NO_ANSWER),
        ("estaba lleno", TURNED_AWAY),
    ],
)
def test_what_is_told_of_the_place_in_talk_is_counted_once(
    stages: Callable[..., Stage], channel: str, said: str, outcome: Outcome
) -> None:
    stage = stages(channel)
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language="en")
    stage.say("followup", "2")
    stage.say("report_outcome", said)
    assert counted() == {outcome: 1}
    stage.say("report_outcome", f"pantry 1 {said}" if outcome is HELPED else "pantry 1")
    assert counted() == {outcome: 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_news_says_that_it_is_kept_without_a_name(stage: Stage, language: str) -> None:
    stage.say("find_provider", "a ride in modesto", need="transport", place="Modesto", language=language)
    (told,) = stage.say("report_outcome", "they helped me" if language == "en" else "me ayudaron")
    assert ("without your name" if language == "en" else "sin su nombre") in told["text"] and short([told], 1)
    assert counted("made:13") == {HELPED: 1}


def test_of_several_places_it_is_asked_which_one_helped(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (question,) = stage.say("report_outcome", "they helped me")
    assert "Which place was it?" in question["text"] and not counted()
    stage.say("inform", "the second one")
    assert counted() == {HELPED: 1}


def test_without_a_list_a_kind_word_and_nothing_is_counted(stage: Stage) -> None:
    (told,) = stage.say("report_outcome", "they helped me", language="en")
    assert "glad" in told["text"] and "noted" not in told["text"]
    (told,) = stage.say("report_outcome", "no me ayudaron", language="es")
    assert "Siento que no le ayudaran" in told["text"] and told["custom"]["kind"] == "question"


@pytest.mark.parametrize("act", ["goodbye", "greet", "report_outcome", "nlu_fallback"])
@pytest.mark.parametrize(("language", "said"), [("en", "i forgot to go"), ("es", "se me olvido ir")])
def test_words_right_after_our_text_outweigh_a_wrong_act(
    asked: Callable[..., Stage], language: str, said: str, act: str
) -> None:
    stage = asked(language)
    stage.say(act, said, language=language)
    assert counted() == {NOT_GONE: 1}


@pytest.mark.parametrize("act", ["goodbye", "nlu_fallback"])
@pytest.mark.parametrize("said", ["all", "all of them", "todos", "4"])
def test_all_of_them_may_be_said_in_a_word(asked: Callable[..., Stage], said: str, act: str) -> None:
    stage = asked(listings=("made:1", "made:2", "made:3"))
    stage.say("inform", "3")
    stage.say(act, said)
    assert counted("made:1") == counted("made:2") == counted("made:3") == {TURNED_AWAY: 1}


@pytest.mark.parametrize("said", ["esperé dos horas y me corrieron", "me sacaron de ahí", "they kicked us out"])
def test_sent_away_from_a_place_is_not_put_out_of_a_home(asked: Callable[..., Stage], said: str) -> None:
    told = asked("es").say("report_outcome", said, need="housing", language="es")
    assert "Pantry 2" in names(told) and counted() == {TURNED_AWAY: 1}


def test_nobody_opened_the_door(asked: Callable[..., Stage]) -> None:
    told = asked("es").say("inform", "no me abrieron la puerta", language="es")
    assert "Pantry 2" in names(told) and counted() == {NO_ANSWER: 1}


@pytest.mark.parametrize(
    ("act", "said", "how"),
    [
        ("thanks", "1 thank you god bless", HELPED),
        ("inform", "nombre ni fui", NOT_GONE),
        ("report_outcome", "they wanted ID i dont have", TURNED_AWAY),
        ("report_outcome", "me dijeron q no", TURNED_AWAY),
    ],
)
def test_more_ways_to_tell_it(asked: Callable[..., Stage], act: str, said: str, how: Outcome) -> None:
    asked().say(act, said)
    assert counted() == {how: 1}


@pytest.mark.parametrize("said", ["maybe", "kind of", "más o menos", "no sé"])
def test_neither_yes_nor_no_brings_the_answers_again(asked: Callable[..., Stage], said: str) -> None:
    stage = asked()
    assert "4 = " in text(stage.say("deny", said)) and open_question(stage)
    stage.say("inform", "4")
    assert counted() == {NOT_GONE: 1}


def test_who_says_why_they_did_not_go_is_not_asked_why(asked: Callable[..., Stage]) -> None:
    told = text(asked("es").say("inform", "no fui pues no tengo carro", language="es"))
    assert "carro" in told and "¿Por qué no se pudo?" not in told and counted() == {NOT_GONE: 1}


def test_where_all_that_was_asked_about_failed_it_is_asked_which_one_helped(asked: Callable[..., Stage]) -> None:
    stage = asked()
    stage.say("inform", "3")
    sent(stage, 10)
    told = text(stage.say("inform", "1"))
    assert "Pantry 1" in told and "Pantry 2" in told and counted() == {TURNED_AWAY: 1}
