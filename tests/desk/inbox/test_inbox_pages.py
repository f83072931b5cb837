"""The inbox at the desk: numbers on the opened call alone, who was first, what is overdue, and whether it helped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role, audit
from directory.inbox import outcomes, reports, tasks, who
from directory.inbox.outcomes import Outcome
from tests.desk.forms import post
from tests.desk.listings import NOW, SCRIPT

Signed = Callable[..., TestClient]
NUMBER = "+12095550143"
SHOWN = "209-555-0143"
PLACE = "demo_plan_roster:D0011"


@pytest.fixture
def called(desk_home: Path) -> None:
    """Two people who asked for a call, the later one in worry."""
    for number, days, red in (("+12095550143", 5, False), ("+12095550144", 0, True)):
        one = who.conversation(number)
        tasks.call(
            one, who.seal(number), need="food", county="Stanislaus", language="es", when="morning", red=red,
            now=NOW - timedelta(days=days),
        )  # fmt: skip


def done() -> list[tuple[str, str]]:
    return [(entry.what, entry.of) for entry in audit.entries(kind="inbox")]


@pytest.mark.usefixtures("called")
def test_the_list_has_red_ones_first_says_what_is_overdue_and_no_number(signed: Signed) -> None:
    page = signed(Role.CHW).get("/inbox").text
    assert page.index("T2: Food") < page.index("T1: Food")
    assert "Urgent" in page and "Overdue: waits 5 days" in page and "1 has waited more than 2 working days" in page
    assert "555" not in page.split("<main")[1]
    assert done() == []


@pytest.mark.usefixtures("called")
def test_the_number_stands_on_the_opened_call_and_each_reading_is_noted(
    signed: Signed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ana = signed(Role.CHW, "ana")
    page = ana.get("/inbox/call/1")
    assert SHOWN in page.text and 'href="tel:+12095550143"' in page.text
    assert page.headers["cache-control"] == "no-store"
    ana.get("/inbox/call/1")
    assert done().count(("inbox.call.read", "T1")) == 2
    assert "5550143" not in str(done()) and "5550143" not in caplog.text and SHOWN not in caplog.text


@pytest.mark.usefixtures("called")
def test_no_number_stays_on_a_screen_that_somebody_left(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    seconds, _, url = ana.get("/inbox/call/1").headers["refresh"].partition("; url=")
    assert ana.get(url).headers["location"] == "/inbox/call/1", "who works on at another page goes on here"
    later = signed(None, now=NOW + timedelta(seconds=int(seconds)))
    later.cookies.update(ana.cookies)
    page = later.get(url)
    assert page.status_code == 200 and "555" not in page.text and 'value="/inbox/call/1"' in page.text


@pytest.mark.usefixtures("called")
def test_who_takes_a_call_second_hears_who_was_first_to_the_second(signed: Signed) -> None:
    ana, luis = signed(Role.CHW, "ana"), signed(Role.CHW, "luis", NOW + timedelta(seconds=7))
    assert post(ana, "/inbox/call/1/take").status_code == 303
    late = post(luis, "/inbox/call/1/take")
    assert late.status_code == 409 and "Ana Rivera took it first, on 2026-11-23 at 12:00:00" in late.text
    assert "Ana Rivera, since" in luis.get("/inbox").text
    assert "T1: Food" in ana.get("/inbox?mine=1").text and "T1: Food" not in luis.get("/inbox?mine=1").text
    assert post(luis, "/inbox/call/1/take", {"over": "1"}).status_code == 303
    assert "You, since" in luis.get("/inbox/call/1").text


@pytest.mark.usefixtures("called")
def test_done_erases_the_number_and_whoever_is_second_sees_it(signed: Signed) -> None:
    ana, luis = signed(Role.CHW, "ana"), signed(Role.CHW, "luis")
    assert "The number is erased" in ana.get(post(ana, "/inbox/call/1/done").headers["location"]).text
    late = post(luis, "/inbox/call/1/done")
    assert late.status_code == 409 and "was done already, on 2026-11-23 at 12:00:00 by Ana Rivera" in late.text
    assert SHOWN not in late.text and "Done by Ana Rivera" in late.text
    assert tasks.number(1) is None and "T1" not in luis.get("/inbox").text.split("<main")[1]
    assert "5 days" in luis.get("/inbox").text  # the time to answer


def test_a_report_leads_to_the_place_and_its_call_and_is_decided_once(signed: Signed) -> None:
    for person in ("a", "b"):
        reports.listing(PLACE, "closed", person, NOW - timedelta(days=1))
    ana, luis = signed(Role.CHW, "ana"), signed(Role.STAFF, "luis")
    page = luis.get("/inbox/report/1").text
    assert "2 people reported: closed" in page and "everybody is told to call first" in page
    assert 'href="/verify/call/demo_plan_roster%3AD0011"' in page and luis.get(f"/verify/call/{PLACE}").is_success
    seen = page.split('name="seen" value="')[1].split('"')[0]
    verdict = {"seen": seen, "verdict": "wrong"}
    assert "Correct the place first" in post(ana, "/inbox/report/1/decide", verdict).text
    assert len(reports.open_reports()) == 1
    assert post(ana, "/inbox/report/1/decide", {**verdict, "mended": "1"}).status_code == 303
    late = post(luis, "/inbox/report/1/decide", {"seen": seen, "verdict": "right"})
    assert late.status_code == 409 and "This was decided before you" in late.text
    assert "Ana Rivera decided that it was wrong" in late.text
    assert {("inbox.report.read", "R1"), ("inbox.report.wrong", "R1")} <= set(done())


def test_nobody_decides_what_they_did_not_read(signed: Signed) -> None:
    reports.listing(PLACE, "hours", "a", NOW)
    ana = signed(Role.CHW, "ana")
    seen = ana.get("/inbox/report/1").text.split('name="seen" value="')[1].split('"')[0]
    reports.listing(PLACE, "closed", "b", NOW)
    answer = post(ana, "/inbox/report/1/decide", {"seen": seen, "verdict": "right"})
    assert answer.status_code == 400 and "Somebody said more meanwhile" in answer.text
    assert len(reports.open_reports()) == 1


def test_an_answer_on_a_rule_is_decided_by_staff(signed: Signed) -> None:
    reports.rule("calfresh", "a", NOW)
    ana, luis = signed(Role.CHW, "ana"), signed(Role.STAFF, "luis")
    page = ana.get("/inbox/report/1").text
    assert "Our answer on CalFresh" in page and 'name="verdict"' not in page
    assert "Staff decide" in post(ana, "/inbox/report/1/decide", {"verdict": "right"}).text
    seen = luis.get("/inbox/report/1").text.split('name="seen" value="')[1].split('"')[0]
    assert post(luis, "/inbox/report/1/decide", {"seen": seen, "verdict": "right"}).status_code == 303
    assert reports.open_reports() == ()


def test_whether_it_helped_stands_by_place_and_month_with_the_words_of_the_closed_loop(signed: Signed) -> None:
    for outcome, times in ((Outcome.HELPED, 3), (Outcome.TURNED_AWAY, 1)):
        for _ in range(times):
            outcomes.count(PLACE, outcome, "sms", NOW)
    outcomes.count("gone:1", Outcome.NO_ANSWER, "sms", NOW - timedelta(days=40))
    page = signed(Role.CHW).get("/inbox/outcomes").text
    assert "Albergue Trigo Nuevo" in page and "November 2026" in page and "services received" in page
    assert "gone:1 (not shown now)" in page and page.index("November 2026") < page.index("October 2026")
    assert "noviembre de 2026" in signed(Role.CHW).get("/inbox/outcomes?lang=es").text


@pytest.mark.parametrize("path", ["/inbox/call/99", "/inbox/report/99"])
def test_what_is_not_there_is_said_in_a_sentence(signed: Signed, path: str) -> None:
    answer = signed(Role.CHW).get(path)
    assert answer.status_code == 400 and "There is no" in answer.text


def test_a_hostile_id_is_text(signed: Signed) -> None:
    reports.listing(SCRIPT, "other", "a", NOW)
    outcomes.count(SCRIPT, Outcome.HELPED, "sms", NOW)
    for path in ("/inbox", "/inbox/report/1", "/inbox/outcomes"):
        page = signed(Role.CHW).get(path).text
        assert SCRIPT not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("path", ["/inbox", "/inbox/call/1", "/inbox/report/1", "/inbox/outcomes"])
@pytest.mark.usefixtures("called")
def test_nobody_reads_the_inbox_without_signing_in(signed: Signed, path: str) -> None:
    assert signed(None).get(path).status_code == 303 and done() == []


def test_an_empty_inbox_says_what_to_do(signed: Signed) -> None:
    page = signed(Role.CHW).get("/inbox?lang=es").text
    assert "Nadie espera una llamada." in page and 'href="/verify"' in page
