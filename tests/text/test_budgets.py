"""What a text message may take: the budgets, and the catalogue's texts in both languages with long values in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.errors import RulesError
from directory.model import Language
from directory.reply import Kind
from directory.text import budget, catalogue, gsm

OWN = {"assistant.privacy.sms"}
"""Said by text instead of `assistant.privacy.told`, and no short form of a key."""
SHORT = sorted(key for key in catalogue.keys(Language.EN) if key.endswith(catalogue.SHORT) and key not in OWN)
LONG_VALUES = {
    "place": "95354 (Modesto)",
    "county": "San Bernardino",
    "plan": "Health Net Community Solutions",
    "phone": "1-800-675-6110",
    "name": "Community Action Partnership of San Bernardino",
    "clinic": "Golden Valley Health Centers (209-555-0100)",
    "day": "21 de noviembre de 2026",
    "language": "vietnamita",
    "what": "Ayuda con la luz y el gas",
    "program": "Ayuda con la luz y el gas (LIHEAP)",
    "number": "30",
    "count": "30",
    "total": "300",
    "limit": "$13,607",
    "size": "14 personas",
}
NOT_BY_TEXT = ("desk", "plain", "paper", "leaflet", "sign", "table", "words", "inventory")
WHOLE = {
    "assistant.privacy.told",  # the page's; by text `privacy.sms` is said
    "assistant.notice.nondiscrimination",  # the page's: the law's own words
    "assistant.notice.language_help",  # the page's
    "assistant.crisis.abuse",  # three lines of help in one text, and none may be cut off
    "assistant.let_down",  # three steps after a ride that did not come, and 911
    "assistant.ride.careful",  # told among the facts of a ride, which take four
}


def said(key: str, language: Language) -> str:
    return catalogue.say(key, language, **{name: LONG_VALUES.get(name, "comida") for name in names(key, language)})


def names(key: str, language: Language) -> frozenset[str]:
    return catalogue.placeholders(key, language)


@pytest.mark.parametrize("language", Language)
def test_every_text_keeps_to_two_segments_in_a_text_message(language: Language) -> None:
    with catalogue.by_text():
        keys = [key for key in catalogue.keys(language) if key.partition(".")[0] not in NOT_BY_TEXT]
        long = {key: gsm.segments(said(key, language)) for key in keys if not key.endswith(catalogue.SHORT)}
    assert len(long) > 800
    assert {key: count for key, count in long.items() if count > 2 and key not in WHOLE} == {}
    assert max(count for key, count in long.items() if "crisis" in key) <= budget.most(Kind.CRISIS)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", SHORT)
def test_a_short_form_is_of_a_text_that_is_there_takes_no_other_values_and_is_no_longer(
    key: str, language: Language
) -> None:
    whole = key.removesuffix(catalogue.SHORT)
    assert whole in catalogue.keys(language)
    assert names(key, language) - names(whole, language) <= {"number"}
    assert gsm.segments(said(key, language)) <= max(2, gsm.segments(said(whole, language)))


@pytest.mark.parametrize("key", SHORT)
def test_a_short_form_in_spanish_costs_no_more_than_in_english(key: str) -> None:
    spanish = catalogue.shipped("es")[key]
    assert gsm.encoding(spanish) == "GSM-7" or gsm.segments(spanish) == 1, spanish


def test_a_short_form_is_said_by_text_alone() -> None:
    long, short = (catalogue.shipped("es")[key] for key in ("assistant.ask.place", "assistant.ask.place.sms"))
    assert catalogue.say("assistant.ask.place", Language.ES) == long
    with catalogue.by_text():
        assert catalogue.say("assistant.ask.place", Language.ES) == short
        with catalogue.by_text(False):
            assert catalogue.say("assistant.ask.place", Language.ES) == long
    assert catalogue.say("assistant.ask.place", Language.ES) == long


@pytest.mark.parametrize("kind", Kind)
def test_no_budget_is_above_four(kind: Kind) -> None:
    assert 1 <= budget.most(kind) <= 4


def test_a_kind_without_a_budget_of_its_own_has_two() -> None:
    assert budget.most(Kind.MENU) == 2
    assert budget.fits("a" * 306, Kind.MENU) and not budget.fits("a" * 307, Kind.MENU)
    assert budget.fits("á" * 134, Kind.MENU) and not budget.fits("á" * 135, Kind.MENU)
    assert budget.fits("a" * 612, Kind.LISTINGS) and not budget.fits("á" * 269, Kind.LISTINGS)


@pytest.mark.parametrize(
    "plain",
    ["normal: 2", "normal: 2\nkinds: [a]", "normal: 2\nkinds:\n  list: 4", "normal: 0\nkinds:\n  listings: 4",
     "normal: 2\nkinds:\n  listings: many", "normal: 2\nkinds:\n  listings: 4\nmore: 1"],
)  # fmt: skip
def test_a_table_of_budgets_with_a_slip_is_refused(plain: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "budgets.yml"
    file.write_text(plain, "utf-8")
    monkeypatch.setattr(budget, "_FILE", file)
    budget._table.cache_clear()
    try:
        with pytest.raises(RulesError, match=r"budgets\.yml"):
            budget.most(Kind.LISTINGS)
    finally:
        budget._table.cache_clear()
