"""HSDS 3 as JSON: an array of full services, one a line, written as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from directory.exports.service import service
from directory.model import Listing
from directory.store import SourceRecord

__all__ = ["write"]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write(file: BinaryIO, listings: Iterable[Listing], sources: Mapping[str, SourceRecord]) -> None:
    """The array (HSDS calls it a service package); every line but the first and last is one service."""
    file.write(b"[")
    for number, listing in enumerate(listings):
        record = service(listing, sources[listing.provenance.source])
        file.write(b",\n" if number else b"\n")
        file.write(_ENCODER.encode(record).encode())
    file.write(b"\n]\n")
