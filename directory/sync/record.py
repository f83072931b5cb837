"""A listing as the JSON that work.db keeps, and back; empty fields are left away."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from datetime import date
from enum import Enum
from typing import Any

from directory import store
from directory.model import Address, Capacity, Listing, Need, Phone, PhoneKind, Provenance, Reach, Tri

__all__ = ["from_json", "plain", "to_json"]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NAMES = tuple(field.name for field in fields_of(Listing))
_DEFAULTS: Mapping[str, object] = {field.name: field.default for field in fields_of(Listing)}


def to_json(listing: Listing) -> str:
    """The listing as compact JSON; the same listing gives the same text."""
    return _ENCODER.encode(plain(listing))


def plain(listing: Listing) -> dict[str, Any]:
    """The listing as plain values, fields at their default left away."""
    values = vars(listing)
    return {name: _plain(values[name]) for name in _NAMES if values[name] != _DEFAULTS[name]}


def _plain(value: object) -> object:
    if type(value) in (str, float, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (Phone, Address, Provenance)):
        return {name: _plain(item) for name, item in vars(value).items() if item is not None}
    return value if isinstance(value, (str, int, float)) or value is None else store.schedule_to_json(value)  # type: ignore[arg-type]


def from_json(text: str) -> Listing:
    """The inverse of `to_json`."""
    found: dict[str, Any] = json.loads(text)
    for name, read in _READ.items():
        if name in found:
            found[name] = read(found[name])
    return Listing(**found)


def _provenance(value: dict[str, Any]) -> Provenance:
    return Provenance(**{**value, "as_of": date.fromisoformat(value["as_of"]) if "as_of" in value else None})


def _phones(value: list[dict[str, Any]]) -> tuple[Phone, ...]:
    return tuple(Phone(**{**item, "kind": PhoneKind(item["kind"])}) for item in value)


_READ: Mapping[str, Callable[[Any], object]] = {
    "provenance": _provenance,
    "needs": lambda value: tuple(map(Need, value)),
    "programs": tuple,
    "plans": tuple,
    "counties": tuple,
    "languages": tuple,
    "reach": Reach,
    "address": lambda value: Address(**{"address_1": None, "city": None, "postal_code": None, **value}),
    "phones": _phones,
    "schedule": store.schedule_from_json,
    "wheelchair": Tri,
    "taking_referrals": Tri,
    "capacity": Capacity,
    "capacity_on": date.fromisoformat,
    "assured_on": date.fromisoformat,
    "edited_on": date.fromisoformat,
    "fee": Tri,
    "id_asked": Tri,
    "walk_in": Tri,
    "by_phone": Tri,
    "by_appointment": Tri,
    "alert_until": date.fromisoformat,
    "suspended_until": date.fromisoformat,
}
