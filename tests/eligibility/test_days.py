"""What is said of a program as days go by: it narrows on the right day, says so once, and names who decides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from directory.eligibility import rules
from directory.eligibility.assess import Situation, verdict
from directory.eligibility.facts import SIZE, Amount, Facts
from directory.eligibility.guides import guides
from directory.model import Language
from tests.eligibility.traveller import Traveller, travelling

LANGUAGES = ("en", "es")
HOME: Facts = {
    SIZE: Amount.exactly(3),
    "household_income_monthly_gross": Amount.exactly(2400),
    "abawd_status": "not_in_group",
}
KERN = {"plan": "kern_family", "place": "Bakersfield"}
DAYS = tuple(
    map(
        date.fromisoformat,
        (
            "2026-11-22", "2026-12-20", "2026-12-22", "2026-12-31", "2027-01-01", "2027-01-02", "2027-05-21",
            "2027-10-01", "2028-01-01",
        ),
    )
)  # fmt: skip


@pytest.fixture
def traveller(tmp_path: Path) -> Iterator[Traveller]:
    yield from travelling(tmp_path)


LAST = {  # the last day on which more than "I cannot tell" may be said
    "calfresh": "2026-12-21",
    "wic": "2026-12-21",
    "csfp": "2026-12-21",
    "liheap": "2026-12-21",
    "food_bank": "2026-12-21",
    "cbas": "2026-12-21",
    "cs_stphh": "2026-12-21",
    "cs_housing_navigation": "2026-12-21",
    "cs_mtm": "2026-12-31",
    "cs_recuperative_care": "2026-12-21",
    "cs_personal_care": "2026-12-31",
    "ecm": "2026-12-31",
    "medi_cal": "2026-12-31",
    "ihss": "2027-05-20",
    "nmt": "2027-05-20",
    "nemt": "2027-05-20",
    "school_meals": "2027-05-20",
}


@pytest.mark.parametrize("program", LAST)
def test_a_rule_claims_less_from_the_day_after_its_last(program: str) -> None:
    last = date.fromisoformat(LAST[program])
    here = Situation({**HOME, "has_medi_cal": True}, "kern_family", "Kern")
    known = {day: verdict(program, here, day) for day in (*DAYS, last, date.fromordinal(last.toordinal() + 1))}
    assert {day for day, found in known.items() if not found.because} == {day for day in known if day <= last}
    assert {found.outcome.value for day, found in known.items() if day > last} == {"cannot_tell"}
    assert all(not found.missing for day, found in known.items() if day > last)


ENDED = {"cbas", "cs_recuperative_care", "cs_stphh"}
OLD = {"en": "We last checked this on", "es": "Lo revisamos por última vez"}
OVER = {"en": "We know these rules only up to December 31, 2026", "es": "Solo conocemos estas reglas hasta el 31 de"}
COMPUTED = {"en": "We worked out some of the numbers", "es": "Calculamos algunas de las cifras"}
DECIDES = {"en": re.compile(r"\bdecides?\b", re.I), "es": re.compile(r"\bdecid(?:en?|ir)\b", re.I)}
CANNOT = {"en": "I cannot tell", "es": "no puedo saberlo"}


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", LAST)
def test_what_is_old_is_told_second_and_once(traveller: Traveller, program: str, language: str, channel: str) -> None:
    last = date.fromisoformat(LAST[program])
    for day in DAYS:
        traveller.to(day)
        told = traveller.verdict(language, program, HOME, channel=channel, **KERN)
        text, shown = told["text"], told["custom"]["verdict"]
        hedge = OVER if program in ENDED and day > date(2026, 12, 31) else OLD
        said = text.count(OLD[language]) + text.count(OVER[language])
        assert said == (day > last), f"{day}\n{text}"
        assert shown["as_of"] == day.isoformat()
        assert (shown["review_by"] < day.isoformat()) == (day > last), shown["review_by"]
        if day > last:
            lines = text.splitlines()
            first = next(number for number, line in enumerate(lines) if CANNOT[language] in line)
            assert hedge[language] in lines[first + 1], text
            assert rules.program(program).ask.get(Language(language)) in lines[first + 1], text
            assert hedge[language] in shown["reasons"][0] and shown["source"]
            assert rules.program(program).what.get(Language(language)) not in text
            assert rules.program(program).how_long.get(Language(language)) not in text
        if channel == "web":
            assert DECIDES[language].search(text), text


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_was_worked_out_is_told_with_a_hedge(traveller: Traveller, language: str, channel: str) -> None:
    for day, expected in ((date(2026, 11, 22), 1), (date(2026, 12, 21), 1), (date(2026, 12, 22), 0)):
        traveller.to(day)
        text = traveller.verdict(language, "calfresh", HOME, channel=channel, **KERN)["text"]
        assert text.count(COMPUTED[language]) == expected, text
        assert ("$" in text) == (expected == 1), text


NARROW = {  # program, day, what a person is told of the program itself: must, must not
    ("cs_stphh", "2026-12-31"): (OLD, ()),
    ("cs_stphh", "2027-01-01"): (OVER, ("same week", "misma semana")),
    ("cbas", "2027-01-02"): (OVER, ()),
    ("ecm", "2026-12-31"): (None, ("Every plan has ECM", "Todos los planes tienen ECM")),
    ("ecm", "2027-01-01"): (OLD, ("Every plan has ECM", "Todos los planes tienen ECM")),
    ("medi_cal", "2026-12-31"): (None, ()),
    ("medi_cal", "2027-01-01"): (OLD, ()),
    ("calfresh", "2027-05-20"): (None, ()),
    ("calfresh", "2027-05-21"): (OLD, ()),
    ("cs_transitional_rent", "2027-05-20"): (None, ()),
    ("cs_transitional_rent", "2027-05-21"): (OLD, ()),
    ("sun_bucks", "2026-12-22"): (OLD, ()),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["program_info", "how_to_apply"])
@pytest.mark.parametrize(("program", "day"), NARROW)
def test_a_program_that_is_old_says_so_at_once(
    traveller: Traveller, program: str, day: str, act: str, language: str
) -> None:
    must, must_not = NARROW[program, day]
    traveller.to(date.fromisoformat(day))
    text = traveller.says(language, act, "x", program=program, **KERN)[-1]["text"]
    assert text.count(OLD[language]) + text.count(OVER[language]) == (must is not None), text
    assert must is None or must[language] in text.splitlines()[1], text
    assert not [words for words in must_not if words in text]
    assert DECIDES[language].search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-31", "2027-01-01", "2028-01-01"])
def test_the_work_rule_of_medi_cal_is_told_by_its_day(traveller: Traveller, day: str, language: str) -> None:
    """A day is named and nothing is called new, soon or coming, so the sentence is as true after it as before."""
    traveller.to(date.fromisoformat(day))
    text = traveller.says(language, "program_info", "x", program="medi_cal")[-1]["text"]
    rule = {"en": "From January 1, 2027, there is a work rule", "es": "Desde el 1 de enero de 2027 hay una regla"}
    assert rule[language] in text
    assert not re.search(r"\b(?:soon|will start|will begin|pronto|empezará|comenzará)\b", text)


AGES = re.compile(
    r"\b(?:this|next|last) (?:year|month|season)\b|\b(?:recently|soon starts|este mes|el pr[oó]ximo año|recientemente|"
    r"próximamente|hace poco cambi\w+)\b",
    re.IGNORECASE,
)


def test_no_fixed_text_of_a_program_ages_by_itself() -> None:
    """`this year` may only stand in a question to somebody, who knows which year it is."""
    texts = {
        (id, key): text
        for id, program in rules.programs().items()
        for key, text in (
            ("what", program.what), ("how_long", program.how_long), ("decides", program.who_decides),
            *((f"sides.{kind}", side.text) for kind, side in program.sides.items()),
        )
        for text in (text.en, text.es)
    }  # fmt: skip
    aged = {key: text for key, text in texts.items() if AGES.search(text) and not re.search("Ask|Pregunte", text)}
    assert aged == {}


GIVEN = {  # what a plan is known to give in its county
    "2026-12-31": {"ecm", "nmt", "nemt", "cs_transitional_rent"},
    "2027-01-01": {"nmt", "nemt", "cs_transitional_rent"},
    "2027-05-20": {"nmt", "nemt", "cs_transitional_rent"},
    "2027-05-21": set(),
}


@pytest.mark.parametrize("day", GIVEN)
def test_what_a_plan_gives_is_known_until_a_day(traveller: Traveller, day: str) -> None:
    (plan,) = json.loads(traveller.runs("plans", "--plan", "kern", "--county", "Kern", "--on", day, "--json"))
    assert {id for id, offer in plan["gives"].items() if offer["offered"] == "yes"} == GIVEN[day]


@pytest.mark.parametrize(("day", "stands"), [("2027-05-20", True), ("2027-05-21", False)])
def test_a_ride_rule_that_nobody_looked_at_again_is_not_the_plans_own_any_more(
    traveller: Traveller, day: str, stands: bool
) -> None:
    asked = ("plans", "--plan", "partnership", "--on", day)
    (plan,) = json.loads(traveller.runs(*asked, "--json"))
    assert plan["ride_notice_known"] is stands
    assert ("it may have changed" in traveller.runs(*asked)) is not stands
    visit = date.fromordinal(date.fromisoformat(day).toordinal() + 30).isoformat()
    ride = json.loads(
        traveller.runs("ride", "--plan", "partnership", "--date", visit, "--kind", "nmt", "--on", day, "--json")
    )
    assert ride["known"] is stands and ride["today"] == day


CHECK = ("check", "calfresh", "--county", "Kern", "--fact", "size=3", "--fact", "income=2400")
SURE = ("--fact", "abawd_status=not_in_group")


@pytest.mark.parametrize(
    ("day", "outcome", "reason"),
    [
        ("2025-11-01", "cannot_tell", "No rule of that day is held here."),
        ("2026-11-22", "may_qualify", "$4,554"),
        ("2026-12-22", "cannot_tell", "We last checked this on November 21, 2026"),
        ("2027-10-01", "cannot_tell", "We last checked this on November 21, 2026"),
    ],
)
def test_a_day_asked_for_at_the_command_line(traveller: Traveller, day: str, outcome: str, reason: str) -> None:
    found = json.loads(traveller.runs(*CHECK, *SURE, "--on", day, "--json"))
    assert (found["outcome"], found["as_of"]) == (outcome, day)
    assert any(reason in told for told in found["reasons"]), found["reasons"]


def test_a_rule_that_is_old_asks_for_nothing_more(traveller: Traveller) -> None:
    asked = ("check", "cs_mtm", "--plan", "kern", "--county", "Kern", "--on")
    assert "--fact" in traveller.runs(*asked, "2026-12-31")
    assert "--fact" not in traveller.runs(*asked, "2027-01-01")
    assert "HOW LONG" not in traveller.runs(*asked, "2027-01-01")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("day", "old"), [("2026-12-21", 0), ("2026-12-22", 1), ("2028-01-01", 1)])
def test_a_guide_names_the_day_it_was_looked_at_once(traveller: Traveller, day: str, old: int, language: str) -> None:
    traveller.to(date.fromisoformat(day))
    for id, found in guides().items():
        text = traveller.says(language, "program_info", "x", guide=id)[-1]["text"]
        expected = old if date.fromisoformat(day) > found.basis.review_by else 0
        assert text.count(OLD[language]) == expected, text
        seen = {"en": "November 21, 2026", "es": "21 de noviembre de 2026"}[language]
        assert text.count(seen) == 1, text


# The clinic's own notes

_LOOKED = """\
- who: Ana
  on: 2026-12-22
  source: the chart of CDSS
  checked: [rule:calfresh, table:calfresh_gross_200, table:calfresh_net_100, program:calfresh, line:calfresh]
"""
_CHANGED = """\
- {who: Ana, on: 2027-09-20, source: the new chart of CDSS, changed: {table: calfresh_gross_200,
    from: 2027-10-01, until: 2028-09-30, by_size: {1: 2700, 2: 3700, 3: 4700}, each_extra: 1000}}
- {who: Ana, on: 2027-09-20, source: the county, checked: [rule:calfresh, program:calfresh]}
"""
CLINIC = {"en": "Source: this clinic,", "es": "Fuente: esta clínica,"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_clinic_checked_is_told_with_the_clinic_as_source(traveller: Traveller, language: str) -> None:
    traveller.notes(_LOOKED)
    traveller.to(date(2026, 12, 22))
    told = traveller.verdict(language, "calfresh", HOME, **KERN)
    assert told["custom"]["verdict"]["outcome"] == "may_qualify"
    assert "$4,554" in told["text"] and CLINIC[language] in told["text"]
    assert COMPUTED[language] not in told["text"] and OLD[language] not in told["text"]
    assert ("December 22, 2026" if language == "en" else "22 de diciembre de 2026") in told["text"]
    assert "noted at this clinic" not in json.dumps(told, ensure_ascii=False)
    assert told["custom"]["verdict"]["review_by"] == "2027-06-20"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_that_a_clinic_noted_count_from_their_day(traveller: Traveller, language: str) -> None:
    traveller.notes(_LOOKED + _CHANGED)
    for day, line in ((date(2027, 9, 30), None), (date(2027, 10, 1), "$4,700")):
        traveller.to(day)
        told = traveller.verdict(language, "calfresh", HOME, **KERN)
        assert (line in told["text"]) if line else ("$4,700" not in told["text"])
    assert CLINIC[language] in told["text"] and COMPUTED[language] not in told["text"]
    assert "the new chart of CDSS" in told["custom"]["verdict"]["source"]


def test_a_note_for_days_to_come_leaves_the_answers_of_past_days(traveller: Traveller) -> None:
    """What was looked at later is told with its later day; figures and outcome of a past day stay its own."""
    days = ("2025-11-01", "2026-11-22", "2026-12-21")
    before = {day: json.loads(traveller.runs(*CHECK, *SURE, "--on", day, "--json")) for day in days}
    traveller.notes(_LOOKED + _CHANGED)
    for day, was in before.items():
        now = json.loads(traveller.runs(*CHECK, *SURE, "--on", day, "--json"))
        assert [now[key] for key in ("outcome", "reasons", "missing", "as_of", "next")] == [
            was[key] for key in ("outcome", "reasons", "missing", "as_of", "next")
        ]
