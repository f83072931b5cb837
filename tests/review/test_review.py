"""Doubtful rows, decided by a person: what people are shown before and after, and after it was taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory import store
from directory.cli import main
from directory.errors import UnknownListing
from directory.model import Listing

HEADINGS = "Number,Name,Program,Counties,Street,City,ZIP,Phone,Hours"
ONE = "1,Olivo Pantry,food_bank,Stanislaus,12 Kite Row,Modesto,95354,209-555-0101,Mon-Fri 9am-5pm"
SURE = "A,OLIVO PANTRY INC.,food_bank,Stanislaus,12 Kite Row,Modesto,95354,(209) 555-0101,Mon-Fri 10am-4pm"
DOUBTFUL = "A,Olivo Food Pantry,food_bank,Stanislaus,,Modesto,95354,209-555-0101,Mon-Fri 10am-4pm"
COLUMNS = """
format: {kind: csv}
row_id: {column: Number}
columns: {organization: Name, programs: Program, counties: Counties, address_1: Street, city: City, postal_code: ZIP,
  phones: Phone, hours_text: Hours}
"""
Puente = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setenv("PUENTE_USER", "Rosa")
    (tmp_path / "sources").mkdir()
    for name, day in (("first", "2026-11-01"), ("second", "2026-10-01")):
        text = f"id: {name}\ntitle: The {name} list\nas_of: {day}{COLUMNS}"
        (tmp_path / "sources" / f"{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def puente(home: Path) -> Puente:
    def run(*words: str, ok: bool = True, typed: str | None = None) -> Result:
        result = CliRunner().invoke(main, list(words), input=typed)
        assert (result.exit_code == 0) == ok, result.output
        return result

    return run


@pytest.fixture
def load(home: Path, puente: Puente) -> Callable[..., None]:
    def rows(source: str, *lines: str) -> None:
        (home / "list.csv").write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
        puente("sync", source, "--file", str(home / "list.csv"), "--accept-gone")

    return rows


def publish(puente: Puente) -> set[str]:
    """Publishes and returns the ids that people are shown."""
    puente("publish", "--accept-gone")
    with store.open_directory() as connection:
        return {row["id"] for row in connection.execute("SELECT id FROM listing")}


def shown(listing_id: str) -> Listing:
    with store.open_directory() as connection:
        return store.listing(connection, listing_id)


def test_a_doubtful_row_is_a_place_of_its_own_until_somebody_decides(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", DOUBTFUL)
    assert publish(puente) == {"first:1", "second:A"}
    listed = puente("review").output
    assert "second:A" in listed and "first:1" in listed
    beside = puente("review", "show", "second:A").output
    assert "12 Kite Row" in beside and "Mon-Fri 10am-4pm" in beside and "phone is the same" in beside


def test_the_same_makes_one_place_and_can_be_taken_back(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", DOUBTFUL)
    made = json.loads(puente("review", "same", "second:A", "first:1", "--why", "same door, I know it", "--json").output)
    assert publish(puente) == {"first:1"}
    assert shown("second:A").id == "first:1", "a link that somebody kept goes on working"
    assert "Nothing waits" in puente("review").output
    told = puente("decisions").output
    assert "Rosa" in told and "same door, I know it" in told
    puente("decisions", "--take-back", str(made["number"]))
    assert publish(puente) == {"first:1", "second:A"}
    assert "second:A" in puente("review").output


def test_different_is_not_asked_again_by_any_later_list(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", DOUBTFUL)
    puente("review", "different", "second:A", "first:1", "--why", "two pantries, one phone")
    load("second", DOUBTFUL.replace("10am", "11am"))
    load("first", ONE.replace("9am", "8am"))
    assert "Nothing waits" in puente("review").output
    assert publish(puente) == {"first:1", "second:A"}


def test_rows_that_code_joined_can_be_parted(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", SURE)
    assert publish(puente) == {"first:1"}
    puente("review", "different", "second:A", "first:1", "--why", "not the same door")
    assert publish(puente) == {"first:1", "second:A"}


def test_going_through_the_doubts_with_a_key_for_each(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", DOUBTFUL)
    said = puente("review", "go", typed="1\nsame door\n").output
    assert "1 of 1" in said
    assert publish(puente) == {"first:1"}


def test_where_lists_differ_a_kept_value_survives_every_later_list(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", SURE)
    publish(puente)
    assert shown("first:1").hours_text == "Mon-Fri 9am-5pm", "the newer list is shown"
    puente("decide", "first:1", "keep", "--field", "hours_text", "--from", "second", "--why", "called on May 3")
    publish(puente)
    kept = shown("first:1")
    assert kept.hours_text == "Mon-Fri 10am-4pm"
    assert kept.schedule is not None and kept.schedule.intervals[0].opens.hour == 10, "what goes with it comes along"
    load("first", ONE.replace("9am", "7am"))
    publish(puente)
    assert shown("first:1").hours_text == "Mon-Fri 10am-4pm"


@pytest.mark.parametrize("kind", ["closed", "not-listed"])
def test_closed_and_not_listed_stay_so_when_the_list_comes_again(
    kind: str, puente: Puente, load: Callable[..., None]
) -> None:
    load("first", ONE, ONE.replace("1,Olivo", "2,Laurel").replace("12 Kite", "99 Elm").replace("0101", "0102"))
    puente("decide", "first:1", kind, "--why", "boarded up")
    assert publish(puente) == {"first:2"}
    load("first", ONE.replace("9am", "8am"), ONE.replace("1,Olivo", "2,Laurel").replace("12 Kite", "99 Elm"))
    assert publish(puente) == {"first:2"}
    with pytest.raises(UnknownListing):
        shown("first:1")


def test_suspended_is_shown_to_nobody_until_its_day(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    puente("decide", "first:1", "suspended", "--until", "2099-12-31", "--why", "roof")
    publish(puente)
    found = json.loads(puente("search", "--need", "food", "--near", "Modesto", "--json").output)
    assert found["listings"] == []


REFUSED = [
    (("review", "same", "second:404", "first:1", "--why", "x"), "second:404"),
    (("review", "same", "second:A", "first:404", "--why", "x"), "first:404"),
    (("review", "same", "second:A", "first:1", "--why", "  "), "reason"),
    (("decide", "first:1", "suspended", "--why", "x"), "--until"),
    (("decide", "first:1", "keep", "--why", "x"), "--field"),
    (("decide", "first:404", "closed", "--why", "x"), "first:404"),
    (("decisions", "--take-back", "99"), "99"),
    (("review", "show", "first:1"), "first:1"),
]


@pytest.mark.parametrize(("words", "named"), REFUSED, ids=[" ".join(words[:4]) for words, _ in REFUSED])
def test_a_decision_that_does_not_fit_is_refused_by_name(
    words: tuple[str, ...], named: str, puente: Puente, load: Callable[..., None]
) -> None:
    load("first", ONE)
    load("second", DOUBTFUL)
    refused = puente(*words, ok=False)
    assert named in refused.output and "Traceback" not in refused.output
    assert "No decision" in puente("decisions").output


def test_an_undecided_doubt_leaves_with_its_row(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE)
    load("second", DOUBTFUL)
    load("second", DOUBTFUL.replace("A,Olivo Food", "B,Laurel").replace("0101", "0144"))
    assert not re.search(r"second:A\b", puente("review").output)


def test_a_place_of_two_lists_is_counted_with_each(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE, ONE.replace("1,Olivo", "2,Laurel").replace("12 Kite", "9 Elm").replace("0101", "0102"))
    load("second", SURE)
    publish(puente)
    told = puente("status").output
    assert told.startswith("2 places") and "counted with each" in told
    assert re.search(r"first .* 2\n", told) and re.search(r"second .* 1\n", told)


def test_an_export_says_what_was_left_out(puente: Puente, load: Callable[..., None]) -> None:
    load("first", ONE, ONE.replace("1,Olivo", "2,Laurel").replace("12 Kite", "9 Elm").replace("0101", "0102"))
    puente("decide", "first:1", "suspended", "--until", "2999-12-31", "--why", "roof")
    publish(puente)
    told = puente("export", "--format", "csv", "--output", "-", "--dry-run").output
    assert told.startswith("1 places.") and "Left out: 1 suspended" in told
