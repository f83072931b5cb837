"""With nothing published, in all 58 counties and both languages, a conversation ends with whom to call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from directory import plans
from directory.eligibility import rules
from directory.model import Language, Need
from tests.actions.conftest import NOW, Stage, responses

LANGUAGES = ("en", "es")
COUNTIES = sorted(plans.counties())
TODAY = NOW.date()
PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")
FAILED = frozenset(variant["text"] for variant in responses()["utter_failed"])
TECHNICAL = re.compile(
    r"directory|publish|database|error|none\b|null|traceback|\bfile\b|config|directorio|publicad|base de datos|archivo"
    r"|[{}<>]",
    re.IGNORECASE,
)
ENGLISH = re.compile(r"\b(?:Call|Ask for|Plans? in|Programs|or call|To apply)\b")
OF_PLAN = [id for id, program in rules.programs().items() if program.plan_benefit]
OF_COUNTY = [id for id, program in rules.programs().items() if not program.plan_benefit and id != "info_211"]


def lacks_for(message: dict[str, Any], county: str, office_of: str, names: Iterable[str], language: str) -> list[str]:
    """What a person in that county should have been told and was not."""
    text, phones = message["text"], message["custom"]["phones"]
    office = plans.office(county, office_of)
    way = office.phone or office.what_to_ask(Language(language))
    missing = [name for name in names if name not in text]
    missing += [] if way in text or office.kind == "plan" else [f"the office for {office_of}"]
    missing += [] if county in text else ["the county"]
    missing += [] if "211" in text and "211" in phones else ["211"]
    missing += [f"{phone} is in the text and not beside it" for phone in set(PHONE.findall(text)) - set(phones)]
    return [*missing, *odd_in(text, language)]


def odd_in(text: str, language: str) -> list[str]:
    """What nobody should read: a technical word, the fixed apology, English words in Spanish."""
    odd = [found[0] for found in [TECHNICAL.search(text)] if found]
    odd += ["the apology"] if text in FAILED else []
    return [*odd, *(ENGLISH.findall(text) if language == "es" else [])]


def lacks_plans(message: dict[str, Any], county: str) -> list[str]:
    """Of the plans that serve the county, and who knows which one somebody has: what was not told."""
    here = plans.plans_in(county)
    assert here, county
    missing = [plan.id for plan in here if f"{plan.short_name} {plan.phone}" not in message["text"]]
    which = plans.office(county, "plan_choice").phone or ""
    return [*missing, *(["who knows the plan"] if len(here) > 1 and which not in message["text"] else [])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("need", list(Need))
def test_each_need_in_each_county_ends_with_program_plans_office_and_211(
    empty: Path, need: Need, language: str
) -> None:
    wanting = {}
    known = [id for id in rules.needs()[need] if id != "info_211"][:3] or ["chw_services"]
    names = [rules.program(id).short.get(Language(language)) for id in known]
    for county in COUNTIES:
        stage = Stage()
        (asked,) = stage.say("find_provider", "x", need=need.value, language=language)
        assert asked["custom"]["kind"] == "question"
        (message,) = stage.say("inform", "x", place=f"{county} County", language=language)
        assert message["custom"]["kind"] == "none_found" and message["custom"]["county"] == county
        missing = [*lacks_for(message, county, need.value, names, language), *lacks_plans(message, county)]
        wanting.update({county: missing} if missing else {})
        (program,) = stage.say("inform", "1", language=language)
        assert program["custom"]["kind"] == "program" and program["custom"]["program"] == known[0], program
        assert not odd_in(program["text"], language), program["text"]
    assert not wanting, dict(list(wanting.items())[:3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_program_of_a_plan_in_each_county_ends_with_the_plans_there(empty: Path, language: str) -> None:
    wanting = {}
    for county in COUNTIES:
        for id in OF_PLAN:
            (message,) = Stage().say("find_provider", "x", program=id, place=f"{county} County", language=language)
            what = rules.program(id).what.get(Language(language))
            missing = [*lacks_for(message, county, id, [what], language), *lacks_plans(message, county)]
            wanting.update({(county, id): missing} if missing else {})
    assert len(OF_PLAN) > 15 and not wanting, dict(list(wanting.items())[:3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_other_program_in_each_county_ends_with_its_office_and_no_plan(empty: Path, language: str) -> None:
    wanting = {}
    for county in COUNTIES:
        numbers = {plan.phone for plan in plans.plans_in(county)}
        for id in OF_COUNTY:
            (message,) = Stage().say("find_provider", "x", program=id, place=f"{county} County", language=language)
            program = rules.program(id)
            missing = lacks_for(message, county, id, [program.what.get(Language(language))], language)
            missing += sorted(numbers & set(message["custom"]["phones"]))
            wanting.update({(county, id): missing} if missing else {})
    assert len(OF_COUNTY) > 15 and not wanting, dict(list(wanting.items())[:3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_whose_plan_is_known_is_told_that_plan_and_no_other(empty: Path, language: str) -> None:
    for county in COUNTIES:
        own, *others = plans.plans_in(county)
        (message,) = Stage().say(
            "find_provider", "x", need="transport", place=f"{county} County", plan=own.id, language=language
        )
        assert own.phone in message["custom"]["phones"] and own.phone in message["text"], message["text"]
        told = {plan.short_name for plan in others if plan.phone != own.phone and plan.phone in message["text"]}
        assert not told, (county, told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_directory_of_other_counties_leaves_nobody_with_less(home: Path, language: str) -> None:
    elsewhere = 0
    for county in COUNTIES:
        (message,) = Stage().say("find_provider", "x", need="food", place=f"{county} County", language=language)
        text = message["text"]
        if message["custom"]["kind"] == "listings":
            assert county in ("Stanislaus", "Merced") or "211" in text, text
            continue
        elsewhere += 1
        assert not lacks_for(message, county, "food", ["CalFresh"], language), text
        assert not lacks_plans(message, county), text
    assert elsewhere > 45


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_nobody_checked_stands_beside_the_card(empty: Path, language: str) -> None:
    card = {"en": "on your card", "es": "en su tarjeta"}[language]
    own_card = {"en": "number on your Medi-Cal card", "es": "número de su tarjeta de Medi-Cal"}[language]
    for county in COUNTIES:
        for need in Need:
            (message,) = Stage().say("find_provider", "x", need=need.value, place=f"{county} County", language=language)
            unsure = [plan for plan in plans.plans_in(county) if not plan.phone_stands(TODAY)]
            assert not unsure or card in message["text"] or own_card in message["text"], message["text"]
