"""One shape for what was understood, wherever it is printed, stored or compared (design, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.understanding.crisis import Kind
from directory import places

__all__ = ["understood"]

_PRESSING = {Kind.MEDICAL.value, Kind.UNSAFE_TONIGHT.value}
"""Dangers that cannot wait by themselves; of the others the words say when."""


def understood(parse_data: Mapping[str, Any]) -> dict[str, Any]:
    """Rasa's parse of one message as plain JSON; lists for need and program, null for whatever was not said."""
    intent = parse_data.get("intent") or {}
    entities = parse_data.get("entities") or []
    zip_code = _first(entities, "zip")
    named = _first(entities, "place")
    place, county = _placed(named or zip_code)
    return {
        "text": parse_data.get("text") or "",
        "language": parse_data.get("language"),
        "act": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0.0), 2),
        "crisis": parse_data.get("crisis"),
        "urgent": bool(parse_data.get("urgent")) or parse_data.get("crisis") in _PRESSING,
        "by": _first(entities, "when"),
        "need": _all(entities, "need"),
        "program": _all(entities, "program"),
        "place": place if named else None,
        "zip": zip_code,
        "county": county,
        "plan": _first(entities, "plan"),
        "language_wanted": _first(entities, "language_wanted"),
        "topic": _first(entities, "topic"),
        "guide": _all(entities, "guide"),
    }


def _all(entities: Iterable[Mapping[str, Any]], kind: str) -> list[str]:
    return list(dict.fromkeys(str(entity["value"]) for entity in entities if entity.get("entity") == kind))


def _first(entities: Iterable[Mapping[str, Any]], kind: str) -> str | None:
    return next(iter(_all(entities, kind)), None)


def _placed(text: str | None) -> tuple[str | None, str | None]:
    """The place as we write it and its county; what is ambiguous or unknown stays as it was said."""
    if text is None:
        return None, None
    found = places.resolve(text)
    return getattr(found, "name", None) or text, getattr(found, "county", None)
