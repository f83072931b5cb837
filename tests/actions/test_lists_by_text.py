"""Lists by text message: a digit means one thing in an answer, and each digit opens its place, whichever list it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions import fits, lists
from directory import places, store
from directory.inbox import reports
from directory.model import Address, Language, Need
from directory.search import Hit, Query
from directory.text import catalogue, gsm, listing
from tests.actions.a_phone import phone, text
from tests.actions.conftest import NOW, Stage, made

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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["inform", "find_provider", "followup", "nlu_fallback"])
def test_a_digit_that_no_place_has_is_no_program(language: str, act: str) -> None:
    stage = phone()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    (told,) = stage.say(act, "8", program="hcv")
    assert " 3." in told["text"] and told["custom"]["kind"] == "question"
    assert "Pantry 1" in text(stage.say("inform", "2"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", ["1 and 2", "1,2", "1 y 2", "1 2", "1 & 2"])
def test_two_digits_show_both_places(language: str, said: str) -> None:
    stage = phone()
    (listed,) = stage.say("find_provider", "x", need="food", place="Modesto", language=language)
    for act in ("inform", "followup", "nlu_fallback"):
        (told,) = stage.say(act, said)
        assert list(numbered([told])) == [1, 2] and gsm.segments(told["text"]) <= 4
        lines = [line for line in listed["text"].splitlines() if line.startswith(("1 ", "2 "))]
        assert told["text"].splitlines()[:2] == lines
    assert " 3." in text(stage.say("inform", "2 and 7"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "said",
    ["está abierto el primero", "a qué hora abre el primero", "is the first one open now", "a que hora abre el 1"],
)
def test_when_the_first_opens_is_asked_of_that_place(language: str, said: str) -> None:
    stage = phone()
    stage.say("find_provider", "x", need="food", place="Modesto", language=language)
    told = stage.say("followup", said)
    assert [place["name"] for place in told[0]["custom"]["listings"]] == ["Pantry 2"]
    assert "Mon-Fri 9am-5pm" in told[0]["text"] and gsm.segments(told[0]["text"]) <= 2


@pytest.mark.parametrize("said", ["cuál abre primero", "cual abre mas temprano", "el primero que abre"])
def test_who_opens_first_is_still_asked_of_the_list(said: str) -> None:
    stage = phone()
    stage.say("find_provider", "x", need="food", place="Modesto", language="es")
    assert "temprano" in text(stage.say("followup", said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ok_beside_a_list_offers_no_digit_but_those_of_the_offer(language: str) -> None:
    stage = phone()
    stage.say("find_provider", "x", need="food", place="Modesto", language=language)
    told = stage.say("affirm", "ok")
    assert "number" not in told[0]["text"] and "número" not in told[0]["text"]
    assert OTHERS[language] in told[0]["text"] and gsm.segments(told[0]["text"]) == 1
    assert "1" in told[1]["text"], "the offer"


@pytest.fixture
def _of_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented places with words of their own on hours, long enough for MORE."""
    records = [
        made(number, f"Center {number} of Made Valley", Need.FOOD, ("food_bank",), hours_text=_HOURS, **_LONG)
        for number in range(1, 4)
    ]
    source = store.SourceRecord("made", "A made list", demo=True)
    (folder := tmp_path / "demo").mkdir()
    store.write_directory(
        folder / "directory.db", records=records, sources=[source], publication="made-2", published_at=NOW
    )
    monkeypatch.setenv("PUENTE_HOME", str(folder))


_HOURS = "First and third Monday of the month 9-11, by appointment only"
_LONG: dict[str, Any] = {
    "documents": "A photo ID and a paper with your address, and a letter from your school or work",
    "description": "A center that helps families with food, clothes and forms, open since 1985.",
    "address": Address("120 North Ninth Street", "Modesto", "95354"),
    "url": "https://www.example.org/help",
    "languages": ("en", "es", "hmn"),
}
DEMO = {"en": "Demo data", "es": "Datos de prueba"}
MORE = {"en": "MORE", "es": "SIGA"}


@pytest.mark.usefixtures("_of_a_demo")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_is_cut_between_lines_and_the_demo_line_stands_in_its_first_part(language: str) -> None:
    stage = phone()
    stage.say("find_provider", "x", need="food", place="Modesto", language=language)
    first, *_ = stage.say("inform", "2")
    rest = stage.say("followup", MORE[language])
    whole = listing.details(_hit(stage), Language(language), channel="sms").splitlines()
    assert DEMO[language] in first["text"].splitlines()[1] and MORE[language] in first["text"].splitlines()[-1]
    assert all(line in whole for line in first["text"].splitlines()[:-1])
    assert DEMO[language] not in text(rest) and all(line in whole for line in rest[0]["text"].splitlines()[:1])


def _hit(stage: Stage) -> Hit:
    shown = stage.slots["shown"]
    found = lists.found(shown["focus"], now=NOW, query=Query(need=Need.FOOD, place=places.resolve("Modesto")))
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubted_place_is_named_with_its_phone_first_and_the_doubt_after(language: str) -> None:
    for person in ("a", "b"):
        reports.listing("made:2", "phone", person * 12, NOW)
    stage = phone()
    (told,) = stage.say("find_provider", "x", need="food", place="Modesto", language=language)
    line = next(line for line in told["text"].splitlines() if line.startswith("1 "))
    doubt = catalogue.say("notice.doubted.sms", Language(language))
    assert line.startswith("1 Pantry 2 - ") and line.endswith(f". {doubt}")
    assert line.index("209-555-0102") < line.index(doubt) and ".:" not in line and ".," not in line
    for person in ("a", "b"):
        reports.listing("made:11", "phone", person * 12, NOW)
    (told,) = phone().say("find_provider", "x", need="housing", place="Modesto", language=language)
    assert text([told]).casefold().count("call first" if language == "en" else "llame primero") == 1


@pytest.mark.parametrize("language", list(Language))
def test_a_question_and_its_answer_are_one_piece(language: Language) -> None:
    said = catalogue.say("details.open.unknown", language)
    assert "?" in said and [piece.text for piece in fits.pieces(f"A line. {said}")][1].startswith(said.split("?")[0])
    assert not any(piece.text.endswith("?") for piece in fits.pieces(said))
