"""What of ours HSDS has no field for travels as attributes; their taxonomies stand here, for import and export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

__all__ = ["CAPACITY", "FIELD", "MANY", "own"]

FIELD = "Puente field"
"""Terms are the names of our fields; the attribute's `value` is what the field says."""
MANY: Mapping[str, str] = {
    "Puente need": "topics[{}].name",
    "Puente program": "programs[{}]",
    "Puente plan": "plans[{}]",
}
"""Taxonomies whose terms are the values themselves -> the path in a row."""
CAPACITY = "Puente capacity"

_TAKEN = frozenset(
    {
        *("listing", "taking_referrals", "capacity_on", "capacity_by", "fee", "id_asked", "walk_in", "by_phone"),
        *("by_appointment", "wheelchair", "npi", "confidential", "as_of", "alert_until", "county"),
        *("source", "source_row", "source_title", "licence", "attribution", "demo", "reach"),
    }
)


def own(taxonomy: str, code: str, value: str) -> Iterator[tuple[str, str]]:
    """What an attribute of ours says, as field and value; nothing for the attribute of somebody else."""
    if taxonomy == FIELD and code in _TAKEN and value:
        yield code, value
    elif taxonomy == CAPACITY:
        yield "capacity", code.replace("_", " ")
