"""Nobody is left without somebody to call: 58 counties, every kind, need and program, both languages."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from directory import plans
from directory.eligibility import rules
from directory.eligibility.strict import Text
from directory.model import Language, Need
from directory.plans import load
from directory.text import offices as words

TODAY = date(2026, 11, 22)
COUNTIES = sorted(plans.counties())
ASKED = [*plans.kinds(), *rules.programs(), *(need.value for need in Need)]
LOCAL = {
    *("county_benefits", "ihss", "housing_authority", "coordinated_entry", "aging", "adult_protective_services"),
    *("energy", "wic", "legal_aid"),
}
SOMEWHERE = re.compile(
    r"\b211\b|\b1-\d{3}-\d{3}-\d{4}\b|Medi-Cal card|tarjeta de Medi-Cal|your bill|su recibo|school|escuela"
)


def test_the_kinds_of_which_a_county_has_its_own() -> None:
    assert {id for id, kind in plans.kinds().items() if kind.local} == LOCAL == set(plans.offices_in("Kern"))


def test_there_are_58_counties() -> None:
    assert len(COUNTIES) == 58


@pytest.mark.parametrize("county", COUNTIES)
def test_everything_ends_with_an_office_and_a_way_to_reach_it(county: str) -> None:
    for what in ASKED:
        office = plans.office(county, what)
        for language in Language:
            said = words.told(office, language, TODAY)
            assert office.name(language) and office.label.get(language)
            assert SOMEWHERE.search(said), said
            assert "{" not in said and "  " not in said
        assert words.told(office, Language.EN, TODAY) != words.told(office, Language.ES, TODAY)


@pytest.mark.parametrize("county", COUNTIES)
def test_every_cell_is_dated(county: str) -> None:
    for office in plans.offices_in(county).values():
        assert office.checked_on <= office.review_by
        assert office.source in rules.sources()
        assert office.verified == (office.source != "S_GK")


@pytest.mark.parametrize(
    ("what", "english", "spanish"),
    [
        (
            "coordinated_entry",
            "Call 211, day or night. Ask where to sign up for housing help (Coordinated Entry) in your county.",
            "Llame al 211, de día o de noche. Pregunte dónde apuntarse para ayuda de vivienda (Coordinated Entry) en "
            "su condado.",
        ),
        (
            "aging",
            "Call the Area Agency on Aging: 1-800-510-2020. Ask about: meals, rides and help at home, for people 60 "
            "and older.",
            "Llame a la Agencia para Personas Mayores: 1-800-510-2020. Pregunte por: comidas, viajes y ayuda en "
            "casa, para personas de 60 años o más.",
        ),
        (
            "wic",
            "Call California WIC: 1-800-852-5770 (we have not checked this number). Ask for the WIC office near you, "
            "or look at MyFamily.WIC.ca.gov.",
            "Llame a WIC de California: 1-800-852-5770 (no hemos confirmado este número). Pida la oficina de WIC más "
            "cercana, o vea MyFamily.WIC.ca.gov.",
        ),
    ],
)
def test_an_office_reads_well(what: str, english: str, spanish: str) -> None:
    office = plans.office("Kern", what)
    assert words.told(office, Language.EN, TODAY) == english
    assert words.told(office, Language.ES, TODAY) == spanish


def test_a_county_s_own_office_is_called_itself_and_not_through_211() -> None:
    cell = plans.Cell(
        Text("Kite County IHSS", "IHSS del condado Kite"),
        "1-661-555-0142",
        verified=True,
        checked_on=date(2026, 11, 21),
        review_by=date(2027, 5, 20),
        source="S_GK",
    )
    filled = dataclasses.replace(load.load(), cells={("Kern", "ihss"): cell})
    office = filled.office("Kern", "ihss", Text("", ""))
    assert office.county == "Kern"
    assert (
        words.told(office, Language.EN, TODAY)
        == "Call Kite County IHSS: 1-661-555-0142. Say you want to apply for help at home (IHSS)."
    )
    assert filled.office("Inyo", "ihss", Text("", "")).county is None
