"""Publishing at the desk: what would change, the numbers, publishing, history, undo, and who was first."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from directory import store, sync
from directory.accounts import Role
from directory.desk.frame import jobs
from directory.sync import hand, review, stage
from directory.sync.decisions import Kind
from tests.desk.forms import post
from tests.desk.listings import SCRIPT, Outline
from tests.desk.two_lists import DOUBTFUL, NOW, OTHER, PANTRY, load

Signed = Callable[..., TestClient]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def home(desk_home: Path) -> Path:
    """Two lists; the first was published, the second was read since, and the first changed."""
    load(desk_home, "first", PANTRY, OTHER)
    sync.publish(NOW, who="Rosa")
    load(desk_home, "first", PANTRY.replace("9am-5pm", "9am-1pm"), now=LATER)
    load(desk_home, "second", DOUBTFUL, now=LATER)
    return desk_home


def shown() -> set[str]:
    with store.open_directory() as connection:
        return {row["id"] for row in connection.execute("SELECT id FROM listing")}


def text(answer: Response) -> str:
    return Outline(answer.text).text


def names(answer: Response) -> list[str]:
    return re.findall(r'</span> <span translate="no">([^<]+)</span><small>', answer.text)


def mark(client: TestClient, path: str = "/diff") -> str:
    found = re.search(r'name="seen" value="([^"]+)"', client.get(path).text)
    assert found, "there is a button"
    return found[1]


def publish(client: TestClient, **more: str) -> Response:
    """Presses the button and follows to how it ended."""
    answer = post(client, "/publish", {"seen": mark(client), "accept_gone": "1", **more})
    return ended(client, answer)


def ended(client: TestClient, answer: Response) -> Response:
    assert answer.status_code == 303, answer.text
    job = answer.headers["location"].partition("?")[0].rpartition("/")[2]
    jobs.wait(job, 30)
    return client.get(answer.headers["location"])


def test_what_would_change_is_told_field_by_field(home: Path, signed: Signed) -> None:
    answer = signed(now=LATER).get("/diff")
    page = text(answer)
    for said in (
        "Publishing now shows 2 places", "1 new", "1 changed", "1 no longer shown", "Mon-Fri 9am-5pm",
        "Mon-Fri 9am-1pm", "The first list does not name it any more (Nov 23, 2026).", "no place of the county Fresno",
    ):  # fmt: skip
        assert said in page, said
    assert sorted(names(answer)) == ["Laurel House", "Olivo Food Pantry", "Olivo Pantry"]
    assert "Hours as Puente reads them" not in page, "what Puente works out itself is not told twice"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "new"}, ["Olivo Food Pantry"]),
        ({"source": "second"}, ["Olivo Food Pantry"]),
        ({"need": "housing"}, ["Laurel House"]),
        ({"county": "Fresno"}, ["Laurel House"]),
        ({"field": "hours_text"}, ["Olivo Pantry"]),
        ({"county": "Stanislaus", "kind": "changed"}, ["Olivo Pantry"]),
        ({"county": "Merced"}, []),
        ({"kind": SCRIPT, "page": "x"}, []),
    ],
)
def test_filters_show_what_they_say(query: dict[str, str], expected: list[str], home: Path, signed: Signed) -> None:
    answer = signed(now=LATER).get("/diff", params=query)
    assert answer.status_code == 200 and names(answer) == expected
    assert expected or "Nothing fits these filters" in answer.text


def test_in_spanish_all_of_it_is_spanish(home: Path, signed: Signed) -> None:
    page = text(signed(now=LATER).get("/diff?lang=es"))
    for said in ("Si publica ahora, se muestran 2 lugares", "ya no lo nombra (23 de noviembre de 2026)", "Antes"):
        assert said in page, said


def test_published_says_how_many_and_who_is_in_the_history(home: Path, signed: Signed) -> None:
    desk = signed(now=LATER)
    page = text(publish(desk))
    assert "Published: 2 places" in page and shown() == {"first:1", "second:A"}
    told = text(desk.get("/history"))
    assert "In force" in told and "Staff1 Rivera" in told and "2 places from: The first list, The second list" in told
    assert "Publishing would change nothing" in desk.get("/diff").text


def test_a_brake_needs_a_yes(home: Path, signed: Signed) -> None:
    desk = signed(now=LATER)
    answer = ended(desk, post(desk, "/publish", {"seen": mark(desk)}))
    assert answer.status_code == 400 and "This publication was stopped" in text(answer)
    assert shown() == {"first:1", "first:2"}


def test_what_changed_since_it_was_looked_at_is_not_published(home: Path, signed: Signed) -> None:
    desk = signed(now=LATER)
    seen = mark(desk)
    load(home, "second", DOUBTFUL.replace("10am", "11am"), now=LATER + timedelta(minutes=1))
    answer = ended(desk, post(desk, "/publish", {"seen": seen, "accept_gone": "1"}))
    assert answer.status_code == 409 and "Somebody was faster" in answer.text
    assert shown() == {"first:1", "first:2"}


def test_of_two_who_publish_the_second_hears_of_the_first(home: Path, signed: Signed) -> None:
    ana, beto = signed(Role.STAFF, "ana", now=LATER), signed(Role.STAFF, "beto", now=LATER)
    hers, his = mark(ana), mark(beto)
    ended(ana, post(ana, "/publish", {"seen": hers, "accept_gone": "1"}))
    answer = ended(beto, post(beto, "/publish", {"seen": his, "accept_gone": "1"}))
    assert answer.status_code == 409 and "Ana Rivera" in text(answer)


def test_undo_in_two_clicks(home: Path, signed: Signed) -> None:
    desk = signed(now=LATER)
    publish(desk)
    first = re.search(r'href="(/history/undo[^"]*)">Undo this publication', desk.get("/history").text)
    assert first
    confirm = desk.get(first[1])
    assert "1 shown again" in text(confirm) and "1 as before" in text(confirm) and "Laurel House" in text(confirm)
    seen, to = (re.search(rf'name="{name}" value="([^"]*)"', confirm.text) for name in ("seen", "to"))
    assert seen and to
    answer = ended(desk, post(desk, "/history/undo", {"seen": seen[1], "to": to[1]}))
    assert "Undone. People see 2 places, as before" in text(answer) and shown() == {"first:1", "first:2"}
    again = text(desk.get("/diff"))
    assert "was put back on Nov 23, 2026" in again and "Show again what was undone" in again
    assert "Undone" in text(desk.get("/history"))


def test_an_undo_after_somebody_published_is_told_and_not_done(home: Path, signed: Signed) -> None:
    ana, beto = signed(Role.STAFF, "ana", now=LATER), signed(Role.STAFF, "beto", now=LATER)
    publish(ana)
    seen = mark(ana, "/history/undo")
    load(home, "second", DOUBTFUL.replace("10am", "11am"), now=LATER + timedelta(minutes=1))
    publish(beto)
    answer = ended(ana, post(ana, "/history/undo", {"seen": seen, "to": ""}))
    assert answer.status_code == 409 and "Beto Rivera" in text(answer) and "nothing was done" in text(answer)
    assert shown() == {"first:1", "second:A"}


def test_what_a_publication_changed_can_be_looked_at_later(home: Path, signed: Signed) -> None:
    desk = signed(now=LATER)
    publish(desk)
    link = re.search(r'href="(/history/2026[^"]+)"', desk.get("/history?kind=published").text)
    assert link
    page = text(desk.get(link[1]))
    for said in ("Mon-Fri 9am-5pm", "Mon-Fri 9am-1pm", "Olivo Food Pantry", "Laurel House", "Staff1 Rivera"):
        assert said in page, said


def test_the_history_has_runs_and_decisions_too(home: Path, signed: Signed) -> None:
    with stage.open_work() as work:
        review.decide(work, Kind.CLOSED, "first:1", who="Ana", why="boarded up", now=LATER)
    desk = signed(now=LATER)
    page = text(desk.get("/history"))
    for said in ("The second list: 1 new, 0 changed, 0 gone", "Closed for good: first:1. boarded up", "Rosa"):
        assert said in page, said
    decided = text(desk.get("/history?kind=decided"))
    assert "boarded up" in decided and "1 new" not in decided
    assert "Lista leída" in desk.get("/history?lang=es").text


def test_a_confidential_place_is_told_by_its_name_alone(home: Path, signed: Signed) -> None:
    fields = {
        "name": "Casa Amapola", "topics": "food", "counties": "Merced", "phones": "209-555-0177", "city": "Merced",
        "address_1": "77 Hidden Way", "confidential": "yes", "hours_text": "knock twice",
    }  # fmt: skip
    with stage.open_work() as work:
        hand.add(work, {**fields, "confidential": "no"}, who="Ana", now=LATER)
    desk = signed(now=LATER)
    publish(desk)
    with stage.open_work() as work:
        known, base = hand.shown(work, "hand:0001")
        hand.edit(work, known, base, {"confidential": "yes"}, who="Ana", now=LATER + timedelta(minutes=5))
    page = desk.get("/diff").text
    assert "Casa Amapola" in page and "its values are not shown" in page
    assert "Hidden Way" not in page


def test_nothing_of_a_list_is_run(home: Path, signed: Signed) -> None:
    with stage.open_work() as work, work:
        work.execute("UPDATE staged SET draft = json_set(draft, '$.name', ?, '$.hours_text', ?)", (SCRIPT, SCRIPT))
        work.execute("UPDATE source SET title = ?", (SCRIPT,))
        review.decide(work, Kind.SUSPENDED, "first:1", who=SCRIPT, why=SCRIPT, now=LATER, until=LATER.date())
    desk = signed(now=LATER)
    for path in ("/diff", "/history", "/decisions", "/publish"):
        page = desk.get(path)
        assert page.status_code == 200 and "<script" not in page.text, path
    assert "&lt;script&gt;" in desk.get("/history").text


def test_a_publication_that_is_killed_leaves_what_was(
    home: Path, signed: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = signed(now=LATER)
    seen = mark(desk)

    def dies(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("directory.publication.shelf.to_disk", dies)
    answer = ended(desk, post(desk, "/publish", {"seen": seen, "accept_gone": "1"}))
    assert answer.status_code == 400 and "What people see stays as it was" in answer.text
    assert shown() == {"first:1", "first:2"}
    monkeypatch.undo()
    monkeypatch.setenv("PUENTE_HOME", str(home))
    assert "Published: 2 places" in text(publish(desk))


def test_a_job_that_nobody_knows_leads_to_the_history(home: Path, signed: Signed) -> None:
    answer = signed().get("/publish/0123456789abcdef")
    assert answer.status_code == 404 and "Either all of it was done or nothing" in answer.text


def test_while_it_goes_on_the_page_looks_again_by_itself(home: Path, signed: Signed) -> None:
    go = threading.Event()
    id = jobs.start(f"publish {home}", lambda step: (step("build", 1, 4), go.wait(20)), by="Ana Ruiz")
    desk = signed(Role.STAFF, "beto", now=LATER)
    try:
        page = desk.get(f"/publish/{id}").text
        assert "25 % done" in page and '<meta http-equiv="refresh"' in page
        second = post(desk, "/publish", {"seen": "x", "accept_gone": "1"})
        assert "Ana Ruiz began this a moment ago" in desk.get(second.headers["location"]).text
    finally:
        go.set()
        jobs.wait(id, 20)
    assert shown() == {"first:1", "first:2"}


@pytest.mark.parametrize("path", ["/diff", "/publish", "/history", "/history/undo"])
def test_a_chw_may_not_look_and_an_empty_house_says_what_to_do(path: str, desk_home: Path, signed: Signed) -> None:
    assert signed(Role.CHW).get(path).status_code == 403
    answer = signed(Role.STAFF).get(path)
    assert answer.status_code == 200 and "/refresh" in answer.text and not (desk_home / "work.db").exists()


def test_undo_without_an_earlier_publication_says_so(desk_home: Path, signed: Signed) -> None:
    load(desk_home, "first", PANTRY)
    sync.publish(NOW)
    answer = signed().get("/history/undo")
    assert answer.status_code == 400 and "no earlier publication" in answer.text
    assert "Undo this publication" not in signed().get("/history").text
