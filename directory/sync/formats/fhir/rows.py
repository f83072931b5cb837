"""Plan-Net as rows: each healthcare service at each of its locations, then what has a location and no service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from directory.model import Interval
from directory.sync.formats.fhir.resources import Resource, Resources
from directory.sync.formats.tongues import spoken
from directory.sync.formats.values import Object, text
from directory.sync.formats.weekly import DAYS, clock, told, written
from directory.sync.problems import Code

__all__ = ["rows_of"]

Row = tuple[int, dict[str, str], Code | None]
_NPI = re.compile(r"(?:http://hl7\.org/fhir/sid/us-npi|urn:oid:2\.16\.840\.1\.113883\.4\.6)/?")
_NEW_PATIENTS: Mapping[str, str] = {"newpt": "yes", "nopt": "no", "existptonly": "no", "existptfam": "no"}
_ACCESSIBLE = frozenset(("adacomp", "handiaccess"))
_FREE: Mapping[str, str] = {"free": "no", "cost": "yes"}
_KINDS: Mapping[str, str] = {"phone": "", "fax": "Fax: ", "sms": "Text: "}
_CATEGORIES = ("category", "type", "specialty", "program")


def rows_of(found: Resources) -> Iterator[Row]:
    """The rows, and then each resource with something wrong."""
    found.note_circles()
    told_of: set[tuple[str, str]] = set()
    for service in found.of("HealthcareService"):
        organization = _one(found, service, "providedBy", "Organization")
        for location in _places(found, service):
            told_of.add(_pair(organization, location))
            yield _row(service.line, (service, location, organization))
    for affiliation in found.of("OrganizationAffiliation"):
        organization = _one(found, affiliation, "participatingOrganization", "Organization")
        for location in _places(found, affiliation):
            if location and _pair(organization, location) not in told_of:
                told_of.add(_pair(organization, location))
                yield _row(affiliation.line, (affiliation, location, organization))
    for location in found.of("Location"):
        organization = _one(found, location, "managingOrganization", "Organization")
        if organization and _pair(organization, location) not in told_of:
            yield _row(location.line, (None, location, organization))
    yield from _wrong(found)


def _wrong(found: Resources) -> Iterator[Row]:
    """Each resource with something wrong as a row of its own, which the report tells: it is not left out for that."""
    for kind in ("Organization", "OrganizationAffiliation", "Location", "HealthcareService"):
        for resource in found.of(kind):
            _names(resource)
            if notes := _told(resource):
                code = Code(next(iter(notes.values())).partition(":")[0])
                yield resource.line, notes, code


def _pair(organization: Resource | None, location: Resource | None) -> tuple[str, str]:
    return (organization.id if organization else "", location.id if location else "")


def _one(found: Resources, owner: Resource, key: str, kind: str) -> Resource | None:
    reference = owner.object(key)
    return found.there(owner, reference, kind, key) if reference else None


def _places(found: Resources, owner: Resource) -> list[Resource | None]:
    references = owner.objects("location")
    there = (found.there(owner, item, "Location", "location") for item in references)
    return [place for place in there if place] or [None]


def _row(line: int, parts: tuple[Resource | None, Resource | None, Resource | None]) -> Row:
    """One service (or affiliation) at one place; each thing is taken where it is said nearest."""
    service, location, organization = parts
    said = [part for part in parts if part]
    cells = {
        "id": ".".join(part.id for part in (service, location) if part),
        **{f"{part.kind}.id": part.id for part in said},
        **_named(service, location, organization),
        **_categories(service or location),
        **_telecom(said),
        **(_address(location) if location else {}),
        **_access(said),
        **_terms(service),
        "hours_text": _hours(said),
        "npi": next((npi for part in said if (npi := _npi(part))), ""),
        "status": _status(said),
        "edited_on": _text_in(said[0].object("meta"), "lastUpdated")[:10],
        **_told(*said),
    }
    return line, {name: value for name, value in cells.items() if value}, None


def _names(resource: Resource) -> str:
    """The name; read beside it is what is often written wrong, so that it is noted."""
    _npi(resource)
    return resource.text("name")


def _named(service: Resource | None, location: Resource | None, organization: Resource | None) -> dict[str, str]:
    owner = organization.text("name") if organization else ""
    if not owner and service:
        owner = next((_text_in(service.object(k), "display") for k in _OWNERS if service.object(k)), "")
    name = service.text("name") if service and service.kind == "HealthcareService" else ""
    place = location.text("name") if location else ""
    said = (service, "comment"), (service, "extraDetails"), (location, "description")
    texts = [part.text(key) for part, key in said if part]
    return {
        "organization": owner,
        "name": name or (place if place.casefold() != owner.casefold() else ""),
        "location_name": place,
        "description": next(filter(None, texts), ""),
    }


_OWNERS = ("providedBy", "participatingOrganization")


def _text_in(plain: Object, key: str) -> str:
    return text(plain.get(key))


def _categories(resource: Resource | None) -> dict[str, str]:
    """What kind of service it says it is, by name and by code; which need that is says the source file."""
    cells: dict[str, str] = {}
    keys = ("code", "specialty") if resource and resource.kind == "OrganizationAffiliation" else _CATEGORIES
    found = [(key, concept) for key in keys for concept in (resource.objects(key) if resource else ())]
    names = dict.fromkeys((key, *pair) for key, concept in found for pair in _codes(concept))
    for number, (key, name, code) in enumerate(names):
        at = f"topics[{number}]"
        cells |= {f"{at}.name": name, f"{at}.code": code, f"{at}.kind": key}
    return cells


def _codes(concept: Object) -> list[tuple[str, str]]:
    """Name and code of each coding of a concept; its text where it has none."""
    codings = concept.get("coding")
    said = [item for item in codings if isinstance(item, Mapping)] if isinstance(codings, list) else []
    pairs = [(_text_in(item, "display") or _text_in(concept, "text"), _text_in(item, "code")) for item in said]
    return pairs or ([(_text_in(concept, "text"), "")] if _text_in(concept, "text") else [])


def _telecom(parts: Sequence[Resource]) -> dict[str, str]:
    cells: dict[str, str] = {}
    kinds: tuple[tuple[str, Iterable[str]], ...] = (("phones", _KINDS), ("url", ("url",)), ("email", ("email",)))
    for field, systems in kinds:
        found = next((values for part in parts if (values := _contacts(part, systems))), [])
        if field != "phones":
            cells[field] = found[0] if found else ""
            continue
        cells |= {f"phones[{number}].number": value for number, value in enumerate(dict.fromkeys(found))}
    return cells


def _contacts(part: Resource, systems: Iterable[str]) -> list[str]:
    found = []
    for contact in part.objects("telecom"):
        system, value = _text_in(contact, "system"), part.text("value", contact, "telecom.")
        if system in systems and value and _text_in(contact, "use") != "old":
            found.append(f"{_KINDS.get(system, '')}{value}")
    return found


def _address(location: Resource) -> dict[str, str]:
    address, point = location.object("address"), location.object("position")
    lines = address.get("line")
    street = ", ".join(filter(None, map(text, lines))) if isinstance(lines, list) else text(lines)
    code = location.text("postalCode", address, "address.")
    written_out = location.text("text", address, "address.") if not (street or code) else ""
    return {
        "address_1": street or written_out,
        "city": location.text("city", address, "address."),
        "county": location.text("district", address, "address."),
        "state": location.text("state", address, "address."),
        "postal_code": f"{code[:5]}-{code[5:]}" if re.fullmatch(r"\d{9}", code) else code,
        "latitude": text(point.get("latitude")),
        "longitude": text(point.get("longitude")),
    }


def _access(parts: Sequence[Resource]) -> dict[str, str]:
    """New patients, wheelchair and languages, from the extensions of Plan-Net and the fields beside them."""
    taking: set[str] = set()
    codes: set[str] = set()
    for part in parts:
        found = {_NEW_PATIENTS.get(code, "") for code in _extension(part, "newpatients", "acceptingPatients")}
        taking = taking or found
        codes |= set(_extension(part, "accessibility", ""))
    cells = {"taking_referrals": taking.pop() if len(taking) == 1 else ""}
    cells |= {f"accessibility[{number}]": code for number, code in enumerate(sorted(codes))}
    tongues = [code or name for part in parts for c in part.objects("communication") for name, code in _codes(c)]
    cells |= {f"languages[{number}]": spoken(code) for number, code in enumerate(dict.fromkeys(tongues))}
    return {**cells, "wheelchair": "yes" if codes & _ACCESSIBLE else ""}


def _extension(part: Resource, name: str, inner: str) -> Iterator[str]:
    for extension in part.objects("extension"):
        if not _text_in(extension, "url").endswith(f"/{name}"):
            continue
        for item in part.objects("extension", extension) if inner else [extension]:
            concept = item.get("valueCodeableConcept")
            if _text_in(item, "url").endswith(inner) and isinstance(concept, Mapping):
                yield from (code for _, code in _codes(concept) if code)


def _terms(service: Resource | None) -> dict[str, str]:
    if service is None or service.kind != "HealthcareService":
        return {}
    fees = {_FREE.get(code, "") for concept in service.objects("serviceProvisionCode") for _, code in _codes(concept)}
    who = [
        " ".join(filter(None, (*(name for name, _ in _codes(concept)), _text_in(item, "comment"))))
        for item in service.objects("eligibility")
        if isinstance(concept := item.get("code") or {}, Mapping)
    ]
    methods = [name or code for concept in service.objects("referralMethod") for name, code in _codes(concept)]
    return {
        "by_appointment": "yes" if service.yes("appointmentRequired") else "",
        "fee": fees.pop() if len(fees) == 1 else "",
        "eligibility_text": "; ".join(filter(None, who)),
        "how_to_apply": f"Referral by: {', '.join(methods)}" if methods else "",
    }


def _npi(part: Resource) -> str:
    """The NPI among its identifiers; every identifier is looked at, so that a wrong one is noted."""
    values = [(_text_in(i, "system"), part.text("value", i, "identifier.")) for i in part.objects("identifier")]
    return next((value for system, value in values if _NPI.fullmatch(system)), "")


def _status(parts: Sequence[Resource]) -> str:
    """Inactive as soon as the service, its place or its organization says so."""
    for part in parts:
        if part.yes("active") is False:
            return "inactive"
        if part.kind == "Location" and part.text("status") in ("inactive", "suspended"):
            return part.text("status")
    return ""


def _hours(parts: Sequence[Resource]) -> str:
    for part in parts:
        key, opens, closes = ("hoursOfOperation", "openingTime", "closingTime") if part.kind == "Location" else _TIMES
        times = part.objects(key)
        if times:
            return _week(part, times, opens, closes) or ""
    return ""


_TIMES = ("availableTime", "availableStartTime", "availableEndTime")


def _week(part: Resource, times: Sequence[Object], opens: str, closes: str) -> str | None:
    sure: list[Interval] = []
    loose: list[str] = []
    for item in times:
        found = _intervals(item, _text_in(item, opens), _text_in(item, closes))
        sure += found
        if not found:
            loose.append(", ".join(f"{key} {_plain(value)}" for key, value in item.items()))
    away = [_text_in(item, "description") or "not always" for item in part.objects("notAvailable")]
    exceptions = part.text("availabilityExceptions")
    return told(written(sure), [*loose, *(f"except: {text}" for text in (*away, exceptions) if text)], ())


def _intervals(item: Object, opens: str, closes: str) -> list[Interval]:
    """The hours of one entry; none when a day or an hour in it is not sure."""
    names = item.get("daysOfWeek")
    if not isinstance(names, list) or not names:
        return []
    days = [_DAYS.get(text(name).casefold()) for name in names]
    begin, end = ("00:00", "24:00") if item.get("allDay") is True else (opens, closes)
    first, last = clock(begin), clock(end)
    if None in days or first is None or last is None or (first == last and item.get("allDay") is not True):
        return []
    return [Interval(day, first, last) for day in days if day is not None]


_DAYS: Mapping[str, int] = {day.casefold(): number for number, day in enumerate(DAYS)}


def _plain(value: object) -> str:
    return ", ".join(map(text, value)) if isinstance(value, list) else text(value)


def _told(*parts: Resource) -> dict[str, str]:
    """What is wrong with these resources."""
    notes = [note for part in parts for note in part.notes]
    return {f"problems[{number}]": note for number, note in enumerate(notes)}
