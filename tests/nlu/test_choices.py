"""The words of our own choices, pressed or typed, answer a question and alarm nobody."""

from __future__ import annotations

import pytest

from bot.understanding import choices
from directory.eligibility import questions


def test_every_choice_of_a_question_is_known_word_for_word() -> None:
    for choice in questions.group_choices():
        for label in (choice.label.en, choice.label.es):
            assert choices.is_choice(label) and choices.is_choice(f"  {label.upper()} ")


@pytest.mark.parametrize(
    "text", ["my baby is not breathing", "no one would miss me", "nadie me quiere", "i sleep in my car"]
)
def test_other_words_are_none(text: str) -> None:
    assert not choices.is_choice(text)


def test_nowhere_to_sleep_is_not_taught_as_harmless() -> None:
    where = {choice.label.en for choice in questions.group_choices("where_you_sleep")}
    assert where and not where & set(choices.harmless())
    assert "A baby" in choices.harmless() and "Un bebé" in choices.harmless()


@pytest.mark.parametrize("text", ["idk", "IDK.", "maybe", "i dont know", "no sé", "quien sabe"])
def test_not_knowing_is_an_answer(text: str) -> None:
    assert choices.is_choice(text)


@pytest.mark.parametrize(
    "text", ["idk how much longer i can live", "no se si quiero vivir", "i dont know if i want to be here"]
)
def test_not_knowing_how_to_live_is_none(text: str) -> None:
    assert not choices.is_choice(text)


@pytest.mark.parametrize("text", ["Yes", "no", "Sí", "more", "Más", "menos"])
def test_a_word_that_means_something_elsewhere_is_no_answer_to_one_question(text: str) -> None:
    assert not choices.is_answer(text)
    assert choices.is_answer("A child under 5") and choices.is_answer("un bebé")
