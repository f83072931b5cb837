"""What every text keeps to: both languages, usted, no promise, the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from directory import wording
from directory.text import catalogue
from directory.text.reading import exceptions
from directory.text.register.every import every_text, staff_text
from directory.text.register.promises import familiar, promised, unlike

ROOT = Path(__file__).parents[2]
TEXTS = {text.id: text for text in every_text()}


def test_every_text_is_there_in_both_languages() -> None:
    assert [id for id, text in TEXTS.items() if not text.en.strip() or not text.es.strip()] == []


def test_ids_are_unique() -> None:
    assert len(TEXTS) == sum(1 for _ in every_text())


def test_spanish_says_usted() -> None:
    excused = exceptions("usted")
    assert {id: familiar(t.es) for id, t in TEXTS.items() if (id, "es") not in excused and familiar(t.es)} == {}


def test_nothing_is_promised() -> None:
    assert {id: found for id, t in TEXTS.items() if (found := [*promised(t.en), *promised(t.es)])} == {}


def test_both_languages_name_the_same_figures_addresses_and_values() -> None:
    excused = exceptions("figures")
    assert {id: odd for id, t in TEXTS.items() if (id, "es") not in excused and (odd := unlike(t.en, t.es))} == {}


def test_an_excuse_for_a_figure_is_needed() -> None:
    assert [id for id, _ in exceptions("figures") if not unlike(TEXTS[id].en, TEXTS[id].es)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tú puedes llamar.", ["Tú", "puedes"]),
        ("Llama al 211.", ["Llama"]),
        ("Diga su nombre. Pide tu tarjeta.", ["Pide", "tu"]),
        ("Llame al 211. La clínica manda el papel a su casa.", []),
        ("¿Necesitas comida?", ["Necesitas"]),
        ("¿Tiene actitud? Su tutor lo llama.", []),
    ],
)
def test_tu_is_found(text: str, found: list[str]) -> None:
    assert familiar(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You qualify for CalFresh.", ["You qualify"]),
        ("You are eligible.", ["You are eligible"]),
        ("Usted califica.", ["Usted califica"]),
        ("You may qualify for this help.", []),
        ("Ask if you qualify.", []),
        ("Tal vez usted califique para esta ayuda.", []),
        ("You are now eligible for it.", ["You are now eligible"]),
    ],
)
def test_a_promise_is_found(text: str, found: list[str]) -> None:
    assert promised(text) == found


@pytest.mark.parametrize(
    ("english", "spanish", "odd"),
    [
        ("Call 211.", "Llame al 211.", []),
        ("Call 211.", "Llame al 911.", ["211", "911"]),
        ("Up to $1,500 in 30 days.", "Hasta $1,500 en 30 días.", []),
        ("Up to $1,500.", "Hasta $1,600.", ["$1500", "$1600"]),
        ("See lawhelpca.org.", "Vea lawhelp.org.", ["lawhelp.org", "lawhelpca.org"]),
        ("{name}: {phone}", "{name}", ["{phone}"]),
        ("1-800-555-0123", "1-800-555-0124", ["1-800-555-0123", "1-800-555-0124"]),
    ],
)
def test_figures_that_differ_are_found(english: str, spanish: str, odd: list[str]) -> None:
    assert unlike(english, spanish) == odd


def test_what_only_staff_read_is_in_no_sheet() -> None:
    staff = {text.id for text in staff_text()}
    assert {id for id in staff if id.startswith("desk.")}
    assert not staff & set(TEXTS)
    assert set(catalogue.shipped("en")) <= staff | set(TEXTS)


@pytest.mark.parametrize(
    "id",
    [
        "assistant.ask.place", "bot.utter_thanks", "channel.away", "condition.homebound.question", "hedge.overdue",
        "need.food", "program.calfresh.what", "program.calfresh.step.1", "program.calfresh.bring.2", "page.title",
        "condition.ecm_population.choice.justice_involved", "decider.county", "definition.dhcs_homeless",
    ],
)  # fmt: skip
def test_ids_can_be_read(id: str) -> None:
    assert id in TEXTS


def test_no_text_in_both_languages_stands_outside_the_register() -> None:
    """Words that people write are lower case without an end; reasons in reviews are for staff."""
    known = {ROOT / text.file for text in [*TEXTS.values(), *staff_text()]}
    files = [file for package in ("actions", "bot", "directory") for file in (ROOT / package).rglob("*.yml")]
    outside = [file for file in files if file not in known and file.name != "reasons.yml"]
    found = {file: list(wording.twins(yaml.safe_load(file.read_text("utf-8")), "x")) for file in outside}
    said = {
        file: [t.id for t in twins if re.match(r"[A-Z¿¡].* |.*[.!?]$", t.get("es"))] for file, twins in found.items()
    }
    assert {file.name: ids for file, ids in said.items() if ids} == {}


def test_where_a_text_is_read_is_told() -> None:
    assert TEXTS["program.calfresh.step.1"].where == "Program: CalFresh (food stamps), step 1"
    assert TEXTS["program.calfresh.step.1"].file == "directory/eligibility/programs/calfresh.yml"


def test_every_file_named_is_there() -> None:
    assert [file for file in sorted({text.file for text in TEXTS.values()}) if not (ROOT / file).exists()] == []
