"""Patients read these texts: sixth grade in English, easy Spanish, and no phone that nobody has verified."""

from __future__ import annotations

import re
from statistics import median

import pytest

from directory import plans
from directory.eligibility import rules
from directory.eligibility.rules import Program
from directory.model import Language
from directory.text.reading import measure
from directory.text.register.promises import familiar

PROGRAMS = sorted(rules.programs())
NO_PLAN_CALL = {"cs_sobering"}
"""Plan benefits that nobody asks a plan for first: a sobering center's steps say 911 and 211."""


def grade(text: str) -> float:
    """The school grade of an English text, names taken out; a fragment is easy."""
    return measure(text, "en") or 0


def ease(text: str) -> float:
    """The ease of a Spanish text on the INFLESZ scale, names taken out; a fragment is easy."""
    return measure(text, "es") or 100


def said(program: Program, language: Language) -> tuple[str, str]:
    return program.what.get(language), " ".join(program.steps.get(language))


def test_the_middle_of_all_english_is_sixth_grade() -> None:
    for part in (0, 1):
        assert median(grade(said(rules.program(id), Language.EN)[part]) for id in PROGRAMS) <= 6


@pytest.mark.parametrize("id", PROGRAMS)
def test_no_english_is_above_eighth_grade(id: str) -> None:
    for text in said(rules.program(id), Language.EN):
        assert grade(text) <= 8, f"grade {grade(text):.1f}: {text}"


@pytest.mark.parametrize("id", PROGRAMS)
def test_spanish_reads_easily(id: str) -> None:
    for text in said(rules.program(id), Language.ES):
        assert ease(text) >= 55, f"ease {ease(text):.0f}: {text}"


@pytest.mark.parametrize("id", PROGRAMS)
def test_spanish_says_usted(id: str) -> None:
    program = rules.program(id)
    for text in (program.what.es, *program.steps.es, program.how_long.es, program.who_decides.es, program.ask.es):
        assert not familiar(text), text


def verified_numbers() -> set[str]:
    """911, and each statewide line that a source bears out."""
    lines = {
        program.line for program in rules.programs().values() if program.known_line and program.known_line.verified
    }
    kinds = ("info_211", "aging", "plan_choice", "sun_bucks", "safety_line")
    offices = [plans.office("Alpine", kind) for kind in kinds]
    return {"911", *(line for line in lines if line), *(o.phone for o in offices if o.phone and o.verified)}


@pytest.mark.parametrize("id", PROGRAMS)
def test_texts_name_only_verified_statewide_numbers(id: str) -> None:
    program = rules.program(id)
    texts = [program.what, program.how_long, program.who_decides, program.ask]
    said = [text.get(language) for text in texts for language in Language]
    said += [step for language in Language for step in (*program.steps.get(language), *program.bring.get(language))]
    said += [program.say_carefully.get(language) for language in Language if program.say_carefully]
    for text in said:
        numbers = re.findall(r"1-\d{3}-\d{3}-\d{4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\b[2-9]11\b", text)
        assert set(numbers) <= verified_numbers(), text


@pytest.mark.parametrize("id", PROGRAMS)
def test_both_languages_name_the_same_numbers_and_sites(id: str) -> None:
    program = rules.program(id)
    shape = re.compile(r"1-\d{3}-\d{3}-\d{4}|\b[2-9]11\b|\b[\w.]+\.(?:com|org|gov)\b|\$[\d,]+")
    for english, spanish in [(program.what.en, program.what.es), *zip(program.steps.en, program.steps.es, strict=True)]:
        assert sorted(shape.findall(english)) == sorted(shape.findall(spanish)), english


@pytest.mark.parametrize("id", [id for id in PROGRAMS if rules.program(id).plan_benefit and id not in NO_PLAN_CALL])
def test_what_a_plan_gives_says_to_call_the_number_on_the_card(id: str) -> None:
    assert "the number on your Medi-Cal card" in " ".join(rules.program(id).steps.en)
    assert "número de su tarjeta de Medi-Cal" in " ".join(rules.program(id).steps.es)
