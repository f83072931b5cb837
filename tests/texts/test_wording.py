"""The clinic's own words win where texts are loaded, for as long as they fit."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from directory import wording
from directory.eligibility import guides, rules, strict
from directory.errors import RulesError
from directory.model import Language
from directory.text import catalogue
from directory.text.register.every import every_text

ROOT = Path(wording.__file__).parents[1]


def own(home: Path, id: str, words: str, language: str = "es") -> None:
    item = {"id": id, "language": language, "words": words, "who": "A. Luna", "day": "2026-11-20"}
    shipped = next((text.ships(language) for text in every_text() if text.id == id), "")
    item["instead_of"] = wording.fingerprint(shipped)
    file = home / "texts.yml"
    kept = yaml.safe_load(file.read_text("utf-8")) if file.exists() else []
    file.write_text(yaml.safe_dump([*kept, item], allow_unicode=True).replace("'2026-11-20'", "2026-11-20"), "utf-8")


def test_without_a_file_what_ships_stands(home: Path) -> None:
    assert wording.own() == {}
    assert not (home / "texts.yml").exists()


def test_the_catalogue_says_the_clinics_words(home: Path) -> None:
    own(home, "no_list", "Aún no hay lista para {county}.")
    assert catalogue.say("no_list", Language.ES, county="Kern") == "Aún no hay lista para Kern."
    assert catalogue.say("no_list", Language.EN, county="Kern") == "We have no list for Kern County yet."


def test_words_that_lack_a_value_are_not_said(home: Path) -> None:
    own(home, "no_list", "Aún no hay lista.")
    assert "Kern" in catalogue.say("no_list", Language.ES, county="Kern")


def test_programs_conditions_and_guides_say_the_clinics_words(home: Path) -> None:
    guide = next(iter(guides.guides()))
    for id in ("program.calfresh.what", "program.calfresh.step.2", "condition.homebound.question", "need.food"):
        own(home, id, f"Otras palabras de {id}.")
    own(home, f"guide.{guide}.today.1", "Otro primer paso.")
    loaded = rules.load()
    calfresh = loaded.programs["calfresh"]
    assert calfresh.what.es == "Otras palabras de program.calfresh.what."
    assert calfresh.what.en == rules.program("calfresh").what.en
    assert calfresh.steps.es[1] == "Otras palabras de program.calfresh.step.2."
    assert calfresh.steps.es[0] == rules.program("calfresh").steps.es[0]
    assert loaded.conditions["homebound"].question.es.startswith("Otras palabras")
    assert guides.load()[guide].today.es[0] == "Otro primer paso."


def test_the_second_step_of_another_list_keeps_its_own_words(home: Path) -> None:
    own(home, "program.calfresh.step.2", "Otro paso.")
    file = home / "texts.yml"
    then = wording.own()["program.calfresh.step.2", "es"].instead_of
    file.write_text(file.read_text("utf-8").replace(then, "f" * 16), "utf-8")
    assert rules.load().programs["calfresh"].steps.es[1] == rules.program("calfresh").steps.es[1]


@pytest.mark.parametrize(
    "file", sorted({t.file for t in every_text() if t.file.endswith(".yml") and "bot" not in t.file})
)
def test_every_file_of_texts_is_read_where_the_clinics_words_are_laid_over(file: str, home: Path) -> None:
    text = next(text for text in every_text() if text.file == file)
    own(home, text.id, f"{text.es} (otra)")
    found = {
        twin.id: twin.get("es") for twin in wording.twins(strict.read(ROOT / file).value, wording.prefix(ROOT / file))
    }
    assert found[text.id] == f"{text.es} (otra)"
    assert next(each for each in every_text() if each.id == text.id).es == f"{text.es} (otra)"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{a: b", "not YAML"),
        ("a: b", "a list"),
        ("- {id: x}", "entry 1"),
        ("- {id: x, language: fr, words: a, who: b, day: 2026-11-20, instead_of: c}", "en or es"),
        ("- {id: x, language: es, words: '', who: b, day: 2026-11-20, instead_of: c}", "words"),
        ("- {id: x, language: es, words: a, who: b, day: soon, instead_of: c}", "a day"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(home: Path, text: str, named: str) -> None:
    (home / "texts.yml").write_text(text, "utf-8")
    with pytest.raises(RulesError, match=named) as error:
        wording.own()
    assert str(home / "texts.yml") in str(error.value)


@pytest.mark.parametrize("text", ["{a: b", "- {id: x}", None])
def test_a_file_that_cannot_be_read_leaves_nobody_without_an_answer(home: Path, text: str | None) -> None:
    file = home / "texts.yml"
    file.mkdir() if text is None else file.write_text(text, "utf-8")
    assert wording.words("any.text", "es", "Lo que viene.") == "Lo que viene."
    plain = {"en": "What ships.", "es": "Lo que viene."}
    wording.lay_over({"any": plain}, Path("any.yml"))
    assert plain["es"] == "Lo que viene."
    assert str(file) in str(wording.slip()) and "people read the texts that ship" in str(wording.slip())


@pytest.mark.parametrize(
    ("plain", "ids"),
    [
        ({"what": {"en": "a", "es": "b"}}, ["p.what"]),
        ({"steps": {"en": ["a", "b"], "es": ["c", "d"]}}, ["p.step.1", "p.step.2"]),
        ({"names": {"en": ["a"], "es": ["b"]}, "record": {"en": "a", "es": "b"}}, []),
        ({"x": {"choices": [{"value": "own", "label": {"en": "a", "es": "b"}}]}}, ["p.x.choice.own"]),
        ({"x": {"en": "a"}, "y": {"en": ["a"], "es": ["b", "c"]}}, []),
        ({"x": {True: {"en": "a", "es": "b"}}}, ["p.x.yes"]),
    ],
)
def test_every_pair_of_texts_has_an_id(plain: object, ids: list[str]) -> None:
    assert [twin.id for twin in wording.twins(plain, "p")] == ids


def test_a_translator_reads_where_each_text_is_told() -> None:
    unnamed = {text.room for text in every_text() if text.where.partition(":")[0] == text.room.capitalize()}
    assert unnamed <= {"guide", "program"}, "name the room in directory/text/register/every.py"


def test_the_notice_of_a_ride_without_a_rule_takes_the_clinics_words(home: Path) -> None:
    from directory.plans import load

    own(home, "ride.notice", "Llame 7 días hábiles antes.")
    assert load.load().ride_notice.es == "Llame 7 días hábiles antes."
