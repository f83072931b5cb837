"""Somebody wants a person, by text message: whom to call now, and a call back that staff see as a task."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from directory.inbox import quiet, tasks
from directory.inbox.tasks import Task
from tests.actions.a_phone import CALL, CLOSED, OPEN, phone, short, text
from tests.actions.a_phone import clinic as a_clinic
from tests.actions.conftest import Stage

WANTS = [("en", "i want to talk to a person"), ("es", "quiero hablar con una persona")]
OFFERS = ("1 = yes, 2 = no", "Conteste 1 si quiere, 2 si no quiere")


@pytest.fixture
def clinic(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_clinic(home, monkeypatch, OPEN)
    return home


def offers(said: str) -> bool:
    return any(words in said for words in OFFERS)


def task() -> Task:
    (only,) = tasks.open_tasks()
    return only


@pytest.mark.parametrize(("language", "words"), WANTS)
def test_digits_alone_lead_to_a_call(clinic: Path, language: str, words: str) -> None:
    mine = phone()
    first = mine.say("talk_to_human", words, language=language)
    assert CALL in text(first) and "5 pm" in text(first) and "211" in text(first) and "911" in text(first)
    assert offers(text(first)) and len(first) == 1
    turns = [first, *(mine.say("inform", digit) for digit in ("1", "3", "2"))]
    assert all(short(messages) for messages in turns)
    assert (task().need, task().when, task().language, task().red) == ("transport", "midday", language, False)
    assert tasks.number(task().id) == "+12095550123"
    assert CALL in text(turns[-1]) and "211" in text(turns[-1])


@pytest.mark.parametrize(
    ("language", "yes", "time", "when"),
    [
        ("en", "yes please", "in the evening", "evening"),
        ("en", "sure, call me", "whenever", "any"),
        ("es", "sí, llámeme", "mañana en la tarde", "afternoon"),
        ("es", "claro", "temprano", "morning"),
    ],
)
def test_what_is_known_is_not_asked_and_words_do_as_well(
    clinic: Path, language: str, yes: str, time: str, when: str
) -> None:
    mine = phone()
    mine.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    mine.say("talk_to_human", "can i talk to someone")
    mine.say("affirm", yes)
    mine.say("inform", time)
    assert (task().need, task().county, task().when) == ("food", "Stanislaus", when)


@pytest.mark.parametrize(
    ("language", "no"), [("en", "2"), ("en", "no thanks"), ("es", "2"), ("es", "no, yo les llamo")]
)
def test_who_says_no_is_not_called(clinic: Path, language: str, no: str) -> None:
    mine = phone()
    mine.say("talk_to_human", "person", language=language)
    said = mine.say("deny" if no[0] == "n" else "inform", no)
    assert len(said) == 1 and short(said) and tasks.open_tasks() == ()
    assert not offers(text(mine.say("find_provider", "food in modesto", need="food", place="Modesto")))


@pytest.mark.parametrize(
    ("language", "words", "red"),
    [
        ("en", "i need a person my kids have nothing to eat", True),
        ("en", "someone please call me im in so much pain", True),
        ("en", "can a person help me with calfresh", False),
        ("es", "necesito hablar con alguien, no hemos comido", True),
        ("es", "quiero que me llamen, me duele mucho", True),
        ("es", "quiero preguntarle algo a una persona", False),
    ],
)
def test_words_that_cannot_wait_raise_a_flag_and_are_not_kept(
    clinic: Path, language: str, words: str, red: bool
) -> None:
    mine = phone()
    mine.say("talk_to_human", words, language=language)
    for digit in ("1", "5", "1"):
        mine.say("inform", digit)
        assert "cannot_wait" not in str(mine.slots["asked"])
    assert task().red is red and "call_cannot_wait" not in (mine.slots.get("facts") or {})
    with sqlite3.connect(clinic / "inbox.db") as kept:
        assert not any(words in str(row) for row in kept.execute("select * from task"))


def test_a_danger_of_this_talk_that_is_none_at_home_raises_the_flag(clinic: Path) -> None:
    mine = phone()
    mine.say("crisis", "nowhere to sleep tonight", crisis="unsafe_tonight", language="en")
    mine.say("inform", "modesto", place="Modesto")
    assert "Made Shelter" in text(mine.say("find_provider", "shelter in modesto", program="emergency_shelter"))
    mine.say("talk_to_human", "i have nowhere to go can a person call me")
    mine.say("inform", "1")
    mine.say("inform", "1")
    assert task().red and task().need == "housing"


@pytest.mark.parametrize(("language", "words"), WANTS)
def test_outside_hours_one_short_message_says_who_answers_now(
    home: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    a_clinic(home, monkeypatch, CLOSED)
    mine = phone()
    (said,) = mine.say("talk_to_human", words, language=language)
    assert short([said]) and all(line in said["text"] for line in (CALL, "211", "988", "911"))
    assert ("Opens Monday" in said["text"]) or ("Abren el lunes" in said["text"])
    assert ("tell me what you need" in said["text"]) or ("escriba lo que necesita" in said["text"])
    listed = mine.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert listed[0]["custom"]["kind"] == "listings" and tasks.open_tasks() == ()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("danger", ["violence", "self_harm", "abuse"])
def test_after_such_a_danger_there_are_numbers_and_no_call(clinic: Path, language: str, danger: str) -> None:
    mine = phone()
    mine.say("crisis", "x", crisis=danger, language=language)
    for _ in range(4):
        said = text(mine.say("talk_to_human", "i want a person"))
        assert not offers(said) and "911" in said
    mine.say("inform", "1")
    assert tasks.open_tasks() == ()
    again = phone()
    later = text(again.say("talk_to_human", "i want a person", language=language))
    assert not offers(later) and CALL in later


@pytest.mark.parametrize(("language", "words"), [("en", "im 16 i want a person"), ("es", "tengo 16 años, una persona")])
def test_who_is_under_age_gets_a_line_to_talk_to_first(clinic: Path, language: str, words: str) -> None:
    said = text(phone().say("talk_to_human", words, language=language))
    assert not offers(said) and "988" in said and "211" in said


def test_a_worker_of_the_list_is_no_question_for_a_phone_that_cannot_be_reached(clinic: Path) -> None:
    assert not offers(text(Stage(channel="sms", who="none").say("talk_to_human", "a person", language="en")))


def test_the_page_promises_nothing(clinic: Path, stage: Stage) -> None:
    said = text(stage.say("talk_to_human", "a person"))
    assert CALL in said and not offers(said)


def test_a_clinic_without_a_phone_calls_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_clinic(home, monkeypatch, OPEN, "clinic: Kite Community Clinic\n")
    said = text(phone().say("talk_to_human", "a person", language="en"))
    assert not offers(said) and "211" in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_or_another_need_in_between_is_answered(clinic: Path, language: str) -> None:
    mine = phone()
    mine.say("talk_to_human", "a person", language=language)
    mine.say("inform", "1")
    assert mine.say(
        "find_provider", "food in modesto", need="food", place="Modesto"
    )  # to the question what it is about
    assert "1" in text(mine.say("inform", "blorp"))
    mine.say("inform", "4")
    assert (task().when, task().need) == ("evening", "food")


@pytest.mark.parametrize("after", [(), ("1",)])
def test_who_asks_who_this_is_gets_an_answer(clinic: Path, after: tuple[str, ...]) -> None:
    mine = phone()
    mine.say("talk_to_human", "a person", language="en")
    for digit in after:
        mine.say("inform", digit)
    assert mine.say("ask_bot", "are you a robot")[0]["custom"]["kind"] == "smalltalk"
    assert tasks.open_tasks() == ()


def test_an_if_is_no_yes(clinic: Path) -> None:
    mine = phone()
    mine.say("talk_to_human", "una persona", language="es")
    mine.say("inform", "no sé si puedo contestar")
    assert not tasks.open_tasks() and "temprano" not in text(mine.say("inform", "2"))


def test_an_inbox_that_cannot_be_written_names_the_numbers(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = phone()
    mine.say("talk_to_human", "a person", language="en")
    mine.say("inform", "1")
    mine.say("inform", "1")
    monkeypatch.setenv("PUENTE_INBOX", "sqlite:////nowhere/at/all/inbox.db")
    said = text(mine.say("inform", "1"))
    assert CALL in said and "noted it for" not in said


def test_the_word_that_wipes_takes_the_call_back(clinic: Path) -> None:
    mine = phone()
    for act, words in (("talk_to_human", "person"), ("inform", "1"), ("inform", "1"), ("inform", "1")):
        mine.say(act, words, language="en")
    assert task().need == "food"
    mine.say("inform", "ERASE")
    assert tasks.open_tasks() == () and not quiet.is_quiet(mine.who)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("maria 2pm", "afternoon"),
        ("10:30 am please", "morning"),
        ("12pm", "midday"),
        ("after 5", "evening"),
        ("a las 3", "afternoon"),
        ("despues de las 5", "evening"),
        ("como a las 8", "morning"),
    ],
)
def test_an_hour_is_a_time_as_well(clinic: Path, said: str, when: str) -> None:
    mine = phone()
    for act, words in (("talk_to_human", "person"), ("inform", "1"), ("inform", "1")):
        mine.say(act, words)
    mine.say("inform", said)
    assert task().when == when


@pytest.mark.parametrize(("act", "words"), [("thanks", "thanks"), ("goodbye", "bye")])
def test_who_said_yes_and_takes_leave_is_called_all_the_same(clinic: Path, act: str, words: str) -> None:
    mine = phone()
    for step, said in (("talk_to_human", "person"), ("inform", "1"), ("inform", "1")):
        mine.say(step, said)
    told = mine.say(act, words)
    assert task().when == "any" and CALL in text(told)


def test_who_said_yes_and_asks_for_food_is_called_and_gets_the_food(clinic: Path) -> None:
    mine = phone()
    for act, words in (("talk_to_human", "person"), ("inform", "1"), ("inform", "1")):
        mine.say(act, words)
    told = mine.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert task().when == "any" and "Pantry" in text(told)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "cancel my call"),
        ("en", "dont call me anymore"),
        ("es", "ya no quiero que me llamen"),
        ("es", "cancele la llamada"),
    ],
)
def test_a_call_is_taken_back_at_a_word(clinic: Path, language: str, words: str) -> None:
    mine = phone()
    for act, said in (("talk_to_human", "person"), ("inform", "1"), ("inform", "1"), ("inform", "5")):
        mine.say(act, said, language=language)
    assert task().when == "any"
    told = mine.say("talk_to_human", words)
    assert tasks.open_tasks() == () and short(told) and not offers(text(told))


@pytest.mark.parametrize("step", [1, 2])
def test_no_after_yes_is_no(clinic: Path, step: int) -> None:
    mine = phone()
    mine.say("talk_to_human", "person")
    for _ in range(step):
        mine.say("inform", "1")
    assert not offers(text(mine.say("deny", "no thanks"))) and tasks.open_tasks() == ()
