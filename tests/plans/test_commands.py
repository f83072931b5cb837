"""`puente plans`, `puente offices`, `puente ride`: what a clerk types and reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from directory.cli import main


def puente(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def one_line(result: Result) -> str:
    """What was printed; where it wraps is of no matter."""
    return " ".join(result.output.split())


def plain(*arguments: str) -> Any:
    result = puente(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("plans --county Kern", ["Two-Plan", "kern_family", "or call the number on your card", "Known to give here"]),
        ("plans --county Kern", ["look again by 2026-12-21", "10 for a wheelchair or gurney van"]),
        ("plans", ["kern_family", "32 counties", "puente plans --plan ID"]),
        (
            "plans --county 90001 --plan Anthem",
            ["la_care", "an Anthem card may be from L.A. Care", "yes Meals for a health problem (MTM) [cs_mtm]: "],
        ),
        ("plans --plan IEHP --county Fresno", ["does not serve Fresno County", "CalViva", "1-800-430-4263"]),
        ("plans --plan kern", ["Counties: Kern", "1-800-391-2000"]),
        ("plans --county Alameda", ["Alameda Alliance for Health", "Single Plan"]),
        ("offices --county Kern", ["Housing authority", "Legal aid", "1-800-510-2020", "own number is not known yet"]),
        ("offices --county Kern --kind ihss", ["IHSS office", "211"]),
        ("offices --county Kern --kind calfresh --language es", ["Oficina de CalFresh", "BenefitsCal.com"]),
        ("ride --plan kern --date 2026-12-03 --kind nemt --on 2026-11-02", ["call by Tuesday, Nov 17, 2026", "PCS"]),
        (
            "ride --plan kern --date 2026-12-03 --kind nemt --on 2026-11-20",
            ["Call now anyway", "Leaving the hospital?"],
        ),
        (
            "ride --date 2026-12-03 --on 2026-11-02 --language es",
            ["llame a más tardar el martes 24 de noviembre de 2026"],
        ),
        ("ride --plan anthem --county 90001 --date 2026-12-03 --on 2026-11-02", ["L.A. Care: 1-888-839-9909"]),
    ],
)
def test_said(arguments: str, says: list[str]) -> None:
    result = puente(*arguments.split())
    assert result.exit_code == 0, result.output
    assert max(map(len, result.output.splitlines())) <= 80
    for part in says:
        assert part in one_line(result)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("plans --county Nowhere", "We do not know the place"),
        ("plans --plan zz", "No Medi-Cal plan is called 'zz'"),
        ("offices --county Kern --kind zz", "'zz' is no program, need or kind of office"),
        ("ride --plan alliance --date 2026-12-03 --on 2026-11-02", "may be ccah"),
        ("ride --plan zz --date 2026-12-03 --on 2026-11-02", "No Medi-Cal plan"),
        ("ride --date 2026-11-01 --on 2026-11-02", "has passed"),
        ("ride --date 2062-12-03 --on 2026-11-02", "more than a year away"),
        ("ride --date 2026-12-03 --kind boat --on 2026-11-02", "no kind of ride"),
        ("ride --plan kern", "The day of the visit is missing"),
        ("ride --date soon", "is no day"),
        ("ride --date 13/03/2026", "'13/03/2026' is no day. Write it as 2026-12-03 or 12/03/2026"),
        ("ride --date 2026-02-30", "'2026-02-30' is no day"),
        ("ride --date Monday --on 2026-11-02", "may be today or in a week. Write today, or the date"),
        ("ride --date tomorrow --on 9999-12-31", "is no day"),
        ("ride --date friday --on 9999-12-31", "may be today or in a week"),
    ],
)
def test_refused_in_a_sentence(arguments: str, says: str) -> None:
    result = puente(*arguments.split())
    assert result.exit_code != 0
    assert says in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(
    ("written", "visit"),
    [
        ("2026-12-03", "2026-12-03"),
        ("12/03/2026", "2026-12-03"),
        ("12/3/2026", "2026-12-03"),
        ("Today", "2026-11-02"),
        ("tomorrow", "2026-11-03"),
        ("Sunday", "2026-11-08"),
        ("thursday", "2026-11-05"),
    ],
)
def test_the_day_of_a_visit_as_people_write_it(written: str, visit: str) -> None:
    assert plain("ride", "--date", written, "--on", "2026-11-02")["visit"] == visit


def test_plans_as_json() -> None:
    kern = plain("plans", "--county", "Kern", "--on", "2026-11-22")
    assert [plan["plan"] for plan in kern] == ["kern_family", "anthem", "kaiser"]
    assert kern[0]["gives"]["nmt"]["offered"] == "yes" and kern[0]["gives"]["cs_mtm"]["offered"] == "unknown"
    assert kern[0]["phone_verified"] is False and kern[0]["review_by"] == "2026-12-21"


def test_a_phone_is_hedged_after_its_day() -> None:
    before, after = (
        plain("plans", "--plan", "la_care", "--on", day)[0]["phone_verified"] for day in ("2027-05-20", "2027-05-21")
    )
    assert (before, after) == (True, False)


def test_an_office_s_number_is_hedged_after_its_day() -> None:
    before, after = (
        plain("offices", "--county", "Kern", "--kind", "aging", "--on", day)[0]["verified"]
        for day in ("2027-05-20", "2027-05-21")
    )
    assert (before, after) == (True, False)
    told = one_line(puente(*["offices", "--county", "Kern", "--kind", "aging", "--on", "2027-05-21"]))
    assert "not checked this number" in told


def test_offices_as_json() -> None:
    found = plain("offices", "--county", "Kern County")
    assert len(found) == 9 and not any(office["own"] for office in found)
    assert {"kind", "label", "county", "own", "name", "phone", "verified", "ask", "review_by"} <= set(found[0])


def test_a_ride_as_json() -> None:
    said = plain("ride", "--plan", "kern", "--date", "2026-12-03", "--kind", "NEMT", "--on", "2026-11-20")
    assert (said["plan"], said["last_day"], said["too_late"]) == ("kern_family", "2026-11-17", True)
    assert (said["needs_form"], said["known"]) == ("PCS", False)
    assert said["holidays"] == ["2026-11-26", "2026-11-27"] and len(said["say"]["en"]) == len(said["say"]["es"])


@pytest.mark.parametrize("command", ["check", "screen", "plans", "offices", "ride"])
def test_the_example_of_the_help_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    example = one_line(puente(command, "--help")).partition("Example: puente ")[2].partition(" Options:")[0]
    assert example.startswith(f"{command} ")
    today = ["--on", "2026-11-22"]  # the visit of an example lies in the past one day
    assert puente(*example.split(), *today).exit_code == 0
