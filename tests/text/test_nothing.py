"""Nothing found is never a dead end."""

from __future__ import annotations

import dataclasses
import re

import pytest

from directory import plans
from directory.eligibility import rules
from directory.model import (
    Language,
    Need,
)
from directory.search import Query, SearchResult
from directory.text import listing as words
from tests.text.told import COUNTY, EN, TODAY


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_sent_to_211_twice(language: Language) -> None:
    subjects = [{"need": need} for need in Need] + [{"program": program} for program in rules.programs()]
    for subject in subjects:
        for county in ("Humboldt", "Stanislaus", "Los Angeles"):
            place = dataclasses.replace(COUNTY, county=county)
            nothing = words.none_found(
                SearchResult(Query(**subject, place=place), (), 0, (), covered=True), language, TODAY
            )
            about = rules.program(subject["program"]).what.get(language) if "program" in subject else ""
            sent = re.findall(r"(?:call|llame al) 211", nothing.text.replace(about, ""), re.I)
            assert len(sent) <= 1 and "211" in nothing.text, nothing.text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("program", list(rules.programs()))
def test_nothing_found_for_a_program_tells_the_program_and_who_to_call(program: str, language: Language) -> None:
    query = Query(program=program, place=COUNTY, plan="partnership" if "partnership" in plans.plans() else None)
    nothing = words.none_found(SearchResult(query, (), 0, (), covered=True), language, TODAY)
    assert rules.program(program).what.get(language) in nothing.text
    in_text = re.findall(r"1-\d{3}-\d{3}-\d{4}|\b211\b", nothing.text)
    assert set(nothing.phones) <= set(in_text)


@pytest.mark.parametrize("plan", list(plans.plans()))
def test_a_plans_unverified_number_stands_beside_the_number_on_the_card(plan: str) -> None:
    query = Query(program="nmt", place=COUNTY, plan=plan)
    nothing = words.none_found(SearchResult(query, (), 0, (), covered=True), EN, TODAY)
    assert plans.plan(plan).phone in nothing.phones
    assert plans.plan(plan).phone_verified or "or call the number on your card" in nothing.text
