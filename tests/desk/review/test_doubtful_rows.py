"""Doubtful rows at the desk: side by side, decided, decided by two at once, taken back."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from directory.errors import DecisionError
from directory.sync import review, stage
from directory.sync.lock import alone
from tests.desk.forms import post
from tests.desk.listings import SCRIPT, Outline
from tests.desk.two_lists import DOUBTFUL, NOW, OTHER, PANTRY, load

ROW = "/review/second%3AA"


@pytest.fixture
def home(desk_home: Path) -> Path:
    load(desk_home, "first", PANTRY, OTHER)
    load(desk_home, "second", DOUBTFUL)
    return desk_home


def fields(page: str) -> dict[str, str]:
    """What the form of a row sends along."""
    return dict(re.findall(r'<input type="hidden" name="(row|seen|list)" value="([^"]*)">', page))


def seen(client: TestClient, row: str = ROW) -> dict[str, str]:
    answer = client.get(row)
    assert answer.status_code == 200, answer.text
    return fields(answer.text)


def decided() -> list[tuple[str, str, str]]:
    with stage.open_work() as work:
        return [(made.kind.value, made.who, made.why) for made in review.in_force(work, today=NOW.date())]


def test_the_rows_that_wait_are_listed_with_what_they_may_be(home: Path, signed: Callable[..., TestClient]) -> None:
    page = Outline(signed().get("/review").text)
    assert "Olivo Food Pantry" in page.text and "Olivo Pantry" in page.text
    assert "The second list" in page.text and "The first list" in page.text
    assert "One row may be a place" in page.text


def test_a_row_stands_beside_the_place_with_what_differs_first(home: Path, signed: Callable[..., TestClient]) -> None:
    answer = signed().get(ROW).text
    page = Outline(answer)
    for text in ("The phone is the same", "10am-4pm", "9am-5pm", "12 Kite Row", "Same place", "Later"):
        assert text in page.text, text
    rows = re.findall(r'<tr class="(same|differs)">\s*<th scope="row">.*?</span> ([^<]+)</th>', answer, re.S)
    kinds = [kind for kind, _ in rows]
    assert kinds == sorted(kinds) and {"differs", "same"} == set(kinds)
    assert "Differs:" in page.text and "Same in both:" in page.text, "the difference is said, not only colored"
    assert ("same", "Phones") in rows and ("same", "What it is for") in rows


def test_a_field_that_only_one_names_says_so(desk_home: Path, signed: Callable[..., TestClient]) -> None:
    load(desk_home, "first", PANTRY, OTHER)
    load(desk_home, "second", DOUBTFUL.replace("Mon-Fri 10am-4pm", ""))
    assert "says nothing" in Outline(signed().get(ROW).text).text
    assert "no dice nada" in Outline(signed().get(f"{ROW}?lang=es").text).text


def test_in_spanish_fields_reasons_and_values_are_spanish(home: Path, signed: Callable[..., TestClient]) -> None:
    page = Outline(signed().get(f"{ROW}?lang=es").text).text
    for text in ("El teléfono es el mismo", "Mismo lugar", "Comida", "Horario", "Distinto:"):
        assert text in page, text


def test_the_same_place_is_kept_with_who_and_why(home: Path, signed: Callable[..., TestClient]) -> None:
    desk = signed()
    sent = {**seen(desk), "same": "first:1", "why": "called", "words": "same door"}
    answer = post(desk, "/review/decide", sent)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/review?said=review.said.same")
    assert decided() == [("same", "Staff1 Rivera", "Called them. same door")]
    then = Outline(desk.get(answer.headers["location"]).text).text
    assert "Kept: the same place" in then and "Nothing waits for a decision" in then


def test_another_place_is_not_asked_again_and_the_next_row_follows(
    home: Path, signed: Callable[..., TestClient]
) -> None:
    more = DOUBTFUL.replace("A,Olivo", "B,Olivo").replace("10am", "11am")
    load(home, "second", DOUBTFUL, more, now=NOW + timedelta(hours=1))
    desk = signed()
    answer = post(desk, "/review/decide", {**seen(desk), "same": "", "why": "looked"})
    assert answer.headers["location"].startswith("/review/second%3AB")
    page = desk.get(answer.headers["location"]).text
    assert "Nobody is asked again" in page and "You decided about the row before" in page
    assert [kind for kind, _, _ in decided()] == ["different"]
    number = re.search(r'name="number" value="(\d+)"', page)
    assert number
    post(desk, "/decisions/back", {"number": number[1]})
    assert decided() == [] and desk.get(ROW).status_code == 200


def test_of_two_who_decide_the_second_hears_who_was_first(home: Path, signed: Callable[..., TestClient]) -> None:
    ana, beto = signed(Role.STAFF, "ana"), signed(Role.ADMIN, "beto", now=NOW + timedelta(minutes=5))
    hers, his = seen(ana), seen(beto)
    post(ana, "/review/decide", {**hers, "same": "first:1", "why": "know"})
    answer = post(beto, "/review/decide", {**his, "same": "", "why": "called", "words": "two pantries"})
    page = Outline(answer.text).text
    assert answer.status_code == 409
    for text in ("Somebody was first", "Ana Rivera", "Nov 23, 2026, noon", "The same place as", "I know the place"):
        assert text in page, text
    assert decided() == [("same", "Ana Rivera", "I know the place")]
    assert "Ana Rivera" in Outline(beto.get(ROW).text).text, "whoever opens the row later is told too"


def test_of_ten_who_decide_at_once_one_decision_is_kept(home: Path, signed: Callable[..., TestClient]) -> None:
    with stage.open_work() as work:
        mark = review.mark(work, review.waiting(work)[0])
    made: list[str] = []
    refused: list[DecisionError] = []
    gate = threading.Barrier(10)

    def decide(number: int) -> None:
        gate.wait(10)
        try:
            with alone(20), stage.open_work() as work:
                same = "first:1" if number % 2 else None
                review.answer(work, "second:A", same, mark, who=f"p{number}", why="x", now=NOW)
                made.append(f"p{number}")
        except DecisionError as error:
            refused.append(error)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and len(refused) == 9
    assert all(made[0] in str(error) for error in refused), "each hears who was first"
    assert [who for _, who, _ in decided()] == made


def test_also_without_the_lock_the_store_keeps_one_decision(home: Path) -> None:
    with stage.open_work() as one, stage.open_work() as two:
        mark = review.mark(one, review.waiting(one)[0])
        review.answer(one, "second:A", "first:1", mark, who="Ana", why="x", now=NOW)
        with pytest.raises(review.DecidedFirst, match="Ana decided first"):
            review.answer(two, "second:A", None, mark, who="Beto", why="y", now=NOW)
    assert [who for _, who, _ in decided()] == ["Ana"]


def test_a_row_that_a_list_changed_meanwhile_is_looked_at_again(home: Path, signed: Callable[..., TestClient]) -> None:
    desk = signed()
    sent = seen(desk)
    load(home, "first", PANTRY.replace("12 Kite Row", "40 Far Away Rd"), OTHER, now=NOW + timedelta(hours=1))
    answer = post(desk, "/review/decide", {**sent, "same": "first:1", "why": "looked"})
    page = Outline(answer.text).text
    assert answer.status_code in (404, 409) and decided() == []
    assert "changed this row since you opened it" in page or "does not wait any more" in page


@pytest.mark.parametrize(
    ("sent", "code", "told"),
    [
        ({"same": "first:1", "why": "words", "words": "  "}, 400, "write the reason"),
        ({"same": "first:1"}, 400, "write the reason"),
        ({"same": "first:2", "why": "looked"}, 400, "was not compared with first:2"),
        ({"same": "first:1", "why": "looked", "seen": "nonsense"}, 409, "since you opened it"),
        ({"same": "first:1", "why": "looked", "row": "second:404"}, 404, "does not wait any more"),
        ({"same": "", "why": "looked", "row": SCRIPT}, 404, "does not wait any more"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_keeps_nothing(
    sent: dict[str, str], code: int, told: str, home: Path, signed: Callable[..., TestClient]
) -> None:
    desk = signed()
    answer = post(desk, "/review/decide", {**seen(desk), **sent})
    assert answer.status_code == code and told in Outline(answer.text).text
    assert decided() == [] and SCRIPT not in answer.text


def test_what_a_list_says_is_never_run(desk_home: Path, signed: Callable[..., TestClient]) -> None:
    load(desk_home, "first", PANTRY, OTHER)
    load(desk_home, "second", DOUBTFUL)
    desk = signed()
    with stage.open_work() as work, work:  # a list is cleaned when it is read; what stands in work.db is not trusted
        for field in ("name", "organization", "hours_text"):
            work.execute(f"UPDATE staged SET draft = json_set(draft, '$.{field}', ? || source_id)", (SCRIPT,))
        work.execute("UPDATE source SET title = ?", (SCRIPT,))
    page = desk.get(ROW)
    assert page.status_code == 200 and "<script" not in page.text
    assert page.text.count("&lt;script&gt;") > 8
    assert "<script" not in desk.get("/review").text
    post(desk, "/review/decide", {**seen(desk), "same": "first:1", "why": "words", "words": SCRIPT})
    page = desk.get("/decisions").text
    assert SCRIPT not in page and "&lt;script&gt;" in page


def test_a_chw_may_not_decide(home: Path, signed: Callable[..., TestClient]) -> None:
    chw = signed(Role.CHW)
    assert chw.get("/review").status_code == 403
    assert post(chw, "/review/decide", {"row": "second:A", "same": "first:1", "why": "looked"}).status_code == 403
    assert decided() == []


def test_without_any_list_the_page_says_what_to_do(signed: Callable[..., TestClient], desk_home: Path) -> None:
    desk = signed()
    assert "No list was read yet" in desk.get("/review").text
    assert "No decision is in force" in desk.get("/decisions").text
    assert not (desk_home / "work.db").exists(), "looking makes nothing"


def test_decisions_say_who_when_what_and_why_and_are_taken_back_once(
    home: Path, signed: Callable[..., TestClient]
) -> None:
    desk = signed()
    post(desk, "/review/decide", {**seen(desk), "same": "first:1", "why": "know"})
    page = desk.get("/decisions").text
    for text in ("Staff1 Rivera", "Nov 23, 2026, noon", "The row second:A is the place first:1", "I know the place"):
        assert text in Outline(page).text, text
    number = re.search(r'name="number" value="(\d+)"', page)
    assert number
    first = post(desk, "/decisions/back", {"number": number[1]})
    again = post(desk, "/decisions/back", {"number": number[1]})
    assert "Taken back" in desk.get(first.headers["location"]).text
    assert "taken back before" in desk.get(again.headers["location"]).text
    assert decided() == []
