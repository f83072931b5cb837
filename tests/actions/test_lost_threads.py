"""What was said or asked before is not lost when something else is said between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from directory import store
from tests.actions.conftest import NOW, RECORDS, Stage
from tests.actions.test_asked_of_shown import WEEKS


@pytest.mark.parametrize(
    ("language", "request_", "day"),
    [("en", "pantry open saturday", "open Saturday"), ("es", "despensa abierta el sabado", "abren el sábado")],
)
def test_the_day_is_kept_while_the_place_is_asked(stage: Stage, language: str, request_: str, day: str) -> None:
    stage.say("find_provider", request_, need="food", program="food_bank", language=language)
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert day in found["text"]


def test_a_day_is_not_kept_for_another_need(stage: Stage) -> None:
    stage.say("find_provider", "pantry open saturday", need="food", program="food_bank")
    (found,) = stage.say("find_provider", "no, a shelter in modesto", program="emergency_shelter", place="Modesto")
    assert "Saturday" not in found["text"] and found["custom"]["kind"] == "listings"


@pytest.fixture
def one_on_saturday(home: Path, stage: Stage) -> Stage:
    """Pantries of which only the first is open on Saturday."""
    records = [
        replace(each, schedule=WEEKS[1 if at == 0 else 2], hours_text=None) for at, each in enumerate(RECORDS[:7])
    ]
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=records, sources=[source], publication="made-8", published_at=NOW
    )
    return stage


@pytest.mark.parametrize(
    ("language", "which", "full", "has"),
    [
        (
            "en",
            "which open saturday",
            "that one is full",
            ["I am sorry they had no room", "none of these has", "Pantry 2"],
        ),
        (
            "es",
            "cual abre el sabado",
            "ese esta lleno",
            ["Siento que no tuvieran lugar", "ninguno de estos", "Pantry 2"],
        ),
        ("en", "which open saturday", "i have no car", ["You have no car", "Pantry 1"]),
    ],
)
def test_where_no_other_fits_what_was_asked_for_the_others_come(
    one_on_saturday: Stage, language: str, which: str, full: str, has: list[str]
) -> None:
    stage = one_on_saturday
    stage.say("find_provider", "food in modesto", program="food_bank", place="Modesto", language=language)
    stage.say("followup", which, language=language)
    told = stage.say("report_outcome", full, language=language)
    text = "\n".join(message["text"] for message in told)
    assert [part for part in has if part not in text] == [], text


@pytest.mark.parametrize(
    ("language", "act", "said", "has"),
    [
        ("en", "affirm", "ok", "Good."),
        ("en", "inform", "i have a daughter", "Thank you"),
        ("en", "inform", "i have medi-cal yes", "Thank you"),
        ("en", "deny", "no im just mad at all of this", "All right."),
        ("es", "affirm", "bueno", "Muy bien."),
        ("es", "inform", "tiene 6 años mi hija", "Gracias"),
    ],
)
def test_a_word_beside_a_list_brings_no_menu_and_no_line_twice(
    stage: Stage, language: str, act: str, said: str, has: str
) -> None:
    stage.say("find_provider", "food in modesto", program="food_bank", place="Modesto", language=language)
    (first,) = stage.say(act, said, language=language)
    (second,) = stage.say(act, said, language=language)
    (more,) = stage.say("followup", "more" if language == "en" else "más", language=language)
    assert has in first["text"] and first["text"] != second["text"]
    assert not first["custom"].get("choices") and not second["custom"].get("choices")
    assert more["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    ("language", "said", "again"),
    [("en", "im undocumented and scared", "As I said"), ("es", "no tengo papeles de migracion", "Como le dije")],
)
def test_the_answer_to_fear_is_not_told_in_the_same_words_twice(
    stage: Stage, language: str, said: str, again: str
) -> None:
    (first,) = stage.say("inform", said, topic="immigration", language=language)
    (second,) = stage.say("inform", said, topic="immigration", language=language)
    assert "lawhelpca.org" in first["text"] and second["text"].startswith(again)


@pytest.mark.parametrize(
    ("language", "said", "has"),
    [("en", "forget it", "no more of those"), ("es", "son muchas preguntas", "ya no le pregunto")],
)
def test_who_tires_of_a_check_is_let_go(stage: Stage, language: str, said: str, has: str) -> None:
    stage.say("check_eligibility", "can i get calfresh", program="calfresh", place="Modesto", language=language)
    (left,) = stage.say("deny", said, language=language)
    (found,) = stage.say("find_provider", "food", need="food", language=language)
    assert has in left["text"] and found["custom"]["kind"] == "listings"


@pytest.mark.parametrize("act", ["ask_privacy", "ask_bot", "out_of_scope"])
def test_after_a_word_aside_the_question_of_a_check_is_put_again(stage: Stage, act: str) -> None:
    (asked,) = stage.say("check_eligibility", "can i get calfresh", program="calfresh", place="Modesto")
    *_, again = stage.say(act, "do you tell him")
    assert asked["text"].splitlines()[0] in again["text"] and "Back to my question" in again["text"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "no i have medi-cal with kaiser"), ("es", "tengo medi-cal con kaiser")]
)
def test_the_medi_cal_that_somebody_has_is_not_looked_for(stage: Stage, language: str, said: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    (message,) = stage.say("inform", said, program="medi_cal", plan="kaiser", language=language)
    assert message["custom"]["program"] is None and message["custom"]["need"] == "food"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "my husband reads my phone"), ("es", "mi esposo me revisa el celular")]
)
def test_who_fears_that_the_phone_is_read_is_told_what_to_do(stage: Stage, language: str, said: str) -> None:
    (message,) = stage.say("inform", said, language=language)
    assert "1-800-799-7233" in message["text"]


def test_an_earlier_case_is_returned_to_by_what_it_was(stage: Stage) -> None:
    stage.say("find_provider", "pt needs pantry modesto", program="food_bank", place="Modesto")
    stage.say("find_provider", "new pt needs shelter merced", program="emergency_shelter", place="Merced")
    back, found, *_ = stage.say("followup", "back to the pantry pt", program="food_bank")
    assert "Modesto" in back["text"] and found["custom"]["place"] == "Modesto"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "somebody to watch her a few hours"), ("es", "alguien que me la cuide unas horas")]
)
def test_hours_of_care_are_not_the_hours_of_the_places(stage: Stage, language: str, said: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    told = stage.say("find_provider", said, language=language)
    assert not any("9am" in message["text"] for message in told)
