"""Calls at the desk: what one sees and what is saved; two who do the same; a place that ends meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role, audit
from directory.inbox import reports
from directory.sync import hand, stage
from directory.verify import marks
from tests.desk.forms import post
from tests.desk.listings import NOW, SCRIPT

Signed = Callable[..., TestClient]
PLACE = "demo_plan_roster:D0011"
NAME = "Albergue Trigo Nuevo, Ceres site"
CALL = f"/verify/call/{PLACE}"


def done() -> list[tuple[str, str]]:
    return [(entry.what, entry.of) for entry in audit.entries(kind="verify")]


def test_the_queue_says_why_and_a_call_begins_in_one_click(signed: Signed) -> None:
    for person in ("a", "b"):
        reports.listing(PLACE, "hours", person, NOW)
    ana = signed(Role.CHW, "ana")
    page = ana.get("/verify").text
    assert NAME in page and "2 people reported: wrong hours" in page
    answer = post(ana, "/verify/start", {"id": PLACE})
    assert answer.status_code == 303 and answer.headers["location"] == CALL
    call = ana.get(CALL).text
    assert 'href="tel:+12095550106"' in call and "Is this Albergue Trigo Nuevo" in call and "0 of 8 confirmed" in call
    assert ("verify.started", PLACE) in done()


def test_the_script_is_in_either_language_whatever_that_of_the_page(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    assert "¿Hablo con Albergue Trigo Nuevo" in ana.get(f"{CALL}?script=es").text
    spanish = ana.get(f"{CALL}?lang=es&script=en").text
    assert "Qué decir" in spanish and "Is this Albergue Trigo Nuevo" in spanish
    assert "Mostramos:" in spanish


def test_each_answer_is_saved_and_leads_to_the_next(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    post(ana, "/verify/start", {"id": PLACE})
    answer = post(ana, "/verify/answer", {"id": PLACE, "field": "name", "said": "same"})
    assert answer.headers["location"] == f"{CALL}#step-services"
    page = ana.get(CALL).text
    assert "Confirmed by Ana Rivera, noon" in page and "1 of 8 confirmed" in page
    post(ana, "/verify/answer", {"id": PLACE, "field": "hours", "said": "other", "hours_text": "Mon-Fri 9am-1pm"})
    page = ana.get(CALL).text
    assert "Corrected by Ana Rivera" in page and "Now: Mon-Fri 9am-1pm" in page
    with stage.open_work() as work:
        assert hand.shown(work, PLACE)[1]["hours_text"] == "Mon-Fri 9am-1pm"
    assert {("verify.same", PLACE), ("verify.other", PLACE)} <= set(done())


def test_what_cannot_be_read_stands_at_its_field_with_what_was_written(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    post(ana, "/verify/start", {"id": PLACE})
    answer = post(ana, "/verify/answer", {"id": PLACE, "field": "phone", "said": "other", "phones": "555-0199"})
    assert answer.status_code == 400 and "the area code is missing" in answer.text
    assert 'value="555-0199"' in answer.text and "0 of 8 confirmed" in answer.text


def test_all_confirmed_and_the_next_call_begins(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    post(ana, "/verify/start", {"id": PLACE})
    for field in ("name", "services", "phone", "address", "hours", "who", "languages"):
        post(ana, "/verify/answer", {"id": PLACE, "field": field, "said": "same"})
    assert "Still open: Room." in ana.get(CALL).text
    post(ana, "/verify/answer", {"id": PLACE, "field": "capacity", "said": "other", "capacity": "open"})
    assert "The place counts as checked today" in ana.get(CALL).text
    answer = post(ana, "/verify/finish", {"id": PLACE, "then": "next"})
    where = answer.headers["location"]
    assert where.startswith("/verify/call/") and PLACE not in where
    assert "counts as checked today, after the next publication" in ana.get(where).text
    with stage.open_work() as work:
        assert hand.shown(work, PLACE)[1]["assured_on"] == NOW.date().isoformat()
    assert [hold.caller.name for hold in marks.holds(NOW).values()] == ["Ana Rivera"]


def test_who_comes_second_sees_who_was_first_and_may_take_over(signed: Signed) -> None:
    ana, luis = signed(Role.CHW, "ana"), signed(Role.STAFF, "luis")
    post(ana, "/verify/start", {"id": PLACE})
    refused = post(luis, "/verify/start", {"id": PLACE})
    assert refused.status_code == 400 and "Ana Rivera opened this call first, at 12:00:00 PM" in refused.text
    page = luis.get(CALL).text
    assert "Ana Rivera has it open since noon" in page and "Yes, the same" not in page
    assert post(luis, "/verify/answer", {"id": PLACE, "field": "name", "said": "same"}).status_code == 400
    assert post(luis, "/verify/start", {"id": PLACE, "over": "1"}).status_code == 303
    assert "Luis Rivera" in post(ana, "/verify/answer", {"id": PLACE, "field": "name", "said": "same"}).text
    assert ("verify.taken_over", PLACE) in done()


def test_a_place_that_ends_while_one_calls_says_so_and_keeps_what_was_saved(signed: Signed, desk_home: Path) -> None:
    ana = signed(Role.CHW, "ana")
    post(ana, "/verify/start", {"id": PLACE})
    post(ana, "/verify/answer", {"id": PLACE, "field": "name", "said": "same"})
    with closing(sqlite3.connect(desk_home / "directory.db")) as db:
        db.execute("UPDATE listing SET id = 'demo_plan_roster:gone' WHERE id = ?", (PLACE,))
        db.commit()
    for path, data in (
        ("/verify/answer", {"field": "hours", "said": "same"}), ("/verify/finish", {}), ("/verify/start", {}),
        ("/verify/closed", {"sure": "1"}), ("/verify/skip", {"why": "no_answer"}),
    ):  # fmt: skip
        answer = post(ana, path, {"id": PLACE, **data})
        assert answer.status_code == 404 and "This place is not shown any more" in answer.text
    assert ana.get(CALL).status_code == 404
    assert len(marks.answers(PLACE, NOW)) == 1


def test_skipped_it_leaves_the_list(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    post(ana, "/verify/start", {"id": PLACE})
    where = post(ana, "/verify/skip", {"id": PLACE, "why": "later", "day": "2026-11-30"}).headers["location"]
    assert "The place is put away." in ana.get(where).text
    away = ana.get("/verify?away=1").text
    assert NAME in away and "Nov 30" in away and "call later (Ana Rivera)" in away
    for day in ("", "tomorrow", "2026-11-23", "9999-99-99"):
        assert post(ana, "/verify/skip", {"id": PLACE, "why": "later", "day": day}).status_code == 400


def test_closed_for_good_needs_the_box(signed: Signed) -> None:
    ana = signed(Role.CHW, "ana")
    assert "Tick the box first" in post(ana, "/verify/closed", {"id": PLACE}).text
    answer = post(ana, "/verify/closed", {"id": PLACE, "sure": "1"})
    assert "marked as closed" in ana.get(answer.headers["location"]).text
    assert ("verify.closed", PLACE) in done()


@pytest.mark.parametrize(
    "data",
    [
        {"field": "name", "said": "other", "name": SCRIPT},
        {"field": "hours", "said": "other", "hours_text": SCRIPT},
        {"field": "who", "said": "other", "eligibility_text": f"{SCRIPT}\n<img src=x>"},
    ],
)
def test_what_was_written_is_text_on_every_page(signed: Signed, data: dict[str, str]) -> None:
    ana = signed(Role.CHW, "ana")
    post(ana, "/verify/start", {"id": PLACE})
    post(ana, "/verify/answer", {"id": PLACE, **data})
    page = ana.get(CALL).text
    assert SCRIPT not in page and "&lt;script&gt;" in page and "<img" not in page.split("<main")[1]


@pytest.mark.parametrize("field", ["", "address_1", "../etc", "capacity_by"])
def test_a_field_that_is_none_is_refused(signed: Signed, field: str) -> None:
    answer = post(signed(Role.CHW), "/verify/answer", {"id": PLACE, "field": field, "said": "same"})
    assert answer.status_code == 400 and marks.answers(PLACE, NOW) == {}


@pytest.mark.parametrize("query", ["county=Nowhere", "need=%3Cscript%3E", "page=-1", "page=9999999", "list=x"])
def test_filters_that_do_not_exist_break_nothing(signed: Signed, query: str) -> None:
    page = signed(Role.CHW).get(f"/verify?{query}")
    assert page.status_code == 200 and "<script>" not in page.text


def test_an_empty_queue_says_what_to_do(signed: Signed) -> None:
    page = signed(Role.CHW).get("/verify?mine=1&lang=es").text
    assert "No tiene ninguna llamada empezada" in page


@pytest.mark.parametrize("path", ["/verify", CALL])
def test_nobody_reads_it_without_signing_in(signed: Signed, path: str) -> None:
    assert signed(None).get(path).status_code == 303
    assert signed(None).post("/verify/start", data={"id": PLACE}).status_code in (303, 403)
    assert marks.holds(NOW) == {}
