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
        return tuple(_text(value.get(part)) for part in ("address_1", "city", "postal_code"))
    return _text(value) if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _phone(value: Mapping[str, Any]) -> tuple[str, str]:
    return value["number"], value.get("extension") or ""


def _text(value: object) -> str:
    return _NOISE.sub(" ", str(value or "").casefold()).strip()
