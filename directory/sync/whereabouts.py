"""Where a row stands and where it serves, as its cells say; what does not agree is noted and not used."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from directory.sync import fields, where
from directory.sync.parse import RawRow
from directory.sync.problems import Code
from directory.sync.reading import Field, Note, Notes, Texts, Words, field, note
from directory.sync.source import Source

__all__ = ["Standing"]

Served = tuple[Texts, bool, bool, Texts]  # counties, statewide, whether any word stood there, and the texts


class Standing:
    """Reads address, point and counties of the rows of one list."""

    def __init__(self, source: Source) -> None:
        self.whole = field(source, "address", partial(_whole, Words(source, "address")))
        self.street = field(source, "address_1", partial(_street, Words(source, "address_1")))
        self.city = field(source, "city", partial(_city, Words(source, "city")))
        self.code = field(source, "postal_code", partial(_code, Words(source, "postal_code")))
        self.state = field(source, "state", Words(source, "state").text)
        self.sides: tuple[Field[str | None], Field[str | None]] = (
            field(source, "latitude", Words(source, "latitude").text),
            field(source, "longitude", Words(source, "longitude").text),
        )
        self.county = field(source, "county", partial(_county, Words(source, "county")))
        column = source.columns.get("counties")
        cut = column.split if column else None
        self.counties = field(source, "counties", partial(_served, Words(source, "counties"), cut))
        self.has_point = "latitude" in source.columns and "longitude" in source.columns
        self.has_county = "county" in source.columns

    def __call__(self, row: RawRow, found: dict[str, Any], notes: list[Note]) -> Texts:
        """Puts address, point, counties and statewide into `found`; the texts of the counties' column."""
        home = self.address(row, found, notes)
        (counties, statewide, any_word, texts), told = self.counties(row)
        if told:
            notes += told
        if statewide:
            found["statewide"] = True
        elif not counties and home:
            if any_word:
                notes.append(note("counties", Code.COUNTY_FROM_ADDRESS, home))
            found["counties"] = [home]
        elif counties:
            if home and home not in counties:
                notes.append(note("counties", Code.OUTSIDE_AREA, f"{home} / {', '.join(counties)}"))
            found["counties"] = list(counties)
        return texts

    def address(self, row: RawRow, found: dict[str, Any], notes: list[Note]) -> str | None:
        """Puts address and point into `found`; the county where it surely stands."""
        street, city, code = self.written(row, notes)
        state, _ = self.state(row)
        state = (state or "CA").upper()
        state = "CA" if state == "CALIFORNIA" else state
        if street or city or code:
            parts = {"address_1": street, "city": city, "postal_code": code, "state": state}
            found["address"] = {name: text for name, text in parts.items() if text}
            if state != "CA":
                return None
        stands = where.standing(city, code, self.point(row, notes) if self.has_point else None)
        notes += [note(*told) for told in stands.problems]
        # A city alone, or "Various", is not a place one can walk to: its middle would be a distance to nowhere.
        if where.is_street(street, city) and stands.latitude is not None and stands.longitude is not None:
            found["latitude"], found["longitude"] = stands.latitude, stands.longitude
        return self.agreed(row, city, code, stands, notes) if self.has_county else stands.county

    def agreed(
        self, row: RawRow, city: str | None, code: str | None, stands: where.Standing, notes: list[Note]
    ) -> str | None:
        """The county of the address, when its own column does not gainsay city and ZIP."""
        said, told = self.county(row)
        notes += told
        if said is None:
            return stands.county
        if where.clash(said, city, code):
            notes.append(note("county", Code.COUNTY_CLASH, f"{said} / {' '.join(filter(None, (city, code)))}"))
            return None
        return None if any(code == Code.CITY_ZIP_CLASH for _, code, _ in stands.problems) else said

    def written(self, row: RawRow, notes: list[Note]) -> tuple[str | None, str | None, str | None]:
        """Street, city and ZIP from their own columns first, then from a cell that holds all of it."""
        (street, city, code), _ = self.whole(row)
        own_street, told = self.street(row)
        own_city, more = self.city(row)
        (own_code, any_code), unread = self.code(row)
        if told or more or unread:
            notes += (*told, *more, *unread)
        return own_street or street, own_city or city, own_code if any_code else code

    def point(self, row: RawRow, notes: list[Note]) -> tuple[float, float] | None:
        """The point of the row, in or near California."""
        (latitude, _), (longitude, _) = (side(row) for side in self.sides)
        if not latitude or not longitude:
            return None
        found = fields.coordinates(latitude, longitude)
        if found is None:
            notes.append(note("latitude", Code.UNREADABLE_COORDINATES, f"{latitude}, {longitude}"))
        return found


def _street(words: Words, texts: Texts) -> tuple[str | None, Notes]:
    text, notes = words.text(texts)
    return (fields.title(text, place=True) or None if text else None), notes


def _city(words: Words, texts: Texts) -> tuple[str | None, Notes]:
    text, notes = words.text(texts)
    return (fields.title(text.strip(" ,*†‡"), place=True) or None if text else None), notes


def _code(words: Words, texts: Texts) -> tuple[tuple[str | None, bool], Notes]:
    """The five digits, and whether there was anything at all."""
    text, notes = words.text(texts)
    if not text:
        return (None, False), notes
    digits = fields.zip_code(text)
    return (digits, True), notes if digits else (*notes, note("postal_code", Code.UNREADABLE_ZIP, text))


def _whole(words: Words, texts: Texts) -> tuple[tuple[str | None, str | None, str | None], Notes]:
    text, notes = words.text(texts)
    parts = fields.full_address(text) if text else {}
    street, city = parts.get("address_1"), parts.get("city")
    code = parts.get("postal_code")
    return (
        fields.title(street, place=True) if street else None,
        fields.title(city.strip(" ,*†‡"), place=True) if city else None,
        fields.zip_code(code) if code else None,
    ), notes


def _county(words: Words, texts: Texts) -> tuple[str | None, Notes]:
    text, notes = words.text(texts)
    found = where.county(text) if text else None
    return found, notes if found or not text else (*notes, note("county", Code.UNKNOWN_COUNTY, text))


def _served(words: Words, cut: str | None, texts: Texts) -> tuple[Served, Notes]:
    cells, notes = words.words(texts)
    names = tuple(name for cell in cells for name in ([cell] if fields.everywhere([cell]) else _names(cell, cut)))
    found = where.area(names)
    notes += [note("counties", code, value) for code, value in found.problems]
    return (found.counties, found.statewide, bool(names), texts), tuple(notes)


def _names(cell: str, cut: str | None) -> list[str]:
    """The names in a cell of counties and cities, whatever joins them; "Solano & Sonoma Counties - Vallejo" too."""
    if fields.region(cell) or fields.unsure_region(cell):
        return [cell]
    parts = re.split(r"\s[-–—]\s|:", cell)
    return [word for part in parts for word in fields.split(part, cut) if not fields.blank(word)]
