"""What was said is not asked: an age beside a question, a home told with its town; a bare no picks none of six."""

from __future__ import annotations

import pytest

from actions import said
from directory.eligibility.facts import Amount


@pytest.mark.parametrize(
    "text", ["may i get calfresh im 70 and live alone", "can i get calfresh im 70", "can i get it i'm 70 years old"]
)
def test_an_age_beside_a_question_is_heard(text: str) -> None:
    assert said.facts_in(text, need="food")["age_years"] == Amount(70.0, 70.0)


@pytest.mark.parametrize(
    ("text", "size"),
    [("vivo con mis 3 hijos", 4), ("vivo en modesto con mis 3 hijos", 4), ("i live in modesto with my 3 kids", 4)],
)
def test_a_home_told_with_its_town_is_counted(text: str, size: int) -> None:
    assert said.facts_in(text, need="food")["household_size"] == Amount(size, size)


@pytest.mark.parametrize("word", ["no", "No.", "nope"])
def test_a_bare_no_says_nothing_of_the_work_rule(word: str) -> None:
    assert said.answer_to("abawd_status", word) is None
