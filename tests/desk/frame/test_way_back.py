"""Where a page leads back to on which a change was refused: a page that is there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from directory.desk.frame import Page
from directory.desk.rooms import PAGES

CHANGES = [page for page in PAGES if page.least and page.method == "POST"]


def back(answer: str) -> str:
    found = re.search(r'<p><a href="([^"]+)">(?:Go back|Back to the search)</a></p>', answer)
    assert found, answer
    return found[1]


@pytest.mark.parametrize("page", CHANGES, ids=lambda page: str(page.path))
def test_a_form_that_was_refused_leads_back_to_a_page(signed: Callable[..., TestClient], page: Page) -> None:
    desk = signed(Role.ADMIN)
    sent = desk.post(re.sub(r"\{\w+:?\w*\}", "1", page.path), data={"csrf": "no"})
    assert sent.status_code == 403
    assert desk.get(back(sent.text), follow_redirects=True).status_code == 200


def test_it_is_the_first_page_of_the_same_room(signed: Callable[..., TestClient]) -> None:
    desk = signed(Role.ADMIN)
    ways = {
        path: back(desk.post(path, data={}).text) for path in ("/inbox/call/1/done", "/place-note", "/review/decide")
    }
    assert ways == {"/inbox/call/1/done": "/inbox", "/place-note": "/", "/review/decide": "/review"}
