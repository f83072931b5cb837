"""What can be wrong with a row, as codes; the sentences for staff stand in problems.yml, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path

from directory.eligibility import strict
from directory.model import Language

__all__ = ["Code", "Problem", "Sentence", "sentence"]


class Code(str, Enum):
    """One kind of problem; what it does to the row is `refuses`."""

    DAMAGED_ROW = "damaged_row"
    EXTRA_CELLS = "extra_cells"
    LONG_CELL = "long_cell"
    HIDDEN_ROW = "hidden_row"
    BROKEN_ROW = "broken_row"
    NO_ROW_ID = "no_row_id"
    REPEATED_ROW = "repeated_row"
    REPEATED_ID = "repeated_id"
    NEW_COLUMN = "new_column"
    NO_NAME = "no_name"
    NO_NEED = "no_need"
    NO_COUNTY = "no_county"
    NO_CONTACT = "no_contact"
    NOT_FOR_CALIFORNIA = "not_for_california"
    CLOSED = "closed"
    RETAIL = "retail"
    RECREATION = "recreation"
    NOT_FOR_PATIENTS = "not_for_patients"
    NOT_A_SERVICE = "not_a_service"
    OTHER_PURPOSE = "other_purpose"
    FORMULA = "formula"
    UNREADABLE_PHONE = "unreadable_phone"
    UNREADABLE_ZIP = "unreadable_zip"
    UNREADABLE_DATE = "unreadable_date"
    UNREADABLE_LINK = "unreadable_link"
    UNREADABLE_EMAIL = "unreadable_email"
    UNREADABLE_COORDINATES = "unreadable_coordinates"
    FUTURE_DATE = "future_date"
    UNCLEAR_YES_NO = "unclear_yes_no"
    UNKNOWN_COUNTY = "unknown_county"
    UNKNOWN_CITY = "unknown_city"
    UNKNOWN_PROGRAM = "unknown_program"
    UNKNOWN_PLAN = "unknown_plan"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_CAPACITY = "unknown_capacity"
    UNKNOWN_WORD = "unknown_word"
    CITY_AS_COUNTY = "city_as_county"
    COUNTY_FROM_ADDRESS = "county_from_address"
    OUTSIDE_AREA = "outside_area"
    CITY_ZIP_CLASH = "city_zip_clash"
    COORDINATES_CLASH = "coordinates_clash"
    COUNTY_CLASH = "county_clash"
    UNSURE_REGION = "unsure_region"
    BAD_NPI = "bad_npi"
    ADDRESS_WITHHELD = "address_withheld"
    NOTHING_TO_TELL = "nothing_to_tell"
    WRONG_TYPE = "wrong_type"
    BROKEN_REFERENCE = "broken_reference"
    OTHER_SERVER = "other_server"
    CIRCULAR_REFERENCE = "circular_reference"

    @property
    def refuses(self) -> bool:
        """Whether a row with this problem is left out; otherwise only the field is."""
        return self in _REFUSING


_REFUSING = frozenset(
    {
        Code.DAMAGED_ROW,
        Code.EXTRA_CELLS,
        Code.LONG_CELL,
        Code.HIDDEN_ROW,
        Code.BROKEN_ROW,
        Code.NO_ROW_ID,
        Code.REPEATED_ROW,
        Code.REPEATED_ID,
        Code.NO_NAME,
        Code.NO_NEED,
        Code.NO_COUNTY,
        Code.NO_CONTACT,
        Code.NOT_FOR_CALIFORNIA,
        Code.CLOSED,
        Code.RETAIL,
        Code.RECREATION,
        Code.NOT_FOR_PATIENTS,
        Code.NOT_A_SERVICE,
        Code.OTHER_PURPOSE,
    }
)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one row; `value` is what the list says there, cut short, never of a hidden address."""

    line: int
    field: str
    code: Code
    value: str | None = None

    def without_place(self) -> Problem:
        """The same without its value where that could tell where a confidential place is."""
        return replace(self, value=None) if self.field in _PLACE else self


_PLACE = frozenset({"address_1", "city", "postal_code", "latitude", "counties", "county"})


@dataclass(frozen=True)
class Sentence:
    """What a code means and what staff can do about it."""

    means: str
    do: str


def sentence(code: Code, language: Language = Language.EN) -> Sentence:
    """The sentence of a code in that language."""
    return _sentences()[code, language]


@cache
def _sentences() -> dict[tuple[Code, Language], Sentence]:
    codes = strict.read(Path(__file__).parent / "problems.yml").fields(code.value for code in Code)
    twins = {code: codes[code.value].fields(language.value for language in Language) for code in Code}
    return {(code, language): _sentence(twins[code][language.value]) for code in Code for language in Language}


def _sentence(entry: strict.Entry) -> Sentence:
    found = entry.fields(("means", "do"))
    return Sentence(found["means"].text(), found["do"].text())
