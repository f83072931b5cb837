"""The nouns, in HSDS 3 words: frozen, typed, and free of any screen, file or database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum

__all__ = [
    "Address",
    "Capacity",
    "Interval",
    "Language",
    "Listing",
    "Need",
    "Phone",
    "PhoneKind",
    "Place",
    "PlaceKind",
    "Provenance",
    "Reach",
    "Schedule",
    "Tri",
]


class Tri(str, Enum):
    """Yes, no or unknown: nobody may read an unknown as a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Language(str, Enum):
    """A language Puente itself speaks."""

    EN = "en"
    ES = "es"


class Need(str, Enum):
    """What a person needs; the first three are what Puente exists for."""

    FOOD = "food"
    HOUSING = "housing"
    UTILITIES = "utilities"
    TRANSPORT = "transport"
    HOME_CARE = "home_care"
    RESPITE = "respite"
    OTHER_HEALTH = "other_health"
    LEGAL = "legal"
    FAMILY = "family"
    WORK_SCHOOL = "work_school"
    SOCIAL = "social"


class Reach(str, Enum):
    """How near counts: a listing serves whole counties, or people walk in."""

    COUNTY = "county"
    DISTANCE = "distance"


class Capacity(str, Enum):
    """Whether a partner has room, as somebody last said."""

    OPEN = "open"
    WAIT_LIST = "wait_list"
    FULL = "full"
    ASSESSMENT_FIRST = "assessment_first"
    UNKNOWN = "unknown"


class PhoneKind(str, Enum):
    """HSDS `phone.type`."""

    VOICE = "voice"
    TTY = "tty"
    FAX = "fax"
    TEXT = "text"


@dataclass(frozen=True)
class Phone:
    """One phone: `number` is E.164 (`+12095550123`) or a short code (`211`), never empty."""

    number: str
    extension: str | None = None
    kind: PhoneKind = PhoneKind.VOICE
    label: str | None = None


@dataclass(frozen=True)
class Address:
    """HSDS `address` of a place one can walk to; `postal_code` is text of five digits."""

    address_1: str | None
    city: str | None
    postal_code: str | None
    state: str = "CA"


@dataclass(frozen=True)
class Interval:
    """Open from `opens` until `closes` on weekday `day` (Monday 0); `closes` <= `opens` runs past midnight."""

    day: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Schedule:
    """HSDS `schedule`, a week of intervals in Pacific time; `always` is day and night, holidays too."""

    intervals: tuple[Interval, ...] = ()
    always: bool = False
    holidays: Tri = Tri.UNKNOWN


class PlaceKind(str, Enum):
    ZIP = "zip"
    CITY = "city"
    NEIGHBORHOOD = "neighborhood"
    COUNTY = "county"


@dataclass(frozen=True)
class Place:
    """A place in California: `county` has no word "County"; a county alone has its middle as coordinates (WGS84)."""

    kind: PlaceKind
    name: str
    county: str
    zip: str | None
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Provenance:
    """Where a record came from, untouched: the source, the row in it, and the day the list bears."""

    source: str
    row: str
    source_title: str
    as_of: date | None = None
    demo: bool = False


@dataclass(frozen=True)
class Listing:
    """One HSDS service_at_location with the most specific values already resolved.

    `id` is `source:row`. `statewide` or `counties` (names without "County") say the service area. `plans` and
    `programs` are ids. `languages` are ISO 639-1 codes. `assured_on` is the day somebody last checked it (HSDS
    `assured_date`), `edited_on` the day what it says last changed. `capacity_on` and `capacity_by`: when and by whom
    the capacity was said; `wait_list` is how long the list is, in their words ("40 people"). `fee`, `id_asked`:
    whether it costs the person something, whether a paper with a name is asked. `alert` is a short notice that ends
    after `alert_until`; until `suspended_until` the place is shown to nobody. `npi` is the 10 digits, checked. A
    `confidential` listing has no address, city or coordinates.
    """

    id: str
    organization: str
    name: str
    provenance: Provenance
    description: str | None = None
    needs: tuple[Need, ...] = ()
    programs: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    statewide: bool = False
    reach: Reach = Reach.COUNTY
    address: Address | None = None
    latitude: float | None = None
    longitude: float | None = None
    phones: tuple[Phone, ...] = ()
    url: str | None = None
    email: str | None = None
    hours_text: str | None = None
    schedule: Schedule | None = None
    languages: tuple[str, ...] = ()
    wheelchair: Tri = Tri.UNKNOWN
    eligibility_text: str | None = None
    fees_text: str | None = None
    how_to_apply: str | None = None
    documents: str | None = None
    taking_referrals: Tri = Tri.UNKNOWN
    capacity: Capacity = Capacity.UNKNOWN
    capacity_on: date | None = None
    confidential: bool = False
    assured_on: date | None = None
    edited_on: date | None = None
    npi: str | None = None
    fee: Tri = Tri.UNKNOWN
    id_asked: Tri = Tri.UNKNOWN
    walk_in: Tri = Tri.UNKNOWN
    by_phone: Tri = Tri.UNKNOWN
    by_appointment: Tri = Tri.UNKNOWN
    wait_list: str | None = None
    capacity_by: str | None = None
    alert: str | None = None
    alert_until: date | None = None
    suspended_until: date | None = None

    def __post_init__(self) -> None:
        if self.confidential and (self.address or self.latitude is not None or self.longitude is not None):
            raise ValueError(f"{self.id}: a confidential listing carries no address, city or coordinates")
