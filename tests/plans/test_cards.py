"""Which plan a card means: its own name, a partner's name, several, or none."""

from __future__ import annotations

import pytest

from directory import plans
from directory.errors import RulesError
from directory.plans import load


@pytest.mark.parametrize(
    ("text", "county", "expected"),
    [
        ("Anthem Blue Cross", "Los Angeles", ("la_care",)),
        ("Blue Shield Promise", "Los Angeles", ("la_care",)),
        ("Anthem Blue Cross / L.A. Care Health Plan", "Los Angeles", ("la_care",)),
        ("L.A. Care", "Los Angeles", ("la_care",)),
        ("Molina", "Los Angeles", ("health_net",)),
        ("Health Net - Molina Healthcare", "Los Angeles", ("health_net",)),
        ("Health Net", "Los Angeles", ("health_net",)),
        ("Blue", "Los Angeles", ("la_care",)),
        ("Blue Shield", "San Diego", ("blue_shield_promise",)),
        ("healthnet", "Fresno", ("calviva",)),
        ("Health Net", "Kings", ("calviva",)),
        ("HEALTH NET", "Madera", ("calviva",)),
        ("CalViva Health / Health Net", "Fresno", ("calviva",)),
        ("Health Net", "Tulare", ("health_net",)),
        ("Health Net", "Imperial", ("chpiv",)),
        ("CHPIV", "Imperial", ("chpiv",)),
        ("Health Plan of San Joaquin", "El Dorado", ("mountain_valley",)),
        ("Health Plan of San Joaquin", "Stanislaus", ("hpsj",)),
        ("Mountain Valley", "San Joaquin", ("hpsj",)),
        ("la Alianza", "Alameda", ("alameda_alliance",)),
        ("la Alianza", "Merced", ("ccah",)),
        ("Anthem Blue Cross Partnership Plan", "Kern", ("anthem",)),
        # several may be meant
        ("Kaiser or Anthem", "Kern", ("kaiser", "anthem")),
        ("alliance", None, ("ccah", "alameda_alliance")),
        ("Health Net Molina", "Sacramento", ("health_net", "molina")),
        # a part of a name
        ("kern", "Kern", ("kern_family",)),
        ("san mateo", None, ("hpsm",)),
        # nobody there, nobody at all, nothing said
        ("IEHP", "Fresno", ()),
        ("Medi-Cal", "Kern", ()),
        ("health plan", None, ()),
        ("Aetna", "Kern", ()),
        ("", None, ()),
    ],
)
def test_plan_on_card(text: str, county: str | None, expected: tuple[str, ...]) -> None:
    assert tuple(plan.id for plan in plans.plan_on_card(text, county)) == expected


def test_another_name_is_told_with_a_way_to_check() -> None:
    (meaning,) = plans.meanings("Anthem", "Los Angeles")
    assert meaning.why and meaning.basis
    assert (
        meaning.why.en == "In Los Angeles, an Anthem card may be from L.A. Care. Call the number on the card to check."
    )
    assert "número de la tarjeta" in meaning.why.es
    assert meaning.basis.sources == ("S_LAC_HB",)


def test_the_plan_s_own_name_needs_no_reason() -> None:
    assert [meaning.why for meaning in plans.meanings("Anthem L.A. Care", "Los Angeles")] == [None]


@pytest.mark.parametrize("card", load.loaded().cards, ids=lambda card: card.id)
def test_every_sentence_says_to_check_and_names_the_plan(card: plans.Card) -> None:
    assert card.why.en.endswith("Call the number on the card to check.")
    assert card.why.es.endswith("Llame al número de la tarjeta para confirmar.")
    for county in card.counties:
        shown = plans.plan(card.shows)
        assert {plan.id for plan in plans.plan_on_card(shown.name, county)} >= set(card.means)


@pytest.mark.parametrize("plan", plans.plans().values(), ids=lambda plan: plan.id)
def test_each_plan_is_found_by_its_names_where_it_serves(plan: plans.Plan) -> None:
    for name in (plan.name, plan.short_name):
        for county in plan.counties:
            assert plan in plans.plan_on_card(name, county)


def test_a_long_text_is_bounded_and_a_county_must_exist() -> None:
    assert plans.plan_on_card("word " * 100_000 + "Kaiser", "Kern") == ()
    with pytest.raises(RulesError):
        plans.plan_on_card("Kaiser", "Nowhere")
