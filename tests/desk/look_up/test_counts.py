"""What the look-up tells beside the places: how many say what, by what they are ordered, why each stands there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from starlette.testclient import TestClient

from directory import records
from directory.model import Address, Capacity, Phone, Reach, Schedule, Tri
from tests.desk.listings import NOW, OLD, Outline, listed

Desk = Callable[..., TestClient]
TODAY = NOW.date()
ROOM = {"capacity": Capacity.OPEN, "capacity_on": TODAY}
WAITS = {"capacity": Capacity.WAIT_LIST, "capacity_on": TODAY}
PLACES = (
    listed("a open", schedule=Schedule(always=True), taking_referrals=Tri.YES, languages=("es",), plans=("kaiser",)),
    listed("b room", **ROOM, taking_referrals=Tri.YES, languages=("es", "hmn"), wheelchair=Tri.YES),
    listed("c waits", **WAITS, taking_referrals=Tri.NO, walk_in=Tri.YES, plans=("kaiser",)),
    listed("d silent"),
)
FOOD = {"what": "need:food", "near": "95354"}


def names(page: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>([^<]+)</a>", page)


def chips(page: str) -> dict[str, str]:
    """The counts of a page: what each says, and where it leads."""
    found = re.findall(r'<a class="chip[^"]*" href="([^"#]+)#results"[^>]*>(.*?)</a>', page, re.S)
    return {Outline(text).text: unescape(address) for address, text in found}


def test_the_counts_say_how_many_places_do_and_of_how_many_nobody_knows(client: Desk) -> None:
    told = chips(client(*PLACES).get("/", params=FOOD).text)
    for text in (
        "Open now: 1 + 3 not known",
        "Taking referrals: 2 + 1 not known",
        "Has room: 1 + 2 not known",
        "Waiting list: 1",
        "Wheelchair access: 1 + 3 not known",
        "Walk in: 1 + 3 not known",
        "Kaiser: 2",
        "Spanish: 2",
        "Hmong: 1",
    ):
        assert text in told, told
    assert "/?what=need%3Afood&near=95354&taking_referrals=1" in told.values()


@pytest.mark.parametrize(
    ("chip", "first"),
    [
        ("Open now", "a open"),
        ("Taking referrals", "a open"),
        ("Has room", "b room"),
        ("Wheelchair access", "b room"),
        ("Walk in", "c waits"),
        ("Hmong", "b room"),
    ],
)
def test_a_count_that_is_pressed_puts_those_places_first_and_can_be_dropped(
    client: Desk, chip: str, first: str
) -> None:
    desk = client(*PLACES)
    link = next(to for text, to in chips(desk.get("/", params=FOOD).text).items() if text.startswith(chip))
    page = desk.get(link).text
    assert names(page)[0] == first
    pressed = next((text, to) for text, to in chips(page).items() if text.startswith(chip))
    assert "asked for; press to drop it" in pressed[0]
    assert names(desk.get(pressed[1]).text) == [one.name for one in PLACES]


def test_a_waiting_list_will_do_where_it_is_asked_for_and_comes_after_room(client: Desk) -> None:
    desk = client(*PLACES, listed("0 full", capacity=Capacity.FULL, capacity_on=TODAY))
    page = desk.get("/", params={**FOOD, "has_room": "wait_list"}).text
    assert names(page)[:2] == ["b room", "c waits"] and "0 full" not in names(page)
    assert "Has a waiting list" in page and "with room, a waiting list or not known (ask first)" in page
    assert "c waits" not in names(desk.get("/", params={**FOOD, "has_room": "1"}).text)


def test_how_one_gets_in_ranks_and_leaves_nobody_out(client: Desk) -> None:
    stairs = listed("0 stairs", wheelchair=Tri.NO, by_appointment=Tri.YES, walk_in=Tri.NO)
    page = client(*PLACES, stairs).get("/", params={**FOOD, "wheelchair": "1", "walk_in": "1"}).text
    assert names(page)[0] == "b room" and names(page)[-1] == "0 stairs" and len(names(page)) == 5
    text = Outline(page).text
    assert "Food near 95354 (Modesto), with wheelchair access first, walk in first" in text
    assert "Wheelchair access Ask if one can walk in" in text  # of the first
    assert "No wheelchair access Call first or make an appointment" in text  # of the last


def test_each_card_says_why_it_stands_there_by_what_the_search_used(client: Desk) -> None:
    near = listed(
        "near", reach=Reach.DISTANCE, address=Address("1 Oak St", "Modesto", "95354"), latitude=37.65,
        longitude=-120.99, plans=("kaiser",), programs=("food_bank",), assured_on=TODAY,
    )  # fmt: skip
    far = listed("serves", programs=("calfresh",), plans=("iehp",))
    old = listed("old", OLD, programs=("food_bank",))
    desk = client(near, far, old)
    asked = {"what": "program:food_bank", "near": "95354", "plan": "kaiser", "open_now": "1", "language": "es"}
    page = desk.get("/", params=asked).text
    told = [Outline(part).text for part in re.findall(r'<ul class="badges" aria-labelledby="why.*?</ul>', page, re.S)]
    assert told[0] == (
        "Gives Food bank or pantry Works with Kaiser Hours not known Ask about Spanish 1.0 miles away Checked lately"
    )
    assert "Old list, so after the others Serves Stanislaus County" in told[1]
    order = [
        Outline(item).text for item in re.findall(r"<li>(.*?)</li>", page.split("Why this order")[1].split("</ol>")[0])
    ]
    assert order[:4] == [
        "Places that give Food bank or pantry",
        "Works with Kaiser, then plan not known",
        "Open now, then hours not known",
        "Speaks Spanish, then language not known",
    ]
    assert order[-1] == "By name"
    assert "From a list that is over a year old or has no day: 1." in page
    assert "Why this order" in page and "Places that give" not in desk.get("/", params={"words": "near"}).text


def test_the_title_of_the_page_tells_the_question_and_the_status_the_count(client: Desk) -> None:
    page = client(*PLACES).get("/", params={**FOOD, "lang": "es"}).text
    assert "<title>Comida cerca de 95354 (Modesto): 4 lugares · Puente</title>" in page
    assert re.search(r'<p class="count" role="status" id="count">1 a 4 de 4</p>', page)
    assert '<details class="question" id="question">' in page
    empty = client().get("/").text
    assert '<details class="question" id="question" open>' in empty and '<p class="count" role="status"' in empty


def test_a_filter_alone_is_a_question_and_a_page_past_the_last_says_so(client: Desk) -> None:
    desk = client(*PLACES)
    assert names(desk.get("/", params={"open_now": "1"}).text)[0] == "a open"
    page = desk.get("/", params={**FOOD, "page": "7"}).text
    assert "There are only 4. This page is past the last one." in Outline(page).text
    assert '<a href="/?what=need%3Afood&amp;near=95354#results">Go to the first page</a>' in page


def test_programs_and_needs_are_counted_where_they_narrow(client: Desk) -> None:
    desk = client(listed("bank", programs=("food_bank",)), listed("fresh", programs=("calfresh",)))
    wide = chips(desk.get("/", params={"near": "95354"}).text)
    assert wide["Food: 2"] == "/?what=need%3Afood&near=95354"
    narrow = chips(desk.get("/", params=FOOD).text)
    bank = narrow["Food bank or pantry: 1"]
    assert bank == "/?what=program%3Afood_bank&near=95354"
    dropped = next(to for text, to in chips(desk.get(bank).text).items() if text.startswith("Food bank"))
    assert dropped == "/?what=need%3Afood&near=95354"


def test_every_place_leads_to_a_handout_in_either_language_and_onto_the_list(client: Desk) -> None:
    page = client(*PLACES).get("/", params=FOOD).text
    forms = re.findall(r'<form class="hand" method="post" action="/handout/add">(.*?)</form>', page, re.S)
    assert len(forms) == 1 + len(PLACES)
    everyone, one = forms[:2]
    assert re.findall(r'name="id" value="([^"]+)"', everyone) == [place.id for place in PLACES]
    assert re.findall(r'name="id" value="([^"]+)"', one) == [PLACES[0].id]
    for form in (everyone, one):
        assert '<button class="plain" name="then" value="back">' in form and 'name="csrf" value="' in form
        assert 'name="from" value="what=need%3Afood&amp;near=95354"' in form
        assert re.findall(r'<button class="second" name="lang" value="(\w+)">', form) == ["es", "en"]


def test_a_search_of_staff_that_found_nobody_is_counted_without_words(client: Desk) -> None:
    desk = client(*PLACES)
    desk.get("/", params={"what": "program:nmt", "near": "Eureka"})
    desk.get("/", params={"what": "program:nmt", "near": "Eureka", "page": "2"})
    desk.get("/", params={"words": "Maria Lopez"})
    desk.get("/", params={"what": "need:food", "near": "95354", "words": "Maria Lopez"})
    (count,) = records.without_result(since=TODAY)
    assert (count.values, count.answers) == (("transport", "nmt", "Humboldt"), 1)
    assert [one.values for one in records.counts("channel", since=TODAY)] == [("desk",)]


def test_a_place_without_a_street_gets_a_card_too(client: Desk) -> None:
    hidden = listed("Refuge", confidential=True, phones=(Phone("+12095550109"),))
    page = client(hidden).get("/", params=FOOD).text
    assert "Serves Stanislaus County" in page and "private address, call first" in page.lower()
