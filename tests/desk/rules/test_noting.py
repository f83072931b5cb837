"""Noting at the desk that a value holds or is otherwise: kept with who and source, read back first, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from directory.overlay.keeping import forget
from directory.plans import plan
from tests.desk.forms import post

_HIDDEN = re.compile(r'name="(seen|of|note|mark)" value="([^"]*)"')
PHONE = "phone:kern_family"
TABLE = "table:calfresh_gross_200"


@pytest.fixture(autouse=True)
def _anew(desk_home: Path) -> None:
    forget()


def hidden(client: TestClient, page: str) -> dict[str, str]:
    """What the first forms of a page carry unseen."""
    return dict(reversed(_HIDDEN.findall(client.get(page).text)))


def overlay(home: Path) -> str:
    file = home / "overlay.yml"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_a_look_is_kept_with_who_when_and_source(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    sent = {**hidden(staff, f"/rules/value?of={PHONE}"), "source": "back of a card", "day": "2026-11-21"}
    assert post(staff, "/rules/check", sent).status_code == 303
    assert "who: Staff1 Rivera" in overlay(desk_home) and "source: back of a card" in overlay(desk_home)
    page = staff.get(f"/rules/value?of={PHONE}&said=rules.said.checked").text
    assert "Noted: it holds." in page
    assert "Staff1 Rivera, Nov 21, 2026: looked, and it holds. Source: back of a card" in page
    assert "seen in a source" in page and "S_GK" not in page and "LOCAL_" not in page


def test_a_change_is_read_back_in_both_languages_and_kept_only_then(
    signed: Callable[..., TestClient], desk_home: Path
) -> None:
    staff = signed()
    sent = {**hidden(staff, f"/plans/number?of={PHONE}"), "phone": "(661) 555-0100", "source": "called the plan"}
    back = post(staff, "/plans/read-back", sent).text
    assert "Members call 1-661-555-0100." in back and "Los miembros llaman al 1-661-555-0100." in back
    assert not overlay(desk_home)
    answer = post(staff, "/plans/change", sent)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/plans/number")
    assert plan("kern_family").phone == "1-661-555-0100"
    assert "1-661-555-0100" in staff.get("/plans?county=Kern").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"phone": "ask at the desk"}, "ask at the desk"),
        ({"phone": "559-555"}, "559-555"),
        ({}, "Write at least one thing"),
        ({"phone": "661-555-0100", "source": ""}, "Write where you looked"),
        ({"phone": "661-555-0100", "day": "yesterday"}, "&#34;yesterday&#34; is no day"),
        ({"phone": "661-555-0100", "day": "2027-01-01"}, "has not come yet"),
        ({"phone": "<script>alert(1)</script>"}, "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_meant_is_told_and_changes_nothing(
    signed: Callable[..., TestClient], desk_home: Path, fields: dict[str, str], told: str
) -> None:
    staff = signed()
    sent = {**hidden(staff, f"/rules/value?of={PHONE}"), "source": "a card", **fields}
    answer = post(staff, "/rules/read-back", sent)
    assert answer.status_code == 400 and told in answer.text
    assert "<script>alert" not in answer.text and not overlay(desk_home)


def test_figures_are_read_by_size(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    sent = {
        **hidden(staff, f"/rules/value?of={TABLE}"),
        "source": "the chart",
        "start": "2026-10-01",
        "each_extra": "960",
    }
    figures = {f"figure_{size}": str(2600 + 900 * size) for size in range(1, 9)}
    gap = {key: value for key, value in figures.items() if key != "figure_3"}
    assert "without a gap" in post(staff, "/rules/read-back", {**sent, **gap}).text
    assert "is no number" in post(staff, "/rules/read-back", {**sent, **figures, "figure_2": "lots"}).text
    read = post(staff, "/rules/read-back", {**sent, **figures}).text
    assert "1 in the home: $3,500" in read and "En el hogar" not in read and "1 en el hogar: $3,500" in read
    assert post(staff, "/rules/change", {**sent, **figures}).status_code == 303
    assert "1 in the home: $3,500" in staff.get(f"/rules/value?of={TABLE}").text


def test_who_comes_second_hears_who_was_first(signed: Callable[..., TestClient], desk_home: Path) -> None:
    ana, ben = signed(name="ana"), signed(name="ben")
    of_ana, of_ben = (hidden(one, f"/rules/value?of={PHONE}") for one in (ana, ben))
    assert post(ana, "/rules/check", {**of_ana, "source": "called"}).status_code == 303
    second = post(ben, "/rules/change", {**of_ben, "phone": "661-555-0199", "source": "a letter"})
    assert second.status_code == 409 and "Ana Rivera noted on" in second.text
    assert "0199" not in overlay(desk_home)


def test_a_note_is_taken_back_and_the_others_stay(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    for target in (PHONE, TABLE):
        sent = {**hidden(staff, f"/rules/value?of={target}"), "source": f"looked at {target[:5]}"}
        assert post(staff, "/rules/check", sent).status_code == 303
    (desk_home / "overlay.yml").write_text(overlay(desk_home) + "\n# a remark of ours\n", encoding="utf-8")
    sent = hidden(staff, f"/rules/value?of={PHONE}")
    assert post(staff, "/rules/take-back", sent).status_code == 303
    assert PHONE not in overlay(desk_home) and TABLE in overlay(desk_home) and "# a remark" in overlay(desk_home)
    assert "general knowledge" in staff.get(f"/rules/value?of={PHONE}").text
    again = post(staff, "/rules/take-back", sent)
    assert again.status_code == 400 and "not there any more" in again.text


def test_the_last_note_leaves_a_file_that_takes_new_ones(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    for source in ("first", "second"):
        sent = {**hidden(staff, f"/rules/value?of={PHONE}"), "source": source}
        assert post(staff, "/rules/check", sent).status_code == 303
        assert post(staff, "/rules/take-back", hidden(staff, f"/rules/value?of={PHONE}")).status_code == 303
    assert overlay(desk_home) == "[]\n"


def test_a_health_worker_reads_numbers_and_changes_none(signed: Callable[..., TestClient], desk_home: Path) -> None:
    worker = signed(Role.CHW)
    page = worker.get(f"/plans/number?of={PHONE}")
    assert page.status_code == 200 and "/plans/check" not in page.text
    assert worker.get("/rules").status_code == 403
    for path in ("/plans/check", "/plans/change", "/plans/take-back", "/rules/check", "/rules/change"):
        assert post(worker, path, {"of": PHONE, "source": "x", "phone": "661-555-0100"}).status_code == 403
    assert not overlay(desk_home)


@pytest.mark.parametrize("of", ["", "nothing", "phone:nobody", "rule:../../etc", "table:<script>", "office:Kern/x"])
def test_what_names_no_value_is_no_page(signed: Callable[..., TestClient], of: str) -> None:
    assert signed().get("/rules/value", params={"of": of}).status_code == 404
