"""Puente paused: what people read, what a clerk reads, and what a hostile or damaged file may do (nothing)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory import pause
from directory.cli import main
from directory.errors import PauseError

LINES = ("911", "988", "211")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "settings.yml").write_text('clinic: Sunrise Clinic\nphone: "209-555-0123"\n')
    return tmp_path


def puente(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_both_languages_read_their_own_sentence_with_the_lines(now: datetime) -> None:
    pause.pause("We are closed for the storm", "Cerramos por la tormenta", "ana", now)
    english, spanish = pause.sentence("en"), pause.sentence("es")
    assert english.startswith("We are closed for the storm. In an emergency call 911.")
    assert spanish.startswith("Cerramos por la tormenta. En una emergencia llame al 911.")
    assert all(number in text for number in (*LINES, "209-555-0123") for text in (english, spanish))
    assert pause.sentence(None) == f"{english}\n{spanish}"
    assert pause.resume() and pause.paused() is None and not pause.resume()


def test_without_spanish_words_spanish_speakers_get_a_spanish_sentence_beside_the_english(now: datetime) -> None:
    pause.pause("Closed today.", None, "ana", now)
    assert pause.sentence("es").startswith(
        "Este chat está cerrado por ahora. La clínica dice, en inglés: Closed today. En"
    )
    pause.pause(None, None, "ana", now)
    assert pause.sentence("en").startswith("This chat is closed for now.")
    assert "inglés" not in pause.sentence("es")


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("a" * 301, "has 301 letters"),
        ("one\ntwo", "more than one paragraph"),
        ("one\u2028two", "more than one paragraph"),
        ("bell\x07", "control characters"),
        ("turned \u202e around", "control characters"),
        ("half \ud800", "control characters"),
    ],
)
def test_a_sentence_that_people_could_not_read_is_refused_and_changes_nothing(
    sentence: str, says: str, now: datetime
) -> None:
    pause.pause("Closed.", None, "ana", now)
    for en, es in ((sentence, None), ("Closed.", sentence)):
        with pytest.raises(PauseError, match=says):
            pause.pause(en, es, "eve", now)
    assert pause.paused() == pause.Paused("Closed.", None, "ana", now)


HOSTILE = {
    "empty": b"",
    "cut": b'{"en": "Clos',
    "no JSON": b"\x00\xff",
    "a list": b"[]",
    "nested": b"[" * 8000,
    "huge": b'{"en": "' + b"a" * 20_000 + b'"}',
    "numbers": b'{"en": 1, "es": null, "who": "a", "since": "2026-11-22T00:00:00+00:00"}',
    "turned": b'{"en": "x \\u202e y", "es": null, "who": "a", "since": "2026-11-22T00:00:00+00:00"}',
    "two paragraphs": b'{"en": "x\\ny", "es": null, "who": "a", "since": "2026-11-22T00:00:00+00:00"}',
    "no day": b'{"en": "x", "es": null, "who": "a", "since": "soon"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_damaged_file_is_the_fixed_sentence_and_is_told(name: str, home: Path) -> None:
    (home / "pause.json").write_bytes(HOSTILE[name])
    found = pause.paused()
    assert found is not None and found.damaged
    assert pause.sentence("en", found).startswith("This chat is closed for now.")
    assert "cannot be read" in puente("pause", "--status")
    assert "answers again" in puente("resume") and pause.paused() is None


def test_a_folder_in_its_place_is_a_pause_that_says_how_it_ends(home: Path) -> None:
    (home / "pause.json").mkdir()
    assert pause.paused() == pause.Paused(damaged=True)
    result = CliRunner().invoke(main, ["resume"])
    assert result.exit_code == 1 and "Remove it by hand" in result.output


def test_settings_that_cannot_be_read_take_only_the_clinics_number_away(home: Path, now: datetime) -> None:
    (home / "settings.yml").write_text("phone: [")
    pause.pause("Closed.", None, "ana", now)
    assert pause.phones()[:3] == LINES
    assert all(line in pause.sentence("en") for line in LINES)


def test_braces_and_markup_in_the_words_stay_words(now: datetime) -> None:
    pause.pause("Closed {phone} <b>now</b> {words}", None, "ana", now)
    assert "Closed {phone} <b>now</b> {words}." in pause.sentence("es")


def test_a_clerk_pauses_looks_and_resumes(home: Path) -> None:
    said = puente("pause", "We are closed for the storm", "--by", "ana")
    assert "Puente is paused since" in said and "by ana." in said
    assert "People who write Spanish read:" in said and "Give them in Spanish too" in said
    assert json.loads(puente("pause", "--status", "--json"))["reads"]["en"].startswith("We are closed for the storm.")
    assert (home / "pause.json").stat().st_mode & 0o077 == 0
    assert "Nothing was changed" in puente("pause", "Other", "--dry-run")
    assert "closed for the storm" in puente("pause", "--status")
    assert puente("resume") == "Puente answers again.\n" and puente("resume") == "Puente was not paused.\n"
    assert puente("pause", "--status") == "Puente is not paused. It answers.\n"


@pytest.mark.parametrize("arguments", [["--es", "Cerrado."], ["Closed.", "--status"]])
def test_what_cannot_be_meant_is_asked_back(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["pause", *arguments])
    assert result.exit_code == 2 and pause.paused() is None
