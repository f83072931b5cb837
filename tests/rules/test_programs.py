"""The 39 programs as shipped: complete in both languages, short enough, dated, and found by what people call them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml

from directory.eligibility import rules
from directory.eligibility.conditions import All, AnyOf, Defined, Holds, Node
from directory.errors import RulesError
from directory.model import Language, Need, Reach

PROGRAMS = sorted(rules.programs())
COMPILED = date(2026, 11, 21)
WAIVER_ENDS = date(2026, 12, 31)
BARE_NEEDS = {
    *(
        "food",
        "groceries",
        "housing",
        "home",
        "rent",
        "ride",
        "rides",
        "transportation",
        "bus",
        "help",
        "care",
        "meals",
    ),
    *("comida", "alimentos", "vivienda", "casa", "renta", "transporte", "raite", "ayuda", "cuidado", "luz", "gas"),
}


def test_all_programs_of_the_fact_base_load() -> None:
    assert len(PROGRAMS) == 39
    assert list(rules.programs()) == [id for ids in rules.needs().values() for id in ids]


@pytest.mark.parametrize("id", PROGRAMS)
def test_every_text_has_its_twin_and_fits(id: str) -> None:
    program = rules.program(id)
    for language in Language:
        assert 20 <= len(program.what.get(language)) <= 300, "what a program is must fit two text messages"
        steps = program.steps.get(language)
        assert 2 <= len(steps) <= 5
        assert all(len(step) <= 140 for step in steps)
        assert len(program.short.get(language)) <= 60
        assert len(program.how_long.get(language)) <= 140
        assert len(program.names.get(language)) >= 4 or id == "info_211"
    assert len(program.steps.en) == len(program.steps.es)
    assert len(program.bring.en) == len(program.bring.es)


@pytest.mark.parametrize("id", PROGRAMS)
def test_english_and_spanish_are_not_the_same_text(id: str) -> None:
    program = rules.program(id)
    assert program.what.en != program.what.es
    assert not set(program.steps.en) & set(program.steps.es)


@pytest.mark.parametrize("id", PROGRAMS)
@pytest.mark.parametrize(
    "promise", ["you qualify", "you are eligible", "you will get", "usted califica", "tiene derecho"]
)
def test_nothing_is_promised(id: str, promise: str) -> None:
    program = rules.program(id)
    said = [program.what.en, program.what.es, *program.steps.en, *program.steps.es, program.who_decides.en]
    assert not [text for text in said if promise in text.lower()]


@pytest.mark.parametrize("id", PROGRAMS)
def test_dates_follow_the_rule(id: str) -> None:
    program = rules.program(id)
    days = 180 if program.status == "verified" else 30
    assert program.checked_on == COMPILED
    assert program.review_by <= COMPILED + timedelta(days=days)
    assert program.rule(COMPILED) is not None, "a rule is in force on the day the facts were compiled"


@pytest.mark.parametrize("id", [id for id in PROGRAMS if id.startswith("cs_") and id != "cs_transitional_rent"])
def test_supports_under_the_waiver_are_looked_at_before_it_ends(id: str) -> None:
    assert rules.program(id).review_by <= WAIVER_ENDS


@pytest.mark.parametrize("id", ["cs_recuperative_care", "cs_stphh", "cbas"])
def test_no_rule_outlives_its_authority(id: str) -> None:
    program = rules.program(id)
    assert program.valid_until == WAIVER_ENDS
    assert program.rule(WAIVER_ENDS) is not None
    assert program.rule(WAIVER_ENDS + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("id", "on", "english", "spanish"),
    [
        ("nmt", date(2026, 11, 22), None, None),
        (
            "nmt",
            date(2027, 5, 21),
            "We last checked this on November 21, 2026. It may have changed. Ask your Medi-Cal plan.",
            "Lo revisamos por última vez el 21 de noviembre de 2026. Es posible que haya cambiado. "
            "Pregunte a su plan de Medi-Cal.",
        ),
        (
            "cs_recuperative_care",
            date(2027, 1, 1),
            "We know these rules only up to December 31, 2026. They may have changed. "
            "Ask the hospital staff or your Medi-Cal plan.",
            "Solo conocemos estas reglas hasta el 31 de diciembre de 2026. Es posible que hayan cambiado. "
            "Pregunte al personal del hospital o a su plan de Medi-Cal.",
        ),
        (
            "food_bank",
            date(2026, 11, 22),
            "We could not check this with an official source. Call the place or 211.",
            "No pudimos comprobar esto con una fuente oficial. Llame al lugar o al 211.",
        ),
        (
            "liheap",
            date(2026, 11, 22),
            "We worked out some of the numbers on November 21, 2026. They may be off. Ask your local LIHEAP agency.",
            "Calculamos algunas de las cifras el 21 de noviembre de 2026. Puede que no sean exactas. "
            "Pregunte a la agencia local de LIHEAP.",
        ),
    ],
)
def test_hedge(id: str, on: date, english: str | None, spanish: str | None) -> None:
    hedge = rules.program(id).hedge(on)
    assert (hedge.en if hedge else None) == english
    assert (hedge.es if hedge else None) == spanish


def test_current_until_the_day_of_review_and_not_after() -> None:
    program = rules.program("nmt")
    assert program.current(program.review_by)
    assert not program.current(program.review_by + timedelta(days=1))


def test_each_need_is_named_and_lists_its_own_programs() -> None:
    assert set(rules.needs()) == set(rules.need_names()) == set(Need)
    for need, ids in rules.needs().items():
        assert all(rules.program(id).need == need for id in ids)
    assert rules.needs()[Need.FOOD][0] == "food_bank"
    assert rules.needs()[Need.LEGAL] == ()


@pytest.mark.parametrize("id", ["food_bank", "wic", "emergency_shelter", "cs_sobering", "cbas", "oaa_center_meals"])
def test_walk_in_places_go_by_distance(id: str) -> None:
    assert rules.program(id).reach is Reach.DISTANCE


@pytest.mark.parametrize("id", ["nmt", "ihss", "liheap", "calfresh", "cs_mtm", "ecm"])
def test_what_serves_an_area_goes_by_county(id: str) -> None:
    assert rules.program(id).reach is Reach.COUNTY


def test_no_name_stands_for_two_programs_or_for_a_bare_need() -> None:
    owner: dict[str, str] = {}
    for id in PROGRAMS:
        for name in {name for names in rules.program(id).names.values() for name in names}:
            assert owner.setdefault(name, id) == id, f"'{name}' is claimed by {owner[name]} and {id}"
    assert not BARE_NEEDS & set(owner)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("food stamps", "calfresh"),
        ("estampillas", "calfresh"),
        ("raite al doctor", "nmt"),
        ("transporte para mis citas", "nmt"),
        ("despensa", "food_bank"),
        ("albergue", "emergency_shelter"),
        ("medical respite", "cs_recuperative_care"),
        ("cuidado de recuperación", "cs_recuperative_care"),
        ("me pagan por cuidar", "ihss"),
        ("sección 8", "hcv"),
        ("promotora", "chw_services"),
    ],
)
def test_everyday_names(name: str, id: str) -> None:
    assert name in {name for names in rules.program(id).names.values() for name in names}


def test_files_keep_one_order_of_keys() -> None:
    orders = {id: list(yaml.safe_load((rules.FOLDER / "programs" / f"{id}.yml").read_text("utf-8"))) for id in PROGRAMS}
    longest = max(orders.values(), key=len)
    rank = {key: place for place, key in enumerate([*dict.fromkeys([*_HEAD, *longest])])}
    for id, keys in orders.items():
        assert keys == sorted(keys, key=lambda key: rank.get(key, 99)), id


_HEAD = [
    *("id", "need", "category", "reach", "plan_benefit", "status", "checked_on", "review_by", "valid_until", "sources"),
    *(
        "official_name",
        "short",
        "names",
        "aliases",
        "codes",
        "what",
        "steps",
        "how_long",
        "bring",
        "who_decides",
        "ask",
    ),
    *("say_carefully", "line", "try_first", "sides", "eligibility", "expedited", "record"),
]


def test_an_unknown_program_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(RulesError, match=r"no program 'foodstamps'.*calfresh"):
        rules.program("foodstamps")


def test_immigration_is_never_asked() -> None:
    asked = [condition for condition in rules.conditions().values() if condition.ask]
    for condition in asked:
        words = f"{condition.question.en} {condition.question.es}".lower()
        assert not [word for word in ("immigra", "migrat", "citizen", "ciudadan") if word in words], condition.id


def test_what_only_others_know_is_never_asked() -> None:
    assert {condition.answered_by for condition in rules.conditions().values() if condition.ask} == {"patient"}


def test_no_condition_definition_table_or_source_is_left_lying() -> None:
    trees = [rule.when for program in rules.programs().values() for rule in (*program.rules, *program.expedited)]
    trees += [rule.when for shared in rules.definitions().values() for rule in shared.rules]
    used = {leaf for tree in trees for leaf in _leaves(tree)}
    assert {f"def:{id}" for id in rules.definitions()} <= used
    assert set(rules.conditions()) <= used


def _leaves(node: Node) -> list[str]:
    if isinstance(node, Holds):
        return [node.condition]
    if isinstance(node, Defined):
        return [f"def:{node.definition}"]
    assert isinstance(node, All | AnyOf)
    return [leaf for part in node.parts for leaf in _leaves(part)]


@pytest.mark.parametrize(
    ("table", "on", "size", "figure"),
    [
        ("calfresh_gross_200", date(2026, 11, 21), 4, 5500),
        ("calfresh_gross_200", date(2026, 9, 30), 4, 5360),
        ("wic_185_month", date(2026, 11, 21), 2, 3337),
        ("fpl", date(2026, 11, 21), 1, 15960),
        ("medi_cal_assets", date(2026, 11, 21), 1, 130000),
    ],
)
def test_figures_are_those_of_the_day(table: str, on: date, size: int, figure: float) -> None:
    value = rules.tables()[table].on(on)
    assert value is not None
    assert value.by_size[size] == figure


@pytest.mark.parametrize(
    ("table", "on"), [("calfresh_max_allotment", date(2026, 10, 1)), ("calfresh_gross_200", date(2027, 10, 1))]
)
def test_a_figure_is_not_known_past_its_dates(table: str, on: date) -> None:
    assert rules.tables()[table].on(on) is None
