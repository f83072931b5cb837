"""normalize: RawRow -> Draft | Problem; what cannot be read is a problem and never a guess."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from directory import hours
from directory.eligibility import rules
from directory.model import (
    Address,
    Capacity,
    Listing,
    Need,
    Provenance,
    Reach,
    Schedule,
    Tri,
)
from directory.plans import plan_by_alias
from directory.sync import confidential, fields, where
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem
from directory.sync.reading import Reading, phrase_pattern
from directory.sync.source import Filter, Source

__all__ = ["Draft", "cells_json", "normalize", "raw_sha256", "row_id"]

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_WALK_IN = frozenset(
    {Need.FOOD, Need.HOUSING, Need.OTHER_HEALTH, Need.FAMILY, Need.LEGAL, Need.WORK_SCHOOL, Need.SOCIAL}
)


@dataclass(frozen=True)
class Draft:
    """A listing as one row gives it, with what in the row could not be taken.

    `place` is the hash of organization and street, before an address was withheld; `marked` says that the list itself
    calls the row confidential.
    """

    listing: Listing
    problems: tuple[Problem, ...] = ()
    place: str | None = None
    marked: bool = False


def raw_sha256(cells: str) -> str:
    """The hash of the untouched row, given as JSON."""
    return hashlib.sha256(cells.encode()).hexdigest()


def cells_json(row: RawRow) -> str:
    """The untouched row as JSON."""
    return json.dumps(dict(row.cells), ensure_ascii=False, separators=(",", ":"))


def row_id(row: RawRow, source: Source) -> str | None:
    """What identifies the row wherever it stands in its list: its own id, else a hash of the columns named for that."""
    own = next((text.strip() for path in source.row_id for text in row.texts(path) if text.strip()), None)
    if own:
        own = own.removesuffix(".0")
        return own if _SAFE_ID.fullmatch(own) else _hashed([own])
    parts = [" ".join(" ".join(row.texts(path)).casefold().split()) for path in source.row_hash]
    return _hashed(parts) if any(parts) else None


def _hashed(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def normalize(row: RawRow, source: Source, *, identity: str, today: date) -> Draft | Problem:
    """The draft of a row, or the one problem that leaves it out."""
    if row.damage:
        return Problem(row.line, "row", row.damage, fields.excerpt(" ".join(row.cells.values())))
    row, formulas = _without_formulas(row)
    for item in source.filters:
        if found := _left_out(row, item):
            return Problem(row.line, item.path, item.reason, fields.excerpt(found))
    made = _Row(row, source, identity, today).result()
    if isinstance(made, Problem):
        return replace(made, value=formulas[0].value) if formulas and made.value is None else made
    told = tuple(replace(item, value=None) for item in formulas) if made.listing.confidential else formulas
    return replace(made, problems=(*told, *made.problems))


def _without_formulas(row: RawRow) -> tuple[RawRow, tuple[Problem, ...]]:
    """The row with its formulas as empty cells, and where they stood."""
    found = {heading: text for heading, text in row.cells.items() if fields.formula(text)}
    if not found:
        return row, ()
    told = (Problem(row.line, heading, Code.FORMULA, fields.excerpt(text)) for heading, text in found.items())
    return RawRow(row.line, {**row.cells, **dict.fromkeys(found, "")}), tuple(told)


@lru_cache(maxsize=4096)
def _schedule(text: str) -> Schedule | None:
    return hours.parse(text)


def _left_out(row: RawRow, item: Filter) -> str | None:
    texts = [text.strip() for text in row.texts(item.path)]
    if item.how == "is":
        return next((text for text in texts if text.casefold() in item.words), None)
    whole = " ".join(texts).casefold()
    has = any(phrase_pattern(word).search(whole) for word in item.words)
    return (whole or "(empty)") if has == (item.how == "has") else None


class _Row(Reading):
    """One row on its way to a draft."""

    def __init__(self, row: RawRow, source: Source, identity: str, today: date) -> None:
        super().__init__(row, source, today)
        self.identity = identity

    def result(self) -> Draft | Problem:
        organization = self.title("organization")
        name = self.name(organization)
        if not (organization or name):
            return self.problem("name", Code.NO_NAME)
        needs, programs = self.needs()
        if isinstance(needs, Problem):
            return needs
        if not needs:
            return self.problem("topics", Code.NO_NEED, name or organization)
        listing = self.listing(organization or name or "", name or organization or "", needs, programs)
        if not (listing.counties or listing.statewide):
            return self.problem("counties", Code.NO_COUNTY, ", ".join(self.raw("counties")))
        return self.finished(listing)

    def finished(self, listing: Listing) -> Draft | Problem:
        words = (*self.raw("topics"), *self.raw("tags"))
        texts = " ".join(filter(None, (listing.description, listing.eligibility_text, *words)))
        name = f"{listing.organization} {listing.name}"
        place, said = _place(listing), self.tri("confidential") == Tri.YES
        if said or confidential.is_confidential(name=name, texts=f"{name} {texts}"):
            had = bool(listing.address or listing.latitude is not None)
            listing = confidential.withhold(listing)
            self.problems = [problem.without_place() for problem in self.problems]
            if had:
                self.note("address_1", Code.ADDRESS_WITHHELD)
        if not (listing.phones or listing.url or listing.email or listing.address):
            return self.problem("phones", Code.NO_CONTACT, listing.name)
        # A topic that stands for "confidential" in the source file is our reading of it, not a mark of the list.
        column = self.source.columns.get("confidential")
        return Draft(listing, tuple(self.problems), place, said and column is not None and not column.words)

    def listing(self, organization: str, name: str, needs: tuple[Need, ...], programs: tuple[str, ...]) -> Listing:
        address, home, point = self.address()
        counties, statewide = self.counties(home)
        as_of = self.day("as_of")
        room = self.capacity()
        hours_text = self.text("hours_text")
        return Listing(
            id=f"{self.source.id}:{self.identity}",
            organization=organization,
            name=name,
            provenance=Provenance(
                self.source.id, self.identity, self.source.title, as_of or self.source.as_of, self.source.demo
            ),
            description=self.text("description"),
            needs=needs,
            programs=programs,
            plans=self.plans(),
            counties=counties,
            statewide=statewide,
            reach=_reach(needs, programs, address, statewide),
            address=address,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            phones=self.phones(),
            url=self.link(),
            email=self.email(),
            hours_text=hours_text,
            schedule=_schedule(hours_text) if hours_text else None,
            languages=self.languages(),
            wheelchair=self.tri("wheelchair"),
            eligibility_text=self.text("eligibility_text"),
            fees_text=self.text("fees_text", keep=True),
            how_to_apply=self.text("how_to_apply"),
            documents=self.text("documents", keep=True),
            taking_referrals=self.tri("taking_referrals"),
            capacity=room,
            capacity_on=(self.day("capacity_on") or as_of or self.source.as_of) if room != Capacity.UNKNOWN else None,
            assured_on=self.day("assured_on"),
        )

    # What it is for

    def needs(self) -> tuple[tuple[Need, ...] | Problem, tuple[str, ...]]:
        """Needs and programs, from categories, names, check marks and program names; the last hints only where
        none of these says anything."""
        words = [*self.words("topics"), *self.words("tags"), *self.hinted("hints"), *self.checked()]
        programs = dict.fromkeys(word for word in words if word in rules.programs())
        programs.update(dict.fromkeys(self.programs()))
        needs = dict.fromkeys(Need(word) for word in words if word in _NEED_WORDS)
        needs.update({rules.program(program).need: None for program in programs})
        out = next((word.removeprefix(_OUT) for word in words if word.startswith(_OUT)), None)
        if out and not needs:
            return self.problem("topics", Code(out), ", ".join([*self.raw("topics"), *self.raw("tags")])), ()
        if not needs:
            needs = dict.fromkeys(Need(word) for word in self.hinted("last_hints"))
        return tuple(needs), tuple(programs)

    def programs(self) -> Iterator[str]:
        for word in self.words("programs", Code.UNKNOWN_PROGRAM):
            found = word if word in rules.programs() else rules.program_by_alias(word)
            if found is None:
                self.note("programs", Code.UNKNOWN_PROGRAM, word)
            else:
                yield found

    def plans(self) -> tuple[str, ...]:
        found: dict[str, None] = {self.source.plan: None} if self.source.plan else {}
        for word in self.words("plans", Code.UNKNOWN_PLAN):
            if fields.blank(word):
                continue
            plan = plan_by_alias(word)
            if plan is None:
                self.note("plans", Code.UNKNOWN_PLAN, word)
            else:
                found[plan] = None
        return tuple(found)

    # Where it is

    def address(self) -> tuple[Address | None, str | None, tuple[float, float] | None]:
        """The address, the county it surely stands in, and a point."""
        address = self.written_address()
        if address is not None and address.state != "CA":
            return address, None, None
        city, code = (address.city, address.postal_code) if address else (None, None)
        stands = where.standing(city, code, self.point())
        for field, problem, value in stands.problems:
            self.note(field, problem, value)
        # A city alone is not a place one can walk to: its middle would be a distance to nowhere.
        if address is None or not address.address_1 or stands.latitude is None or stands.longitude is None:
            return address, stands.county, None
        return address, stands.county, (stands.latitude, stands.longitude)

    def written_address(self) -> Address | None:
        """The address as the list writes it, from its own columns first and then from a cell that holds all of it."""
        whole = self.text("address")
        parts: dict[str, str | None] = dict(fields.full_address(whole)) if whole else {}
        parts.update({name: text for name in ("address_1", "city", "postal_code") if (text := self.text(name))})
        street, city, code = parts.get("address_1"), parts.get("city"), parts.get("postal_code")
        digits = fields.zip_code(code) if code else None
        if code and not digits:
            self.note("postal_code", Code.UNREADABLE_ZIP, code)
        if not (street or city or digits):
            return None
        state = (self.text("state") or "CA").upper()
        return Address(
            fields.title(street, place=True) if street else None,
            fields.title(city.strip(" ,"), place=True) if city else None,
            digits,
            "CA" if state == "CALIFORNIA" else state,
        )

    def point(self) -> tuple[float, float] | None:
        latitude, longitude = self.text("latitude"), self.text("longitude")
        if not latitude or not longitude:
            return None
        found = fields.coordinates(latitude, longitude)
        if found is None:
            self.note("latitude", Code.UNREADABLE_COORDINATES, f"{latitude}, {longitude}")
        return found

    def counties(self, home: str | None) -> tuple[tuple[str, ...], bool]:
        column = self.source.columns.get("counties")
        cells = self.words("counties")
        cut = column.split if column else None
        words = tuple(
            word for cell in cells for word in ([cell] if fields.everywhere([cell]) else _counties(cell, cut))
        )
        found = where.area(words)
        for code, value in found.problems:
            self.note("counties", code, value)
        if found.statewide:
            return (), True
        if not found.counties and home:
            if words:
                self.note("counties", Code.COUNTY_FROM_ADDRESS, home)
            return (home,), False
        if home and home not in found.counties:
            self.note("counties", Code.OUTSIDE_AREA, f"{home} / {', '.join(found.counties)}")
        return found.counties, False


def _counties(cell: str, cut: str | None) -> list[str]:
    """The names in a cell of counties and cities, whatever joins them; "Solano & Sonoma Counties - Vallejo" too."""
    parts = re.split(r"\s[-–—]\s|:", cell)
    return [word for part in parts for word in fields.split(part, cut) if not fields.blank(word)]


def _place(listing: Listing) -> str | None:
    if listing.address is None or not listing.address.address_1:
        return None
    return _hashed([listing.organization.casefold(), *re.findall(r"\w+", listing.address.address_1.casefold())[:3]])


_OUT = "leave_out:"
_NEED_WORDS = frozenset(need.value for need in Need)


def _reach(needs: tuple[Need, ...], programs: tuple[str, ...], address: Address | None, statewide: bool) -> Reach:
    """People walk in where there is a door and something one walks in for; otherwise a county is served."""
    if statewide or address is None or not address.address_1:
        return Reach.COUNTY
    if programs:
        walk_in = any(rules.program(program).reach == Reach.DISTANCE for program in programs)
        return Reach.DISTANCE if walk_in else Reach.COUNTY
    return Reach.DISTANCE if _WALK_IN & set(needs) else Reach.COUNTY
