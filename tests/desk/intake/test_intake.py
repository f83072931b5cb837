"""The intake: what a person may get and why, what is missing, where, and that nothing of it is left anywhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role, audit
from directory.model import Need, Phone, Reach
from tests.desk.conftest import publish
from tests.desk.forms import post
from tests.desk.listings import FULL, SCRIPT, Outline, listed

AGE, INCOME = "83", "1717.25"
PERSON = {
    "near": "95354", "plan": "health_net", "f.age_years": AGE, "f.has_medi_cal": "yes", "f.household_size": "2",
    "f.household_income_monthly_gross": INCOME, "need": ["food"],
}  # fmt: skip
BEDS = listed("Elm Beds", needs=(Need.HOUSING,), programs=("emergency_shelter",), phones=(Phone("+12095550107"),))
LAW = replace(FULL, id="roster:Law", name="Valley Law", needs=(Need.LEGAL,), programs=(), reach=Reach.DISTANCE)


@pytest.fixture
def desk(desk_home: Path, signed: Callable[..., TestClient]) -> TestClient:
    publish(desk_home / "directory.db", FULL, BEDS, LAW)
    return signed(Role.CHW)


def asked(desk: TestClient, **more: object) -> str:
    """The page that answers this person."""
    answer = post(desk, "/intake", {**PERSON, **more})
    assert answer.status_code == 200
    return answer.text


def part(page: str, id: str) -> str:
    """The words beside one program."""
    found = re.search(rf'<section class="verdict[^"]*" id="p-{id}".*?</section>', page, re.S)
    assert found, f"{id} is not on the page"
    return Outline(found[0]).text


def test_the_empty_form_asks_and_says_that_nothing_is_kept(desk: TestClient) -> None:
    page = desk.get("/intake").text
    for words in (
        "Where do they live?",
        "What do they need?",
        "Nothing on this page is kept.",
        "Do you have Medi-Cal now?",
    ):
        assert words in page
    assert 'method="post" action="/intake#results"' in page


def test_verdicts_with_reason_step_who_decides_source_and_the_nearest_places(desk: TestClient) -> None:
    page = asked(desk)
    calfresh = part(page, "calfresh")
    for words in ("may qualify", "Your income is under $3,608 a month (home of 2 people).",
                  "Apply today at BenefitsCal.com",
                  "Anyone may apply; the county decides.", "Source:", "Checked", "To be checked again by"):  # fmt: skip
        assert words in calfresh, words
    pantry = part(page, "food_bank")
    for words in ("Olivo House, Pantry", "209-555-0101", "1 Oak St, Modesto 95354", "miles away", "Open now",
                  "Taking referrals", "Checked Oct 2, 2026"):  # fmt: skip
        assert words in pantry, words
    assert page.index('id="p-calfresh"') < page.index('id="p-wic"'), "what may be stands before what cannot be told"


def test_what_is_missing_is_asked_there_and_the_answer_changes_the_verdict(desk: TestClient) -> None:
    page = asked(desk)
    assert "cannot tell" in part(page, "wic") and page.count('name="f.wic_category" value="none"') == 1
    after = asked(desk, **{"f.wic_category": "none"})
    assert "probably not" in part(after, "wic") and "More answers: 1" in after
    assert re.search(r'name="f.wic_category" value="none" checked', after), "an answer stays to be changed"
    assert after.count('name="f.wic_category" value="none"') == 1


def test_a_sensitive_question_says_why_and_can_be_skipped(desk: TestClient) -> None:
    page = asked(desk, need=["housing"])
    sensitive = re.search(r'<fieldset class="question"[^>]*>(?:(?!</fieldset>).)*sensitive.*?</fieldset>', page, re.S)
    assert sensitive and "The person may skip it." in sensitive[0] and "Skip" in sensitive[0]
    name = re.search(r'name="([fg]\.\w+)"', sensitive[0])
    assert name
    skipped = asked(desk, need=["housing"], **{name[1]: "unsure" if name[1].startswith("g.") else "unknown"})
    before_answers = skipped.partition('class="found"')[2]
    assert f'name="{name[1]}"' not in before_answers, "what was skipped is not asked again"


def test_all_that_is_ticked_of_several_is_true_and_the_rest_is_not(desk: TestClient) -> None:
    page = asked(desk, need=["housing"], **{"g.where_you_sleep": ["no_regular_place_to_sleep"]})
    assert re.search(r'name="g.where_you_sleep" value="no_regular_place_to_sleep" checked', page)
    none = asked(desk, need=["housing"], **{"g.where_you_sleep": ["none"]})
    assert re.search(r'name="g.where_you_sleep" value="none" checked', none) and none != page


def test_nobody_is_asked_what_is_never_asked(desk: TestClient) -> None:
    page = asked(desk, need=[need.value for need in Need])
    for fact in ("fleeing_violence", "calfresh_status_ok", "hcv_one_member_eligible_status"):
        assert fact not in page
    posted = asked(desk, **{"f.calfresh_status_ok": "no", "f.fleeing_violence": "yes", "f.nothing": "1", "g.x": "1"})
    assert "may qualify" in part(posted, "calfresh")


def test_no_leads_on(desk: TestClient) -> None:
    page = asked(
        desk, **{"f.household_income_monthly_gross": "9000", "f.age_years": "30", "f.elderly_or_disabled_in_home": "no"}
    )
    calfresh = part(page, "calfresh")
    assert "probably not" in calfresh and "What may fit better:" in calfresh
    without = asked(desk, need=["transport", "other_health"], **{"f.has_medi_cal": "no"})
    assert "plan supports are left out" in without and "BenefitsCal.com" in without


def test_a_need_without_programs_shows_its_places(desk: TestClient) -> None:
    page = asked(desk, need=["legal"])
    assert "More places near them: Legal help" in page and "Valley Law" in page


def test_where_nothing_is_found_there_is_somebody_to_call(desk: TestClient) -> None:
    assert "211" in asked(desk, need=["work_school"])
    assert "Write where they live to see places. Or call 211." in asked(desk, need=["legal"], near="")


@pytest.mark.parametrize(
    ("field", "value"),
    [("f.age_years", "eighty"), ("f.age_years", "400"), ("f.household_size", "0"), ("f.household_size", SCRIPT)],
)
def test_what_cannot_be_meant_is_told_at_its_field(desk: TestClient, field: str, value: str) -> None:
    page = asked(desk, **{field: value})
    assert page.count("That cannot be meant.") == 1 and 'aria-invalid="true"' in page
    assert SCRIPT not in page and "Food bank or pantry" in page


def test_a_place_that_is_several_is_asked_back_and_one_press_answers(desk: TestClient) -> None:
    page = asked(desk, near="San Gabriel 99")
    assert 'aria-invalid="true"' in page
    over = asked(desk, near="95376" if 'name="pick"' in asked(desk, near="95376") else "93510")
    if options := re.findall(r'name="pick" value="([^"]+)"', over):
        assert f'name="near" value="{options[0]}"' in asked(desk, near="x", pick=options[0])


def test_a_need_must_be_ticked(desk: TestClient) -> None:
    assert "Tick at least one need." in asked(desk, need=[])


def test_a_plan_that_does_not_serve_the_county_is_told(desk: TestClient) -> None:
    assert "does not serve Stanislaus County, as far as we know" in asked(desk, plan="la_care")


def test_ticks_become_the_list_with_plan_and_county_and_nothing_else(desk: TestClient) -> None:
    form = {**PERSON, "id": [FULL.id], "program": ["cs_mtm"], "speaks": "es"}
    assert post(desk, "/intake/list", form).headers["location"] == "/handout"
    page = desk.get("/handout").text
    assert "Olivo House, Pantry" in page and 'lang="es"' in page and "Health Net" in page
    assert INCOME not in page
    assert "Nothing is ticked." in post(desk, "/intake/list", PERSON).text


def test_ticks_stay_when_one_more_question_is_answered(desk: TestClient) -> None:
    page = asked(desk, id=[FULL.id], program=["calfresh"])
    assert f'value="{FULL.id}" checked' in page and 'name="program" value="calfresh" checked' in page


def test_nothing_that_was_said_is_kept(desk: TestClient, desk_home: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = {**PERSON, "f.wic_category": "none", "g.where_you_sleep": ["none"], "id": [FULL.id], "program": ["cs_mtm"]}
    answer = post(desk, "/intake", said)
    assert answer.headers["cache-control"] == "no-store" and str(answer.url).endswith("/intake")
    listed_there = post(desk, "/intake/list", said)
    assert INCOME not in listed_there.headers["location"]
    post(desk, "/handout/code")
    desk.get("/handout.pdf")
    files = [path for path in desk_home.rglob("*") if path.is_file()]
    assert any(path.name == "desk.db" for path in files) and any(path.name == "inbox.db" for path in files)
    for path in files:
        bytes_there = path.read_bytes()
        for secret in (INCOME, "wic_category", "where_you_sleep", "age_years"):
            assert secret.encode() not in bytes_there, f"{secret} in {path.name}"
    assert all(INCOME not in record.getMessage() and "wic_" not in record.getMessage() for record in caplog.records)
    assert not [entry for entry in audit.entries() if entry.what.startswith("intake")]
    assert INCOME not in desk.get("/intake").text, "the next person begins with an empty form"


def test_without_the_token_nothing_is_answered(desk: TestClient) -> None:
    for path in ("/intake", "/intake/list"):
        answer = desk.post(path, data={**PERSON, "csrf": "wrong"})
        assert answer.status_code == 403 and INCOME not in answer.text


def test_answers_never_stand_in_an_address(desk: TestClient) -> None:
    page = desk.get("/intake", params={"f.age_years": AGE, "need": "food"}).text
    assert f'value="{AGE}"' not in page, "an address fills nothing in"
    assert not re.search(rf'href="[^"]*{INCOME}', asked(desk))


def test_in_spanish(desk: TestClient) -> None:
    page = post(desk, "/intake?lang=es", PERSON).text
    for words in ("Lo que tal vez pueda recibir", "quizá sí", "Sus ingresos son menos de $3,608", "Fuente:"):
        assert words in page
