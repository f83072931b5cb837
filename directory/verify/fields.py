"""What is asked of a place on the phone: eight fields, what each shows now, and how it is entered when it is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from directory import phones, store
from directory.model import Capacity, Language, Listing, Phone, PhoneKind
from directory.text.listing import language_name

__all__ = ["COMPARED", "ENTERED", "Field", "asked", "entered_now", "has_value", "may_be_same", "shown"]


class Field(str, Enum):
    """The fields without which nobody can be sent to a place, in the order in which they are asked."""

    NAME = "name"
    SERVICES = "services"
    PHONE = "phone"
    ADDRESS = "address"
    HOURS = "hours"
    WHO = "who"
    LANGUAGES = "languages"
    CAPACITY = "capacity"


ENTERED: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        Field.NAME: ("name",),
        Field.SERVICES: ("topics", "programs"),
        Field.PHONE: ("phones",),
        Field.ADDRESS: ("address_1", "city", "postal_code"),
        Field.HOURS: ("hours_text",),
        Field.WHO: ("eligibility_text",),
        Field.LANGUAGES: ("languages",),
        Field.CAPACITY: ("capacity", "wait_list"),
    }
)
"""Field -> the fields of a source file that correct it, as `puente edit` takes them."""
COMPARED: Mapping[str, Field] = MappingProxyType(
    {
        "name": Field.NAME, "needs": Field.SERVICES, "programs": Field.SERVICES, "phones": Field.PHONE,
        "address": Field.ADDRESS, "hours_text": Field.HOURS, "eligibility_text": Field.WHO,
        "languages": Field.LANGUAGES, "capacity": Field.CAPACITY,
    }
)  # fmt: skip
"""Field in which lists are compared -> the field that is asked."""
_NONE_IS_AN_ANSWER = (Field.ADDRESS, Field.WHO)
"""A place without a street, or that helps whoever comes, is right as it is; no phone or no hours is only unknown."""


def asked(listing: Listing) -> tuple[Field, ...]:
    """What is asked of that place: never where a confidential one is."""
    return tuple(field for field in Field if not (listing.confidential and field is Field.ADDRESS))


def has_value(field: Field, listing: Listing) -> bool:
    """Whether we show anything there."""
    return any(entered_now(field, listing).values())


def may_be_same(field: Field, listing: Listing) -> bool:
    """Whether "yes, the same" means anything."""
    return has_value(field, listing) or field in _NONE_IS_AN_ANSWER


def entered_now(field: Field, listing: Listing) -> dict[str, str]:
    """What we show, as somebody would enter it."""
    address = listing.address
    known = {
        Field.NAME: (listing.name,),
        Field.SERVICES: (", ".join(need.value for need in listing.needs), "; ".join(listing.programs)),
        Field.PHONE: ("; ".join(_phone(phone) for phone in listing.phones if phones.display(phone)),),
        Field.ADDRESS: (address.address_1, address.city, address.postal_code) if address else (None, None, None),
        Field.HOURS: (listing.hours_text,),
        Field.WHO: (listing.eligibility_text,),
        Field.LANGUAGES: (", ".join(language_name(code, Language.EN) for code in listing.languages),),
        Field.CAPACITY: ("" if listing.capacity is Capacity.UNKNOWN else listing.capacity.value, listing.wait_list),
    }[field]
    return {name: value or "" for name, value in zip(ENTERED[field], known, strict=True)}


def _phone(phone: Phone) -> str:
    """The number with what is told of it, so that a fax stays a fax when the field is entered anew."""
    beside = [*([] if phone.kind is PhoneKind.VOICE else [phone.kind.value]), *([phone.label] if phone.label else [])]
    return f"{phones.display(phone)} ({', '.join(beside)})" if beside else phones.display(phone)


def shown(field: Field, listing: Listing) -> str:
    """What we show, as JSON: two that are equal say the same, so a yes to one is a yes to the other."""
    schedule = store.schedule_to_json(listing.schedule) if field is Field.HOURS else None
    return json.dumps({**entered_now(field, listing), "schedule": schedule}, ensure_ascii=False, sort_keys=True)
