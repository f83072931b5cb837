"""What matching says of a row, and why, as codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Candidate", "Match", "Outcome", "Reason"]


class Outcome(str, Enum):
    """What matching says of a row.

    `new`: nothing in the other lists is like it. `same`: surely that listing. `different`: alike, but surely another.
    `ask`: perhaps; a person chooses.
    """

    NEW = "new"
    SAME = "same"
    DIFFERENT = "different"
    ASK = "ask"


class Reason(str, Enum):
    """Why, as a code; the sentences stand in reasons.yml."""

    SAME_ROW = "same_row"
    FIRST_SEEN = "first_seen"
    DECIDED_SAME = "decided_same"
    DECIDED_DIFFERENT = "decided_different"
    NPI_SAME = "npi_same"
    NPI_DIFFERS = "npi_differs"
    PHONE_SAME = "phone_same"
    PHONE_DIFFERS = "phone_differs"
    PHONE_SHARED = "phone_shared"
    ADDRESS_SAME = "address_same"
    NUMBER_DIFFERS = "number_differs"
    NUMBER_SIMILAR = "number_similar"
    STREET_DIFFERS = "street_differs"
    STREET_SIMILAR = "street_similar"
    UNIT_DIFFERS = "unit_differs"
    CITY_SAME = "city_same"
    CITY_DIFFERS = "city_differs"
    NAME_SAME = "name_same"
    NAME_SIMILAR = "name_similar"
    NAME_LONGER = "name_longer"
    NAME_MORE = "name_more"
    NAME_SHORT_FORM = "name_short_form"
    NAME_PARTLY = "name_partly"
    NAME_DIFFERS = "name_differs"
    BRANCH_DIFFERS = "branch_differs"
    SERVICE_SAME = "service_same"
    SERVICE_DIFFERS = "service_differs"
    ONE_SERVICE = "one_service"
    SEVERAL_LISTINGS = "several_listings"
    SEVERAL_ROWS = "several_rows"
    LISTING_TAKEN = "listing_taken"


@dataclass(frozen=True)
class Candidate:
    """A listing that a row may be, and what speaks for it and against it."""

    listing_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Match:
    """The listing a row belongs to; for ASK its own one, and the `candidates` a person chooses among."""

    outcome: Outcome
    listing_id: str
    reasons: tuple[Reason, ...]
    candidates: tuple[Candidate, ...] = ()
