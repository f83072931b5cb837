"""A referral system's export as JSON lines: one place a line, phones and address nested."""

from __future__ import annotations

import json

from directory.demo.invented import MORE_COUNTIES
from directory.demo.more import AGAIN, Partner, partners

__all__ = ["make_feed"]


def make_feed() -> str:
    """The lines, each an object."""
    places = (*partners(MORE_COUNTIES[3]), *(place for place in AGAIN if place.county == "Alameda"))
    lines = (json.dumps(_record(place, number), ensure_ascii=False) for number, place in enumerate(places, start=1))
    return "".join(f"{line}\n" for line in lines)


def _record(place: Partner, number: int) -> dict[str, object]:
    return {
        "id": f"F{number:03d}",
        "organization": {"name": place.organization, "url": place.web if place.about else None},
        "site": place.site or None,
        "counties": [place.county],
        "address": {"street": place.street, "city": place.city, "zip": place.postal_code},
        "phones": [{"number": place.phone, "label": "Front desk" if place.about else None}],
        "hours": place.hours or None,
        "languages": [text.strip() for text in place.languages.split(",") if text.strip()],
        "services": list(place.services),
        "about": place.about or None,
    }
