"""The list that a CHW makes for a patient: what is on it, in which order, in which language, and what is not said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory import hours
from directory.accounts import Role, audit
from directory.handout import Draft, Drafts, drafts
from directory.inbox import given_codes
from directory.model import Address, Listing, Need, Phone, Tri
from tests.desk.conftest import publish
from tests.desk.forms import post
from tests.desk.listings import FULL, NOW, SCRIPT, listed
from tests.prints.conftest import pages

Signed = Callable[..., TestClient]
REST = listed(
    "Rest House", needs=(Need.HOUSING,), programs=("cs_recuperative_care",), plans=("health_net",),
    address=Address("9 Elm St", "Modesto", "95354"), phones=(Phone("+12095550107"),), hours_text="Call before 5 pm",
    languages=("es",), taking_referrals=Tri.YES, documents="Papers of the hospital",
)  # fmt: skip
CLOTHES = listed("Clothes Closet", needs=(Need.SOCIAL,), phones=(Phone("+12095550109"),))
PANTRY = "Olivo House, Pantry"
CAME = "what=program:cs_recuperative_care&near=Modesto&plan=health_net&language=es&taking_referrals=1"


@pytest.fixture
def desk(desk_home: Path, signed: Signed) -> TestClient:
    publish(desk_home / "directory.db", FULL, REST, CLOTHES)
    return signed(Role.CHW)


def add(desk: TestClient, *ids: str, **more: object) -> None:
    """Ticks these and makes the list."""
    assert post(desk, "/handout/add", {"id": list(ids), "then": "handout", **more}).status_code == 303


def paper(desk: TestClient) -> str:
    """What stands on the page to print, tags taken out."""
    page = desk.get("/handout/print").text
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split()).replace("&#34;", '"')


def again(home: Path, *records: Listing) -> None:
    """The directory as it is after the next publication."""
    (home / "directory.db").unlink()
    publish(home / "directory.db", *records)


def order(desk: TestClient) -> list[str]:
    """The names of the places in the order of the paper."""
    return re.findall(r'\d+\. <span translate="no">([^<]+)</span>', desk.get("/handout/print").text)


def test_an_empty_list_says_what_to_do(desk: TestClient) -> None:
    page = desk.get("/handout").text
    assert "Nothing is on the list yet." in page and 'href="/intake"' in page
    assert desk.get("/handout/print").headers["location"] == "/handout"
    assert desk.get("/handout.pdf").headers["location"] == "/handout"


def test_who_looked_for_spanish_gets_a_spanish_paper_with_plan_program_and_what_to_say(desk: TestClient) -> None:
    add(desk, REST.id, **{"from": CAME})
    said = paper(desk)
    for words in (
        "Lugares que tal vez le ayuden", "Un lugar para sanar (cuidado recuperativo)", "Rest House", "209-555-0107",
        "9 Elm St, Modesto 95354", "Tal vez pueda recibir esta ayuda. Su plan de Medi-Cal decide.",
        "Su plan, Health Net", "1-800-675-6110", "Tengo Medi-Cal con Health Net. Quisiera esta ayuda: Cuidado",
        "Puede ser el mismo día o la misma semana.", "Su tarjeta de Medi-Cal", "(en inglés) Papers of the hospital",
        "211", "988", "Hecha el 23 de noviembre de 2026", "Español",
    ):  # fmt: skip
        assert words in said, words
    assert '<html lang="es">' in desk.get("/handout/print").text


def test_without_a_plan_the_clinic_says_what_the_rule_says_and_names_no_plan(desk: TestClient) -> None:
    add(desk, REST.id, program="cs_recuperative_care")
    said = paper(desk)
    assert "Health Net" not in said and "I have Medi-Cal. I would like this help: Recuperative Care" in said
    assert "Ask the hospital staff or your Medi-Cal plan." in said


def test_rows_go_up_down_and_off_and_the_program_stays(desk: TestClient) -> None:
    add(desk, FULL.id, REST.id, CLOTHES.id, program="food_bank")
    assert order(desk) == [PANTRY, "Rest House", "Clothes Closet"]
    post(desk, "/handout/move", {"do": f"up:places:{CLOTHES.id}"})
    post(desk, "/handout/move", {"do": f"down:places:{FULL.id}"})
    assert order(desk) == ["Clothes Closet", PANTRY, "Rest House"]
    post(desk, "/handout/move", {"do": f"drop:places:{FULL.id}"})
    assert order(desk) == ["Clothes Closet", "Rest House"]
    assert "Food bank or pantry" in paper(desk)
    post(desk, "/handout/move", {"do": "drop:programs:food_bank"})
    assert "Food bank or pantry" not in paper(desk)


@pytest.mark.parametrize("do", ["", "up", "up:places", "up:session:x", "drop:places:nobody", "drop:code:x", "x:y:z"])
def test_a_button_that_is_none_changes_nothing(desk: TestClient, do: str) -> None:
    add(desk, FULL.id, REST.id)
    assert post(desk, "/handout/move", {"do": do}).status_code == 303
    assert order(desk) == [PANTRY, "Rest House"]


def test_language_and_size_are_the_patients_and_the_desk_keeps_its_own(desk: TestClient) -> None:
    add(desk, FULL.id)
    assert "Places that may help you" in paper(desk)
    post(desk, "/handout/look", {"lang": "es"})
    post(desk, "/handout/look", {"size": "18"})
    page = desk.get("/handout").text
    assert '<html lang="en">' in page and "List for a patient" in page
    assert '<article class="paper size-18" lang="es">' in page and "Lugares que tal vez le ayuden" in page
    post(desk, "/handout/look", {"lang": "xx", "size": "3"})
    assert "size-18" in desk.get("/handout").text


def test_nothing_goes_on_the_list_that_no_list_names(desk: TestClient) -> None:
    answer = post(desk, "/handout/add", {"id": ["nobody:1", SCRIPT], "program": ["nothing"], "then": "back"})
    assert answer.headers["location"] == "/?said=handout.said.nothing"
    assert "Nothing is on the list yet." in desk.get("/handout").text


def test_back_leads_to_the_same_question(desk: TestClient) -> None:
    answer = post(desk, "/handout/add", {"id": FULL.id, "then": "back", "from": f"{CAME}&evil=//x.example"})
    where = answer.headers["location"]
    assert where.startswith("/?said=handout.said.added&") and "near=Modesto" in where and "evil" not in where
    assert "It is on the list." in desk.get(where).text


def test_without_the_token_of_the_form_nothing_changes(desk: TestClient) -> None:
    add(desk, FULL.id)
    for path in ("/handout/add", "/handout/move", "/handout/look", "/handout/clear", "/handout/code"):
        answer = desk.post(path, data={"id": REST.id, "do": f"drop:places:{FULL.id}", "lang": "es", "csrf": "x"})
        assert answer.status_code == 403, path
    assert order(desk) == [PANTRY] and "Places that may help you" in paper(desk)


def test_two_who_are_signed_in_have_two_lists(desk: TestClient, signed: Signed) -> None:
    other = signed(Role.CHW, "other")
    same_person = signed(Role.CHW)
    add(desk, FULL.id)
    add(other, REST.id)
    assert order(desk) == [PANTRY] and order(other) == ["Rest House"]
    assert "Nothing is on the list yet." in same_person.get("/handout").text


def test_signing_out_ends_the_list_and_clearing_empties_it(desk: TestClient) -> None:
    add(desk, FULL.id)
    assert post(desk, "/handout/clear").headers["location"] == "/handout?said=handout.said.cleared"
    assert "Nothing is on the list yet." in desk.get("/handout").text
    add(desk, FULL.id)
    kept = dict(drafts()._kept)
    assert post(desk, "/signout").status_code == 303
    assert len(drafts()._kept) == len(kept) - 1


def test_a_list_left_alone_is_forgotten() -> None:
    kept = Drafts()
    kept.keep("session", Draft(places=("a",)), NOW)
    assert kept.of("session", NOW + timedelta(minutes=119)).places == ("a",)
    assert kept.of("session", NOW + timedelta(minutes=121)).empty
    kept.keep("session", Draft(places=("a",)), NOW)
    kept.end("session")
    assert kept.of("session", NOW).empty


def test_a_place_that_ended_meanwhile_is_told_and_not_printed(desk: TestClient, desk_home: Path) -> None:
    add(desk, FULL.id, REST.id)
    again(desk_home, FULL, CLOTHES)
    page = desk.get("/handout").text
    assert "1 of the places are on no list any more, so they are not printed." in page
    assert "On no list any more. It is not printed." in page
    assert "Rest House" not in paper(desk) and "Pantry" in paper(desk)
    [pdf] = pages(desk.get("/handout.pdf").content)
    assert "Rest House" not in pdf.text and "209-555-0107" not in pdf.text
    again(desk_home, CLOTHES)
    assert "Nothing is left to print." in desk.get("/handout").text


def test_a_place_that_is_suspended_is_not_printed(desk: TestClient, desk_home: Path) -> None:
    add(desk, REST.id)
    away = replace(REST, suspended_until=NOW.astimezone(hours.PACIFIC).date() + timedelta(days=9))
    again(desk_home, FULL, away)
    assert "209-555-0107" not in desk.get("/handout").text


def test_a_code_keeps_the_places_and_says_how_it_is_opened(desk: TestClient, desk_home: Path) -> None:
    (desk_home / "settings.yml").write_text("clinic: Kite Clinic\npublic_address: https://ask.kite.example.org\n")
    add(desk, REST.id, FULL.id, **{"from": CAME})
    assert post(desk, "/handout/code").headers["location"] == "/handout?said=handout.said.code"
    [given] = given_codes.standing(NOW)
    assert given.saved.ids == (REST.id, FULL.id) and given.saved.language == "es" and given.by == "chw1"
    assert given.saved.program == "cs_recuperative_care" and given.saved.plan == "health_net"
    assert f"Abra ask.kite.example.org/list/{given.code}" in paper(desk)
    assert f'aria-label="https://ask.kite.example.org/list/{given.code}"' in desk.get("/handout/print").text
    assert [entry.of for entry in audit.entries() if entry.what == "handout.code"] == [""], "the word is in no log"
    post(desk, "/handout/move", {"do": f"drop:places:{FULL.id}"})
    assert given.code not in paper(desk), "the code opens what was on the list, not what is"


def test_without_a_public_address_no_link_and_no_square_is_printed(desk: TestClient) -> None:
    add(desk, FULL.id)
    assert "No QR code is printed." in desk.get("/handout").text
    post(desk, "/handout/code")
    page = desk.get("/handout/print").text
    assert "<svg" not in page and "/list/" not in page
    assert re.search(r"Write [A-Z]{5} in our chat\.", paper(desk))


def test_a_code_needs_a_place(desk: TestClient) -> None:
    add(desk, program="food_bank")
    answer = post(desk, "/handout/code")
    assert answer.status_code == 400 and "Add a place first." in answer.text
    assert given_codes.standing(NOW) == ()


def test_words_of_a_list_are_words_on_the_paper(desk_home: Path, signed: Signed) -> None:
    bad = listed(SCRIPT, organization=SCRIPT, hours_text=SCRIPT, documents=SCRIPT, how_to_apply=SCRIPT,
                 fees_text=SCRIPT, alert=SCRIPT, phones=(Phone("+12095550103", label=SCRIPT),))  # fmt: skip
    publish(desk_home / "directory.db", bad)
    desk = signed(Role.CHW)
    add(desk, bad.id)
    for path in ("/handout", "/handout/print"):
        page = desk.get(path).text
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert desk.get("/handout.pdf").content.startswith(b"%PDF")


def test_only_who_is_signed_in_sees_a_list(signed: Signed, desk: TestClient) -> None:
    nobody = signed(None)
    for path in ("/handout", "/handout/print", "/handout.pdf"):
        assert nobody.get(path).headers["location"].startswith("/signin")
