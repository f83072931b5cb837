"""A listing as an HSDS 3 service; what HSDS has no field for goes along as attributes of our own taxonomies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from directory import hours, plans
from directory.eligibility import rules
from directory.exports.ids import made
from directory.folding import spaced
from directory.model import Capacity, Listing, Need, Phone, Schedule, Tri
from directory.store import SourceRecord
from directory.sync.formats.hsds.terms import CAPACITY, FIELD
from directory.sync.formats.tongues import spoken

__all__ = ["Record", "service"]

Record = dict[str, object]
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TRIS = ("taking_referrals", "fee", "id_asked", "walk_in", "by_phone", "by_appointment", "wheelchair")
_OF_CAPACITY = ("capacity_on", "capacity_by")


def service(listing: Listing, source: SourceRecord) -> Record:
    """The full service: organization, place, phones, schedules, areas, attributes; empty fields are left away."""
    own = made("service", listing.id)
    record: Record = {
        "id": own,
        "name": listing.name,
        "description": listing.description,
        "url": listing.url,
        "email": listing.email,
        "status": "active",
        "application_process": listing.how_to_apply,
        "fees_description": listing.fees_text,
        "wait_time": listing.wait_list,
        "eligibility_description": listing.eligibility_text,
        "assured_date": listing.assured_on.isoformat() if listing.assured_on else None,
        "alert": listing.alert,
        # Noon in UTC is the same day everywhere in California; nobody said an hour.
        "last_modified": f"{listing.edited_on}T12:00:00Z" if listing.edited_on else None,
        "organization": _organization(listing),
        "service_at_locations": list(_places(listing)),
        "phones": [_phone(listing.id, number, phone) for number, phone in enumerate(listing.phones)],
        "schedules": list(_schedules(listing)),
        "service_areas": list(_areas(listing)),
        "languages": [
            {"id": made("language", listing.id, code), "name": spoken(code), "code": code} for code in listing.languages
        ],
        "required_documents": [{"id": made("document", listing.id), "document": listing.documents}]
        if listing.documents
        else [],
        "attributes": [_attribute(listing.id, *found) for found in _attributes(listing)],
        "metadata": [_metadata(listing, source)],
    }
    return {key: value for key, value in record.items() if value not in (None, [])}


def _organization(listing: Listing) -> Record:
    """Stable for one name in one list: names alike in two lists may be two organizations.

    The list is the one that the place was first seen in: which of several was read last changes from month to month.
    """
    key = spaced(listing.organization)
    return {
        "id": made("organization", listing.id.partition(":")[0], key),
        "name": listing.organization,
        "description": listing.organization,  # the standard wants one, and nobody wrote any
    }


def _places(listing: Listing) -> Iterator[Record]:
    if listing.confidential or not (listing.address or listing.latitude is not None):
        return
    location: Record = {"id": made("location", listing.id), "location_type": "physical"}
    if listing.latitude is not None and listing.longitude is not None:
        location.update(latitude=listing.latitude, longitude=listing.longitude)
    if address := listing.address:
        location["addresses"] = [
            {
                "id": made("address", listing.id),
                "address_1": address.address_1 or "",
                "city": address.city or "",
                "state_province": address.state,
                "postal_code": address.postal_code or "",
                "country": "US",
                "address_type": "physical",
            }
        ]
    said = {Tri.YES: "Wheelchair accessible", Tri.NO: "Not wheelchair accessible"}.get(listing.wheelchair)
    if said:
        location["accessibility"] = [{"id": made("accessibility", listing.id), "description": said}]
    yield {"id": made("service_at_location", listing.id), "location": location}


def _phone(listing: str, number: int, phone: Phone) -> Record:
    record: Record = {"id": made("phone", listing, str(number)), "number": phone.number, "type": phone.kind.value}
    if phone.extension and str(int(phone.extension)) == phone.extension:
        record["extension"] = int(phone.extension)
    elif phone.extension:  # HSDS has a number there, which would lose its zeros
        record["number"] = f"{phone.number} ext. {phone.extension}"
    if phone.label:
        record["description"] = phone.label
    return record


def _schedules(listing: Listing) -> Iterator[Record]:
    rules_of_week = list(_weekly(listing.schedule)) if listing.schedule else []
    for number, rule in enumerate(rules_of_week or ([{}] if listing.hours_text else [])):
        said: Record = {"description": listing.hours_text} if listing.hours_text else {}
        yield {"id": made("schedule", listing.id, str(number)), **rule, **said}


def _weekly(schedule: Schedule) -> Iterator[Record]:
    if schedule.always:
        yield _weekly_rule(tuple(range(7)), time(), time())
    for days, opens, closes in hours.spans(schedule):
        yield _weekly_rule(days, opens, closes)


def _weekly_rule(days: tuple[int, ...], opens: time, closes: time) -> Record:
    """The end of a day is 23:59, as HSDS advises for open around the clock."""
    end = "23:59" if closes == time() else f"{closes:%H:%M}"
    byday = ",".join(_DAYS[day] for day in days)
    return {"freq": "WEEKLY", "interval": 1, "byday": byday, "opens_at": f"{opens:%H:%M}", "closes_at": end}


def _areas(listing: Listing) -> Iterator[Record]:
    for name in ("California",) if listing.statewide else listing.counties:
        yield {"id": made("area", listing.id, name), "name": name if listing.statewide else f"{name} County"}


def _attributes(listing: Listing) -> Iterator[tuple[str, str, str, str | None]]:
    """Taxonomy, code, name, value."""
    for need in listing.needs:
        yield "Puente need", need.value, _need_name(need), None
    for program in listing.programs:
        yield "Puente program", program, _program_name(program), None
    for plan in listing.plans:
        yield "Puente plan", plan, _plan_name(plan), None
    if listing.capacity.value != "unknown":
        yield CAPACITY, listing.capacity.value, listing.capacity.value.replace("_", " ").capitalize(), None
    for field, value in _facts(listing):
        yield FIELD, field, field.replace("_", " ").capitalize(), value


def _facts(listing: Listing) -> Iterator[tuple[str, str]]:
    yield "listing", listing.id
    yield "reach", listing.reach.value
    for field in _TRIS:
        if (said := getattr(listing, field)) != Tri.UNKNOWN:
            yield field, said.value
    for field, value in (
        ("as_of", listing.provenance.as_of), ("alert_until", listing.alert_until), ("npi", listing.npi),
        ("capacity_on", listing.capacity_on), ("capacity_by", listing.capacity_by),
    ):  # fmt: skip
        # Who once said something of a capacity that nobody knows any more says nothing.
        if value and not (field in _OF_CAPACITY and listing.capacity == Capacity.UNKNOWN):
            yield field, str(value)
    for field, is_so in (("confidential", listing.confidential), ("demo", listing.provenance.demo)):
        if is_so:
            yield field, "yes"


def _attribute(listing: str, taxonomy: str, code: str, name: str, value: str | None) -> Record:
    term = {"id": made("term", taxonomy, code), "code": code, "name": name, "description": name, "taxonomy": taxonomy}
    record: Record = {"id": made("attribute", listing, taxonomy, code), "link_entity": "service", "taxonomy_term": term}
    return record if value is None else {**record, "value": value}


def _metadata(listing: Listing, source: SourceRecord) -> Record:
    """Which row of which list it comes from, and whose that list is."""
    whose = (source.title, *(f"{key}: {said}" for key, said in (
        ("licence", source.licence), ("attribution", source.attribution), ("url", source.url),
    ) if said))  # fmt: skip
    day = listing.provenance.as_of or source.as_of
    return {
        "id": made("metadata", listing.id),
        "resource_type": "service",
        "last_action_date": day.isoformat() if day else "unknown",
        "last_action_type": "import",
        "field_name": "listing",
        "previous_value": "none",
        "replacement_value": f"{listing.provenance.source}:{listing.provenance.row}",
        "updated_by": "; ".join(whose),
    }


def _need_name(need: Need) -> str:
    return need.value.replace("_", " ").capitalize()


def _program_name(program: str) -> str:
    return rules.program(program).official_name if program in rules.programs() else program


def _plan_name(plan: str) -> str:
    known = plans.plans().get(plan)
    return known.name if known else plan
