from __future__ import annotations

import pytest

from directory import places
from directory.model import Language
from directory.text.place import option_name, problem

EN, ES = Language.EN, Language.ES


def test_a_place_has_no_problem() -> None:
    assert problem(places.resolve("95354"), EN) is None


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("9535", "five numbers", "cinco números"),
        ("Reno", "not in California", "no está en California"),
        ("xyzzy", "do not know the place", "No conocemos el lugar"),
        ("Orange", "city of Orange; Orange County", "ciudad de Orange; condado de Orange"),
    ],
)
def test_each_kind_of_none_says_what_to_write_instead(text: str, english: str, spanish: str) -> None:
    found = places.resolve(text)
    assert english in str(problem(found, EN))
    assert spanish in str(problem(found, ES))


def test_a_long_text_is_not_repeated_whole() -> None:
    assert len(str(problem(places.UnknownPlace("x" * 5000), EN))) < 200


@pytest.mark.parametrize("text", ["Orange", "San Mateo", "Westlake Village", "Chinatown", "Mission Hills"])
@pytest.mark.parametrize("language", list(Language))
def test_what_we_offer_is_understood_when_it_is_written_back(text: str, language: Language) -> None:
    found = places.resolve(text)
    assert isinstance(found, places.Ambiguous)
    for option in found.options:
        back = places.resolve(option_name(option, language))
        assert (getattr(back, "name", None), getattr(back, "county", None)) == (option.name, option.county)


def test_a_zip_over_a_county_line_offers_its_counties() -> None:
    lines = [places.resolve(zip) for zip in ("95322", "95230", "93243", "94514")]
    found = next(place for place in lines if isinstance(place, places.OverCountyLine))
    for language in Language:
        sentence = str(problem(found, language))
        assert all(option.county in sentence for option in found.options)
        assert [places.resolve(option_name(option, language)) for option in found.options] == list(found.options)
