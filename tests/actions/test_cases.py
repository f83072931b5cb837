"""A worker's cases: empty at the beginning, apart from each other, returned to, and gone with the session."""

from __future__ import annotations

import json

import pytest

from tests.actions.conftest import Stage

OPENED = (
    "new patient",
    "next pt:",
    "now a different client",
    "nueva paciente",
    "ahora otro paciente",
    "siguiente caso",
)
NOT_OPENED = (
    "im a new patient at the clinic",
    "are they taking new patients",
    "reciben pacientes nuevos",
    "another person told me",
    "quiero hablar con otra persona",
    "my new case manager",
)


@pytest.mark.parametrize("text", OPENED)
def test_a_new_case_knows_nothing_of_the_one_before(stage: Stage, text: str) -> None:
    stage.say("check_eligibility", "is he 70 and can he get calfresh", program="calfresh", place="Modesto")
    stage.say("inform", "he is 70 years old")
    assert stage.slots["facts"]
    stage.say("inform", text)
    left = {name for name in ("need", "program", "place", "county", "plan", "facts") if stage.slots.get(name)}
    assert left == set()
    assert stage.slots["cases"][0]["place"] == "Modesto"


@pytest.mark.parametrize("text", NOT_OPENED)
def test_ordinary_words_open_no_case(stage: Stage, text: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    stage.say("inform", text)
    assert (stage.slots.get("cases"), stage.slots["place"]) == (None, "Modesto")


def test_a_patient_of_another_age_is_another_patient(stage: Stage) -> None:
    stage.say("find_provider", "pt 67 yo needs food in modesto", need="food", place="Modesto", person_about="patient")
    messages = stage.say("find_provider", "pt 34 yo needs a ride", need="transport", person_about="patient")
    assert "New case" in messages[0]["text"]
    assert stage.slots.get("place") is None


def test_the_first_case_first_begins_no_second(stage: Stage) -> None:
    (message,) = stage.say("find_provider", "new patient needs food in modesto", need="food", place="Modesto")
    assert message["custom"]["kind"] == "listings"


def test_an_earlier_case_is_returned_to_with_its_own_facts(stage: Stage) -> None:
    stage.say("check_eligibility", "can he get calfresh", program="calfresh", place="Modesto")
    stage.say("inform", "he is 70 years old")
    before = json.dumps(stage.slots["facts"], sort_keys=True)
    stage.say("find_provider", "new patient food in merced", need="food", place="Merced")
    assert stage.slots.get("facts") is None
    stage.say("followup", "back to the other patient")
    assert (stage.slots["place"], json.dumps(stage.slots["facts"], sort_keys=True)) == ("Modesto", before)
    assert stage.slots["cases"][0]["place"] == "Merced"


def test_no_earlier_case_is_said(stage: Stage) -> None:
    (message,) = stage.say("followup", "back to the other patient", language="en")
    assert "no earlier case" in message["text"]


def test_numbered_people_keep_their_numbers(stage: Stage) -> None:
    stage.say("find_provider", "case 1: food in modesto", need="food", place="Modesto", language="en")
    stage.say("find_provider", "case 2: food in merced", need="food", place="Merced")
    stage.say("find_provider", "patient 3: ride in modesto", need="transport", place="Modesto")
    stage.say("followup", "back to patient 1")
    assert (stage.slots["place"], stage.slots["need"]) == ("Modesto", "food")
    stage.say("followup", "back to the second patient")
    assert stage.slots["place"] == "Merced"
    told = stage.say("followup", "summary for patient 3")
    assert stage.slots["need"] == "transport"
    assert "Back to the case before" in told[0]["text"]
    stage.say("followup", "case b")
    assert stage.slots["place"] == "Merced"
    assert len(stage.slots["cases"]) == 2
