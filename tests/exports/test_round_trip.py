"""What was exported and is read back is what it was, field by field.

Provenance must change: another list says it now, so `id` and `provenance` do, but for the day the list bears. Who said
a capacity, and when, goes with a capacity that is still known. `reach` is worked out anew from what a place is for and
where it is. What is suspended is not given out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import fields as fields_of
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directory import store
from directory.exports import as_csv, as_hsds, as_tables
from directory.model import Capacity, Listing, Need, Phone, Provenance
from directory.store import SourceRecord
from directory.sync.normalize import Draft, normalize, row_id
from directory.sync.parse import rows
from directory.sync.source import load
from tests.exports.listings import TODAY, listings

SOURCES = {"hsds": "puente_hsds", "tables": "puente_hsds", "csv": "puente_csv"}
FORMATS = sorted(SOURCES)
_SETS = ("needs", "programs", "plans", "counties", "languages")
_ANEW = ("id", "provenance")


def exported(kind: str, found: Iterable[Listing], sources: dict[str, SourceRecord]) -> bytes:
    file, kept = io.BytesIO(), list(found)
    if kind == "csv":
        as_csv.write(file, kept, sources, phones=max((len(item.phones) for item in kept), default=1))
    else:
        {"hsds": as_hsds, "tables": as_tables}[kind].write(file, kept, sources)
    return file.getvalue()


def imported(kind: str, data: bytes) -> dict[str, Listing]:
    """Id before -> listing now; every row has to be taken, and nothing in it to be doubted."""
    source, found = load(SOURCES[kind]), {}
    for row in rows(data, source, name="export"):
        made = normalize(row, source, identity=row_id(row, source) or "", today=TODAY)
        assert isinstance(made, Draft), made
        assert not made.problems, made.problems
        found[row.cells.get("listing") or row.cells["Listing ID"]] = made.listing
    return found


def plain(listing: Listing, *, reach: bool = True) -> dict[str, object]:
    known = listing.capacity != Capacity.UNKNOWN
    listing = listing if known else replace(listing, capacity_on=None, capacity_by=None)
    said = {item.name: getattr(listing, item.name) for item in fields_of(listing) if item.name not in _ANEW}
    said.update({name: set(getattr(listing, name)) for name in _SETS}, as_of=listing.provenance.as_of)
    return said if reach else {name: value for name, value in said.items() if name != "reach"}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_demo_comes_back(kind: str, demo: list[Listing]) -> None:
    with store.open_directory() as connection:
        sources = {item.id: item for item in store.sources(connection)}
    back = imported(kind, exported(kind, demo, sources))
    assert len(back) == len(demo) > 600
    for listing in demo:
        assert plain(back[listing.id]) == plain(listing)


@pytest.mark.parametrize("kind", FORMATS)
@settings(
    max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(found=st.lists(listings(), min_size=1, max_size=3))
def test_any_listing_comes_back(kind: str, found: list[Listing]) -> None:
    found = [replace(item, id=f"made:{number}") for number, item in enumerate(found)]
    back = imported(kind, exported(kind, found, {"made": SourceRecord("made", "Made up")}))
    for listing in found:
        assert plain(back[listing.id], reach=False) == plain(listing, reach=False)


def many_phones(count: int) -> Listing:
    phones = tuple(Phone(f"+1559555{100 + number:04}") for number in range(count))
    made = Provenance("made", "1", "Made up")
    return Listing("made:1", "Sierra", "Sierra", made, phones=phones, counties=("Fresno",), needs=(Need.FOOD,))


@pytest.mark.parametrize("kind", FORMATS)
def test_more_phones_than_columns(kind: str) -> None:
    listing = many_phones(as_csv.MOST_PHONES + 3)
    back = imported(kind, exported(kind, [listing], {"made": SourceRecord("made", "Made up")}))
    assert back["made:1"].phones == listing.phones


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_places_give_the_same_bytes(kind: str, demo: list[Listing]) -> None:
    with store.open_directory() as connection:
        sources = {item.id: item for item in store.sources(connection)}
    assert exported(kind, demo[:50], sources) == exported(kind, demo[:50], sources)
