"""A picture instead of a word: heard as yes, no or thanks, whatever the model made of it."""

from __future__ import annotations

import pytest

from actions.gestures import spoken
from actions.heard import Heard
from directory.inbox import followups
from tests.actions.a_phone import phone, text
from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")
UP, DOWN, HANDS, HEART = "\U0001f44d", "\U0001f44e", "\U0001f64f", "\u2764\ufe0f"


def listed(language: str) -> Stage:
    stage = phone()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    return stage


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", [UP, f"{UP}\U0001f3fd", f"{UP} {UP}", DOWN, HANDS, HEART])
def test_beside_a_list_it_is_a_word_and_brings_no_menu(home: object, language: str, sign: str) -> None:
    told = listed(language).say("nlu_fallback", sign)
    assert all(message["custom"]["kind"] != "fallback" for message in told)
    assert "0 " not in text(told), "no menu"


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_by_a_sign_ends_a_talk_as_the_word_does(home: object, language: str) -> None:
    by_sign = listed(language).say("nlu_fallback", HANDS)
    assert text(by_sign) == text(listed(language).say("thanks", "thanks"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("sign", "agreed"), [(UP, 1), (DOWN, 0)])
def test_a_thumb_answers_the_offer(home: object, language: str, sign: str, agreed: int) -> None:
    stage = listed(language)
    assert len(stage.say("thanks", "thanks")) == 2
    stage.say("nlu_fallback", sign)
    assert len(followups.running()) == agreed


@pytest.mark.parametrize("said", [f"{UP} food", "1", "?"])
def test_words_beside_a_sign_are_heard_as_they_are(home: object, said: str) -> None:
    heard = Heard(text=said, act="nlu_fallback")
    assert spoken(heard) == heard


def test_a_danger_is_never_taken_for_a_sign(home: object) -> None:
    heard = Heard(text=UP, act="crisis", crisis="self_harm")
    assert spoken(heard) == heard
