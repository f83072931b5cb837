"""The blank workbook: whatever its drop-downs offer is understood, and what is filled in comes back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from directory import phones
from directory.eligibility import rules
from directory.model import Capacity, Listing, Need, Tri
from directory.plans import plan_by_alias
from directory.sync import fields, where
from directory.sync.normalize import Draft, normalize, row_id
from directory.sync.parse import rows
from directory.sync.propose.known import named, only_fit
from directory.sync.source import load
from directory.sync.template import workbook as template

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def blank() -> bytes:
    return template.workbook()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


def filled(blank: bytes, *places: dict[str, object]) -> bytes:
    """The workbook with these places below the examples: heading -> what is typed."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book["Places"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row, place in enumerate(places, start=5):
        for heading, typed in place.items():
            sheet.cell(row, at[heading], typed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def listings(data: bytes) -> list[Listing]:
    """What is taken of the workbook; nothing may be left unread in a row that is."""
    source = load(template.SOURCE)
    read = rows(data, source, name="list.xlsx")
    made = [normalize(row, source, identity=row_id(row, source) or "", today=TODAY) for row in read]
    drafts = [item for item in made if isinstance(item, Draft)]
    assert [draft.problems for draft in drafts] == [()] * len(drafts)
    return [draft.listing for draft in drafts]


def test_blank_it_holds_no_place(blank: bytes) -> None:
    assert listings(blank) == []


def test_it_is_known_by_its_headings(blank: bytes) -> None:
    assert only_fit(blank, "our_places.xlsx") == template.SOURCE


def test_what_is_filled_in_comes_back(blank: bytes) -> None:
    [place] = listings(
        filled(
            blank,
            {
                "Organization": "Heron House", "Site": "Turlock site", "Kind of help": "Legal help",
                "Program": "CalFresh (food stamps)", "Program 2": "Food bank or pantry", "Street": "340 Elm Street",
                "City": "Turlock", "ZIP": 95380, "Counties served": "Stanislaus; Merced", "Phone": "209-555-0123 x4",
                "TTY": "711", "Website": "www.heron.example.org", "E-mail": "hi@heron.example.org",
                "Hours": "Mon-Fri 9am-5pm", "Languages": "English; Hmong", "Wheelchair access": "Sí",
                "Takes referrals": "No", "Room now": "Lista de espera", "Room as of": datetime(2026, 11, 2),
                "How long the wait list is": "40 people", "Who it serves": "Anyone", "Cost": "Free",
                "Asks for ID": "Unknown", "Walk in": "Yes", "What to bring": "A bag", "About": "Bread and papers.",
                "Keep address private": "No", "Last checked": "11/2/2026",
            },
        )
    )  # fmt: skip
    assert (place.organization, place.name) == ("Heron House", "Heron House, Turlock site")
    assert set(place.needs) == {Need.LEGAL, Need.FOOD} and place.programs == ("calfresh", "food_bank")
    assert place.address is not None and place.address.postal_code == "95380"
    assert place.counties == ("Stanislaus", "Merced") and place.languages == ("en", "hmn")
    assert [phone.number for phone in place.phones] == ["+12095550123", "711"]
    assert (place.wheelchair, place.taking_referrals, place.id_asked) == (Tri.YES, Tri.NO, Tri.UNKNOWN)
    assert (place.capacity, place.capacity_on, place.wait_list) == (Capacity.WAIT_LIST, date(2026, 11, 2), "40 people")
    assert place.schedule is not None and place.assured_on == date(2026, 11, 2)


def test_a_private_address_is_told_to_nobody(blank: bytes) -> None:
    hidden = {
        "Organization": "Lark Circle", "Kind of help": "Vivienda", "Street": "9 Lark Way", "City": "Merced",
        "ZIP": "95340", "Counties served": "Merced", "Phone": "209-555-0111", "Keep address private": "Sí",
    }  # fmt: skip
    source = load(template.SOURCE)
    read = list(rows(filled(blank, hidden), source, name="l.xlsx"))[-1]
    made = normalize(read, source, identity="x", today=TODAY)
    assert isinstance(made, Draft) and made.listing.confidential and made.listing.address is None


def word(field: str, text: str) -> str:
    return load(template.SOURCE).columns[field].words[text.casefold()][0]


UNDERSTOOD: dict[str, Callable[[str], bool]] = {
    "needs": lambda text: word("topics", text) in {need.value for need in Need},
    "capacity": lambda text: fields.capacity(word("capacity", text)) is not None,
    "programs": lambda text: rules.program_by_alias(text) is not None,
    "counties": lambda text: not where.area((text,)).problems,
    "plans": lambda text: plan_by_alias(text) is not None,
    "languages": lambda text: fields.languages(text)[0] != () and fields.languages(text)[1] == (),
    "yes_no": lambda text: fields.tri(text) is not None,
}


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_whatever_a_drop_down_offers_is_understood(blank: bytes, name: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank))["Lists"]
    column = list(template.workbook_choices()).index(name) + 1
    offered = [str(cell.value) for cell in next(sheet.iter_cols(column, column)) if cell.value is not None]
    assert offered and [text for text in offered if not UNDERSTOOD[name](text)] == []


def test_every_drop_down_is_there(blank: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank))["Places"]
    lists = [column for column in template.columns() if column.list]
    assert len(sheet.data_validations.dataValidation) == len(lists)
    assert sheet.freeze_panes == "B3"
    texts = [number for number, column in enumerate(template.columns(), start=1) if column.text]
    assert {sheet.cell(9, number).number_format for number in texts} == {"@"}


def test_its_columns_are_those_that_its_source_reads() -> None:
    source = load(template.SOURCE)
    assert {column.heading for column in template.columns()} == set(source.known)


def test_a_second_file_of_our_own_is_a_list_of_its_own(blank: bytes, home: Path) -> None:
    path = home / "binder.xlsx"
    path.write_bytes(blank)
    assert named(path, "binder") == "binder"
    assert load("binder").columns == load(template.SOURCE).columns
    assert named(path, "binder") == "binder"


def test_the_phones_of_the_examples_are_invented() -> None:
    phone = [column for column in template.columns() if column.heading.startswith("Phone")]
    said = [text for column in phone for text in column.examples if text]
    assert said and all("-555-01" in text and phones.parse(text) for text in said)
