"""A text on the day before the last day to call for a ride: for who wants one, and it says neither why nor where."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.context import Goal
from directory import hours
from directory.inbox import opt_outs, queue, stores, where
from directory.inbox.shapes import as_time, waiting
from directory.inbox.who import unseal
from directory.sender import consents
from directory.text import gsm
from tests.actions.a_phone import OPEN, phone, short, text
from tests.actions.a_phone import clinic as a_clinic
from tests.actions.conftest import Stage

ASKS = {"en": "a ride to my appointment on december 10", "es": "un viaje a mi cita el 10 de diciembre"}
OFFER = {"en": "Should I text you a reminder on Wednesday, Dec 2", "es": "¿Le mando un mensaje el miércoles 2"}


@pytest.fixture
def clinic(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_clinic(home, monkeypatch, OPEN)
    return home


def asked(mine: Stage, language: str = "en", **more: Any) -> str:
    wants = {"need": "transport", "program": "nmt", "plan": "kaiser", "language": language, **more}
    messages = mine.say("find_provider", more.pop("words", ASKS[language]), **{**wants, **more})
    assert short(messages, 2)
    return text(messages)


def waits() -> list[Any]:
    rows: list[Any] = stores.read(where.QUEUE, lambda db: list(db.execute(select(waiting))), [])
    return [row for row in rows if row.state == "waiting"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("yes", ["1", "yes"])
def test_who_says_yes_gets_one_text_that_day_between_nine_and_eight(clinic: Path, language: str, yes: str) -> None:
    mine = phone()
    assert OFFER[language] in asked(mine, language)
    said = mine.say("inform" if yes == "1" else "affirm", yes)
    assert short(said, 1) and said[0]["custom"]["kind"] == "saved"
    (row,) = waits()
    due, expires = (as_time(at).astimezone(hours.PACIFIC) for at in (row.due_at, row.expires_at))
    assert due.date() == expires.date() == datetime(2026, 12, 2).date()
    assert 9 <= due.hour < expires.hour <= 20
    sent = unseal(row.text)
    assert gsm.segments(sent) == 1 and sent.startswith("Kite Clinic: ") and "STOP" in sent
    assert not any(word in sent.casefold() for word in ("doctor", "kaiser", "medi-cal", "cita", "visit", "appointment"))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("act", "no"), [("inform", "2"), ("deny", "no"), ("deny", "no gracias")])
def test_who_says_no_gets_none_and_is_not_asked_again(clinic: Path, language: str, act: str, no: str) -> None:
    mine = phone()
    asked(mine, language)
    assert short(mine.say(act, no), 1) and waits() == []
    assert OFFER[language] not in asked(mine, language)


def test_the_plan_is_asked_first_and_moves_the_day(clinic: Path) -> None:
    mine = phone()
    first = text(mine.say("find_provider", ASKS["en"], need="transport", program="nmt", language="en"))
    assert "Which plan" in first and "reminder" not in first
    assert OFFER["en"] in text(mine.say("inform", "kaiser", plan="kaiser"))
    mine.say("inform", "1")
    moved = text(mine.say("inform", "no, it is on december 14"))
    assert "Sunday, Dec 6" in moved and waits() == []
    mine.say("affirm", "yes")
    assert [row.cause.rpartition(":")[2] for row in waits()] == ["2026-12-07"]


def test_who_does_not_know_the_plan_is_reminded_of_the_careful_day(clinic: Path) -> None:
    mine = phone()
    mine.say("find_provider", ASKS["es"], need="transport", program="nmt", language="es")
    said = mine.say("inform", "no sé")
    assert "¿Le mando un mensaje el miércoles 2" in text(said) and short(said)
    mine.say("inform", "1")
    assert len(waits()) == 1


@pytest.mark.parametrize("words", ["a ride to my appointment tomorrow", "a ride to my appointment on november 30"])
def test_where_that_day_is_not_ahead_nothing_is_asked(clinic: Path, words: str) -> None:
    """For a visit on Nov 30 Kaiser is called by Nov 20, and the day before has passed."""
    assert "reminder" not in asked(phone(), words=words)


def test_on_the_day_before_itself_nothing_is_asked(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: datetime(2026, 12, 2, 8, tzinfo=hours.PACIFIC)))
    assert "call by Thursday, Dec 3" in (said := asked(phone())) and "reminder" not in said


def test_without_a_day_nothing_is_asked(clinic: Path) -> None:
    said = text(
        phone().say("find_provider", "when do i call for a ride to the doctor", need="transport", language="en")
    )
    assert "reminder" not in said


def test_the_page_offers_none(clinic: Path, stage: Stage) -> None:
    said = text(stage.say("find_provider", ASKS["en"], need="transport", program="nmt", plan="kaiser", language="en"))
    assert "Dec 3" in said and "reminder" not in said


def test_who_left_before_the_answer_gets_none(clinic: Path) -> None:
    mine = phone()
    asked(mine)
    opt_outs.out(mine.who, "word", OPEN)
    said = text(mine.say("inform", "1"))
    assert waits() == [] and "Wednesday, Dec 2" in said and "I cannot text you later" in said


def test_a_danger_takes_it_back(clinic: Path) -> None:
    mine = phone()
    asked(mine)
    mine.say("inform", "1")
    (row,) = waits()
    mine.say("crisis", "he hits me", crisis="violence")
    assert waits() == [] and (queue.state(row.cause) or ("",))[0] == "cancelled"


def test_another_need_is_no_answer(clinic: Path) -> None:
    mine = phone()
    asked(mine)
    listed = mine.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert listed[0]["custom"]["kind"] == "listings" and waits() == []


def test_what_is_kept_of_the_question_holds_no_day(clinic: Path) -> None:
    mine = phone()
    asked(mine)
    assert "2026" not in str(mine.slots["asked"])
    mine.slots["facts"] = None  # half an hour later
    said = mine.say("affirm", "yes")
    assert "What day is your visit?" in text(said) and waits() == []
    assert "Dec 3" in text(mine.say("inform", "december 10"))


@pytest.mark.parametrize(("said", "kept"), [("yes Maria", "yes"), ("1", "1"), ("text me, im at 12 Elm", "yes")])
def test_of_the_answer_only_the_digit_or_the_yes_is_kept(clinic: Path, said: str, kept: str) -> None:
    mine = phone()
    asked(mine)
    mine.say("affirm", said)
    assert waits()
    (line,) = [line for path in consents.folder().glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    assert json.loads(line)["how"] == kept
