"""One place by hand: it is read like a cell of a list, outranks every list, and no later list overwrites it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory import store
from directory.cli import main
from directory.model import Capacity, Listing, Need, Tri

HEADINGS = "Number,Name,Program,Counties,Street,City,ZIP,Phone,Hours"
PANTRY = "1,Olivo Pantry,food_bank,Stanislaus,12 Kite Row,Modesto,95354,209-555-0101,Mon-Fri 9am-5pm"
SOURCE = """
id: roster
title: Roster of a plan
as_of: 2026-11-01
format: {kind: csv}
row_id: {column: Number}
columns: {organization: Name, programs: Program, counties: Counties, address_1: Street, city: City, postal_code: ZIP,
  phones: Phone, hours_text: Hours}
"""

Puente = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PUENTE_HOME with one list of one pantry, published."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setenv("PUENTE_USER", "Rosa")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "roster.yml").write_text(SOURCE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def puente(home: Path) -> Puente:
    def run(*words: str, ok: bool = True) -> Result:
        result = CliRunner().invoke(main, list(words))
        assert (result.exit_code == 0) == ok, result.output
        return result

    return run


@pytest.fixture
def load(home: Path, puente: Puente) -> Callable[..., None]:
    """Reads these rows as the roster and publishes."""

    def rows(*lines: str) -> None:
        (home / "roster.csv").write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
        puente("sync", "roster", "--file", str(home / "roster.csv"), "--accept-gone")
        puente("publish", "--accept-gone")

    return rows


def shown(listing_id: str) -> Listing:
    with store.open_directory() as connection:
        return store.listing(connection, listing_id)


NEW = ("--name", "Casa Amapola", "--need", "food, housing", "--county", "Merced", "--phone", "209-555-0177 ext. 4")


def test_an_added_place_is_shown_after_the_next_publication(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    said = puente("add", *NEW, "--hours", "Mon-Fri 9am-1pm", "--walk-in", "yes", "--fee", "no").output
    assert "Added: Casa Amapola  (hand:0001)" in said and "209-555-0177 ext. 4" in said and "puente publish" in said
    puente("publish")
    place = shown("hand:0001")
    assert (place.name, place.needs, place.counties) == ("Casa Amapola", (Need.FOOD, Need.HOUSING), ("Merced",))
    assert (place.walk_in, place.fee, place.wheelchair) == (Tri.YES, Tri.NO, Tri.UNKNOWN)
    assert place.schedule is not None and place.provenance.source == "hand" and place.assured_on is None


def test_a_correction_outranks_the_list_and_no_later_list_overwrites_it(
    puente: Puente, load: Callable[..., None]
) -> None:
    load(PANTRY)
    said = puente("edit", "roster:1", "--phone", "209-555-0199", "--checked").output
    assert "phones: 209-555-0101 -> 209-555-0199" in said
    puente("publish")
    load(PANTRY.replace("0101", "0155").replace("9am-5pm", "8am-4pm"))
    place = shown("roster:1")
    assert place.phones[0].number == "+12095550199"
    assert place.hours_text == "Mon-Fri 8am-4pm", "what was not said by hand follows the list"
    assert place.assured_on is not None


def test_what_was_corrected_stays_when_its_list_drops_the_place(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    puente("edit", "roster:1", "--phone", "209-555-0199")
    load(PANTRY.replace("1,Olivo", "2,Laurel").replace("12 Kite", "99 Elm").replace("0101", "0102"))
    place = shown("roster:1")
    assert place.name == "Olivo Pantry" and place.phones[0].number == "+12095550199"


def test_a_second_correction_keeps_the_first(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    puente("edit", "roster:1", "--phone", "209-555-0199")
    puente(
        "edit", "roster:1", "--capacity", "wait list", "--wait-list", "40 people", "--capacity-by", "Ana at the desk"
    )
    puente("publish")
    place = shown("roster:1")
    assert place.phones[0].number == "+12095550199"
    assert (place.capacity, place.wait_list, place.capacity_by) == (Capacity.WAIT_LIST, "40 people", "Ana at the desk")


def test_a_value_can_be_taken_away(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    puente("edit", "roster:1", "--hours", "")
    load(PANTRY.replace("9am-5pm", "8am-4pm"))
    assert shown("roster:1").hours_text is None and shown("roster:1").schedule is None


REFUSED = [
    (("add", "--need", "food", "--county", "Merced", "--phone", "209-555-0177"), "name"),
    (("add", "--name", "X", "--county", "Merced", "--phone", "209-555-0177"), "need"),
    (("add", "--name", "X", "--need", "food", "--phone", "209-555-0177"), "county"),
    (("add", "--name", "X", "--need", "food", "--county", "Merced"), "phone"),
    (("add", "--name", "X", "--need", "food", "--county", "Mercedd", "--phone", "209-555-0177"), "Mercedd"),
    (("edit", "roster:1", "--zip", "99999"), "99999"),
    (("edit", "roster:1", "--phone", "ask at the desk"), "phone"),
    (("edit", "roster:1", "--npi", "1234567890"), "npi"),
    (("edit", "roster:404", "--phone", "209-555-0177"), "roster:404"),
    (("edit", "roster:1"), "--checked"),
]


@pytest.mark.parametrize(
    ("words", "named"), REFUSED, ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_what_cannot_be_read_is_refused_by_name_and_nothing_is_saved(
    words: tuple[str, ...], named: str, puente: Puente, load: Callable[..., None]
) -> None:
    load(PANTRY)
    before = shown("roster:1")
    refused = puente(*words, ok=False)
    assert named in refused.output and "Traceback" not in refused.output
    assert "hand" not in puente("status").output
    assert shown("roster:1") == before


def test_a_place_that_is_there_already_is_not_added_twice(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    what = ("--name", "Olivo Pantry", "--program", "food_bank", "--county", "Stanislaus", "--phone", "209-555-0101")
    again = ("add", *what, "--street", "12 Kite Row", "--city", "Modesto", "--zip", "95354")
    refused = puente(*again, ok=False)
    assert "roster:1" in refused.output and "puente edit roster:1" in refused.output
    assert "Added" in puente(*again, "--new").output


def test_a_trial_saves_nothing(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    assert "trial" in puente("add", *NEW, "--dry-run").output
    assert json.loads(puente("add", *NEW, "--json").output)["listing"] == "hand:0001"


def test_a_confidential_place_by_hand_keeps_its_address_to_itself(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    said = puente(
        "add", *NEW, "--street", "77 Encino Way", "--city", "Merced", "--zip", "95340", "--confidential", "yes"
    )
    puente("publish")
    assert shown("hand:0001").address is None and "Encino" not in said.output


def test_a_notice_is_shown_until_its_day_and_then_is_gone(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    said = puente("notice", "roster:1", "Closed today / Cerrado hoy").output
    assert "Closed today" in said
    puente("publish")
    assert shown("roster:1").alert == "Closed today / Cerrado hoy"
    late = puente("notice", "roster:1", "Closed", "--until", "2020-01-01", ok=False)
    assert "has passed" in late.output
    long = puente("notice", "roster:1", "x" * 121, ok=False)
    assert "120" in long.output


def test_who_and_when_stand_beside_what_was_said(puente: Puente, load: Callable[..., None], home: Path) -> None:
    load(PANTRY)
    puente("edit", "roster:1", "--phone", "209-555-0199")
    said = puente("history").output
    assert "Rosa" in said and "hand" in said


def test_the_organization_of_a_place_by_hand_can_be_described(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    puente("add", *NEW)
    found = json.loads(puente("organization", "list", "amapola", "--json").output)
    puente("organization", "set", found[0]["id"], "--owner", "Rosa", "--partnership", "MOU")
    assert "owner: Rosa; partnership: MOU" in puente("organization", "list", "amapola").output
    assert "organization list" in puente("organization", "set", "nobody", "--owner", "Rosa", ok=False).output


def test_a_place_that_people_only_call_is_corrected_like_any_other(puente: Puente, load: Callable[..., None]) -> None:
    load("1,Olivo Pantry,food_bank,Stanislaus,,,,209-555-0101 ext. 4,")
    puente("edit", "roster:1", "--hours", "Mon-Fri 9am-5pm")
    puente("publish")
    shown = puente("show", "roster:1").output
    assert "Monday to Friday 9 am to 5 pm" in shown and "209-555-0101 ext. 4" in shown


def test_what_the_list_hides_stays_whole_and_hidden_when_it_is_corrected(
    puente: Puente, home: Path, load: Callable[..., None]
) -> None:
    """Once the list drops the place, the corrected row stands alone: with its phone, without its street."""
    load(PANTRY, PANTRY.replace("1,Olivo Pantry", "2,Battered Women's Shelter"))
    puente("edit", "roster:2", "--street", "14 Kite Row", "--cost", "Free")
    load(PANTRY)
    shown = puente("show", "roster:2").output
    assert "209-555-0101" in shown and "Cost: Free" in shown and "Kite Row" not in shown


@pytest.mark.parametrize(
    "words",
    [
        ("add", "--name", "Ni\udcf1o", "--need", "food", "--county", "Fresno", "--phone", "559-555-0101"),
        ("decisions", "--take-back", "99999999999999999999"),
        ("decisions", "--take-back", "-1"),
    ],
)
def test_what_cannot_be_kept_is_told_and_no_traceback(puente: Puente, words: tuple[str, ...]) -> None:
    result = puente(*words, ok=False)
    assert isinstance(result.exception, SystemExit) and "Error: " in result.output


def test_who_decides_is_one_line_of_letters(puente: Puente, home: Path, load: Callable[..., None]) -> None:
    load(PANTRY)
    puente("publish", "--whole", "--by", "Rosa\n# \x1b[31mAna](http://x.example.org)")
    reports = sorted((home / "reports").glob("*.md"))
    assert r"- By: Rosa \# \[31mAna\](http://x.example.org)" in reports[-1].read_text(encoding="utf-8")
    assert "\x1b" not in puente("history", "--json").output


def test_the_lists_own_last_update_is_shown_and_a_correction_is_of_its_own_day(
    home: Path, puente: Puente, load: Callable[..., None]
) -> None:
    source = SOURCE.replace("hours_text: Hours", "edited_on: Hours")
    (home / "sources" / "roster.yml").write_text(source, encoding="utf-8")
    load(PANTRY.replace("Mon-Fri 9am-5pm", "2026-03-14"))
    assert shown("roster:1").edited_on == date(2026, 3, 14)
    puente("edit", "roster:1", "--phone", "209-555-0199")
    puente("publish")
    assert shown("roster:1").edited_on != date(2026, 3, 14)


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--county", "Stanislos", "county (Stanislos): this is no county of California. Did you mean Stanislaus?"),
        ("--county", "Merced, Fresnno", "county (Fresnno): this is no county of California. Did you mean Fresno?"),
        ("--county", "Xyzzy", "county (Xyzzy): this is no county of California. Write it like"),
        ("--phone", "555-0123", "phone (555-0123): the area code is missing."),
        ("--phone", "ask Ana", "phone (ask Ana): this is no phone number."),
        ("--capacity", "so so", "capacity (so so): say open, wait list, full or assessment first"),
        ("--need", "fod", "need (fod): there is no need of this name. Did you mean food?"),
        ("--need", "food, xyzzy", "need (xyzzy): there is no need of this name. Needs: "),
        ("--program", "food bnak", "Did you mean "),
        ("--plan", "helth net", "Did you mean "),
        ("--wheelchair", "perhaps", "wheelchair (perhaps): say yes or no."),
    ],
)
def test_what_cannot_be_read_is_named_with_what_may_be_meant(
    puente: Puente, load: Callable[..., None], option: str, value: str, says: str
) -> None:
    load(PANTRY)
    told = puente("edit", "roster:1", option, value, ok=False).output
    assert says in told and "Nothing was saved." in told and "sender" not in told and "source file" not in told


def test_needs_as_people_write_them_and_room_until_a_day(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    puente("edit", "roster:1", "--need", "Food, Other health", "--capacity", "full until January 15")
    puente("publish")
    place = shown("roster:1")
    assert place.needs == (Need.FOOD, Need.OTHER_HEALTH)
    assert (place.capacity, place.wait_list) == (Capacity.FULL, "until January 15")


def test_what_is_to_be_looked_at_is_named_as_it_was_asked(puente: Puente, load: Callable[..., None]) -> None:
    load(PANTRY)
    told = puente("edit", "roster:1", "--county", "Modesto", "--walk-in", "yes").output
    assert "Look at: county:" in told and "walk in: (nothing) -> yes" in told and "walk_in" not in told
