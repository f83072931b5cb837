"""A list that goes along: the word for what a page shows, and what opens with it on any phone, at a running door."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timezone
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests

from directory import search, store
from directory.inbox import lists
from directory.inbox.lists import SavedList
from tests.conftest import PHONE
from tests.up.conftest import PUBLIC, Assistant, Door

TAG = re.compile(r"<[^>]+>")
PLAN = "anthem"
FOOD = {"need": "food", "place": "95354", "county": "Stanislaus", "language": "es"}


@pytest.fixture(scope="module")
def home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo's places and a public address."""
    made = tmp_path_factory.mktemp("shared")
    (made / "directory.db").write_bytes((demo_home / "directory.db").read_bytes())
    (made / "settings.yml").write_text(f'clinic: Kite\nphone: "209-555-0140"\npublic_address: {PUBLIC}\n', "utf-8")
    return made


@pytest.fixture(scope="module")
def there(home: Path) -> Iterator[Door]:
    assistant = Assistant()
    running = Door(home, assistant)
    yield running
    running.stop()


@pytest.fixture
def ids(home: Path) -> list[str]:
    with sqlite3.connect(home / "directory.db") as db:
        return [row[0] for row in db.execute("SELECT id FROM listing ORDER BY id LIMIT 3")]


def asked(door: Door, **what: Any) -> requests.Response:
    body = {"session": door.session(), **FOOD, **what}
    return requests.post(f"{door.url}share", json=body, timeout=60)


def page_of(door: Door, code: str, lang: str = "") -> requests.Response:
    return requests.get(f"http://127.0.0.1:{door.port}/list/{code}{lang}", timeout=60)


def words(html: str) -> str:
    return unescape(TAG.sub(" ", html))


def test_a_list_gets_a_word_a_link_and_a_square_code(there: Door, ids: list[str]) -> None:
    answer = asked(there, ids=ids)
    told = answer.json()
    assert answer.status_code == 201 and re.fullmatch(r"[A-Z]{5}", told["code"])
    assert told["url"] == f"{PUBLIC}/list/{told['code']}"
    picture = requests.get(f"http://127.0.0.1:{there.port}{told['qr']}", timeout=20)
    assert picture.headers["content-type"] == "image/svg+xml" and b"<svg" in picture.content
    assert asked(there, ids=ids).json()["code"] == told["code"], "the same list keeps its word"


@pytest.mark.parametrize(("lang", "title"), [("", "es"), ("?lang=es", "es"), ("?lang=en", "en")])
def test_the_link_shows_the_places_and_only_their_numbers(
    there: Door, home: Path, ids: list[str], lang: str, title: str
) -> None:
    code = asked(there, ids=ids).json()["code"]
    answer = page_of(there, code.lower(), lang)
    said = words(answer.text)
    assert answer.status_code == 200 and f'<html lang="{title}">' in answer.text and code in said
    with store.open_directory(home / "directory.db") as db:
        rows = [store.listing(db, id) for id in ids]
    assert all(row.name in said or row.organization in said for row in rows)
    of_rows = {number for id in ids for number in _numbers(id, home)}
    rest = {"1-800-799-7233", "209-555-0140"}
    assert set(PHONE.findall(said)) <= of_rows | rest, "no number that is no row's"
    assert of_rows & set(PHONE.findall(said)) and "<script" not in answer.text


def _numbers(id: str, home: Path) -> set[str]:
    hit = search.found(id, now=datetime.now(timezone.utc), query=search.Query(), path=home / "directory.db")
    digits = [phone.number[-10:] for one in hit.services for phone in one.listing.phones]
    return {f"{each[:3]}-{each[3:6]}-{each[6:]}" for each in digits}


@pytest.mark.parametrize("code", ["ZZZZZ", "qqqqq"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_word_that_opens_nothing_says_so(there: Door, code: str, lang: str) -> None:
    answer = page_of(there, code, f"?lang={lang}")
    assert answer.status_code == 404 and 'href="tel:211"' in answer.text
    assert ("There is no list here" if lang == "en" else "Aquí no hay ninguna lista") in answer.text
    assert requests.get(f"http://127.0.0.1:{there.port}/list/{code}/qr.svg", timeout=20).status_code == 404


def test_a_place_that_ended_is_told_and_left_out(there: Door, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(home))
    code = lists.make(SavedList("food", ids=("gone:1",), language="en"), "Rosa", datetime.now(timezone.utc))
    said = words(page_of(there, code).text)
    assert "One place of this list is not on our lists any more" in said and "211" in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"ids": []}, {"ids": ["no:such"]}, {"ids": "x"}, {"ids": None}, {"ids": [7, {}, []]}, {"ids": ["x" * 5000]},
        {"ids": ["'; DROP TABLE listing"]}, {"ids": ["\ud800"]}, {"ids": {"a": 1}},
    ],
)  # fmt: skip
def test_what_is_no_list_gets_no_word(there: Door, wrong: dict[str, Any]) -> None:
    answer = asked(there, **wrong)
    assert answer.status_code == 400 and answer.json()["error"]["es"]


def test_the_same_places_for_another_plan_or_county_are_another_list(there: Door, ids: list[str]) -> None:
    others = ({}, {"plan": PLAN}, {"place": "93301", "county": "Kern"})
    told = [asked(there, ids=ids[:2], **other) for other in others]
    assert [one.status_code for one in told] == [201, 201, 201]
    assert len({one.json()["code"] for one in told}) == 3


def test_nothing_is_looked_up_for_who_has_no_visit(there: Door, ids: list[str]) -> None:
    assert asked(there, ids=["no:such"], session="x").status_code == 401
    assert asked(there, ids=ids, place="\udfff").status_code == 400, "half a letter is no place"


def test_only_a_visit_gets_a_word_and_not_many(there: Door, ids: list[str]) -> None:
    assert asked(there, ids=ids, session="x" * 48).status_code == 401
    session = there.session()
    some = [asked(there, ids=[id], session=session, language=language) for id in ids for language in ("en", "es")]
    assert [one.status_code for one in some].count(201) == 3
    assert some[-1].status_code == 429


def test_nothing_that_a_page_made_up_is_shown_to_others(there: Door, ids: list[str]) -> None:
    made_up = "Call 900-555-0199 <b>now</b>"
    told = asked(there, ids=ids[:1], place=made_up, county=made_up, need=made_up, program=made_up, plan=made_up)
    page = page_of(there, told.json()["code"])
    assert page.status_code == 200 and "900-555" not in page.text


def test_without_a_public_address_there_is_a_word_and_no_link(demo_home: Path, tmp_path: Path, ids: list[str]) -> None:
    (tmp_path / "directory.db").write_bytes((demo_home / "directory.db").read_bytes())
    assistant = Assistant()
    running = Door(tmp_path, assistant)
    try:
        told = asked(running, ids=ids).json()
        assert told["url"] is None and told["qr"] is None and len(told["code"]) == 5
    finally:
        running.stop()


def test_what_cannot_be_read_gets_the_page_without_a_list(there: Door, home: Path, ids: list[str]) -> None:
    code = asked(there, ids=ids).json()["code"]
    kept = (home / "directory.db").read_bytes()
    (home / "directory.db").unlink()
    try:
        answer = page_of(there, code)
        assert answer.status_code in (200, 404) and 'href="tel:211"' in answer.text
    finally:
        (home / "directory.db").write_bytes(kept)
    assert json.loads((home / "door.log").read_text().splitlines()[0])["process"] == "door"
