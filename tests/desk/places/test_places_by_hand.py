"""A place by hand at the desk: added, read back, corrected, decided about; nothing that cannot be read is saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from directory import store, sync
from directory.accounts import Role
from directory.desk.places import typed
from directory.model import Capacity, Listing, Need, Tri
from directory.sync import hand, stage
from tests.desk.forms import post
from tests.desk.listings import SCRIPT, Outline
from tests.desk.two_lists import DOUBTFUL, NOW, OTHER, PANTRY, load

Signed = Callable[..., TestClient]
NEW: dict[str, object] = {
    "name": "Casa Amapola",
    "topics": ["food", "housing"],
    "programs": ["food_bank"],
    "counties": "Merced",
    "phones": "209-555-0177 ext. 4",
    "hours_text": "Mon-Fri 9am-1pm",
    "languages": ["es", "hmn"],
    "plans": ["health_net"],
    "walk_in": "yes",
    "fee": "no",
    "capacity": "wait_list",
    "wait_list": "40 people",
    "taking_referrals": "yes",
}


@pytest.fixture
def home(desk_home: Path) -> Path:
    load(desk_home, "first", PANTRY, OTHER)
    load(desk_home, "second", DOUBTFUL)
    sync.publish(NOW)
    return desk_home


def text(answer: Response) -> str:
    return Outline(answer.text).text


def shown(listing: str) -> Listing:
    with store.open_directory() as connection:
        return store.listing(connection, listing)


def by_hand() -> int:
    with stage.open_work() as work:
        return int(work.execute("SELECT count(*) FROM staged WHERE source_id = 'hand'").fetchone()[0])


def form_of(page: str) -> dict[str, object]:
    """What a browser would send of the form of a place: its fields, ticked boxes and chosen words."""
    found: dict[str, object] = {}
    inside = page[page.index('action="/places/') :]
    for tag in re.findall(r"<input [^>]+>", inside):
        values = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if values.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if values.get("name") and values["name"] != "csrf":
            found.setdefault(values["name"], [])
            found[values["name"]].append(values.get("value", ""))  # type: ignore[attr-defined]
    for name, words in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)', inside):
        found[name] = [unescape(words)]
    if chosen := re.search(r'name="capacity">.*?<option value="(\w+)" selected', inside, re.S):
        found["capacity"] = [chosen[1]]
    return found


def save(client: TestClient, looked: Response, **more: object) -> Response:
    """Presses Save on the page that reads back."""
    path = "/places/edit" if 'action="/places/edit"' in looked.text else "/places/add"
    return post(client, path, {**form_of(looked.text), **more, "step": "save"})


def test_a_place_is_read_back_before_it_is_saved_and_shown_after_publication(home: Path, signed: Signed) -> None:
    desk = signed()
    form = desk.get("/places/add").text
    assert all(f'name="{name}"' in form for name in NEW), "the form has each field"
    looked = post(desk, "/places/add", {**NEW, "step": "look"})
    page = text(looked)
    for said in (
        "So we understood it", "Casa Amapola", "209-555-0177 ext. 4", "Monday to Friday 9 am to 1 pm",
        "Spanish, Hmong", "Waiting list", "40 people", "Merced", "Health Net",
    ):  # fmt: skip
        assert said.casefold() in page.casefold(), said
    assert by_hand() == 0, "nothing is saved by looking"
    answer = save(desk, looked)
    assert answer.status_code == 303
    assert "People see it after the next publication" in text(desk.get(answer.headers["location"]))
    sync.publish(NOW)
    place = shown("hand:0001")
    assert place.needs == (Need.FOOD, Need.HOUSING) and place.languages == ("es", "hmn")
    assert (place.walk_in, place.fee, place.taking_referrals) == (Tri.YES, Tri.NO, Tri.YES)
    assert (place.capacity, place.capacity_by) == (Capacity.WAIT_LIST, "Staff1 Rivera")
    assert place.schedule is not None and place.plans == ("health_net",)


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"name": ""}, "name", "Say what the place is called."),
        ({"topics": [], "programs": []}, "topics", "Tick what it is for."),
        ({"counties": ""}, "counties", "Say which counties it serves"),
        ({"counties": "Mercedd"}, "counties", "Mercedd is no county of California"),
        ({"phones": "ask at the desk"}, "phones", "a phone with all ten digits"),
        ({"phones": "ask", "url": "https://example.org"}, "phones", "This is no phone number: ask"),
        ({"postal_code": "99999"}, "postal_code", "99999 is no ZIP code of California"),
        ({"npi": "1234567890"}, "npi", "is no NPI"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_what_was_typed_is_kept(
    change: dict[str, object], field: str, told: str, home: Path, signed: Signed
) -> None:
    desk = signed()
    answer = post(desk, "/places/add", {**NEW, **change, "step": "look"})
    assert answer.status_code == 400 and told in text(answer)
    assert f'href="#f-{field}"' in answer.text and f'id="f-{field}"' in answer.text
    kept = {**NEW, **change}
    assert 'value="209-555-0177 ext. 4"' in answer.text or kept["phones"] != NEW["phones"]
    assert "40 people" in answer.text and by_hand() == 0


def test_in_spanish_mistakes_are_told_in_spanish(home: Path, signed: Signed) -> None:
    desk = signed()
    unread = {**NEW, "phones": "pregunte", "url": "https://example.org", "step": "look"}
    assert "Esto no es un número de teléfono: pregunte" in text(post(desk, "/places/add?lang=es", unread))
    nowhere = {**NEW, "counties": "Mercedd", "step": "look"}
    assert "Mercedd no es un condado" in text(post(desk, "/places/add?lang=es", nowhere))


def test_a_place_that_may_be_on_a_list_already_is_named_before_it_is_saved(home: Path, signed: Signed) -> None:
    desk = signed()
    known = {
        "name": "Olivo Pantry", "topics": ["food"], "programs": ["food_bank"], "counties": "Stanislaus",
        "phones": "209-555-0101", "address_1": "12 Kite Row", "city": "Modesto", "postal_code": "95354",
    }  # fmt: skip
    looked = post(desk, "/places/add", {**known, "step": "look"})
    assert "This may already be on a list" in looked.text and "/places/one?id=first%3A1" in looked.text
    assert "This may already be on a list" in save(desk, looked).text and by_hand() == 0
    assert save(desk, looked, surely_new="1").status_code == 303 and by_hand() == 1


def test_a_correction_says_before_and_after_and_outranks_the_list(home: Path, signed: Signed) -> None:
    desk = signed()
    form = desk.get("/places/edit?id=first%3A1")
    sent = {**form_of(form.text), "phones": "209-555-0199", "step": "look"}
    looked = post(desk, "/places/edit", sent)
    page = text(looked)
    assert "209-555-0101" in page and "209-555-0199" in page and "12 Kite Row" not in page, "only what changes"
    assert save(desk, looked).headers["location"].startswith("/places/one?said=places.said.corrected")
    load(home, "first", PANTRY.replace("0101", "0155").replace("9am-5pm", "8am-4pm"), OTHER)
    sync.publish(NOW, accept_gone=True)
    place = shown("first:1")
    assert place.phones[0].number == "+12095550199" and place.hours_text == "Mon-Fri 8am-4pm"
    assert "Staff1 Rivera" in text(desk.get("/places")), "who entered it is told"


def test_nothing_changed_is_nothing_saved_and_checked_alone_is_a_day(home: Path, signed: Signed) -> None:
    desk = signed()
    sent = form_of(desk.get("/places/edit?id=first%3A1").text)
    same = post(desk, "/places/edit", {**sent, "step": "look"})
    assert same.status_code == 400 and "Nothing was changed in the form" in text(same)
    looked = post(desk, "/places/edit", {**sent, "checked": "1", "step": "look"})
    assert "Last checked" in text(looked) and "Nov 23, 2026" in text(looked)
    save(desk, looked)
    sync.publish(NOW)
    assert shown("first:1").assured_on == NOW.date()


def test_of_two_who_correct_one_place_the_second_sees_who_was_first(home: Path, signed: Signed) -> None:
    ana, beto = signed(Role.STAFF, "ana"), signed(Role.STAFF, "beto")
    his = form_of(beto.get("/places/edit?id=first%3A1").text)
    hers = form_of(ana.get("/places/edit?id=first%3A1").text)
    save(ana, post(ana, "/places/edit", {**hers, "phones": "209-555-0111", "step": "look"}))
    answer = post(beto, "/places/edit", {**his, "phones": "209-555-0122", "step": "save"})
    page = text(answer)
    assert answer.status_code == 409 and "Ana Rivera" in page and "209-555-0111" in page
    assert 'value="209-555-0122"' in answer.text, "what he typed is kept"
    sync.publish(NOW)
    assert shown("first:1").phones[0].number == "+12095550111"


def test_a_confidential_place_shows_nobody_where_it_is(home: Path, signed: Signed) -> None:
    desk = signed()
    looked = post(
        desk, "/places/add",
        {**NEW, "address_1": "77 Encino Way", "city": "Merced", "postal_code": "95340", "confidential": "yes",
         "step": "look"},
    )  # fmt: skip
    assert "Encino" not in text(looked)
    save(desk, looked)
    for path in ("/places/one?id=hand%3A0001", "/places/edit?id=hand%3A0001", "/diff", "/history"):
        page = desk.get(path)
        assert page.status_code == 200 and "Encino" not in page.text, path
    sync.publish(NOW)
    assert shown("hand:0001").address is None


def test_a_notice_is_shown_until_its_day(home: Path, signed: Signed) -> None:
    desk = signed()
    answer = post(desk, "/places/notice", {"id": "first:1", "text": "Closed today / Cerrado hoy"})
    page = text(desk.get(answer.headers["location"]))
    assert "first:1 says until Nov 23, 2026: Closed today / Cerrado hoy" in page and "Staff1 Rivera" in page
    sync.publish(NOW)
    assert shown("first:1").alert == "Closed today / Cerrado hoy"


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("notice", {"text": ""}, "1 to 120 letters"),
        ("notice", {"text": "x" * 121}, "1 to 120 letters"),
        ("notice", {"text": "Closed", "until": "2020-01-01"}, "31 days at most"),
        ("notice", {"text": "Closed", "until": "2027-06-01"}, "31 days at most"),
        ("decide", {"why": "x"}, "Say for how long"),
        ("decide", {"kind": "closed", "why": " "}, "write the reason"),
        ("decide", {"kind": "suspended", "why": "x"}, "needs its last day"),
        ("decide", {"kind": "suspended", "why": "x", "until": "soon"}, "needs its last day"),
        ("decide", {"kind": "same", "why": "x"}, "Say for how long"),
        ("keep", {"why": "x"}, "Choose the value"),
        ("keep", {"why": "x", "value": "hours_text|nobody"}, "says nothing of hours_text"),
    ],
)
def test_a_decision_that_lacks_something_says_what_and_keeps_nothing(
    path: str, sent: dict[str, str], told: str, home: Path, signed: Signed
) -> None:
    answer = post(signed(), f"/places/{path}", {"id": "first:1", **sent})
    assert answer.status_code == 400 and told in text(answer)
    with stage.open_work() as work:
        assert work.execute("SELECT count(*) FROM decision").fetchone()[0] == 0


def test_suspended_until_a_day_and_taken_back(home: Path, signed: Signed) -> None:
    desk = signed()
    until = (NOW + timedelta(days=9)).date().isoformat()
    sent = {"id": "first:1", "kind": "suspended", "until": until, "why": "roof repairs"}
    answer = post(desk, "/places/decide", sent)
    page = desk.get(answer.headers["location"])
    assert "shown to nobody until Dec 2, 2026" in text(page) and "roof repairs" in text(page)
    sync.publish(NOW, accept_gone=True)
    assert shown("first:1").suspended_until == (NOW + timedelta(days=9)).date()
    number = re.search(r'name="number" value="(\d+)"', page.text)
    assert number
    post(desk, "/decisions/back", {"number": number[1]})
    sync.publish(NOW)
    assert shown("first:1").suspended_until is None


def test_where_lists_differ_one_value_stays(desk_home: Path, signed: Signed) -> None:
    load(desk_home, "first", PANTRY, OTHER)
    load(desk_home, "second", PANTRY.replace("1,Olivo", "A,Olivo").replace("9am-5pm", "10am-4pm"))
    sync.publish(NOW)
    desk = signed()
    page = desk.get("/places/one?id=first%3A1").text
    assert "Where lists differ" in page and "hours_text|second" in page and "Mon-Fri 10am-4pm" in page
    post(desk, "/places/keep", {"id": "first:1", "value": "hours_text|second", "why": "called on May 3"})
    sync.publish(NOW, accept_gone=True)
    assert shown("first:1").hours_text == "Mon-Fri 10am-4pm"


def test_nothing_that_a_person_types_is_run(home: Path, signed: Signed) -> None:
    desk = signed()
    hostile = dict.fromkeys(("name", "organization", "description", "hours_text", "eligibility_text", "documents",
                           "fees_text", "how_to_apply", "wait_list", "capacity_by", "address_1", "phones", "url",
                           "email", "npi", "city", "postal_code", "counties"), f'">{SCRIPT}')  # fmt: skip
    first = post(desk, "/places/add", {**NEW, **hostile, "step": "look"})
    readable = {name: hostile[name] for name in ("description", "hours_text", "documents", "eligibility_text")}
    looked = post(desk, "/places/add", {**NEW, **readable, "name": "{{ 7 * 7 }}", "step": "look"})
    assert first.status_code == 400 and looked.status_code == 200
    save(desk, looked)
    post(desk, "/places/notice", {"id": "hand:0001", "text": SCRIPT})
    post(desk, "/places/decide", {"id": "hand:0001", "kind": "closed", "why": SCRIPT})
    pages = [desk.get(path) for path in ("/places", "/places/one?id=hand%3A0001", "/places/edit?id=hand%3A0001")]
    for page in (first, looked, *pages, desk.get("/decisions"), desk.get("/places", params={"name": SCRIPT})):
        assert page.status_code in (200, 400) and "<script" not in page.text
    assert "{{ 7 * 7 }}" in pages[0].text


@pytest.mark.parametrize("path", ["/places/one", "/places/edit"])
def test_a_place_that_nobody_knows(path: str, home: Path, signed: Signed) -> None:
    for id in ("first:404", "", SCRIPT, "../x"):
        answer = signed().get(path, params={"id": id})
        assert answer.status_code == 404 and "No such place" in answer.text and "<script" not in answer.text
    assert post(signed(), "/places/edit", {"id": "first:404", "step": "save"}).status_code == 404
    assert post(signed(), "/places/notice", {"id": "first:404", "text": "Closed"}).status_code in (400, 404)


def test_a_chw_may_not_enter(home: Path, signed: Signed) -> None:
    chw = signed(Role.CHW)
    assert chw.get("/places").status_code == 403
    assert post(chw, "/places/add", {**NEW, "step": "save"}).status_code == 403 and by_hand() == 0


def test_what_the_form_draws_of_a_place_is_what_it_says(home: Path) -> None:
    with stage.open_work() as work:
        _, base = hand.shown(work, "first:1")
    drawn = typed.initial(base)
    assert typed.entered(drawn, typed.initial(base)) == {}
    assert drawn.text("phones") == "209-555-0101" and drawn.has("programs", "food_bank")


def test_looking_makes_nothing_where_nothing_was_read(desk_home: Path, signed: Signed) -> None:
    assert signed().get("/places").status_code == 200
    assert signed().get("/places/edit?id=x").status_code == 404
    assert not (desk_home / "work.db").exists()
