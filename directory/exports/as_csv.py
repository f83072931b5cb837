"""CSV for a person with a spreadsheet: a row for each listing, headings in words, nothing that a sheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from directory import phones as phone_words
from directory import plans
from directory.eligibility import rules
from directory.model import Address, Capacity, Listing, Phone, PhoneKind, Tri
from directory.store import SourceRecord
from directory.sync.formats.tongues import spoken

__all__ = ["MOST_PHONES", "harmless", "headings", "write"]

MOST_PHONES = 20
"""Columns of phones that puente_csv.yml knows; further phones stand together in the last one."""

# Also in the full-width forms that a sheet takes for the same: FULLWIDTH EQUALS, PLUS, HYPHEN-MINUS, COMMERCIAL AT.
_RUN = re.compile(r"[\s\u00a0\u3000\ufeff]*[=+\-@\t\r\n\u2212\uff1d\uff0b\uff0d\uff20|%]")
_MARK = "\u200b"  # ZERO WIDTH SPACE: unseen, makes the cell a text, and every reader of lists takes it away again
_KINDS: Mapping[PhoneKind, str] = {
    PhoneKind.VOICE: "", PhoneKind.TTY: "TTY: ", PhoneKind.FAX: "Fax: ", PhoneKind.TEXT: "Text: ",
}  # fmt: skip
_NO_ADDRESS = Address(None, None, None, "")

Cell = Callable[[Listing], str]


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"{_MARK}{text}" if _RUN.match(text) else text


def headings(phones: int) -> tuple[str, ...]:
    """The headings of an export whose listings have up to that many phones."""
    return (*_BEFORE, *_phone_headings(phones), *_AFTER, *_WHOSE)


def write(file: BinaryIO, listings: Iterable[Listing], sources: Mapping[str, SourceRecord], *, phones: int) -> None:
    """The listings as UTF-8 with a mark at the beginning (Excel needs it) and lines that end as Windows ends them."""
    phones = min(max(phones, 1), MOST_PHONES)
    file.write("\ufeff".encode())
    for line in _lines(listings, sources, phones):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerow(map(harmless, line))
        file.write(text.getvalue().encode())


def _lines(listings: Iterable[Listing], sources: Mapping[str, SourceRecord], phones: int) -> Iterator[list[str]]:
    yield list(headings(phones))
    for listing in listings:
        source = sources[listing.provenance.source]
        yield [
            *(cell(listing) for cell in _BEFORE.values()),
            *_phones(listing.phones, phones),
            *(cell(listing) for cell in _AFTER.values()),
            *(cell(source) for cell in _WHOSE.values()),
        ]


def _phone_headings(phones: int) -> Iterator[str]:
    for number in range(1, phones + 1):
        yield from (f"Phone {number}", f"Phone {number} Label")


def _phones(found: tuple[Phone, ...], most: int) -> Iterator[str]:
    for number in range(most):
        here = found[number : number + 1] if number + 1 < most else found[number:]
        yield "; ".join(f"{_KINDS[phone.kind]}{_number(phone)}" for phone in here)
        yield "; ".join(phone.label for phone in here if phone.label)


def _number(phone: Phone) -> str:
    """A foreign number begins with "+", which a sheet would reckon with."""
    shown = phone_words.display(phone)
    return f"Tel: {shown}" if shown.startswith("+") and phone.kind == PhoneKind.VOICE else shown


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _tri(value: Tri) -> str:
    return "" if value == Tri.UNKNOWN else value.value.capitalize()


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _program(program: str) -> str:
    """The name people know; the id where the name would not be read back as this program."""
    name = rules.program(program).official_name if program in rules.programs() else program
    return name if ";" not in name and rules.program_by_alias(name) == program else program


def _plan(plan: str) -> str:
    known = plans.plans().get(plan)
    return known.name if known and ";" not in known.name and plans.plan_by_alias(known.name) == plan else plan


def _known(listing: Listing) -> bool:
    """Who once said something of a capacity that nobody knows any more says nothing."""
    return listing.capacity != Capacity.UNKNOWN


def _text(name: str) -> Cell:
    return lambda listing: getattr(listing, name) or ""


def _said(name: str) -> Cell:
    return lambda listing: _tri(getattr(listing, name))


def _on(name: str) -> Cell:
    return lambda listing: _day(getattr(listing, name))


def _place(name: str) -> Cell:
    return lambda listing: getattr(listing.address or _NO_ADDRESS, name) or ""


def _point(name: str) -> Cell:
    return lambda listing: "" if getattr(listing, name) is None else str(getattr(listing, name))


_BEFORE: Mapping[str, Cell] = {
    "Listing ID": _text("id"),
    "Organization": _text("organization"),
    "Name": _text("name"),
    "Needs": lambda listing: _joined(need.value.replace("_", " ").capitalize() for need in listing.needs),
    "Programs": lambda listing: _joined(map(_program, listing.programs)),
    "Plans": lambda listing: _joined(map(_plan, listing.plans)),
    "Counties Served": lambda listing: "Statewide" if listing.statewide else _joined(listing.counties),
    "Street": _place("address_1"),
    "City": _place("city"),
    "State": _place("state"),
    "ZIP": _place("postal_code"),
    "Latitude": _point("latitude"),
    "Longitude": _point("longitude"),
}
_AFTER: Mapping[str, Cell] = {
    "Website": _text("url"),
    "Email": _text("email"),
    "Hours": _text("hours_text"),
    "Languages": lambda listing: _joined(map(spoken, listing.languages)),
    "Wheelchair Access": _said("wheelchair"),
    "Who It Serves": _text("eligibility_text"),
    "Cost": _text("fees_text"),
    "Costs The Person": _said("fee"),
    "How To Apply": _text("how_to_apply"),
    "What To Bring": _text("documents"),
    "ID Asked": _said("id_asked"),
    "Walk In": _said("walk_in"),
    "By Phone": _said("by_phone"),
    "By Appointment": _said("by_appointment"),
    "Taking Referrals": _said("taking_referrals"),
    "Capacity": lambda listing: listing.capacity.value.replace("_", " ").capitalize(),
    "Capacity As Of": lambda listing: _day(listing.capacity_on) if _known(listing) else "",
    "Capacity Said By": lambda listing: (listing.capacity_by or "") if _known(listing) else "",
    "Wait List": _text("wait_list"),
    "NPI": _text("npi"),
    "Last Checked": _on("assured_on"),
    "Last Edited": _on("edited_on"),
    "Listed As Of": lambda listing: _day(listing.provenance.as_of),
    "Notice": _text("alert"),
    "Notice Until": _on("alert_until"),
    "Confidential": lambda listing: "Yes" if listing.confidential else "",
    "How Near Counts": lambda listing: listing.reach.value.capitalize(),
    "Description": _text("description"),
    "Invented (Demo)": lambda listing: "Yes" if listing.provenance.demo else "",
}
_WHOSE: Mapping[str, Callable[[SourceRecord], str]] = {
    "List": lambda source: source.title,
    "Licence": lambda source: source.licence or "",
    "Attribution": lambda source: source.attribution or "",
}
