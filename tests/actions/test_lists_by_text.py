"""Lists by text message: a digit means one thing in an answer, and each digit opens its place, whichever list it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory.model import Need
from directory.text import gsm
from tests.actions.a_phone import phone, text
from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")
OTHERS = {"en": "OTHERS", "es": "OTROS"}


@pytest.fixture(autouse=True)
def _home(home: Path) -> None:
    """Every test stands on the made directory."""


def two_lists(language: str = "en") -> tuple[Stage, list[dict[str, Any]]]:
    """A shelter, the only one, and food (three of seven places), asked for in one message."""
    stage = phone()
    needs = ["food", "housing"]
    return stage, stage.say("find_provider", "food and a roof in modesto", need=needs, place="Modesto",
                            language=language)  # fmt: skip


def digits(messages: list[dict[str, Any]]) -> list[str]:
    """Each digit that the texts of one answer offer: before a line, or before an equals sign."""
    return re.findall(r"^(\d{1,2}) (?=\S)|(?<![\d-])(\d{1,2}) = ", text(messages), re.M)


def numbered(messages: list[dict[str, Any]]) -> Iterator[int]:
    yield from (int(line or answer) for line, answer in digits(messages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_lists_are_numbered_on_and_only_the_last_says_how_to_go_on(language: str) -> None:
    _, told = two_lists(language)
    assert [one["custom"]["kind"] for one in told] == ["listings", "listings"]
    assert list(numbered(told)) == [1, 2, 3, 4]
    assert text(told).count("1 to 4" if language == "en" else "de 1 a 4") == 1
    assert all(gsm.segments(one["text"]) <= 4 for one in told)
    assert OTHERS[language] in told[1]["text"] or OTHERS[language] not in text(told)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_digit_opens_its_place_whichever_list_it_is_in(language: str, number: int) -> None:
    stage, told = two_lists(language)
    shown = [place for one in told for place in one["custom"]["listings"]]
    first, *_ = stage.say("inform", str(number))
    assert [place["id"] for place in first["custom"]["listings"]] == [shown[number - 1]["id"]]
    assert first["text"].startswith(shown[number - 1]["name"])


def test_a_rank_is_of_both_lists_and_a_digit_works_again_after_it() -> None:
    stage, told = two_lists()
    shown = [place["name"] for one in told for place in one["custom"]["listings"]]
    assert shown[1] in text(stage.say("followup", "hours of the second"))
    assert shown[3] in text(stage.say("inform", "4"))
    assert shown[0] in text(stage.say("followup", "phone of the first"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digit_that_no_list_has_says_how_many_there_are(language: str) -> None:
    stage, _ = two_lists(language)
    assert " 4." in text(stage.say("inform", "9"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_after_two_lists_goes_on_with_the_last_one_under_new_numbers(language: str) -> None:
    stage, told = two_lists(language)
    more = stage.say("followup", OTHERS[language])
    assert list(numbered(more))[:2] == [5, 6]
    ids = [place["id"] for one in (*told, *more) for place in one["custom"]["listings"]]
    assert len(ids) == len(set(ids)), "no place twice"
    assert told[0]["custom"]["listings"][0]["name"] in text(stage.say("inform", "1"))
    assert more[0]["custom"]["listings"][1]["name"] in text(stage.say("inform", "6"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_at_the_end_counts_the_places_of_that_list(language: str) -> None:
    stage = phone()
    stage.say("find_provider", "food, a ride", need=["food", "transport"], place="Modesto", language=language)
    (told,) = stage.say("followup", OTHERS[language])
    assert told["text"].startswith("That is all: 1 place." if language == "en" else "Es todo: 1 lugar.")


def test_what_was_agreed_after_a_place_of_the_first_list_is_of_its_need() -> None:
    from directory.inbox import followups

    stage, told = two_lists()
    first = told[0]["custom"]
    assert first["need"] != told[1]["custom"]["need"]
    stage.say("inform", "1")
    stage.say("inform", "1")
    (one,) = followups.running()
    assert (one.need, one.listings) == (first["need"], (first["listings"][0]["id"],))


@pytest.mark.parametrize("needs", [["legal", "food"], ["food", "legal"]])
def test_beside_a_list_nothing_else_is_offered_by_number(needs: list[str]) -> None:
    stage = phone()
    told = stage.say("find_provider", "x in modesto", need=needs, place="Modesto")
    assert sorted(one["custom"]["kind"] for one in told) == ["listings", "none_found"]
    assert list(numbered(told)) == [1, 2, 3]
    assert "Pantry 2\n" in stage.say("inform", "1")[0]["text"], "the nearest"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("need", [need.value for need in Need])
def test_no_digit_is_offered_twice_in_one_answer(language: str, need: str) -> None:
    for said in (["1"], ["2"], ["gracias", "1", "1"], ["8", "2"], ["más", "1"], ["0"]):
        stage = phone(200 + len(said))
        turns = [stage.say("find_provider", "x", need=need, place="Modesto", language=language)]
        turns += [stage.say("thanks" if word == "gracias" else "inform", word) for word in said]
        for told in turns:
            found = list(numbered(told))
            assert len(found) == len(set(found)), text(told)
            hints = {int(one) for one in re.findall(r"(?:Text|Escriba) (\d) (?:for|para)", text(told))}
            asked = {int(one) for one in re.findall(r"(?<![\d-])(\d{1,2}) = ", text(told))}
            assert not hints & asked, text(told)
