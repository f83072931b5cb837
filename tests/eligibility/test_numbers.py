"""A number that nobody checked, or not for too long, never stands without its hedge, wherever a person meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory import plans
from directory.accounts import Role, people, sessions
from directory.desk.app import create_app
from directory.desk.frame.routes import COOKIE
from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.hours import PACIFIC
from directory.model import Need
from tests.eligibility.traveller import Traveller, travelling

LANGUAGES = ("en", "es")
DAYS = (date(2026, 11, 22), date(2026, 12, 22), date(2027, 5, 20), date(2027, 5, 21), date(2028, 1, 1))
"""Verified and recalled; recalled ones overdue; the last day of the verified ones; all overdue."""
PLANS = (("la_care", "Los Angeles"), ("kern_family", "Bakersfield"), ("partnership", "Santa Rosa"))

PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")
HEDGE = re.compile(
    r"number on (?:your|the) card|not checked|on your Medi-Cal card|no hemos (?:comprobado|confirmado|revisado)|"
    r"(?:al|el) número (?:de|que está en) su tarjeta|sin comprobar|sin revisar|no comprobado",
    re.IGNORECASE,
)
OLD = re.compile(
    r"We last checked this on|We know these rules only up to|could not check this|Lo revisamos por última vez|"
    r"Solo conocemos estas reglas|No pudimos comprobar"
)


@pytest.fixture
def traveller(tmp_path: Path) -> Iterator[Traveller]:
    yield from travelling(tmp_path)


@cache
def standing(on: date) -> frozenset[str]:
    """The numbers that some dated value of ours vouches for on that day."""
    lines = (program.known_line for program in rules.programs().values())
    kinds = (kind.statewide for kind in plans.kinds().values())
    return frozenset(
        number
        for number, stands in (
            *((line.phone, line.stands(on)) for line in lines if line),
            *((cell.phone, cell.verified and on <= cell.review_by) for cell in kinds),
            *((plan.phone, plan.phone_stands(on)) for plan in plans.plans().values()),
            *((plan.ride_line, plan.ride_line_stands(on)) for plan in plans.plans().values()),
            *((who.phone, found.phone_stands(who, on)) for found in guides().values() for who in found.who),
        )
        if number and stands
    )


@cache
def sentences() -> tuple[str, ...]:
    """Our own sentences that hold a number: they share the day of the text around them."""
    of_programs = (
        part
        for program in rules.programs().values()
        for both in (program.ask, program.what, program.how_long, *(side.text for side in program.sides.values()))
        for part in (both.en, both.es)
    )
    of_steps = (part for program in rules.programs().values() for part in (*program.steps.en, *program.steps.es))
    of_guides = (part for found in guides().values() for part in (*found.today.en, *found.today.es))
    return tuple(dict.fromkeys(text for text in (*of_programs, *of_steps, *of_guides) if PHONE.search(text)))


def naked(text: str, on: date) -> list[str]:
    """The lines with a number that does not stand and no hedge: on the line, or of the text that holds the number."""
    aged = OLD.search(text) is not None
    return [
        line
        for line in text.splitlines()
        for number in PHONE.findall(line)
        if number not in standing(on) and not HEDGE.search(line) and not (aged and _ours(line, number))
    ]


def _ours(line: str, number: str) -> bool:
    return any(number in text and text in line for text in sentences())


def told(messages: Iterable[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in messages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("plan", "place"), PLANS)
def test_programs_steps_and_verdicts(traveller: Traveller, plan: str, place: str, day: date, language: str) -> None:
    traveller.to(day)
    for id in rules.programs():
        for act in ("program_info", "how_to_apply"):
            text = told(traveller.says(language, act, "x", program=id, plan=plan, place=place))
            assert naked(text, day) == [], f"{id} {act}\n{text}"
        text = traveller.verdict(language, id, plan=plan, place=place)["text"]
        assert naked(text, day) == [], f"{id}\n{text}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_sides(traveller: Traveller, day: date, language: str) -> None:
    asked = {
        "cost": ("how much does it cost", "¿cuánto cuesta?"),
        "if_refused": ("what if they say no", "¿y si me dicen que no?"),
    }
    traveller.to(day)
    seen = 0
    for id in rules.programs():
        for words in asked.values():
            text = told(traveller.says(language, "program_info", words[language == "es"], program=id))
            seen += bool(PHONE.search(text))
            assert naked(text, day) == [], f"{id}\n{text}"
    assert seen > 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_guides(traveller: Traveller, day: date, language: str) -> None:
    traveller.to(day)
    for id in guides():
        text = told(traveller.says(language, "program_info", "x", guide=id))
        assert naked(text, day) == [], f"{id}\n{text}"


ASKED = (  # act, what is said in both languages, what is understood beside the plan and the place
    ("talk_to_human", ("a person please", "una persona por favor"), {}),
    ("inform", ("i dont know my plan", "no sé cuál es mi plan"), {}),
    ("how_to_apply", ("when do I call for a ride", "¿cuándo llamo para el raite?"), {"need": "transport"}),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("plan", "place"), PLANS)
def test_a_person_a_ride_and_which_plan(traveller: Traveller, plan: str, place: str, day: date, language: str) -> None:
    traveller.to(day)
    for act, words, more in ASKED:
        known = {} if "plan" in words[0] else {"plan": plan, "place": place}
        text = told(traveller.says(language, act, words[language == "es"], **known, **more))
        assert naked(text, day) == [], text
    visit = date.fromordinal(day.toordinal() + 20)
    ride = {"en": f"I have an appointment on {visit:%m/%d}, when do I have to call for a ride?"}
    words = ride.get(language, f"tengo cita el {visit.day}/{visit.month}, ¿cuándo tengo que llamar para el raite?")
    text = told(traveller.says(language, "how_to_apply", words, need="transport", plan=plan, place=place))
    assert naked(text, day) == [], text
    card = {"en": "my card says", "es": "mi tarjeta dice"}[language]
    text = told(traveller.says(language, "inform", f"{card} {plans.plan(plan).short_name}", plan=plan, place=place))
    assert PHONE.search(text) and naked(text, day) == [], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("plan", "place"), PLANS)
def test_nothing_found(traveller: Traveller, plan: str, place: str, day: date, language: str) -> None:
    traveller.to(day)
    seen = 0
    for need in Need:
        text = told(traveller.says(language, "find_provider", "x", need=need.value, plan=plan, place=place))
        seen += bool(PHONE.search(text))
        assert naked(text, day) == [], text
    assert seen


CLI = (
    "check nmt --plan {plan} --near {place}",
    "check calfresh --near {place}",
    "check oaa_home_meals --near {place}",
    "check medi_cal",
    "check wic",
    "screen --plan {plan} --near {place}",
    "plans",
    "plans --county {place}",
    "plans --plan {plan}",
    "offices --county {place}",
    "ride --plan {plan} --date {visit} --kind nmt",
    "ride --plan {plan} --date {visit} --kind nemt --language es",
)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("line", CLI)
def test_the_command_line(traveller: Traveller, line: str, day: date) -> None:
    for plan, place in PLANS:
        visit = date.fromordinal(day.toordinal() + 30).isoformat()
        words = [part.format(plan=plan, place=place, visit=visit) for part in line.split()]
        text = traveller.runs(*words, "--on", day.isoformat())
        # Lines are folded at 80 letters, a hedge may stand on the next: a paragraph is what is further in.
        whole = re.sub(r"\n {4,}", " ", text)
        assert naked(whole, day) == [], whole


@pytest.mark.parametrize("day", DAYS)
def test_json_says_of_each_number_whether_it_stands(traveller: Traveller, day: date) -> None:
    on = ("--on", day.isoformat(), "--json")
    for plan in json.loads(traveller.runs("plans", *on)):
        known = plans.plan(plan["plan"])
        assert plan["phone_verified"] is known.phone_stands(day)
        assert plan["ride_line_verified"] is known.ride_line_stands(day)
    for office in json.loads(traveller.runs("offices", "--county", "Kern", *on)):
        assert office["verified"] is plans.office("Kern", office["kind"]).stands(day)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_the_look_up_page(traveller: Traveller, day: date, language: str) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=PACIFIC)
    client = TestClient(create_app(now=lambda: noon), base_url="http://127.0.0.1")
    rosa = people.by_name("rosa") or people.add("rosa", Role.CHW, noon)
    client.cookies.set(COOKIE, sessions.begin(rosa, noon))
    seen = 0
    for plan, place in PLANS:
        for what in ("program:nmt", "program:wic", "program:oaa_home_meals", "need:home_care", "program:calfresh"):
            page = client.get("/", params={"lang": language, "what": what, "near": place, "plan": plan}).text
            text = re.sub(r"<[^>]+>", "", page)
            seen += bool(PHONE.search(text))
            assert naked(text, day) == [], text
    assert seen


NOTED = """\
- {who: Ana, on: 2026-11-22, source: back of a card, changed: {plan: kern_family, phone: 1-800-555-0100,
    ride_line: 1-800-555-0101, ride_days: 3, nemt_days: 7, ride_notice: {en: Call 3 days before., es: Llame 3 días.}}}
- {who: Ana, on: 2026-11-22, source: county letter, changed: {program: calfresh, line: 1-877-555-0100}}
- {who: Ana, on: 2026-11-22, source: county page, changed: {office: Kern, kind: county_benefits,
    name: {en: Kern office, es: Oficina de Kern}, phone: 1-661-555-0100}}
"""
LAST = date(2027, 5, 21)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_that_a_clinic_noted_stand_for_180_days(traveller: Traveller, language: str) -> None:
    traveller.notes(NOTED)
    known = {"plan": "kern_family", "place": "Bakersfield"}
    for day, stands in ((LAST, True), (date(2027, 5, 22), False)):
        traveller.to(day)
        said = {
            "1-800-555-0101": traveller.says(language, "how_to_apply", "x", program="nmt", **known),
            "1-877-555-0100": traveller.says(language, "program_info", "x", program="calfresh", **known),
            "1-661-555-0100": [traveller.verdict(language, "calfresh", **known)],
            "1-800-555-0100": traveller.says(language, "talk_to_human", "x", **known),
        }
        for number, messages in said.items():
            lines = [line for line in told(messages).splitlines() if number in line]
            assert lines, f"{number}\n{told(messages)}"
            assert all((HEDGE.search(line) is None) is stands for line in lines), (day, lines)
        visit = date.fromordinal(day.toordinal() + 20).isoformat()
        asked = ("ride", "--plan", "kern", "--date", visit, "--kind", "nmt", "--on", day.isoformat(), "--json")
        clock = json.loads(traveller.runs(*asked))
        assert (clock["phone"], clock["phone_verified"], clock["known"]) == ("1-800-555-0101", stands, stands)
        for spoken in LANGUAGES:
            (line,) = [line for line in clock["say"][spoken] if clock["phone"] in line]
            assert (HEDGE.search(line) is None) is stands, line
