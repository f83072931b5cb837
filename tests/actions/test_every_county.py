"""Every item of the menu, in 58 counties and both languages, ends with a place, a phone or a named office."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.asking import MENU
from directory import plans
from directory.eligibility import rules
from directory.model import Language
from tests.actions.conftest import Stage

COUNTIES = sorted(plans.counties())
PHONE = re.compile(r"\b211\b|\b1?-?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
LANGUAGES = ("en", "es")


def offices(county: str, need: str, language: str) -> set[str]:
    """The names by which that county's office for a need may be told."""
    ids = (need, *rules.needs().get(next(item for item in MENU if item.value == need), ()))
    return {plans.office(county, id).name(Language(language)) for id in ids}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("published", [False, True])
def test_each_item_of_the_menu_ends_with_somebody_to_turn_to(
    home: Path, stages: Callable[..., Stage], language: str, published: bool
) -> None:
    if not published:
        (home / "directory.db").unlink()
    silent = []
    for county in COUNTIES:
        for need in MENU:
            place = f"{county} County"
            said = stages().say("find_provider", "x", need=need.value, place=place, language=language)
            text = "\n".join(message["text"] for message in said)
            listed = any(message["custom"].get("listings") for message in said)
            named = any(name in text for name in offices(county, need.value, language))
            if not (listed or PHONE.search(text) or named) or county not in text:
                silent.append((county, need.value, text))
    assert not silent, silent[:3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_program_in_each_county_says_whom_to_turn_to(language: str) -> None:
    for county in COUNTIES:
        for id in rules.programs():
            office = plans.office(county, id)
            assert office.name(Language(language)) and office.what_to_ask(Language(language)), (county, id)
