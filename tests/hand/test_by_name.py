"""A place by the name that a caller says, and what is said of one that nobody is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.hand.test_hand import NEW, PANTRY, Puente, home, load, puente, shown

__all__ = ["home", "load", "puente"]  # fixtures

MESA = "2,Mesa: Peña's Meals,food_bank,Stanislaus,9 Elm St,Ceres,95307,209-555-0102,"
MESA_2 = "3,Mesa Peñas Kitchen,food_bank,Stanislaus,14 Elm St,Turlock,95380,209-555-0103,"

Load = Callable[..., None]


@pytest.mark.parametrize("said", ["Olivo Pantry", "olivo pantry", "OLIVO, PANTRY.", "Ólivo Pantry"])
def test_a_name_that_one_place_bears_is_enough(puente: Puente, load: Load, said: str) -> None:
    load(PANTRY, MESA)
    assert "209-555-0101" in puente("show", said).output
    puente("edit", said, "--phone", "209-555-0199")
    puente("notice", said, "Closed today")
    puente("publish")
    assert (shown("roster:1").phones[0].number, shown("roster:1").alert) == ("+12095550199", "Closed today")
    assert "roster:1: closed" in puente("decide", said, "closed", "--why", "boarded up").output


@pytest.mark.parametrize("said", ["Mesa", "mesa penas", "Mesa: Peñas", "peña"])
def test_nobody_guesses_between_two_places(puente: Puente, load: Load, said: str) -> None:
    load(PANTRY, MESA, MESA_2)
    for command in (("show",), ("edit",), ("notice",), ("decide",)):
        more = {"edit": ("--phone", "209-555-0199"), "notice": ("Closed",), "decide": ("closed", "--why", "x")}
        told = puente(*command, said, *more.get(command[0], ()), ok=False).output
        if said == "peña":  # "Peñas" begins so
            assert "roster:2" in told
        assert re.search(r"roster:2 .*Ceres .*209-555-0102", told) and "roster:1" not in told
        assert f"puente {command[0]} roster:" in told


def test_a_part_of_one_name_is_offered_and_not_taken(puente: Puente, load: Load) -> None:
    load(PANTRY, MESA)
    told = puente("edit", "Olivo", "--phone", "209-555-0199", ok=False).output
    assert "roster:1" in told and shown("roster:1").phones[0].number == "+12095550101"
    assert "puente search 'Quite Another'" in puente("show", "Quite Another", ok=False).output


def test_an_apostrophe_that_is_not_typed_finds_the_place(puente: Puente, load: Load) -> None:
    load(PANTRY, MESA.replace("Mesa: Peña's Meals", "St. Mary's Table"))
    assert "209-555-0102" in puente("show", "st marys table").output


def test_search_takes_words(puente: Puente, load: Load) -> None:
    load(PANTRY, MESA)
    assert "roster:1" in puente("search", "olivo").output and "roster:2" not in puente("search", "olivo").output
    assert puente("search", "olivo", "pantry").output == puente("search", "--words", "olivo pantry").output


def test_why_a_place_is_shown_to_nobody(puente: Puente, load: Load) -> None:
    load(PANTRY, MESA, MESA_2)
    puente("decide", "roster:2", "closed", "--why", "boarded up")
    load(PANTRY, MESA)
    told = puente("show", "roster:3", ok=False).output
    assert re.search(r"roster:3 is shown to nobody: left roster on \d{4}-\d\d-\d\d", told)
    told = puente("show", "roster:2", ok=False).output
    assert re.search(r"closed for good by Rosa on \d{4}-\d\d-\d\d: boarded up", told)
    puente("decide", "roster:1", "suspended", "--until", "2999-12-31", "--why", "roof")
    puente("publish", "--accept-gone")
    assert "suspended until 2999-12-31 by Rosa" in puente("show", "roster:1", ok=False).output
    puente("add", *NEW)
    assert "not published yet: puente publish" in puente("show", "hand:0001", ok=False).output
    assert "No published listing has the id" in puente("show", "roster:77", ok=False).output


def test_a_trial_of_a_decision_or_a_notice_keeps_nothing(puente: Puente, load: Load) -> None:
    load(PANTRY)
    for words in (("decide", "roster:1", "closed", "--why", "x"), ("notice", "roster:1", "Closed today")):
        assert "nothing was changed" in puente(*words, "--dry-run").output
    assert "No decision is in force" in puente("decisions").output
