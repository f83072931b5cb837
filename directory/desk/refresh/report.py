"""The report of a run for a page: counts, and of one kind at a time the names, filtered and a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from directory.desk import fields
from directory.desk.frame import Visit
from directory.desk.paging import page_of
from directory.model import Language
from directory.sync.changes import MANY_GONE

__all__ = ["KINDS", "shown"]

KINDS = ("new", "changed", "gone", "left_out", "look_at", "asked", "joined")
"""What a report can be asked to show."""
_PAGE = 25
_QUIET = frozenset({"schedule", "latitude", "longitude", "reach", "provenance"})
"""Fields that Puente works out of others; a person reads those others."""


def shown(visit: Visit, report: Mapping[str, Any], *, first: str = "") -> dict[str, Any]:
    """The values of the page: every count, and what was asked for with `show` (else `first`), `q` and `page`."""
    counts = {
        "new": report["added"], "changed": report["changed"], "gone": report["gone"], "left_out": report["refused"],
        "look_at": sum(item["count"] for item in report["problems"] if not item["refuses"]),
        "asked": len(report["asked"]), "joined": len(report["joined"]),
    }  # fmt: skip
    there = [kind for kind in KINDS if counts[kind]]
    kind = visit.query.get("show", first)
    kind = kind if kind in there else (there[0] if there else "")
    words = visit.query.get("q", "")[:100]
    items = _wanted(_items(kind, report, visit.lang), words)
    page = page_of(visit.query.get("page", ""), len(items), _PAGE)
    day = report.get("as_of")
    before = report["places"]["before"]
    return {
        "report": report, "counts": counts, "kinds": there, "kind": kind, "words": words, "found": len(items),
        "items": items[page.start : page.stop], "number": page.number,
        "more": bool(page.next), "as_of": date.fromisoformat(day) if day else None,
        "many_gone": bool(before) and report["gone"] / before > MANY_GONE, "before": before,
    }  # fmt: skip


def _wanted(items: Sequence[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    """Those in whose name or reason all the words stand."""
    wanted = words.casefold().split()
    return [item for item in items if all(word in item["text"].casefold() for word in wanted)]


def _items(kind: str, report: Mapping[str, Any], lang: Language) -> list[dict[str, Any]]:
    places = report["places"]
    if kind in ("new", "gone"):
        return [{**place, "text": place["name"]} for place in places[kind]]
    if kind == "changed":
        return [{**place, "text": place["name"], "fields": _fields(place, lang)} for place in places[kind]]
    if kind == "asked":
        return [{**place, "text": place["name"]} for place in report["asked"]]
    if kind == "joined":
        return [{**place, "text": place["name"]} for place in report["joined"]]
    return [row for item in report["problems"] if item["refuses"] == (kind == "left_out") for row in _rows(item, lang)]


def _fields(place: Mapping[str, Any], lang: Language) -> list[tuple[str, str, str]]:
    """Field, before and after in words; of a confidential place only which fields."""
    told = [field for field in place["fields"] if field["field"] not in _QUIET] or place["fields"]
    return [
        (fields.label(item["field"], lang), fields.value(item["field"], item["before"], lang),
         fields.value(item["field"], item["after"], lang))
        for item in told
    ]  # fmt: skip


def _rows(item: Mapping[str, Any], lang: Language) -> list[dict[str, Any]]:
    """Each row with its line, what it says there, the reason and what to do; the last says how many more there are."""
    said = item[lang.value]
    rows = [
        {"line": one["line"], "value": one["value"] or "", "means": said["means"], "do": said["do"], "more": 0,
         "text": f"{one['line']} {one['value'] or ''} {said['means']}"}
        for one in item["examples"]
    ]  # fmt: skip
    if rows and item["count"] > len(rows):
        rows[-1]["more"] = item["count"] - len(rows)
    return rows
