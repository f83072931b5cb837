from __future__ import annotations

import re

import pytest

from directory.errors import RulesError
from directory.model import Language
from directory.text import catalogue
from directory.text.catalogue import keys, placeholders, say

EN, ES = Language.EN, Language.ES


def test_both_languages_have_the_same_keys() -> None:
    assert keys(EN) == keys(ES)


@pytest.mark.parametrize("key", sorted(keys(EN)))
def test_both_languages_take_the_same_values(key: str) -> None:
    assert placeholders(key, EN) == placeholders(key, ES)


def test_a_sentence_is_not_left_in_the_other_language() -> None:
    same = {key for key in keys(EN) if _bare(key, EN) == _bare(key, ES) and len(_bare(key, EN).split()) > 1}
    assert same == set()


def _bare(key: str, language: Language) -> str:
    """The text's own words."""
    text = say(key, language, **dict.fromkeys(placeholders(key, language), "0"))
    return " ".join(re.findall(r"[^\W\d_]+", text))


def test_values_are_put_in() -> None:
    assert say("no_list", EN, county="Kern") == "We have no list for Kern County yet."
    assert say("no_list", ES, county="Kern") == "Todavía no tenemos una lista para el condado de Kern."


@pytest.mark.parametrize(
    ("key", "values", "named"),
    [
        ("no_such_key", {}, "no_such_key"),
        ("no_list", {}, "county"),
        ("no_list", {"county": None}, "county"),
        ("no_list", {"conty": "Kern"}, "county"),
    ],
)
def test_a_missing_text_or_value_is_an_error_that_names_it(key: str, values: dict[str, object], named: str) -> None:
    with pytest.raises(RulesError, match=named):
        say(key, EN, **values)


@pytest.mark.parametrize("value", ["{county}", "a \\1 b", "50%"])
def test_a_value_is_never_read_as_a_placeholder(value: str) -> None:
    assert say("no_list", EN, county=value) == f"We have no list for {value} County yet."


@pytest.mark.parametrize("text", ["", "  ", None, 5, "a {b", "a } b", "{Big}", "{two words}"])
def test_a_text_that_people_would_read_wrong_is_refused(text: object) -> None:
    with pytest.raises(RulesError, match=r"xx\.yml"):
        catalogue._checked("xx.yml", "key", text)


def test_a_key_that_yaml_takes_for_something_else_is_refused() -> None:
    with pytest.raises(RulesError, match="True"):
        list(catalogue._flat("xx.yml", {"open": {True: "yes"}}))


def test_spanish_runs_de_and_el_together_before_a_county_and_leaves_names_alone() -> None:
    county = catalogue.say("place.county", Language.ES, county="Humboldt")
    assert "cerca del condado de Humboldt" in catalogue.say(
        "header", Language.ES, what="Comida", place=county, filters=""
    )
    assert "cerca de El Monte" in catalogue.say("header", Language.ES, what="Comida", place="El Monte", filters="")
