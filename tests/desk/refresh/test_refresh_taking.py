"""A list from drop to taken: a new one that is described, its next month, the brake, changed columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from directory.sync import stage
from directory.sync.source import load
from tests.desk.refresh.dropping import COLUMNS, ROWS, address, drop, fields, follow, listed, told, workbook


@pytest.fixture
def desk(signed: Callable[..., TestClient]) -> TestClient:
    return signed(Role.STAFF)


def take_new(desk: TestClient, data: bytes, name: str = "Kite roster November 2026.csv", **said: str) -> str:
    """Describes a new list as proposed and takes it; the text of the last page."""
    page = drop(desk, name, data)
    return told(follow(desk, f"{address(page)}/columns", {**fields(page), **said, "do": "take"}))


def places() -> int:
    with stage.open_work() as work:
        return int(work.execute("SELECT count(*) FROM staged WHERE refused = 0 AND ended_on IS NULL").fetchone()[0])


def test_the_first_page_says_what_to_do_when_nothing_came(desk: TestClient) -> None:
    page = desk.get("/refresh")
    assert "No list has come yet. Drop the first one above." in told(page)
    assert 'type="file"' in page.text


def test_a_new_excel_list_is_described_tried_and_taken(desk: TestClient) -> None:
    page = drop(desk, "Kite roster November 2026.xlsx", workbook())
    assert "How is this new list read?" in told(page)
    assert fields(page)["title"] == "Kite roster"
    assert fields(page)["as_of"] == "2026-11-01"
    tried = follow(desk, f"{address(page)}/columns", {**fields(page), "do": "try"})
    assert "Of 12 rows, 12 would be shown" in told(tried)
    assert "Kite Pantry 10" in told(tried)
    assert "209-555-0110" in told(tried)
    assert not stage.work_path().exists() or places() == 0
    taken = follow(desk, f"{address(page)}/columns", {**fields(tried), "do": "take"})
    assert "The list is taken" in told(taken)
    assert "12 new" in told(taken)
    assert places() == 12
    assert load("kite_roster").title == "Kite roster"
    assert "Kite roster Nov 1, 2026" in told(desk.get("/refresh"))


def test_what_a_person_says_of_columns_services_plan_and_county_is_obeyed(desk: TestClient) -> None:
    columns = ("Organization", "Offer", "Call us", "City")
    data = listed(*((f"Kite {n}", "Hot box", f"(209) 555-01{n}", "Modesto") for n in range(10, 18)), columns=columns)
    page = drop(desk, "meals.csv", data)
    said = {**fields(page), "title": "Kite meals", "id": "kite_meals", "plan": "health_net", "county": "Stanislaus"}
    said |= {"column.1": "programs", "column.2": "phones", "as_of": "2026-10-05"}
    again = follow(desk, f"{address(page)}/columns", {**said, "do": "try"})
    assert "Service names that we do not know: 1" in told(again)
    said = {**fields(again), "service.0": "food_bank", "several.0": "food, nonsense"}
    wrong = follow(desk, f"{address(page)}/columns", {**said, "do": "try"})
    assert "is no kind of help that we know" in told(wrong)
    taken = follow(desk, f"{address(page)}/columns", {**fields(wrong), **said, "several.0": "food", "do": "take"})
    assert "8 new" in told(taken), told(taken)
    source = load("kite_meals")
    assert (source.plan, source.title, dict(source.defaults)) == (
        "health_net",
        "Kite meals",
        {"counties": "Stanislaus"},
    )
    with stage.open_work() as work:
        draft = work.execute("SELECT draft FROM staged WHERE refused = 0 LIMIT 1").fetchone()[0]
        day = work.execute("SELECT as_of FROM run").fetchone()[0]
    assert '"food_bank"' in draft
    assert '"health_net"' in draft
    assert day == "2026-10-05"


def test_next_month_is_recognized_and_shows_what_came_changed_and_went(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    moved = (*ROWS[1][:6], "(209) 555-0199")
    page = drop(desk, "Kite roster 2026-11-20.csv", listed(moved, *ROWS[2:], ("Kite Beds", *ROWS[0][1:])))
    assert "Yes, this is Kite roster of November 2026" in told(page)
    trial = follow(desk, f"{address(page)}/known", {"source": "kite_roster"})
    assert "What would change" in told(trial)
    assert "1 new 1 changed 1 no longer listed" in told(trial)
    changed = told(desk.get(f"{address(page)}?show=changed"))
    assert "209-555-0111" in changed
    assert "209-555-0199" in changed
    assert "Kite Pantry 10" in told(desk.get(f"{address(page)}?show=gone"))
    assert "None has these words." in told(desk.get(f"{address(page)}?show=gone&q=zebra"))
    assert places() == 12
    assert "Kite Beds" not in str(all_names())
    taken = follow(desk, f"{address(page)}/take")
    assert "The list is taken" in told(taken)
    assert "Kite Beds" in str(all_names())
    assert "The list is taken" in told(follow(desk, f"{address(page)}/take")), "pressed twice"


def all_names() -> list[str]:
    with stage.open_work() as work:
        query = "SELECT json_extract(draft, '$.name') FROM staged WHERE refused = 0 AND ended_on IS NULL"
        return [row[0] for row in work.execute(query)]


def test_the_same_bytes_are_told_and_change_nothing(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    page = drop(desk, "Kite roster November 2026.csv", listed(*ROWS))
    assert "These very bytes are the list Kite roster as it stands" in told(page)
    trial = follow(desk, f"{address(page)}/known", {"source": "kite_roster"})
    assert "the same list as last time, so there is nothing to do" in told(trial)


def test_a_list_with_too_much_missing_is_taken_only_with_a_persons_word(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    page = drop(desk, "Kite roster 2026-11-20.csv", listed(*ROWS[:4]))
    trial = follow(desk, f"{address(page)}/known", {"source": "kite_roster"})
    assert "Stopped: too much is missing" in told(trial)
    assert "8 of 12 places (67%)" in told(trial)
    assert "Places no longer listed" in told(trial), "what would go is shown first"
    refused = follow(desk, f"{address(page)}/take")
    assert "Stopped: too much is missing" in told(refused)
    assert places() == 12
    taken = follow(desk, f"{address(page)}/take", {"accept_gone": "1"})
    assert "The list is taken" in told(taken)
    assert places() == 4


def test_patients_in_a_list_that_is_near_to_one_of_ours_are_refused_and_deleted(
    desk: TestClient, desk_home: Path
) -> None:
    take_new(desk, listed(*ROWS))
    columns = ("Organization", "Program", "Address", "City", "ZIP", "County", "Main phone", "Member name", "CIN")
    rows = ((*each, "Ana Sol", "90000001A") for each in ROWS)
    page = drop(desk, "Kite roster 2026-11-20.csv", listed(*rows, columns=columns))
    assert "looks like a list of patients" in told(page)
    assert not [path for path in desk_home.rglob("*") if path.is_file() and b"Ana Sol" in path.read_bytes()]


def test_a_column_with_another_name_is_shown_with_examples_and_accepted(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    columns = ("Organization", "Program", "Address", "City", "ZIP", "County", "Main phone")
    page = drop(desk, "Kite roster 2026-11-20.csv", listed(*ROWS, columns=columns))
    assert "It is near to Kite roster" in told(page)
    stopped = follow(desk, f"{address(page)}/known", {"source": "kite_roster"})
    assert "Columns that are missing" in told(stopped)
    assert "(209) 555-0110" in stopped.text
    assert fields(stopped)["missing.0"] == "Main phone"
    nothing = desk.post(f"{address(page)}/headings", data={"csrf": fields(stopped)["csrf"]})
    assert nothing.status_code == 400
    trial = follow(desk, f"{address(page)}/headings", fields(stopped))
    assert "What would change" in told(trial)
    assert load("kite_roster").also == {"Phone": ("Main phone",)}


def test_a_list_of_its_own_is_read_like_the_one_it_is_like(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    page = drop(desk, "other.csv", listed(*(("Heron " + row[0], *row[1:]) for row in ROWS)))
    trial = follow(desk, f"{address(page)}/known", {"source": "kite_roster", "own": "Heron list"})
    assert "Heron list" in told(trial)
    assert "The list is taken" in told(follow(desk, f"{address(page)}/take"))
    assert load("heron_list").title == "Heron list"
    assert places() == 24


def test_a_day_to_come_is_refused_and_a_day_that_is_said_is_kept(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    page = drop(desk, "roster.csv", listed(*ROWS[1:]))
    follow(desk, f"{address(page)}/known", {"source": "kite_roster"})
    odd = desk.post(f"{address(page)}/take", data={"csrf": fields(desk.get("/account"))["csrf"], "as_of": "soon"})
    assert odd.status_code == 400
    late = follow(desk, f"{address(page)}/take", {"as_of": "2027-01-01"})
    assert "has not come yet" in told(late)
    follow(desk, f"{address(page)}/take", {"as_of": "2026-11-18"})
    with stage.open_work() as work:
        assert work.execute("SELECT as_of FROM run ORDER BY number DESC LIMIT 1").fetchone()[0] == "2026-11-18"


def test_a_name_that_another_list_has_is_refused_and_may_be_replaced(desk: TestClient) -> None:
    take_new(desk, listed(*ROWS))
    page = drop(
        desk,
        "Kite roster.csv",
        listed(("Heron", *ROWS[0][1:]), columns=("Name", *COLUMNS[1:])),
    )
    if "How is this new list read?" not in told(page):
        page = follow(desk, f"{address(page)}/new")
    refused = follow(desk, f"{address(page)}/columns", {**fields(page), "do": "take"})
    assert "There is a list called kite_roster already" in told(refused)
    assert places() == 12
    assert load("kite_roster").columns["organization"].parts[0].path == "Organization"


def test_an_unfinished_file_is_found_again_and_can_be_forgotten(desk: TestClient, desk_home: Path) -> None:
    page = drop(desk, "Kite roster.csv", listed(*ROWS))
    assert "Kite roster.csv" in told(desk.get("/refresh"))
    gone = follow(desk, f"{address(page)}/drop")
    assert "The file was forgotten" in told(gone)
    assert not list((desk_home / "uploads").iterdir())
    assert desk.get(address(page)).status_code == 404
