"""Before anything is published, and when what is published cannot be read: every goal still helps."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.eligibility import rules
from directory.model import Language, Need
from tests.actions.conftest import Stage, acts, responses

LANGUAGES = ("en", "es")
NO_LIST = {"en": "no list for Stanislaus County yet", "es": "lista para el condado de Stanislaus"}
FAILED = frozenset(variant["text"] for variant in responses()["utter_failed"])


def remove(file: Path) -> None:
    file.unlink()


def damage(file: Path) -> None:
    file.write_bytes(b"not a database")


def outdate(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


@pytest.fixture
def nothing(home: Path, stages: Callable[..., Stage]) -> Stage:
    remove(home / "directory.db")
    return stages()


def helps(message: dict[str, Any]) -> bool:
    return message["text"] not in FAILED and bool(message["text"].strip())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("need", [need.value for need in Need])
def test_each_need_names_its_programs_an_office_and_211(nothing: Stage, need: str, language: str) -> None:
    (message,) = nothing.say("find_provider", "x", need=need, place="Modesto", language=language)
    assert message["custom"]["kind"] == "none_found" and NO_LIST[language] in message["text"]
    assert "211" in message["text"] and "211" in message["custom"]["phones"]
    assert "211: 211" not in message["text"]
    names = [rules.program(id).short.get(Language(language)) for id in rules.needs().get(Need(need), ())[:3]]
    assert all(name in message["text"] for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", list(rules.programs()))
def test_each_program_is_told_with_its_plan_line_or_office(nothing: Stage, program: str, language: str) -> None:
    (message,) = nothing.say(
        "find_provider", "x", program=program, place="Modesto", plan="health_net", language=language
    )
    text, known = message["text"], rules.program(program)
    assert message["custom"]["kind"] == "none_found" and NO_LIST[language] in text and "211" in text
    assert known.what.get(Language(language)) in text
    assert ("Health Net" in text) == known.plan_benefit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", acts())
def test_no_act_fails(nothing: Stage, act: str, language: str) -> None:
    for message in nothing.say(act, "x", need="food", place="Modesto", language=language):
        assert helps(message)
    for message in nothing.say(act, "x", language=language):
        assert helps(message)


@pytest.mark.parametrize("said", ["more", "the second", "hours", "closer", "open now?", "list", "not that one"])
@pytest.mark.parametrize("break_it", [remove, damage, outdate])
def test_a_list_shown_before_it_went_away(
    stage: Stage, home: Path, said: str, break_it: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    break_it(home / "directory.db")
    (message,) = stage.say("followup", said)
    assert helps(message) and "went wrong" not in message["text"]
    assert bool(caplog.records) == (break_it is not remove) or message["text"].startswith("Those are")


@pytest.mark.parametrize("break_it", [damage, outdate])
def test_an_unreadable_directory_is_in_the_log_and_not_in_the_answer(
    stage: Stage, home: Path, break_it: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    break_it(home / "directory.db")
    (message,) = stage.say("find_provider", "SECRET food", need="food", place="Modesto")
    assert message["custom"]["kind"] == "none_found" and NO_LIST["en"] in message["text"]
    assert "lists.unreadable" in caplog.text and "directory/" in caplog.text and "SECRET" not in caplog.text
