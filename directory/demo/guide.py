"""A guide as a workbook: a sheet for each county, two heading rows, merged cells, a hidden row and a hidden column."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from directory.demo.invented import MORE_COUNTIES
from directory.demo.matrix import CHECKS
from directory.demo.more import AGAIN, Partner, partners
from directory.demo.timeless import timeless

__all__ = ["make_guide"]

_GROUPS = (
    ("Organization", ()), ("Site", ()), ("Where", ("Street", "City", "ZIP")), ("Contact", ("Phone", "Website")),
    ("Hours", ()), ("Languages", ()), ("Services", CHECKS), ("Office note", ()),
)  # fmt: skip
_MARKS = ("X", "✓", "●", "yes", "ü")
"""The last is a check mark in the font Wingdings."""
_TOP = 3


def make_guide() -> bytes:
    """The workbook: a cover, and the sheets Sonoma, Butte and Kings."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 11, 16)
    cover = book.worksheets[0]
    cover.title = "Cover"
    cover.append(["Demo data: every place in this workbook is invented."])
    for county in MORE_COUNTIES[:2]:
        _sheet(book.create_sheet(county.name), list(partners(county)))
    _sheet(book.create_sheet("Kings"), [place for place in AGAIN if place.county == "Kings"])
    data = io.BytesIO()
    book.save(data)
    return timeless(data.getvalue())


def _sheet(sheet: Worksheet, places: list[Partner]) -> None:
    sheet.append(["DEMO DATA - INVENTED PLACES"])
    sheet.append([])
    _head(sheet)
    for number, place in enumerate(places):
        sheet.append(list(_cells(place, number)))
        for cell in sheet[sheet.max_row]:
            if cell.value == "ü":
                cell.font = Font(name="Wingdings")
    _merge_sites(sheet, places)
    sheet.append([*_cells(_gone(places[0]), 0)])
    sheet.row_dimensions[sheet.max_row].hidden = True
    sheet.append([])
    sheet.append(["* A site that is marked gives the service; call before you go."])
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=8)


def _head(sheet: Worksheet) -> None:
    groups: list[str] = []
    names: list[str] = []
    for group, below in _GROUPS:
        first = len(groups) + 1
        groups += [group, *[""] * (len(below) - 1)]
        names += below or [""]
        last_row, last = (_TOP, len(groups)) if below else (_TOP + 1, first)
        sheet.merge_cells(start_row=_TOP, end_row=last_row, start_column=first, end_column=last)
    for column, (group, name) in enumerate(zip(groups, names, strict=True), start=1):
        for row, text in ((_TOP, group), (_TOP + 1, name)):
            if text:
                sheet.cell(row, column, text)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=8)
    sheet.column_dimensions[get_column_letter(len(names))].hidden = True


def _cells(place: Partner, number: int) -> Iterator[object]:
    yield from (place.organization, place.site or None, place.street, place.city, int(place.postal_code))
    yield from (place.phone, place.web if place.about else None, place.hours or None, place.languages or None)
    yield from (
        _MARKS[(number + at) % len(_MARKS)] if name in place.services else None for at, name in enumerate(CHECKS)
    )
    yield "not for patients" if number == 1 else None


def _merge_sites(sheet: Worksheet, places: list[Partner]) -> None:
    """One cell for an organization with two sites, and one for the hours and the languages they share."""
    for number, (one, other) in enumerate(pairwise(places), start=_TOP + 2):
        if one.organization == other.organization:
            for column in (1, 8, 9):
                sheet.merge_cells(start_row=number, end_row=number + 1, start_column=column, end_column=column)


def _gone(place: Partner) -> Partner:
    """A place that somebody took off by hiding its row."""
    return Partner(
        place.county, "Moonpool Almanac Pantry", "1 Lantern Row", place.city, place.postal_code, place.phone, "",
        ("Food pantry",), site="Old site",
    )  # fmt: skip
