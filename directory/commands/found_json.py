"""What was found, as JSON for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from enum import Enum

from directory import search, store
from directory.commands.found_text import NOTHING
from directory.model import Language
from directory.status import Status
from directory.text import listing as words

__all__ = ["dump", "mapping", "of_hit", "of_result", "of_said", "of_status"]

EN = Language.EN


def of_result(result: search.SearchResult) -> dict[str, object]:
    query = result.query
    return {
        "need": query.need.value if query.need else None,
        "program": query.program,
        "place": words.place_name(query.place, EN) if query.place else None,
        "county": query.place.county if query.place else None,
        "plan": query.plan,
        "language": query.language,
        "total": result.total,
        "relaxed": [step.value for step in result.relaxed],
        "covered": result.covered,
        "listings": [of_hit(hit) for hit in result.hits],
    }


def of_hit(hit: search.Hit) -> dict[str, object]:
    item = words.shown(hit, Language.EN)
    return {
        **mapping(hit.listing),
        "phone": item.phone,
        "miles": item.miles,
        "about_miles": None if hit.about_miles is None else max(round(hit.about_miles), 1),
        "open": hit.open.value,
        "freshness": hit.freshness.value,
        "checked_on": hit.listing.assured_on.isoformat() if hit.listing.assured_on else None,
        "demo": item.demo,
        "also": [of_hit(other) for other in hit.also],
    }


def of_said(item: store.Said) -> dict[str, object]:
    day = item.as_of.isoformat() if item.as_of else None
    return {
        "source": item.source, "row": item.row, "title": item.source_title, "as_of": day, "agrees": list(item.agrees),
        "differs": dict(item.differs),
    }  # fmt: skip


def of_status(found: Status) -> dict[str, object]:
    published_at = found.published_at.isoformat() if found.published_at else None
    sources = [
        {**mapping(item.source), "listings": item.listings, "elsewhere": item.elsewhere} for item in found.sources
    ]
    hint = {} if published_at else {"next": NOTHING}
    return {"listings": found.listings, "sources": sources, "published_at": published_at, **hint}


def mapping(record: object) -> dict[str, object]:
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        raise TypeError(f"{record!r} is no record")
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return mapping(value)
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def dump(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2)
