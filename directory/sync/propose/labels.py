"""What each field is called to a person, and the field that a person means by a word."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from directory.sync.propose import names
from directory.sync.propose.columns import Placed
from directory.sync.propose.proposal import Proposal
from directory.sync.source import FIELDS

__all__ = ["described_field", "known_fields", "likely", "meant_field", "near_fields"]

_LABELS: Mapping[str, str] = {
    "organization": "who runs it", "name": "what the place is called", "description": "notes that people are shown",
    "topics": "the kind of help (food, housing ...)", "tags": "words about the kind of help",
    "programs": "the services it gives, by name", "plans": "the health plans it works with",
    "counties": "the counties it serves", "county": "the county it stands in", "address": "the whole address",
    "address_1": "the street and number", "city": "the city", "postal_code": "the ZIP code", "state": "the state",
    "latitude": "the latitude of a map", "longitude": "the longitude of a map", "phones": "its phone",
    "faxes": "its fax", "ttys": "its TTY", "url": "its web page", "email": "its e-mail",
    "hours_text": "the days and hours it is open", "languages": "the languages spoken",
    "wheelchair": "yes or no: a wheelchair can get in", "eligibility_text": "whom it is for",
    "fees_text": "what it costs", "how_to_apply": "how to ask for it", "documents": "what to bring",
    "taking_referrals": "yes or no: it takes new people", "capacity": "whether there is room",
    "capacity_on": "the day on which that was said", "capacity_by": "who said so", "wait_list": "how long the wait is",
    "assured_on": "the day on which somebody checked it", "edited_on": "the day on which it was changed",
    "as_of": "the day of the list", "confidential": "yes or no: its address is secret", "npi": "its NPI number",
    "fee": "yes or no: it costs something", "id_asked": "yes or no: an ID is asked",
    "walk_in": "yes or no: one may just come", "by_phone": "yes or no: one calls first",
    "by_appointment": "yes or no: one needs an appointment", "alert": "a notice that people are shown",
    "alert_until": "the last day of the notice",
}  # fmt: skip
# Words of an office that are no heading of a field, because a heading of that name may be anything.
_SAID: Mapping[str, str] = {
    "note": "description", "comment": "description", "remark": "description", "nota": "description",
    "day": "hours_text", "dia": "hours_text", "time": "hours_text",
}  # fmt: skip
_SURE = 0.7
# Content that one field is meant by when the heading is no known one; marks, days and numbers may be anything.
_TELLING = ("service", "hours", "phone", "email", "link", "zip", "city", "county", "language", "full_address", "street")
_SEVERAL = ("phones",)


def described_field(field: str) -> str:
    """The field with what it is: "programs: the services it gives, by name"."""
    return f"{field}: {_LABELS[field]}" if field in _LABELS else field


def known_fields() -> tuple[str, ...]:
    """The fields that a person may name, in an order to read."""
    return tuple(field for field in _LABELS if field in FIELDS)


def meant_field(text: str) -> str | None:
    """The field that a person means by a word: its name, or a heading of it ("hours", "notes", "notas")."""
    word = text.strip().casefold().replace(" ", "_")
    if word in FIELDS:
        return word
    return next(iter(names.fields_of(text)), None) or _SAID.get(names.key(text))


def near_fields(text: str) -> tuple[str, ...]:
    """The fields whose names are most like the word, at most three."""
    return tuple(get_close_matches(text.casefold(), known_fields(), n=3, cutoff=0.5))


def likely(made: Proposal, item: Placed) -> str | None:
    """The field to offer for Enter: the first choice where the cells surely look like it and no column has it yet."""
    kind, share = item.content.best()
    first = item.choices[0] if item.choices else None
    if first is None or share < _SURE or kind not in _TELLING or names.strange(item.heading):
        return None
    return first if first in _SEVERAL or not made.of(first) else None
