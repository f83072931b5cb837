"""A code opens the list that a worker made, as it is today, on a phone and on the page; danger goes before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actions.context import Goal
from directory import store
from directory.inbox import code_words, lists
from directory.inbox.lists import SavedList
from tests.actions.a_phone import OPEN, phone, short, text
from tests.actions.a_phone import clinic as a_clinic
from tests.actions.conftest import RECORDS, Stage

FOOD = SavedList("food", None, "Modesto", "Stanislaus", ids=("made:1", "made:2", "made:3"), language="es")


@pytest.fixture
def clinic(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_clinic(home, monkeypatch, OPEN)
    return home


def made(**more: object) -> str:
    return lists.make(replace(FOOD, **more), "Ana", OPEN)  # type: ignore[arg-type]


def published(home: Path, without: tuple[str, ...]) -> None:
    """The directory once more, without some of its places."""
    (home / "directory.db").unlink()
    kept = [record for record in RECORDS if record.id not in without]
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=kept, sources=[source], publication="made-2", published_at=OPEN
    )


def on_a_phone() -> Stage:
    return phone()


def on_the_page() -> Stage:
    return Stage()


SAID = [
    "{}",
    "{}.",
    "text {} please",
    "TEXT {}",
    "my code is {}",
    "texto {}",
    "código {}",
    "Hola, mande la lista {} por favor",
]


@pytest.mark.parametrize("act", ["nlu_fallback", "inform", "find_provider", "greet"])
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("of", [on_a_phone, on_the_page])
def test_the_list_opens_however_the_code_is_written(clinic: Path, of: Callable[[], Stage], said: str, act: str) -> None:
    code = made()
    mine = of()
    (listed,) = mine.say(act, said.format(code.lower() if "text" in said else code))
    assert listed["custom"]["kind"] == "listings" and listed["custom"]["total"] == 7
    assert "Pantry 2" in listed["text"] and code in listed["text"] and short([listed], 99 if of is on_the_page else 4)


@pytest.mark.parametrize(("language", "head"), [("en", "as it is today"), ("es", "con lo que hay hoy")])
def test_who_begins_with_it_reads_the_language_of_the_list(clinic: Path, language: str, head: str) -> None:
    code = made(language=language)
    mine = phone()
    assert head in text(mine.say("nlu_fallback", code))
    assert mine.slots.get("language", "en") == language


def test_who_speaks_already_keeps_the_language(clinic: Path) -> None:
    mine = phone()
    mine.say("crisis", "he hits me", crisis="violence", language="en")
    assert "as it is today" in text(mine.say("nlu_fallback", made(language="es")))


def test_places_that_ended_are_left_out_and_told(clinic: Path) -> None:
    code, spanish = made(language="en"), made(language="es")
    published(clinic, without=("made:2",))
    said = text(phone().say("nlu_fallback", code, language="en"))
    assert "One place of it is not listed any more." in said and "Pantry 2" not in said and "Pantry 1" in said
    published(clinic, without=("made:2", "made:1"))
    assert "2 places of it are not listed any more." in text(phone().say("nlu_fallback", code, language="en"))
    assert "2 lugares de la lista ya no aparecen." in text(phone().say("nlu_fallback", spanish))


def test_when_every_place_ended_it_names_whom_to_call(clinic: Path) -> None:
    code = made(place="Merced", county="Merced", ids=("made:14",))
    published(clinic, without=("made:14",))
    (said,) = phone().say("nlu_fallback", code, language="en")
    assert said["custom"]["kind"] == "none_found" and "211" in said["custom"]["phones"]


def test_the_list_goes_on_like_any(clinic: Path) -> None:
    mine = phone()
    mine.say("nlu_fallback", made())
    assert "Pantry 4" in text(mine.say("followup", "more"))
    assert "209-555-0102" in text(mine.say("followup", "1"))


def test_what_it_was_narrowed_to_holds(clinic: Path) -> None:
    mine = phone()
    code = made(only=("wheelchair",), place="Merced", county="Merced", ids=("made:14",))
    assert "Merced Pantry" in text(mine.say("nlu_fallback", code, language="en"))
    assert mine.slots["shown"]["only"] == ["wheelchair"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_code_that_ended_says_so_and_asks_what_is_needed(
    clinic: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = made()
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: OPEN + timedelta(days=61)))
    (said,) = phone().say("nlu_fallback", code, language=language)
    assert said["custom"]["kind"] == "question" and short([said], 4)
    assert ("has ended" in said["text"]) or ("ya no abre" in said["text"])
    assert "211" in text(phone().say("inform", "0", language=language)) or said["custom"]["choices"]


def test_other_words_are_heard_as_ever(clinic: Path) -> None:
    code = made()
    other = next(word for word in sorted(code_words.words()) if word != code)
    fresh, mine = phone(1), phone(2)
    assert text(mine.say("nlu_fallback", other, language="en")) == text(
        fresh.say("nlu_fallback", "blorp", language="en")
    )
    for words in ("hello", f"is there a {code.lower()} near my house", f"{code} {other}"):
        assert code not in text(phone(3).say("nlu_fallback", words, language="en"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_danger_goes_first(clinic: Path, language: str) -> None:
    code = made()
    (said,) = phone().say("crisis", f"he hits me {code}", crisis="violence", language=language)
    assert said["custom"]["kind"] == "crisis" and "Pantry" not in said["text"]
    heard = phone(4).say("nlu_fallback", code, crisis="worry", language=language)
    assert [message["custom"]["kind"] for message in heard] == ["worry", "listings"]


def test_refuges_stand_in_no_list_of_a_code(clinic: Path) -> None:
    code = made(need="housing", program="emergency_shelter", ids=("made:11",))
    said = text(phone().say("nlu_fallback", code, language="en"))
    assert "Made Shelter" in said and "Quiet House" not in said


def test_an_inbox_that_cannot_be_read_leaves_nobody_without_words(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = made()
    monkeypatch.setenv("PUENTE_INBOX", "sqlite:////nowhere/at/all/inbox.db")
    (said,) = phone().say("nlu_fallback", code, language="en")
    assert said["custom"]["kind"] == "fallback"


@pytest.mark.parametrize(
    "words", ["hola me dieron la palabra {}", "they gave me the code {} at the clinic", "mi clave es {}"]
)
def test_a_code_within_a_phrase_opens_its_list(clinic: Path, words: str) -> None:
    code = made()
    said = text(phone().say("greet", words.format(code.lower()), language="es"))
    assert code in said and "Pantry" in said


@pytest.mark.parametrize(("language", "words"), [("es", "me dieron la palabra boxr"), ("en", "my code is BOXR")])
def test_a_word_told_as_a_code_that_is_none_is_to_be_checked(clinic: Path, language: str, words: str) -> None:
    (said,) = phone().say("nlu_fallback", words, language=language)
    assert "BOXR" in said["text"] and short([said]) and said["text"].startswith(("I have no list", "No tengo"))


@pytest.mark.parametrize("words", ["boxr", "zip code 95354", "mi codigo postal es 95354", "the code does not work"])
def test_other_words_are_no_code_to_check(clinic: Path, words: str) -> None:
    assert "BOXR" not in text(phone().say("nlu_fallback", words, language="en"))
    assert "list under" not in text(phone().say("nlu_fallback", words, language="en"))


@pytest.mark.parametrize("of", [on_a_phone, on_the_page])
def test_a_list_that_was_picked_opens_with_just_those_in_their_order(clinic: Path, of: Callable[[], Stage]) -> None:
    mine = of()
    (listed,) = mine.say("nlu_fallback", made(ids=("made:5", "made:2"), picked=True, language="en"), language="en")
    assert [one["id"] for one in listed["custom"]["listings"]] == ["made:5", "made:2"]
    assert listed["custom"]["total"] == 2 and mine.slots["shown"]["ids"] == ["made:5", "made:2"]
    assert short([listed], 99 if of is on_the_page else 4)


def test_more_than_one_answer_holds_go_on_in_the_next_one(clinic: Path) -> None:
    ids = tuple(f"made:{number}" for number in (1, 2, 3, 4, 5))
    said = phone().say("nlu_fallback", made(ids=ids, picked=True, language="en"), language="en")
    shown = [one["id"] for message in said for one in message["custom"].get("listings", [])]
    assert shown == list(ids)[: len(shown)] and len(shown) > 3 and short(said, 8)


def test_a_picked_place_that_ended_is_told_and_with_none_left_it_looks_again(clinic: Path) -> None:
    code = made(ids=("made:5", "made:2"), picked=True, language="en")
    published(clinic, without=("made:2",))
    said = text(phone(1).say("nlu_fallback", code, language="en"))
    assert "One place of it is not listed any more." in said and "Pantry 2" not in said
    published(clinic, without=("made:2", "made:5"))
    assert "Pantry 1" in text(phone(2).say("nlu_fallback", code, language="en"))
