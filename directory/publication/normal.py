"""The form in which two values are compared: case, spaces and punctuation aside, phones as numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["normal"]

_NOISE = re.compile(r"[^\w%$+]+")


def normal(field: str, value: object) -> object:
    """The value in its normal form; None when it says nothing."""
    if value is None or value == [] or value in ("", "unknown"):
        return None
    if field == "phone":
        return _phone(value) if isinstance(value, Mapping) else None
    if field == "url":
        return re.sub(r"^https?://(?:www\.)?", "", str(value).casefold()).rstrip("/")
    if field == "address" and isinstance(value, Mapping):
        return _street(value.get("address_1")), _text(value.get("city")), _text(value.get("postal_code"))
    return _text(value) if isinstance(value, str) else json.dumps(value, sort_keys=True)


_SHORT = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln",
    "court": "ct", "place": "pl", "highway": "hwy", "parkway": "pkwy", "suite": "ste", "north": "n", "south": "s",
    "east": "e", "west": "w", "circle": "cir", "terrace": "ter", "square": "sq",
}  # fmt: skip


def _street(value: object) -> str:
    """A street whose usual words are short: Road and Rd. are one street."""
    return " ".join(_SHORT.get(word, word) for word in _text(value).split())


def _phone(value: Mapping[str, Any]) -> tuple[str, str]:
    return value["number"], value.get("extension") or ""


def _text(value: object) -> str:
    return _NOISE.sub(" ", str(value or "").casefold()).strip()
