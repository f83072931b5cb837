"""What matching looks at in a row, read from its draft: small, and without a place where the row is confidential."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from directory.sync.match import words

__all__ = ["Facts", "keys", "loose_keys", "read", "sure_keys"]

_NOBODYS_LINES = frozenset({"211", "311", "511", "711", "911", "988"})


@dataclass(frozen=True)
class Facts:
    """One row: `service` are the words of its name beyond the organization's (none: it is the organization itself)."""

    organization: tuple[str, ...]
    organization_text: str
    service: tuple[str, ...]
    npi: str | None
    phones: frozenset[str]
    street: words.Street | None
    zip: str | None
    city: str | None
    point: tuple[float, float] | None
    needs: frozenset[str]
    programs: frozenset[str]
    counties: frozenset[str]
    confidential: bool

    @property
    def door(self) -> tuple[str | None, tuple[str, ...]] | None:
        """House number and street; None without an address."""
        return (self.street.number, self.street.name) if self.street else None


def read(draft: str) -> Facts:
    """The facts of a draft as work.db keeps it."""
    plain: dict[str, Any] = json.loads(draft)
    hidden = bool(plain.get("confidential"))
    address = {} if hidden else plain.get("address") or {}
    line, town = address.get("address_1"), address.get("city")
    own = words.name(plain["organization"])
    point = None if hidden or plain.get("latitude") is None else (plain["latitude"], plain["longitude"])
    return Facts(
        own,
        plain["organization"],
        _service(plain["organization"], own, plain["name"]),
        plain.get("npi"),
        frozenset(_phones(plain.get("phones", ()))),
        words.street(line) if line else None,
        address.get("postal_code"),
        words.city(town) if town else None,
        point,
        frozenset(plain.get("needs", ())),
        frozenset(plain.get("programs", ())),
        frozenset(plain.get("counties", ())),
        hidden,
    )


def _phones(found: list[dict[str, Any]]) -> Iterator[str]:
    for phone in found:
        if phone.get("kind", "voice") == "voice" and phone["number"] not in _NOBODYS_LINES:
            yield phone["number"]


def _service(organization: str, own: tuple[str, ...], text: str) -> tuple[str, ...]:
    if text == organization:
        return ()
    if text.startswith(organization):
        text = text[len(organization) :].lstrip(" :,–-/")
    found = words.name(text) if text else ()
    return () if set(found) == set(own) else found


def keys(facts: Facts) -> Iterator[str]:
    """All that rows which may be one place have in common, a letter for its kind first."""
    yield from sure_keys(facts)
    yield from loose_keys(facts)


def sure_keys(facts: Facts) -> Iterator[str]:
    """NPI, phone, house number with ZIP or street, name and service with the city."""
    if facts.npi:
        yield f"n{facts.npi}"
    for phone in facts.phones:
        yield f"p{phone}"
    street = facts.street
    if street and street.number:
        if facts.zip:
            yield f"a{street.number}/{facts.zip}"
        if facts.city and (street.name or street.box):
            yield f"b{street.number}/{street.name[:1]}/{facts.city}"
    if facts.city:
        yield f"w{_together(facts.organization)}/{_together(facts.service)}/{facts.city}"
        for name in filter(None, (facts.organization, facts.service)):
            yield f"c{_together(name)}/{facts.city}"


def loose_keys(facts: Facts) -> Iterator[str]:
    """Names alone, and single words of them in a city or county."""
    for name in filter(None, (facts.organization, facts.service)):
        yield f"o{_together(name)}"
    areas = (facts.city,) if facts.city else tuple(facts.counties)[:3]
    for word in {word for word in facts.organization if len(word) > 3 and word not in words.WEAK}:
        for area in areas:
            yield f"t{word}/{area}"


def _together(name: tuple[str, ...]) -> str:
    return "".join(sorted(set(name)))
