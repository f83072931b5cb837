"""What staff ask the desk, and what it shows: searches, places, languages, places that are none."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from directory.model import Address, Capacity, Need, Phone, Schedule, Tri
from tests.desk.listings import DEMO, FULL, NOW, OLD, SCRIPT, Outline, listed

Page = Callable[..., str]


def test_the_start_page_is_a_form_with_a_label_for_every_field(client: Callable[..., TestClient]) -> None:
    answer = client(FULL).get("/")
    page = Outline(answer.text)
    assert answer.status_code == 200
    labels = {attrs.get("for") for attrs in page.all("label")}
    for field in ("what", "near", "plan", "language", "words"):
        assert field in labels
    assert "Choose a need or write a place" in page.text
    assert "1 places, published" in page.text or "places, published Nov 1, 2026" in page.text


def test_a_search_shows_a_card_with_everything(client: Callable[..., TestClient]) -> None:
    page = Outline(client(FULL).get("/", params={"what": "need:food", "near": "95354"}).text)
    for text in (
        "Food near 95354 (Modesto)",
        "1 to 1 of 1",
        "Open now",
        "Checked Oct 2, 2026",
        "Food bank or pantry",
        "209-555-0101 (intake)",
        "1 Oak St, Modesto 95354",
        "miles away",
        "Monday to Friday 9 am to 5 pm",
        "Spanish and Hmong",
        "Health Net",
        "Waiting list (Nov 20, 2026)",
        "Walk in",
        "A bill",
        "Free",
        "Families with children",
        "These are the place's words, not a rule. Call to be sure.",
        "Bread and fruit",
        "The roster",
        "roster:Pantry",
    ):
        assert text in page.text
    links = {attrs.get("href") for attrs in page.all("a")}
    assert {"tel:+12095550101", "https://example.org/pantry", "mailto:help@example.org"} <= links
    assert "tel:+12095550102" not in links  # a fax


def test_what_is_unknown_is_shown_as_unknown(client: Callable[..., TestClient]) -> None:
    text = Outline(client(listed("bare")).get("/", params={"near": "95354"}).text).text
    assert "Hours not known: call first" in text
    assert "Not known. Call first to ask." in text
    assert "None listed" in text


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"what": "program:nmt"}, ["ride"]),
        ({"what": "need:food", "plan": "kaiser"}, ["kaiser", "spanish"]),
        ({"what": "need:food", "language": "es"}, ["spanish", "kaiser"]),
        ({"what": "need:food", "open_now": "1"}, ["kaiser", "spanish"]),
        ({"what": "need:food", "taking_referrals": "1"}, ["spanish", "kaiser"]),
        ({"words": "ride"}, ["ride"]),
    ],
)
def test_the_form_asks_what_it_says(
    client: Callable[..., TestClient], params: dict[str, str], expected: list[str]
) -> None:
    always = Schedule(always=True)
    records = (
        listed("ride", needs=(Need.TRANSPORT,), programs=("nmt",)),
        listed("kaiser", plans=("kaiser",), schedule=always),
        listed("spanish", languages=("es",), taking_referrals=Tri.YES),
    )
    page = client(*records).get("/", params={"near": "95354", **params}).text
    assert re.findall(r"<h3><a [^>]*>([^<]+)</a>", page) == expected


def test_what_was_given_up_is_said(client: Callable[..., TestClient]) -> None:
    page = Outline(client(FULL).get("/", params={"near": "95354", "language": "vi"}).text)
    assert "None of these says that it speaks Vietnamese." in page.text


def test_nothing_found_tells_who_to_call(client: Callable[..., TestClient]) -> None:
    page = Outline(client(FULL).get("/", params={"what": "program:nmt", "near": "Eureka"}).text)
    assert "We have no list for Humboldt County yet." in page.text
    assert "211" in page.text


def test_pages_follow_each_other(client: Callable[..., TestClient]) -> None:
    desk = client(*(listed(f"place {number:02}") for number in range(23)))
    first = desk.get("/", params={"what": "need:food", "near": "95354", "lang": "es"}).text
    assert "1 a 10 de 23" in first
    onward = re.search(r'<a class="next" href="([^"]+)"', first)
    assert onward
    second = desk.get(onward.group(1).replace("&amp;", "&")).text
    assert "11 a 20 de 23" in second
    assert "Lugares anteriores" in second and 'value="95354"' in second


def test_a_place_has_a_page_that_leads_back_to_the_search(client: Callable[..., TestClient]) -> None:
    desk = client(FULL)
    found = desk.get("/", params={"what": "need:food", "near": "95354"}).text
    link = re.search(r'<h3><a href="([^"]+)"', found)
    assert link
    page = desk.get(link.group(1).replace("&amp;", "&"))
    assert page.status_code == 200
    assert "Families with children" in page.text
    assert "miles away" in page.text
    assert 'href="/?what=need%3Afood&amp;near=95354"' in page.text


@pytest.mark.parametrize(
    ("path", "code", "text"),
    [
        ("/place/roster:none", 404, "not here any more"),
        ("/nowhere", 404, "no such page"),
        ("/static/../app.py", 404, ""),
    ],
)
def test_a_page_that_is_not_there_says_so(client: Callable[..., TestClient], path: str, code: int, text: str) -> None:
    answer = client(FULL).get(path)
    assert answer.status_code == code
    assert text in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_nothing_published_is_a_friendly_page(client: Callable[..., TestClient]) -> None:
    desk = client()
    for path in ("/?near=95354", "/place/roster:1"):
        answer = desk.get(path, headers={"accept-language": "es-MX,es;q=0.9"})
        assert answer.status_code == 200
        assert "puente demo load" in answer.text and "puente source new LIST" in answer.text
        assert "Todavía no hay nada publicado" in answer.text


def test_the_language_is_the_browsers_until_one_is_chosen(client: Callable[..., TestClient]) -> None:
    desk = client(FULL)
    spanish = desk.get("/", headers={"accept-language": "es-MX"}).text
    assert '<html lang="es">' in spanish and "¿Qué necesita la persona?" in spanish
    assert '<html lang="en">' in desk.get("/?lang=en", headers={"accept-language": "es-MX"}).text
    switch = re.search(r'class="switch" href="([^"]+)"', desk.get("/?near=95354&what=need:food").text)
    assert switch and "near=95354" in switch.group(1) and "lang=es" in switch.group(1)


def test_demo_places_cannot_be_mistaken(client: Callable[..., TestClient]) -> None:
    page = client(listed("invented", DEMO), FULL).get("/", params={"near": "95354"}).text
    assert "The places marked demo are invented." in page
    assert page.count('class="badge demo"') == 1
    assert "invented" in client_text(client, "/place/demo:invented")


def client_text(client: Callable[..., TestClient], path: str) -> str:
    return client().get(path).text


def test_stale_stands_out(client: Callable[..., TestClient]) -> None:
    page = client(listed("ancient", OLD)).get("/", params={"near": "95354"}).text
    assert '<li class="badge warn">Listed in 2013, it may have changed</li>' in page


@pytest.mark.parametrize(
    ("near", "text"),
    [
        ("9535", "five numbers"),
        ("Reno", "not in California"),
        ("Orange", "can be more than one place"),
        (SCRIPT, "do not know the place"),
    ],
)
def test_a_place_that_is_none_is_said_beside_the_field(client: Callable[..., TestClient], near: str, text: str) -> None:
    answer = client(FULL).get("/", params={"near": near, "what": "need:food"})
    assert answer.status_code == 200
    assert text in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert SCRIPT not in answer.text


def test_a_word_that_is_several_places_offers_them(client: Callable[..., TestClient]) -> None:
    page = client(FULL).get("/", params={"near": "Orange", "what": "need:food", "lang": "es"}).text
    assert "ciudad de Orange</a>" in page and "condado de Orange</a>" in page
    link = re.search(r'<li><a href="([^"#]+)#results">condado de Orange', page)
    assert link
    assert "el condado de Orange" in client().get(f"{link.group(1)}&lang=es".replace("&amp;", "&")).text


def test_the_services_of_one_place_share_a_card_that_says_once_what_is_the_same(
    client: Callable[..., TestClient],
) -> None:
    here = {"organization": "Tule", "address": Address("12 Oak St", "Modesto", "95354"), "documents": "A bill"}
    box = listed("Tule Box", programs=("csfp",), phones=(Phone("+12095550177"),), needs=(Need.FOOD,), **here)
    desk = client(listed("Tule A", programs=("food_bank",), phones=(Phone("+12095550176"),), **here), box)
    page = Outline(desk.get("/", params={"what": "need:food", "near": "95354", "lang": "es"}).text).text
    assert page.count("12 Oak St") == 1 and "1 a 1 de 1" in page
    assert "También en este lugar: Tule Box" in page
    assert "209-555-0176" in page and "209-555-0177" in page
    whole = Outline(desk.get("/place/roster:Tule A?lang=en").text).text
    assert "Also at this place: Tule Box" in whole and whole.count("A bill") == 1


def test_words_that_nothing_has_are_said_and_can_be_dropped(client: Callable[..., TestClient]) -> None:
    page = client(FULL).get("/", params={"what": "need:food", "near": "95354", "words": "zzzz"}).text
    assert "We found nothing near 95354 (Modesto) for: food, with &#34;zzzz&#34;." in page
    assert '<a href="/?what=need%3Afood&amp;near=95354#results">Search again without' in page


@pytest.mark.parametrize(
    ("asked", "badges"),
    [
        ({"plan": "kaiser"}, ["Works with Kaiser", "Ask about Kaiser"]),
        ({"language": "es"}, ["Speaks Spanish", "Ask about Spanish"]),
        ({"taking_referrals": "1"}, ["Taking referrals", "Ask if they take referrals"]),
        ({"has_room": "1"}, ["Has room", "Ask if they have room"]),
        ({"plan": "kaiser", "lang": "es"}, ["Trabaja con Kaiser", "Pregunte si trabajan con Kaiser"]),
    ],
)
def test_a_card_says_what_the_place_says_of_each_filter_without_opening_more(
    client: Callable[..., TestClient], asked: dict[str, str], badges: list[str]
) -> None:
    room = {"capacity": Capacity.OPEN, "capacity_on": NOW.date()}
    says = listed("says", plans=("kaiser",), languages=("es",), taking_referrals=Tri.YES, **room)
    page = client(says, listed("silent")).get("/", params={"what": "need:food", "near": "95354", **asked}).text
    shown = re.findall(r'<li class="badge (\w+)">([^<]+)</li>', page)
    assert [text for _, text in shown if text in badges] == badges
    assert [tone for tone, text in shown if text in badges] == ["good", "soft"]
    plain = client().get("/", params={"what": "need:food", "near": "95354"}).text
    assert not any(f">{text}<" in plain for text in badges)


def test_a_filter_that_was_given_up_is_a_no_on_each_card(client: Callable[..., TestClient]) -> None:
    page = client(listed("other", plans=("iehp",))).get("/", params={"near": "95354", "plan": "kaiser"}).text
    assert '<li class="badge bad">Lists other plans, not Kaiser</li>' in page


def test_long_words_are_cut_in_the_list_and_whole_on_the_places_page(client: Callable[..., TestClient]) -> None:
    record = listed("long", description="word " * 400, eligibility_text="None", documents="Ninguno")
    desk = client(record)
    page = Outline(desk.get("/", params={"near": "95354"}).text).text
    assert 20 < page.count("word ") < 100 and "word ..." in page
    whole = Outline(desk.get("/place/roster:long").text).text
    assert whole.count("word word") == 200
    assert "Who they help" not in whole and "What to bring" not in whole


def test_old_hours_have_their_year_and_an_office_name_its_organization(client: Callable[..., TestClient]) -> None:
    always = Schedule(always=True)
    old = listed("Administration", OLD, organization="Tule Society", schedule=always)
    page = Outline(client(old).get("/", params={"near": "95354", "open_now": "1"}).text).text
    assert "Hours listed in 2013 Open day and night" in page and "Hours not known: call first" in page
    assert "Open now Listed" not in page
    assert "Tule Society, Administration" in page and "Run by" not in page
