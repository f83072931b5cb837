"""`puente check` and `puente screen`: one household a row, as staff type it and as programs read it."""

from __future__ import annotations

import logging
from datetime import date, datetime, timezone
from pathlib import Path

import jsonschema
import pytest

from directory import store
from directory.eligibility import facts, rules
from directory.model import Listing, Need, Provenance
from tests.cli.household import KEYS, TODAY, VERDICT, Puente, puente, text, told

__all__ = ["puente"]


CALFRESH = "check calfresh --county Kern --fact size=3 --fact abawd_status=not_in_group"
MEALS = "check cs_mtm --county Kern --plan kern --fact diet_condition=yes --fact can_get_and_store_food=yes"


@pytest.mark.parametrize(
    ("line", "outcome", "has", "has_not"),
    [
        (f"{CALFRESH} --fact income=2400", "may_qualify", "under the line of|under $4,554", "ASK, THEN"),
        (f"{CALFRESH} --fact income=4500", "cannot_tell", "too near", "you may qualify"),
        (f"{CALFRESH} --fact income=9000 --fact elderly_or_disabled_in_home=no", "probably_not", "over $4", "yes Your"),
        (f"{CALFRESH} --fact income=9000 --fact age=70", "may_qualify", "Your county checks your income", "ASK, THEN"),
        (CALFRESH, "cannot_tell", "--fact income=2400", "you may qualify"),
        (f"{CALFRESH} --fact income=unknown", "cannot_tell", "not known", "--fact income"),
        (MEALS, "cannot_tell", "First ask whether your plan offers this", "--fact diet"),
        (f"{MEALS} --fact plan_offers_service=yes", "may_qualify", "You have a health problem", "ASK, THEN"),
        ("check nmt --near 93301 --fact has_medi_cal=no", "probably_not", "You do not have Medi-Cal now.", "ASK, THEN"),
        ("check estampillas --fact has_medi_cal=yes", "cannot_tell", "[calfresh]", "Kern"),
    ],
)  # fmt: skip
def test_one_household(puente: Puente, line: str, outcome: str, has: str, has_not: str) -> None:
    found = told(puente(line, "--json"))
    assert list(found) == KEYS
    jsonschema.validate(found, VERDICT)
    assert found["outcome"] == outcome
    said = text(puente(line))
    assert any(part in said for part in has.split("|"))
    assert has_not not in said


def test_text_shows_every_condition_with_its_state_its_source_and_its_day(puente: Puente) -> None:
    said = text(puente(f"{CALFRESH} --fact income=2400"))
    for part in (
        "WHAT THE RULE ASKS", "yes You live in California. (a)", "one of these:", "yes Your income is under $4,554",
        "not asked Is anyone in your home 60 or older", "others Your county checks your income",
        "Line: $2,277 a month (3 people).",
        "(a) S_DPSS_CF", "(b) S_", "checked 2026-11-21", "Look again by December 21, 2026.", "Anyone may apply",
        "BenefitsCal.com", "IF THEY SAY NO", "Source:", "HAVE READY", "ON THE PHONE",
    ):  # fmt: skip
        assert part in said, part


def test_without_the_size_of_the_home_the_line_is_the_smallest(puente: Puente) -> None:
    said = text(puente("check calfresh --county Kern"))
    assert "Line: $2,660 a month for 1 person, and more for a larger home." in said


def test_the_reason_that_matters_stands_before_what_every_plan_support_asks(puente: Puente) -> None:
    said = text(puente(f"{MEALS} --fact plan_offers_service=yes"))
    assert "WHY You have a health problem that food can help." in said
    assert "[cs_mtm]: You have a health problem" in text(
        puente("screen --need food --plan kern --fact diet_condition=yes --fact can_get_and_store_food=yes --fact "
               "plan_offers_service=yes")
    )  # fmt: skip


@pytest.mark.parametrize("id", sorted(rules.programs()))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_program_reads_on_80_columns_in_both_languages(puente: Puente, id: str, language: str) -> None:
    result = puente(f"check {id} --plan kaiser --near Fresno --language {language}")
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "{" not in result.stdout
    verdict = told(puente(f"check {id} --plan kaiser --near Fresno --language {language} --json"))
    jsonschema.validate(verdict, VERDICT)


def test_every_condition_of_every_rule_is_told(puente: Puente) -> None:
    from directory.eligibility.assess import Situation, verdict
    from directory.model import Language
    from directory.text import rule

    for id in rules.programs():
        result = verdict(id, Situation(), TODAY)
        told_of = [line for line in rule.lines(result, Situation(), Language.EN) if line.state]
        assert {line.state for line in told_of} == {item.state for item in result.checked}
        assert len(told_of) >= len(result.checked)
        assert all(line.basis and line.basis.sources for line in told_of)


def test_spanish_is_spanish(puente: Puente) -> None:
    said = text(puente(f"{CALFRESH} --fact income=2400 --language es"))
    assert "CalFresh (estampillas): usted puede calificar" in said or "tal vez" in said.casefold()
    assert "Condado de Kern" in said and "LO QUE PIDE LA REGLA" in said and "sí Vive en California." in said
    assert "Your" not in said and "county" not in said


# --- the calendar


@pytest.mark.parametrize(
    ("day", "line"),
    [("2026-11-22", "$4,554"), ("2026-10-01", "$4,554"), ("2026-09-30", "$4,442"), ("2026-06-01", "$4,442")],
)
def test_a_day_has_the_line_of_its_year(puente: Puente, day: str, line: str) -> None:
    assert line in text(puente(f"{CALFRESH} --fact income=1000 --on {day}"))


def test_of_a_day_before_the_rules_we_hold_nothing_is_claimed(puente: Puente) -> None:
    line = f"{CALFRESH} --fact income=1000 --on 2020-11-01"
    assert told(puente(line, "--json"))["outcome"] == "cannot_tell"
    assert "No rule of that day is held here." in text(puente(line))
    assert "Source:" not in text(puente(line))


def test_a_screen_of_a_day_after_the_review_says_so(puente: Puente) -> None:
    said = text(puente("screen --need food --county Kern --fact size=3 --fact income=900 --on 2031-01-01"))
    assert "[calfresh]: We last checked this on November 21, 2026." in said
    assert "may qualify" not in said


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2031-01-01", "9999-12-31"])
def test_far_days_are_told_and_claim_nothing(puente: Puente, day: str) -> None:
    assert told(puente(MEALS, "--on", day, "--json"))["outcome"] == "cannot_tell"
    assert puente(MEALS, "--on", day).exit_code == 0


def test_after_the_waiver_ends_a_plan_support_is_not_promised(puente: Puente) -> None:
    line = f"{MEALS} --fact plan_offers_service=yes"
    assert told(puente(line, "--on", "2026-12-30", "--json"))["outcome"] == "may_qualify"
    later = told(puente(line, "--on", "2027-01-02", "--json"))
    assert (later["outcome"], later["missing"], later["as_of"]) == ("cannot_tell", [], "2027-01-02")
    assert "ASK, THEN" not in text(puente(line, "--on", "2027-01-02"))


# --- the facts


def test_every_fact_is_listed_so_that_nobody_guesses(puente: Puente) -> None:
    found = told(puente("check --facts --json"))
    listed = [item["fact"] for item in found]
    hidden = set(facts.names()) - set(listed)
    assert hidden == {"calfresh_status_ok", "hcv_one_member_eligible_status"}
    assert all(item["question"] and (item["kind"] != "choice") == (not item["choices"]) for item in found)
    said = text(puente("check --facts"))
    assert not [name for name in listed if f"{name}=" not in said and name not in said]
    few = {item["fact"] for item in told(puente("check calfresh --facts --json"))}
    assert few < set(listed) and {"household_size", "abawd_status"} <= few


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("check calfresh --fact age_years=500", 1, "The most that counts is 120."),
        ("check calfresh --fact age=old", 1, "a number was expected"),
        ("check calfresh --fact foo=1", 1, "puente check --facts"),
        ("check calfresh --fact medi_cal=yes", 1, "Perhaps has_medi_cal"),
        ("check calfresh --fact has_medi_cal", 1, "--fact has_medi_cal=yes"),
        ("check calfresh --fact has_medi_cal=perhaps", 1, "yes, no or unknown"),
        ("check calfresh --fact size=3 --fact household_size=4", 1, "given twice"),
        ("check calfresh --fact calfresh_status_ok=no", 1, "never asked"),
        ("check wic --fact wic_category=baby", 1, "infant"),
        ("check calfesh", 1, "Perhaps calfresh (CalFresh (food stamps)).\n"),
        ("check calfres", 1, "Perhaps calfresh (CalFresh (food stamps)).\n"),
        ("check meals", 1, "oaa_center_meals (Lunch at a senior center (60+)), school_meals (Free school meals)"),
        ("check zzzz", 1, "Programs: food_bank"),
        ("check nmt --plan kerm", 1, "puente plans"),
        ("check nmt --near Reno", 1, "California"),
        ("check nmt --near 99999", 1, "99999"),
        ("check nmt --county Kern --near Modesto", 1, "Keep one"),
        ("check nmt --on nonsense", 2, "2026-12-31"),
        ("check nmt --language french", 2, "'en', 'es'"),
        ("check", 2, "puente screen"),
        ("screen --need money", 1, "Needs: food"),
        ("screen --need legal", 1, "Needs: food"),
    ],
)
def test_nonsense_is_one_sentence_with_what_to_write(puente: Puente, line: str, code: int, words: str) -> None:
    result = puente(line)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_nothing_of_a_person_is_logged_or_kept(
    puente: Puente, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    text(puente("check wic --fact wic_category=pregnant --near 93301 --plan kern"))
    assert puente("check wic --fact pregnant_or_12mo_postpartum=perhaps").exit_code == 1
    assert not caplog.records
    assert not list(tmp_path.rglob("*"))


# --- what the plan's own list names


def test_a_place_on_the_plans_list_answers_whether_the_plan_offers_it(puente: Puente, tmp_path: Path) -> None:
    assert told(puente(MEALS, "--json"))["outcome"] == "cannot_tell"
    kern = store.SourceRecord("kern_list", "Kern's list", plan="kern_family", as_of=date(2026, 10, 1))
    meals = Listing(
        id="kern_list:1",
        organization="Olivo House",
        name="Olivo Meals",
        needs=(Need.FOOD,),
        programs=("cs_mtm",),
        counties=("Kern",),
        plans=("kern_family",),
        provenance=Provenance(kern.id, "1", kern.title, kern.as_of, kern.demo),
    )
    store.write_directory(
        tmp_path / "directory.db",
        records=[meals],
        sources=[kern],
        publication="p1",
        published_at=datetime(2026, 11, 2, 20, 0, tzinfo=timezone.utc),
    )
    assert told(puente(MEALS, "--json"))["outcome"] == "may_qualify"
    assert "The plan's own list, as published here, names a place for this in Kern County." in text(puente(MEALS))
    assert told(puente(MEALS, "--on", "2025-11-01", "--json"))["outcome"] == "cannot_tell"
