"""What was found, as tables and lines for a person at a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from directory import search, store
from directory.model import Language, Listing
from directory.status import Status
from directory.text import listing as words

__all__ = ["NOTHING", "of_result", "of_said", "of_status"]

EN = Language.EN
PACIFIC = ZoneInfo("America/Los_Angeles")


def of_result(result: search.SearchResult, on: date) -> str:
    if not result.hits and result.total:
        return f"There are only {result.total}. Use a smaller --offset."
    if not result.hits:
        return words.none_found(result, EN, on).text
    first = result.query.offset + 1
    above = [words.header(result, EN), *words.notes(result, EN)]
    rows = [_row(number, hit, result.query) for number, hit in enumerate(result.hits, start=first)]
    shown = f"{first} to {first + len(rows) - 1} of {result.total}. All about one of them: puente show ID"
    demo = [words.demo_notice(EN)] if any(hit.listing.provenance.demo for hit in result.hits) else []
    asked = tuple(answer.key.capitalize() for answer in words.answers(result.hits[0], result.query, EN))
    table = _table(("", "Name", "Phone", "Miles", "Open", *asked, "As of", "ID"), rows)
    return "\n".join([*above, "", table, "", shown, *demo])


def _row(number: int, hit: search.Hit, query: search.Query) -> tuple[str, ...]:
    item = words.shown(hit, Language.EN)
    day = hit.listing.assured_on or hit.listing.provenance.as_of
    as_of = f"{'checked' if hit.listing.assured_on else 'listed'} {day}" if day else "date unknown"
    stale = ", call first" if hit.freshness is search.Freshness.STALE else ""
    more = f" (+{len(hit.also)})" if hit.also else ""
    name = f"{_cut(words.title(hit.listing, EN), 42)}{more}"
    asked = tuple(answer.state.value for answer in words.answers(hit, query, EN))
    phone = item.phone or "none listed"
    return (str(number), name, phone, _miles(hit), item.open.value, *asked, f"{as_of}{stale}", item.id)


def _miles(hit: search.Hit) -> str:
    if hit.about_miles is not None:
        return f"about {max(round(hit.about_miles), 1)}"
    return "" if hit.miles is None else f"{hit.miles:.1f}"


def of_said(listing: Listing, said: Sequence[store.Said]) -> list[str]:
    """For staff: what is shown, and what another list says there, with its day."""
    from directory.sync.changes import Place as Named
    from directory.sync.changes import told
    from directory.sync.diff import Change

    shown = store.as_plain(listing)
    named = Named(listing.id, listing.name, listing.confidential)
    lines = []
    for item in said:
        changes = tuple(Change(listing.id, field, _text(shown.get(field)), _text(v)) for field, v in item.differs)
        day = f"as of {item.as_of}" if item.as_of else "day unknown"
        lines += [f"  {item.source_title} ({day}): {line}" for line in told(named, changes)] if changes else []
    return ["", "Lists differ (what is shown -> what that list says):", *lines] if lines else []


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def of_status(found: Status) -> str:
    if found.published_at is None:
        return NOTHING
    rows = [
        (
            item.source.id,
            item.source.title,
            str(item.source.as_of or "unknown"),
            str(item.listings + item.elsewhere),
            _yes(item.source.demo),
        )
        for item in found.sources
    ]
    when = found.published_at.astimezone(PACIFIC)
    table = _table(("List", "Title", "As of", "Places", "Demo"), rows)
    shared = "\n\nA place that several lists name is counted with each of them." if _shared(found) else ""
    return f"{found.listings} places, published {when:%Y-%m-%d %H:%M} (Pacific).\n\n{table}{shared}"


def _shared(found: Status) -> bool:
    return any(item.elsewhere for item in found.sources)


NOTHING = (
    "Nothing is published yet, so nobody can be shown a place.\n"
    "To try Puente with invented places: puente demo load\n"
    "For a list that somebody sent: puente source new LIST, then: puente sync and puente publish"
)


def _yes(flag: bool) -> str:
    return "demo" if flag else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [tuple(heads), *(tuple(_cut(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _cut(text: str, width: int = 48) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else f"{plain[: width - 3]}..."
