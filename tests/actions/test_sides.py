"""What is asked of one side of a listing, of a day, of a language; and what narrows a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from directory import store
from directory.model import Interval, Need, Schedule
from tests.actions.conftest import NOW, RECORDS, Stage, made

WEEK = Schedule(tuple(Interval(day, time(9), time(17)) for day in range(5)))


@pytest.fixture
def shown(home: Path, stage: Stage) -> Stage:
    """A list of pantries; the first of them says everything it can."""
    told = replace(
        RECORDS[1],
        schedule=WEEK,
        fees_text="Free for all.",
        documents="Any ID.",
        how_to_apply="Come on a Monday.",
        eligibility_text="Anyone.",
    )
    care = made(21, "Smile Clinic", Need.OTHER_HEALTH, (), description="A dental van.", languages=("es",))
    records = (*(told if record.id == told.id else record for record in RECORDS), care)
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=records, sources=[source], publication="made-9", published_at=NOW
    )
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    return stage


@pytest.mark.parametrize(
    ("first", "act", "said", "has"),
    [
        ("1", "followup", "do they take dogs", "We do not know. Ask when you call Pantry 2: 209-555-0102"),
        ("1", "goodbye", "do i have to pay", "the cost: Free for all."),
        ("1", "followup", "is it free", "Free for all."),
        ("2", "followup", "is it free", "Ask when you call Pantry 1"),
        ("1", "followup", "piden papeles?", "Any ID."),
        ("1", "followup", "aceptan niños", "Ask when you call"),
        ("1", "how_to_apply", "how do i apply", "Come on a Monday."),
        ("1", "nlu_fallback", "how do i book", "Come on a Monday."),
        ("2", "how_to_apply", "how do i sign up", "How to get it:"),
        ("1", "followup", "who can go", "the place says"),
        ("1", "followup", "when do they open tomorrow", "Pantry 2, Sunday: closed."),
        ("1", "followup", "are they open monday", "Pantry 2, Monday: 9 am to 5 pm."),
        ("2", "followup", "open sunday?", "Mon-Fri 9am-5pm"),
        ("1", "followup", "whats the adress", "2 Made Street"),
        (None, "followup", "numero del 1", "209-555-0102"),
        (None, "followup", "do they take dogs", "Our lists do not say."),
        (None, "followup", "hay uno abierto mañana", "Our lists do not say if these places have this"),
        (None, "followup", "is it free", "Free for all."),
    ],
)
def test_one_side(shown: Stage, first: str | None, act: str, said: str, has: str) -> None:
    if first:
        shown.say("inform", first)
    (message,) = shown.say(act, said)
    assert has in message["text"]
    assert message["custom"]["kind"] == "listings"


def test_a_day_is_not_told_without_what_the_list_says_beside_its_hours(home: Path, stage: Stage) -> None:
    text = "Mon-Fri 9am-5pm, by appointment on rainy days"
    records = [replace(record, schedule=WEEK, hours_text=text) for record in RECORDS]
    (home / "directory.db").unlink()
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        home / "directory.db", records=records, sources=[source], publication="made-8", published_at=NOW
    )
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    stage.say("inform", "1")
    (message,) = stage.say("followup", "are they open friday")
    assert "by appointment on rainy days" in message["text"]


def test_the_programs_steps_where_a_whole_list_is_meant(shown: Stage) -> None:
    (question,) = shown.say("how_to_apply", "how do i apply")
    assert question["custom"]["choices"]


def test_something_open_after_a_closed_one_is_a_list_again(shown: Stage) -> None:
    shown.say("inform", "1")
    (message,) = shown.say("followup", "thats closed. something open now")
    assert "open now" in message["text"] and "Pantry 2:" not in message["text"] and message["custom"]["total"] == 6


@pytest.mark.parametrize("act", ["find_provider", "inform", "followup"])
def test_a_language_beside_a_request_narrows_the_list(shown: Stage, act: str) -> None:
    (message,) = shown.say(act, "rides in spanish plz", need="transport", language_wanted="es")
    assert message["text"].startswith("A ride near Modesto, Spanish:") and shown.slots.get("language") != "es"
    (none,) = shown.say("followup", "quiero una que hable coreano", language_wanted="ko")
    assert "None of these says that it speaks Korean" in none["text"]


def test_a_language_said_before_the_place_is_kept(shown: Stage) -> None:
    stage = Stage()
    stage.say("find_provider", "a ride in spanish", need="transport", language_wanted="es")
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert "Spanish" in found["text"].splitlines()[0]


def test_a_single_thing_is_looked_for_by_its_word(shown: Stage) -> None:
    (dentist,) = shown.say("find_provider", "i need a dentist in modesto", need="other_health", place="Modesto")
    assert [row["name"] for row in dentist["custom"]["listings"]] == ["Smile Clinic"]
    assert "a dentist" in dentist["text"].splitlines()[0]
    (diapers,) = shown.say("find_provider", "diapers in modesto", need="other_health", place="Modesto")
    assert diapers["custom"]["kind"] == "none_found" and diapers["custom"]["phones"] == ["211"]
    assert "No place on our lists for Stanislaus County names diapers" in diapers["text"]


def test_a_single_thing_waits_for_the_place(shown: Stage) -> None:
    stage = Stage()
    stage.say("find_provider", "necesito pañales", need="other_health", language="es")
    (diapers,) = stage.say("inform", "modesto", place="Modesto")
    assert "pañales" in diapers["text"] and diapers["custom"]["kind"] == "none_found"


@pytest.mark.parametrize("act", ["find_provider", "program_info"])
def test_a_plan_that_does_not_serve_the_county_is_left_out_and_kept(shown: Stage, act: str) -> None:
    shown.say("inform", "i have kern family", plan="kern_family")
    (here,) = shown.say(act, "nmt modesto", program="nmt", place="Modesto")
    assert "does not serve Stanislaus County" in here["text"]
    assert here["custom"]["phones"] == [] or "1-800-391-2000" not in here["custom"]["phones"]
    assert shown.slots["plan"] == "kern_family"


def test_a_zip_over_a_line_is_not_lost_by_a_need(stage: Stage) -> None:
    stage.say("inform", "95322", zip="95322")
    (question,) = stage.say("find_provider", "food", need="food")
    assert "95322" in question["text"]
    (found,) = stage.say("inform", "Merced County", place="Merced County")
    assert found["custom"]["need"] == "food" and found["custom"]["county"] == "Merced"


def test_an_unknown_place_is_said_and_the_need_stays(stage: Stage) -> None:
    (question,) = stage.say("find_provider", "food in springfield", need="food")
    assert "do not know a place in California" in question["text"] and "springfield" not in question["text"].casefold()
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["need"] == "food"


@pytest.mark.parametrize("text", ["food in spanish", "food in my house", "comida en la tarde", "food by friday"])
def test_what_is_no_name_is_no_unknown_place(stage: Stage, text: str) -> None:
    (question,) = stage.say("find_provider", text, need="food")
    assert "do not know a place" not in question["text"]


def test_the_zip_that_corrects_the_other_counts(stage: Stage) -> None:
    (found,) = stage.say("find_provider", "zip is 94501 i think, no 95354", need="food", zip=["94501", "95354"])
    assert found["custom"]["place"] == "95354"


def test_another_need_with_a_known_place_is_looked_for(shown: Stage) -> None:
    (rides,) = shown.say("program_info", "what about rides", need="transport")
    assert rides["custom"]["kind"] == "listings" and rides["custom"]["need"] == "transport"


def test_what_is_owed_in_a_talk_of_rent_is_told_on(shown: Stage) -> None:
    shown.say("find_provider", "rent help", program="rent_help")
    (steps,) = shown.say("find_provider", "debo 2 meses", program="rent_help")
    assert (steps["custom"]["kind"], steps["custom"]["program"]) == ("steps", "rent_help")


def test_community_supports_are_many(shown: Stage) -> None:
    (told,) = shown.say("program_info", "what is community supports", program="ecm")
    assert "extra help that a Medi-Cal plan may give" in told["text"] and len(told["custom"]["choices"]) > 3
