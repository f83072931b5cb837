"""Patients read these texts: sixth grade in English, easy Spanish, and no phone that nobody has verified."""

from __future__ import annotations

import re
from statistics import median

import pytest

from directory import plans
from directory.eligibility import rules
from directory.eligibility.rules import Program
from directory.model import Language

PROGRAMS = sorted(rules.programs())
NAMES = re.compile(
    r"Medi-Cal|CalFresh|BenefitsCal\.com|CoveredCA\.com|MyFamily\.WIC\.ca\.gov|lawhelpca\.org|csd\.ca\.gov|Medicare|"
    r"Area Agency on Aging|Agencia para Personas Mayores|Health Care Options|"
    r"Assisted Living (?:Waiver|Facility Transitions)|Coordinated Entry|Entrada Coordinada|"
    r"Community Supports?|Community or Home Transition Services|"
    r"Asthma (?:Remediation|Preventive Services)|Enhanced Care Management|\"[^\"]+\"|\([A-Z-]{2,}\)|"
    r"\b[A-Z]{2,}[0-9]*\b|1-\d{3}-\d{3}-\d{4}|[Aa]poyo [Cc]omunitario"
)
NO_PLAN_CALL = {"cs_sobering"}
"""Plan benefits that nobody asks a plan for first: a sobering center's steps say 911 and 211."""


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)


def sentences(text: str) -> int:
    return max(1, len(re.findall(r"[.!?]+(?=\s|$)", text)))


def english_syllables(word: str) -> int:
    plain = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]{1,2}", plain)))


def spanish_syllables(word: str) -> int:
    return max(1, len(re.findall(r"[iuü]?[aeoáéó][iuyü]?|[iuíúü]+|y$", word.lower())))


def grade(text: str) -> float:
    """Flesch-Kincaid grade, names taken out."""
    plain = NAMES.sub("", text)
    found = words(plain)
    return 0.39 * len(found) / sentences(plain) + 11.8 * sum(map(english_syllables, found)) / len(found) - 15.59


def ease(text: str) -> float:
    """Fernandez-Huerta reading ease, names taken out; 60 and more reads as sixth or seventh grade."""
    plain = NAMES.sub("", text)
    found = words(plain)
    return 206.84 - 60 * sum(map(spanish_syllables, found)) / len(found) - 1.02 * len(found) / sentences(plain)


def said(program: Program, language: Language) -> tuple[str, str]:
    return program.what.get(language), " ".join(program.steps.get(language))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat. The dog ran.", -3, 2),
        (
            "Notwithstanding administrative considerations, eligibility determinations necessitate documentation.",
            20,
            60,
        ),
    ],
)
def test_the_measure_itself(text: str, low: float, high: float) -> None:
    assert low < grade(text) < high


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
        assert ease(text) >= 60, f"ease {ease(text):.0f}: {text}"


@pytest.mark.parametrize("id", PROGRAMS)
def test_spanish_says_usted(id: str) -> None:
    program = rules.program(id)
    familiar = re.compile(r"\b(?:[Tt]ú|[Tt]us?|ti|contigo|Llama|Pide|puedes|tienes|necesitas|debes|quieres)\b")
    for text in (program.what.es, *program.steps.es, program.how_long.es, program.who_decides.es, program.ask.es):
        assert not familiar.findall(text), text


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
