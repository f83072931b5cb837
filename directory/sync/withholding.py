"""A draft without its place: for what is published, entered by hand, or shown to staff."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from directory.model import Address, Listing
from directory.sync import record
from directory.sync.confidential import withhold
from directory.tables import Plain

__all__ = ["withheld"]


def withheld(plain: Plain, addresses: Iterable[Address] = ()) -> Plain:
    """The listing without its place and without those addresses, in fields and texts, notices and wait lists too."""
    listing = record.from_json(json.dumps(plain))
    for address in (*addresses, listing.address):
        listing = _without(listing, address)
    return record.plain(listing)


def _without(listing: Listing, address: Address | None) -> Listing:
    with_place = replace(listing, confidential=False, address=address)
    short: dict[str, str | None] = {}
    for field in ("alert", "wait_list", "capacity_by"):
        if text := getattr(listing, field):
            short[field] = withhold(replace(with_place, documents=text)).documents
    return replace(withhold(with_place), **short)  # type: ignore[arg-type]
