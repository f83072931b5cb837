"""What the desk says of the house: whose it is, whom staff call, a pause, a mistake in the settings, old lists."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from directory import store
from directory.accounts import Role, sessions
from directory.cli import main
from directory.desk.app import create_app
from directory.desk.frame.routes import COOKIE
from tests.desk.conftest import account
from tests.desk.listings import LIST, OLD, listed

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday, after hours
SAID = """
clinic: "Kite <b>Clinic</b>"
phone: "209-555-0140"
hours: "Mon-Fri 8am-5pm"
plans: [health_net]
color: "#7a2f8f"
on_call: {name: Nurse on call, phone: "209-555-0141"}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "settings.yml").write_text(SAID, "utf-8")
    return tmp_path


@pytest.fixture
def desk(home: Path) -> TestClient:
    undated = store.SourceRecord("undated", "A list without a day")
    store.write_directory(
        home / "directory.db",
        records=[listed("One"), listed("Two", OLD)],
        sources=[LIST, OLD, undated],
        publication="one",
        published_at=NOW,
    )
    return at_the_desk()


def at_the_desk() -> TestClient:
    """Somebody who signed in at that hour."""
    one = TestClient(create_app(now=lambda: NOW))
    one.cookies.set(COOKIE, sessions.begin(account(Role.CHW, "rosa"), NOW))
    return one


def test_who_did_not_sign_in_reads_nothing_of_it(desk: TestClient, home: Path) -> None:
    (home / "settings.yml").write_text(SAID + "phone_number: 5\n", "utf-8")
    for path in ("/", "/nowhere", "/signin"):
        page = TestClient(desk.app).get(path).text
        assert "Nurse on call" not in page and "phone_number" not in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_staff_read_whom_to_call_and_no_hours_of_the_clinic_beside_it(desk: TestClient, language: str) -> None:
    page = desk.get(f"/?lang={language}").text
    assert "Nurse on call, 209-555-0141" in page
    for alarming in ("Closed now", "Opens tomorrow", "Ahora no atienden", "Abren mañana"):
        assert alarming not in page
    assert "Kite &lt;b&gt;Clinic&lt;/b&gt;" in page and "<b>Clinic" not in page


def test_the_lines_own_hours_stand_beside_it(desk: TestClient, home: Path) -> None:
    (home / "settings.yml").write_text(SAID.replace('0141"}', '0141", hours: 24/7}'), "utf-8")
    assert "Nurse on call, 209-555-0141 (" in desk.get("/").text


def test_the_clinics_color_is_a_sheet_of_its_own(desk: TestClient, home: Path) -> None:
    assert '<link rel="stylesheet" href="/clinic.css">' in desk.get("/").text
    sheet = desk.get("/clinic.css")
    assert sheet.headers["content-type"].startswith("text/css") and "--accent:#7a2f8f" in sheet.text
    (home / "settings.yml").write_text("clinic: Kite Clinic\n", "utf-8")
    assert "clinic.css" not in desk.get("/").text


def test_a_pause_is_told_with_what_people_read_and_how_to_end_it(desk: TestClient, home: Path) -> None:
    assert "puente resume" not in desk.get("/").text
    (home / "pause.json").write_text(
        json.dumps({"en": "Closed for a storm.", "es": None, "who": "Rosa", "since": NOW.isoformat()}), "utf-8"
    )
    for path in ("/", "/place/roster:One", "/nowhere"):
        page = desk.get(path).text
        assert "Puente is paused" in page and "Closed for a storm." in page and "<code>puente resume</code>" in page


def test_a_mistake_in_the_settings_is_told_and_takes_nothing_away(desk: TestClient, home: Path) -> None:
    assert "Nurse on call" in desk.get("/").text
    (home / "settings.yml").write_text(SAID + "phone_number: 5\n", "utf-8")
    page = desk.get("/")
    assert page.status_code == 200 and "phone_number" in page.text and "<code>puente setup</code>" in page.text
    assert "Nurse on call" in page.text, "what was right before counts"


def test_each_list_is_told_with_its_age_the_oldest_first(desk: TestClient) -> None:
    shown = re.findall(r"<li( class=\"old\")?><span[^>]*>([^<]+)</span>: ([^<]+)</li>", desk.get("/").text)
    assert [(bool(old), title) for old, title, _ in shown] == [
        (True, "A list without a day"),
        (True, "An old list"),
        (False, "The roster"),
    ]
    days = (NOW.date() - date(2026, 11, 1)).days
    assert f"{days} days old" in shown[2][2] and "Ask for a new one" in shown[1][2]


def test_nothing_published_says_what_to_do_next(home: Path) -> None:
    page = at_the_desk().get("/?lang=en").text
    assert all(f"<code>{command}" in page for command in ("puente doctor", "puente source new", "puente demo load"))
    assert "211" in page and "Nurse on call" in page


def test_the_clinics_own_plans_come_first(desk: TestClient) -> None:
    plans = re.findall(r'<option value="(\w*)"', desk.get("/").text.partition('name="plan"')[2])
    assert plans[:2] == ["", "health_net"]


def test_the_on_call_line_is_told_at_the_command_line_too(home: Path) -> None:
    told = CliRunner().invoke(main, ["offices", "--county", "Kern", "--kind", "ihss"]).output
    assert "On call (for staff only): Nurse on call, 209-555-0141" in told
    (home / "settings.yml").write_text("clinic: Kite\n", "utf-8")
    assert "On call" not in CliRunner().invoke(main, ["offices", "--county", "Kern", "--kind", "ihss"]).output
