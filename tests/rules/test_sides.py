"""The sides of a program: the loader refuses what nobody could trust, and each shipped answer can be read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from directory import plans
from directory.eligibility import rules
from directory.eligibility.basis import Basis
from directory.eligibility.sides import SIDES, Side, parse_sides
from directory.eligibility.strict import Entry, Period, Text
from directory.errors import RulesError
from tests.rules.test_reading import ease, grade, verified_numbers

FREE = {
    "en": "It is free.",
    "es": "Es gratis.",
    "status": "verified",
    "checked_on": date(2026, 11, 21),
    "review_by": date(2027, 5, 20),
    "sources": ["S_DHCS"],
}


def parsed(sides: object) -> dict[str, Side]:
    return dict(parse_sides(Entry(sides, Path("rides.yml"), "sides"), ["S_DHCS", "S_GK"]))


def changed(**by: Any) -> dict[str, object]:
    return {"cost": {**FREE, **by}}


def test_a_side_is_a_text_and_what_it_stands_on() -> None:
    basis = Basis(Period(), "verified", date(2026, 11, 21), date(2027, 5, 20), ("S_DHCS",))
    assert parsed({"cost": FREE}) == {"cost": Side(Text("It is free.", "Es gratis."), basis)}


def test_a_side_may_have_a_first_and_a_last_day() -> None:
    days = {"from": date(2026, 12, 1), "until": date(2027, 5, 31)}
    assert parsed(changed(**days))["cost"].basis.period == Period(days["from"], days["until"])


def test_sides_come_in_one_order() -> None:
    assert list(parsed(dict.fromkeys(reversed(SIDES), FREE))) == list(SIDES)


def test_no_side_at_all_is_no_error() -> None:
    assert parsed({}) == {}


@pytest.mark.parametrize(
    ("sides", "says"),
    [
        ({"price": FREE}, r"rides\.yml, sides: the key 'price' is unknown"),
        (changed(tone="kind"), r"rides\.yml, sides\.cost: the key 'tone' is unknown"),
        (changed(sources=[]), r"rides\.yml, sides\.cost\.sources: no source is named"),
        (changed(sources=["S_NOBODY"]), r"rides\.yml, sides\.cost\.sources: .*'S_NOBODY'"),
        (changed(es=" "), r"rides\.yml, sides\.cost\.es: a text"),
        (changed(status="sure"), r"rides\.yml, sides\.cost\.status: 'sure'"),
        (changed(review_by=date(2026, 1, 1)), r"sides\.cost\.review_by: it lies before"),
        (changed(until=date(2026, 12, 31)), r"sides\.cost\.review_by: it lies after 'until'"),
        (changed(**{"from": date(2028, 1, 1), "until": date(2027, 12, 31)}), r"sides\.cost\.until: it lies before"),
        ({"cost": {key: FREE[key] for key in FREE if key != "sources"}}, r"sides\.cost: the key 'sources' is missing"),
        ([FREE], r"rides\.yml, sides: names with values"),
    ],
)
def test_refused(sides: object, says: str) -> None:
    with pytest.raises(RulesError, match=says):
        parsed(sides)


ALWAYS = ("cost", "who_decides", "if_refused")
"""What people ask of every program, so that silence is no answer."""

TOLD = [(program.id, kind) for program in rules.programs().values() for kind in program.sides]
PROMISE = re.compile(
    r"you (?:will )?qualify|you are eligible|you will get|usted califica|(?:usted )?es elegible|va a recibir", re.I
)
FAMILIAR = re.compile(r"\b(?:[Tt]ú|[Tt]us?|ti|contigo|Llama|Pide|puedes|tienes|necesitas|debes|quieres|eres)\b")
NUMBER = re.compile(r"\$?\d[\d,/-]*\d|\$?\d")
PHONE = re.compile(r"1-\d{3}-\d{3}-\d{4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\b[2-9]11\b")
SITE = re.compile(r"\b[\w.]+\.(?:com|org|gov)\b")
LOOK_AGAIN = {"verified": timedelta(days=180), "computed": timedelta(days=30), "recalled": timedelta(days=30)}
LONGEST = 320
"""Two answers of ordinary text messages; who asks for one side wants a sentence or two."""

every_side = pytest.mark.parametrize(("id", "kind"), TOLD)


def told(id: str, kind: str) -> Side:
    return rules.program(id).sides[kind]


@pytest.mark.parametrize("id", sorted(rules.programs()))
def test_what_everybody_asks_is_answered(id: str) -> None:
    assert [kind for kind in ALWAYS if kind not in rules.program(id).sides] == []


@every_side
def test_a_side_can_be_read(id: str, kind: str) -> None:
    text = told(id, kind).text
    assert grade(text.en) <= 8, f"grade {grade(text.en):.1f}: {text.en}"
    assert ease(text.es) >= 55, f"ease {ease(text.es):.0f}: {text.es}"
    assert max(len(text.en), len(text.es)) <= LONGEST, text


def test_the_middle_of_all_english_sides_is_sixth_grade() -> None:
    assert median(grade(told(id, kind).text.en) for id, kind in TOLD) <= 6


@every_side
def test_a_side_promises_nothing_and_says_usted(id: str, kind: str) -> None:
    text = told(id, kind).text
    assert not PROMISE.findall(f"{text.en} {text.es}"), text
    assert not FAMILIAR.findall(text.es), text


@every_side
def test_both_languages_hold_the_same_numbers_and_sites(id: str, kind: str) -> None:
    text = told(id, kind).text
    assert sorted(NUMBER.findall(text.en)) == sorted(NUMBER.findall(text.es)), text
    assert sorted(SITE.findall(text.en)) == sorted(SITE.findall(text.es)), text


@every_side
def test_a_side_names_only_verified_numbers(id: str, kind: str) -> None:
    text = told(id, kind).text
    appeals = [plans.office("Alpine", office) for office in ("ombudsman", "state_hearing")]
    known = verified_numbers() | {office.phone for office in appeals if office.phone and office.verified}
    assert set(PHONE.findall(f"{text.en} {text.es}")) <= known, text


@every_side
def test_a_side_is_looked_at_again_in_time(id: str, kind: str) -> None:
    basis, end = told(id, kind).basis, rules.program(id).valid_until
    assert basis.review_by <= basis.checked_on + LOOK_AGAIN[basis.status]
    assert end is None or basis.review_by <= end
    assert ("S_GK" in basis.sources) == (basis.status == "recalled"), "general knowledge is recalled, not verified"


@pytest.mark.parametrize("id", [id for id, kind in TOLD if kind == "without_papers"])
def test_without_papers_asks_nothing_and_names_free_legal_help(id: str) -> None:
    text = told(id, "without_papers").text
    for said in (text.en, text.es):
        assert "?" not in said and "lawhelpca.org" in said, said


@pytest.mark.parametrize("id", [id for id, kind in TOLD if kind == "if_refused" and rules.program(id).plan_benefit])
def test_a_no_from_a_plan_can_be_appealed(id: str) -> None:
    text = told(id, "if_refused").text
    if id != "cs_sobering":  # no plan says no at that door
        assert "appeal" in text.en and "1-800-952-5253" in text.en, text


def test_one_limit_is_told_by_all_three_that_share_it() -> None:
    for id in ("cs_recuperative_care", "cs_stphh", "cs_transitional_rent"):
        text = told(id, "duration").text
        assert re.search(r"\b(?:6|six)\b.*\b12\b|\b12\b.*\b(?:6|six)\b", text.en, re.I | re.S), text
