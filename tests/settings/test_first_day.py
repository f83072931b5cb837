"""What a person who sets up a clinic on the first day types, and what must never be taken without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import Result

from directory.settings import settings
from directory.settings.colors import dark_enough
from directory.setup.days import days_in
from directory.setup.suggesting import usual_days
from tests.settings.test_checks import PNG
from tests.settings.test_setup import said

Puente = Callable[..., Result]
TODAY = date(2026, 11, 22)


def told(result: Result) -> str:
    """What a command said, in one line."""
    return " ".join(result.output.split())


# Days


def test_usual_means_the_same_on_the_command_line_as_at_the_question(home: Path, puente: Puente) -> None:
    puente("setup", "closed_on", "--ask", typed=("usual",))
    asked = settings(strict=True).closed_on
    puente("setup", "--set", "closed_on=")
    result = puente("setup", "--set", "closed_on=usual, 12/24/2026")
    assert result.exit_code == 0 and len(asked) > 9
    assert set(settings(strict=True).closed_on) == {*asked, date(2026, 12, 24)}


def test_usual_in_a_file_is_an_error_that_says_what_to_do(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "closed_on=2026-12-24")
    (home.parent / "clinic.yml").write_text("closed_on: usual\n")
    result = puente("setup", "--file", str(home.parent / "clinic.yml"))
    assert result.exit_code == 1 and "puente setup closed_on" in told(result)
    assert "Nothing was written." in result.output and said(home) == {"closed_on": [date(2026, 12, 24)]}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Dec 24", (2026, 12, 24)),
        ("dec. 24th", (2026, 12, 24)),
        ("December 24, 2026", (2026, 12, 24)),
        ("31 de diciembre", (2026, 12, 31)),
        ("31 de diciembre de 2027", (2027, 12, 31)),
        ("1 ene", (2027, 1, 1)),
        ("Nov 22", (2026, 11, 22)),
        ("Nov 21", (2027, 11, 21)),
        ("12/24", (2026, 12, 24)),
        ("12/24/2026", (2026, 12, 24)),
        ("2026-12-24", (2026, 12, 24)),
    ],
)
def test_a_day_as_people_write_it(written: str, day: tuple[int, int, int]) -> None:
    assert days_in(written, TODAY) == [date(*day)]


@pytest.mark.parametrize("written", ["Dec 32", "Dec 24-26", "24", "Christmas", "Dec 24 25", "13/40", "Dec", "x 24"])
def test_what_may_be_no_day_is_left_for_the_checks_to_refuse(written: str) -> None:
    assert days_in(written, TODAY) == [written]


def test_several_days_of_both_languages_in_one_answer() -> None:
    found = days_in("Dec 24, 2026, Dec 26; 31 de diciembre, usual, 2027-01-04", TODAY)
    assert found[:3] == [date(2026, 12, 24), date(2026, 12, 26), date(2026, 12, 31)]
    assert found[3:] == [*usual_days(TODAY), date(2027, 1, 4)]


def test_the_question_takes_what_it_shows(home: Path, puente: Puente) -> None:
    puente("setup", "closed_on", "--ask", typed=("Dec 24, 31 de diciembre",))
    assert [day.strftime("%m-%d") for day in settings(strict=True).closed_on] == ["12-24", "12-31"]


# Phones


@pytest.mark.parametrize("number", ["911", "988", "211"])
@pytest.mark.parametrize("key", ["crisis_line", "shelter_line", "on_call"])
def test_no_line_of_the_clinic_is_911(home: Path, puente: Puente, key: str, number: str) -> None:
    result = puente("setup", "--set", f"{key}.name=Crisis", "--set", f"{key}.phone={number}")
    assert result.exit_code == 1 and f"not {number}: people are told 911, 988 and 211 without it" in told(result)
    asked = puente("setup", key, "--ask", typed=("Crisis", number, "209-555-0141", ""))
    assert f"not {number}" in told(asked) and said(home)[key] == {"name": "Crisis", "phone": "209-555-0141"}


# Plans


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1,9", "There are 3 numbers, and 9 is none of them"),
        ("0", "There are 3 numbers, and 0 is none of them"),
        ("alliance", "Central California Alliance or Alameda Alliance?"),
    ],
)
def test_a_plan_that_is_none_is_told_with_what_there_is(home: Path, puente: Puente, typed: str, expected: str) -> None:
    puente("setup", "--set", "counties=Stanislaus")
    assert expected in told(puente("setup", "plans", "--ask", typed=(typed, "-")))
    refused = puente("setup", "--set", f"plans={typed}")
    assert refused.exit_code == 1 and expected in told(refused) and "Nothing was changed" in refused.output
    assert said(home) == {"counties": ["Stanislaus"]}


# Colors


@pytest.mark.parametrize(
    ("typed", "color"), [("teal", "#008080"), ("Dark Green", "#006400"), ("navy", "#000080"), ("dim grey", "#696969")]
)
def test_a_color_by_its_name(home: Path, puente: Puente, typed: str, color: str) -> None:
    assert puente("setup", "--set", f"color={typed}").exit_code == 0
    assert said(home) == {"color": color}
    (home / "settings.yml").write_text(f"color: {typed}\n")
    assert settings(strict=True).color == color


def test_a_name_that_is_too_light_or_mistyped_is_told(puente: Puente) -> None:
    assert "did you mean maroon?" in told(puente("setup", "--set", "color=maroom"))
    assert 'A darker one that does: "#a06b00"' in told(puente("setup", "--set", "color=yellow"))


@pytest.mark.parametrize("light", ["#ffff00", "#ffd700", "#fff176"])
def test_for_yellow_a_gold_is_offered_and_no_olive(light: str) -> None:
    red, green, _ = (int(dark_enough(light)[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green * 1.2


# Pictures


def test_a_wrong_picture_names_its_key_beside_the_other_mistakes(home: Path, puente: Puente) -> None:
    result = puente("setup", "--set", "hours=whenever", "--set", "logo=/nowhere.png", "--set", "clinic=Kite")
    assert "Nothing was changed" in result.output and "`hours`" in result.output
    assert "`logo` names nowhere.png, which is no file there." in told(result) and said(home) == {}


@pytest.mark.parametrize("more", [["--dry-run"], ["--set", "hours=whenever"]])
def test_a_picture_is_not_copied_when_nothing_is_changed(home: Path, puente: Puente, more: list[str]) -> None:
    (home.parent / "ours.png").write_bytes(PNG)
    puente("setup", "--set", f"logo={home.parent / 'ours.png'}", *more)
    assert list(home.iterdir()) == []
    puente("setup", "--set", f"logo={home.parent / 'ours.png'}")
    assert said(home) == {"logo": "logo.png"} and (home / "logo.png").read_bytes() == PNG


@pytest.mark.parametrize("words", ["clnic=x", "phone", "admin=Ana", "plans=99"])
def test_every_refusal_says_that_nothing_was_changed(puente: Puente, words: str) -> None:
    assert "Nothing was changed" in puente("setup", "--set", words).output


# Files


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04\x14\0\0\0" + b"\0" * 400_000, "is an Excel, Word or zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "is an old Excel or Word file"),
        (b"%PDF-1.7\n\0", "is a PDF"),
        (b'clinic: "Kite\nphone: x\n', "line 1"),
        (b"clinic: A\nclinic: B\n", "stands twice"),
    ],
)
def test_another_kind_of_file_is_called_what_it_is(home: Path, puente: Puente, content: bytes, expected: str) -> None:
    (home.parent / "clinic.xlsx").write_bytes(content)
    result = puente("setup", "--file", str(home.parent / "clinic.xlsx"))
    assert result.exit_code == 1 and expected in result.output and "zeros" not in result.output
    assert result.output.rstrip().endswith("Nothing was written.") and list(home.iterdir()) == []


# The second sitting


def test_the_first_question_of_a_second_sitting_answers_too(home: Path, puente: Puente) -> None:
    puente("setup", "--set", "clinic=Kite")
    result = puente("setup", "--ask", typed=("?", "<", "some", "o", "Kite"))
    assert "open asks only the 22 without an answer; all asks each one again" in told(result)
    assert "This is the first question" in result.output and "Type open or all." in result.output
    assert "is not one of" not in result.output and "1 of 22. Short name" in result.output
    assert said(home) == {"clinic": "Kite", "short_name": "Kite"}
    assert "1 of 23. Name of your clinic" in puente("setup", "--ask", typed=("all",)).output


# Where backups go


def test_a_folder_for_backups_that_is_not_there_is_told(home: Path, puente: Puente) -> None:
    stick = home.parent / "stick"
    asked = puente("setup", "backups", "--ask", typed=(str(stick), "yes"))
    assert f"It is kept, but there is no folder {stick} now." in told(asked) and f"mkdir -p {stick}" in told(asked)
    assert yaml.safe_load((home / "settings.yml").read_text())["backups"] == {"folder": str(stick), "encrypted": True}
    assert "there is no folder" in told(puente("setup", "--set", "phone=209-555-0140"))
    stick.mkdir()
    assert "there is no folder" not in told(puente("setup", "--set", "phone=209-555-0140"))
