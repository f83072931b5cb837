"""What the look-up weighs: bytes and requests of each page, nothing that holds it up, and time that does not grow."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bench import make_listings
from directory import search
from directory.accounts import Role
from directory.desk.look_up.asked import read
from directory.model import Language
from tests.desk.listings import NOW, Outline

Desk = Callable[..., TestClient]
PAGE, FILES, REQUESTS = 60_000, 40_000, 7
"""Bytes of a page of ten places, bytes of the files beside it, and how many those are with the page."""
ASKED = {
    "what": "need:food",
    "near": "95354",
    "plan": "kaiser",
    "language": "es",
    "open_now": "1",
    "has_room": "wait_list",
    "taking_referrals": "1",
    "wheelchair": "1",
    "walk_in": "1",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of 9,000 invented places."""
    path = tmp_path_factory.mktemp("made") / "directory.db"
    make_listings.main([str(path), "--listings", "9000", "--quiet"])
    return path


@pytest.fixture
def many(made: Path, desk_home: Path, signed: Callable[..., TestClient]) -> TestClient:
    """The desk over them."""
    shutil.copy(made, desk_home / "directory.db")
    return signed(Role.CHW)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("asked", [{}, {"what": "need:food", "near": "95354"}, ASKED], ids=["start", "food", "all"])
def test_a_page_keeps_its_budget(many: TestClient, asked: dict[str, str], lang: str) -> None:
    page = many.get("/", params={**asked, "lang": lang})
    tags = Outline(page.text).tags
    files = {attrs["href"] for tag, attrs in tags if tag == "link"} | {
        attrs["src"] for _, attrs in tags if attrs.get("src")
    }
    assert len(page.content) < PAGE, len(page.content)
    assert not [path for path in files if not str(path).startswith("/")]
    assert sum(len(many.get(str(path)).content) for path in files) < FILES
    assert len(files) + 1 <= REQUESTS
    if asked:
        assert page.text.count('<li class="card">') == 10


def test_no_script_holds_up_the_page(many: TestClient) -> None:
    for path in ("/", "/?near=95354"):
        scripts = [attrs for tag, attrs in Outline(many.get(path).text).tags if tag == "script"]
        assert scripts and all("defer" in attrs for attrs in scripts)
    place = re.search(r'<h3><a href="([^"?]+)', many.get("/?near=95354").text)
    assert place and not [tag for tag, _ in Outline(many.get(place[1]).text).tags if tag == "script"]


def test_counting_reads_no_row(many: TestClient, monkeypatch: pytest.MonkeyPatch, desk_home: Path) -> None:
    """A page of ten reads ten places, however many were found and counted."""
    query = read({"what": "need:food"}, Language.EN).query(None)
    result, facets = search.faceted(query, now=NOW, path=desk_home / "directory.db")
    assert facets.total == result.total > 900 and len(result.hits) == 10
    began = time.thread_time()
    for _ in range(20):
        search.faceted(query, now=NOW, path=desk_home / "directory.db")
    counted = time.thread_time() - began
    began = time.thread_time()
    for _ in range(20):
        search.search(query, now=NOW, path=desk_home / "directory.db")
    assert counted < 5 * (time.thread_time() - began) + 0.1
