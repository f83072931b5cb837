"""A call arranged in words, a piece at a time, and ended in words: what is said counts, and STOP is not for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.inbox import call_words, opt_outs, tasks
from tests.actions.a_phone import OPEN, phone, short, text
from tests.actions.a_phone import clinic as a_clinic
from tests.actions.conftest import Stage


@pytest.fixture
def clinic(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_clinic(home, monkeypatch, OPEN)
    return home


def offered(language: str) -> Stage:
    mine = phone()
    mine.say("talk_to_human", "person", language=language)
    return mine


def noted() -> list[tuple[str | None, str]]:
    return [(task.need, task.when) for task in tasks.open_tasks()]


@pytest.mark.parametrize(
    ("language", "turns", "kept"),
    [
        ("en", ("yes", "maria 2pm", "thanks"), (None, "afternoon")),
        ("es", ("si", "en la mañana", "gracias"), (None, "morning")),
        ("es", ("1", "despues de las 5", "1"), ("food", "evening")),
        ("es", ("si", "1", "a la hora q sea"), ("food", "any")),
        ("en", ("yes", "2pm", "3"), ("transport", "afternoon")),
    ],
)
def test_what_is_said_counts(clinic: Path, language: str, turns: tuple[str, ...], kept: tuple[str | None, str]) -> None:
    mine = offered(language)
    acts = {"yes": "affirm", "si": "affirm", "thanks": "thanks", "gracias": "thanks"}
    said = [mine.say(acts.get(words, "inform"), words) for words in turns]
    assert noted() == [kept] and all(short(messages) for messages in said)


@pytest.mark.parametrize(
    ("words", "need", "kept"),
    [
        ("yes please call me tomorrow morning about rent", "housing", ("housing", "morning")),
        ("tomorrow at 9 about food", "food", ("food", "morning")),
    ],
)
def test_all_in_one_line_is_noted_at_once(clinic: Path, words: str, need: str, kept: tuple[str, str]) -> None:
    said = text(offered("en").say("talk_to_human", words, need=need))
    assert noted() == [kept] and "I noted it" in said


@pytest.mark.parametrize("words", ["food now in modesto", "are they open tomorrow morning?", "i need food tomorrow"])
def test_other_words_are_no_yes_to_a_call(clinic: Path, words: str) -> None:
    offered("en").say("find_provider", words, need="food")
    assert noted() == []


@pytest.mark.parametrize(("language", "thanks"), [("en", "thanks"), ("es", "gracias")])
def test_who_leaves_before_a_yes_is_told_that_no_call_is_noted(clinic: Path, language: str, thanks: str) -> None:
    mine = offered(language)
    said = text(mine.say("thanks", thanks))
    assert ("No call is noted" in said or "No se ha anotado" in said) and noted() == []
    mine.say("inform", "1")
    mine.say("inform", "1")
    mine.say("inform", "1")
    assert noted() == [("food", "morning")]


ENDS = [
    ("en", "cancel my call"),
    ("en", "nevermind dont call me"),
    ("en", "please don't call me"),
    ("es", "ya no me llamen"),
    ("es", "mejor no me llamen"),
    ("es", "si cambie de opinion no me llamen"),
    ("es", "cancele la llamada por favor"),
]


@pytest.mark.parametrize("act", ["talk_to_human", "opt_out", "deny"])
@pytest.mark.parametrize("digits", ["", "1", "11", "111"])
@pytest.mark.parametrize(("language", "words"), ENDS)
def test_that_call_alone_ends_and_it_is_said(clinic: Path, language: str, words: str, digits: str, act: str) -> None:
    mine = offered(language)
    for digit in digits:
        mine.say("inform", digit)
    (said,) = mine.say(act, words)
    assert noted() == [] and said["text"].startswith(("All right, no call", "Bueno, no le llaman"))
    assert said["custom"]["kind"] != "opt_out" and not opt_outs.is_out(mine.who)


@pytest.mark.parametrize(("language", "words"), [("en", "dont call me"), ("es", "ya no me llamen")])
def test_who_asked_for_none_and_wants_none_is_out(clinic: Path, language: str, words: str) -> None:
    (said,) = phone().say("opt_out", words, language=language)
    assert said["custom"]["kind"] == "opt_out"


@pytest.mark.parametrize(
    "words",
    [
        "no me escriban",
        "dont call or text me",
        "ya no me manden mensajes ni me llamen",
        "no me llaman",
        "they dont call",
    ],
)
def test_of_texts_too_it_is_no_word_about_a_call(words: str) -> None:
    assert not call_words.ended(words)
