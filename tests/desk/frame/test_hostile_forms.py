"""Numbers, days and letters that nothing can hold get a page of ours, not a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from directory.inbox import reports
from tests.desk.forms import post
from tests.desk.listings import FULL, NOW

HUGE = "9" * 25
HALF_A_LETTER = (
    b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n'
    b'--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n\\ud800\r\n--b--\r\n'
)


@pytest.mark.parametrize("path", [f"/inbox/call/{HUGE}", f"/inbox/report/{HUGE}", f"/people/{HUGE}"])
def test_a_number_beyond_all_numbers_is_a_page_that_does_not_exist(
    client: Callable[..., TestClient], path: str
) -> None:
    desk = client(FULL, role=Role.ADMIN)
    reports.listing(FULL.id, "phone", "web:somebody", NOW)
    assert desk.get(path).status_code == 404
    assert post(desk, f"/inbox/call/{HUGE}/done").status_code == 404


def test_a_note_of_such_a_number_is_refused_in_words(client: Callable[..., TestClient]) -> None:
    answer = post(client(FULL), "/place-note/end", {"id": FULL.id, "number": HUGE})
    assert answer.status_code == 400 and "no such note" in answer.text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_log_is_read_on_the_first_and_the_last_day_of_the_calendar(
    client: Callable[..., TestClient], day: str
) -> None:
    assert client(FULL, role=Role.ADMIN).get("/audit", params={"day": day}).status_code == 200


def test_halves_of_letters_are_taken_for_question_marks(client: Callable[..., TestClient]) -> None:
    kind = "multipart/form-data; boundary=b; charset=unicode_escape"
    answer = client(FULL, role=None).post("/signin", content=HALF_A_LETTER, headers={"content-type": kind})
    assert answer.status_code == 403


def test_a_file_that_comes_with_a_forged_form_is_not_kept(client: Callable[..., TestClient], desk_home: Path) -> None:
    answer = client(FULL).post("/refresh/upload", data={"csrf": "forged"}, files={"file": ("a.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 403
    assert not list((desk_home / "uploads").iterdir())
