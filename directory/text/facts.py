"""What one place is: its name, phone, address, distance and date, each in words."""

from __future__ import annotations

from directory import phones
from directory.eligibility import rules
from directory.model import Address, Language, Listing, Phone, PhoneKind
from directory.search import Freshness, Hit
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.names import program_name
from directory.text.own import display_name

__all__ = [
    "address_text",
    "all_programs",
    "dated",
    "demo_notice",
    "distance",
    "phone_shown",
    "phone_text",
    "service_name",
    "title",
    "where",
]


def demo_notice(language: Language, *, one: bool = False) -> str:
    """That what is shown is invented."""
    return say("demo.notice.one" if one else "demo.notice", language)


def title(listing: Listing, language: Language) -> str:
    """The name, marked when the listing is invented."""
    name = display_name(listing)
    return f"{name} {say('demo.mark', language)}" if listing.provenance.demo else name


def address_text(address: Address) -> str:
    """Street, city and ZIP as they stand, never translated."""
    return ", ".join(part for part in (address.address_1, address.city) if part) + (
        f" {address.postal_code}" if address.postal_code else ""
    )


def where(listing: Listing, language: Language) -> str:
    """The street address, or that it is private; empty when no street is known."""
    if listing.confidential:
        return say("address.private" if phone_shown(listing) else "address.private.no_phone", language)
    return address_text(listing.address) if listing.address and listing.address.address_1 else ""


def distance(hit: Hit, language: Language, *, short: bool = False) -> str:
    """How far it is, said as no finer than it is known; empty when it is not known."""
    if hit.miles is not None:
        return say("miles.short" if short else "miles", language, miles=_miles(hit.miles))
    if hit.about_miles is None:
        return ""
    about = max(round(hit.about_miles), 1)
    if about == 1 and not short:
        return say("miles.about.one", language)
    return say("miles.about.short" if short else "miles.about", language, miles=about)


def _miles(miles: float) -> str:
    return f"{miles:.0f}" if miles >= 9.95 else f"{max(miles, 0.1):.1f}"


def dated(hit: Hit, language: Language, *, short: bool = False) -> str:
    """When somebody last checked it, or which day its list bears; to call first, unless it is fresh or has no phone."""
    calls = "" if phone_shown(hit.listing) else ".no_phone"
    short = short or bool(calls)
    assured_on, as_of = hit.listing.assured_on, hit.listing.provenance.as_of
    day = assured_on or as_of
    if day is None:
        return say(f"fresh.undated{calls}", language)
    if hit.freshness is Freshness.STALE:
        key = "fresh.stale_checked" if assured_on else "fresh.stale_listed"
        return say(f"{key}{calls}", language, year=day.year)
    if assured_on is None:
        return say("fresh.listed.short" if short else "fresh.listed", language, day=day_text(day, language))
    sure = short or hit.freshness is Freshness.CHECKED
    return say("fresh.checked" if sure else "fresh.checked_long_ago", language, day=day_text(day, language))


def phone_text(phone: Phone, language: Language) -> str:
    """A phone with its kind, unless people talk on it, and its label."""
    text = phones.display(phone)
    if phone.kind is not PhoneKind.VOICE:
        text = say(f"phone.{phone.kind.value}", language, phone=text)
    return say("phone.labeled", language, phone=text, label=phone.label) if phone.label else text


def phone_shown(listing: Listing) -> str | None:
    """The one phone to call, as people read it; None when there is none."""
    phone = _first_phone(listing)
    return phones.display(phone) if phone else None


def _first_phone(listing: Listing) -> Phone | None:
    """The phone to call: a voice line, else one for text messages or TTY, never a fax."""
    order = (PhoneKind.VOICE, PhoneKind.TEXT, PhoneKind.TTY)
    usable = [phone for phone in listing.phones if phone.kind in order]
    return min(usable, key=lambda phone: order.index(phone.kind), default=None)


def all_programs(listing: Listing, language: Language) -> str:
    """The short names of all its programs that we know."""
    return ", ".join(program_name(id, language) for id in listing.programs if id in rules.programs())


def service_name(other: Hit, hit: Hit, language: Language) -> str:
    """What tells another service from the one that stands for its place: its name, its programs; empty if nothing."""
    one, first = other.listing, hit.listing
    name = one.name if one.name.casefold() != first.name.casefold() else ""
    tells = name or set(one.programs) != set(first.programs)
    return ": ".join(part for part in (name, all_programs(one, language) if tells else "") if part)
