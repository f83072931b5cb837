"""One service at one place as a row: of each thing what is said nearest to it (service at location, service and
location, organization)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from directory import plans
from directory.eligibility import rules
from directory.sync.formats.hsds.opening import opening
from directory.sync.formats.hsds.terms import MANY, own
from directory.sync.formats.tongues import spoken
from directory.sync.formats.values import Object, objects, one, text

__all__ = ["rows_of"]

_NONE: Object = {}
_ACCESSIBLE = re.compile(r"(?:fully |yes,? )?(?:wheelchair|ada)[- ](?:access(?:ible)?|compliant)\.?", re.I)
_NOT_ACCESSIBLE = re.compile(r"(?:not|no) wheelchair[- ]access(?:ible)?\.?", re.I)
_KINDS: Mapping[str, str] = {
    "fax": "Fax: ", "tty": "TTY: ", "textphone": "TTY: ", "tdd": "TTY: ", "text": "Text: ", "sms": "Text: ",
}  # fmt: skip
_OF_ORGANIZATIONS = frozenset(
    ("services", "locations", "website", "email", "phones", "legal_status", "tax_status", "organization_identifiers")
)
_LONGEST_LABEL = 120


def rows_of(record: Object) -> Iterator[dict[str, str]]:
    """The rows that a service, an organization or a service_at_location stands for; none for anything else."""
    if isinstance(record.get("service"), Mapping):
        yield from _service(one(record, "service"), [record])
    elif record.get("status") is not None or "service_at_locations" in record or "organization" in record:
        yield from _service(record, objects(record, "service_at_locations"))
    elif not _OF_ORGANIZATIONS.isdisjoint(record) and "location_type" not in record:
        yield from _organization(record)


def _organization(record: Object) -> Iterator[dict[str, str]]:
    services = objects(record, "services")
    for service in services:
        yield from _service({**service, "organization": record}, objects(service, "service_at_locations"))
    if not services:
        for location in objects(record, "locations") or [_NONE]:
            yield _Row({"organization": record, "id": record.get("id")}, {"location": location}).cells()


def _service(service: Object, places: list[Object]) -> Iterator[dict[str, str]]:
    for place in places or [_NONE]:
        yield _Row(service, place).cells()


class _Row:
    """One service at one place on its way to cells."""

    def __init__(self, service: Object, place: Object) -> None:
        self.service, self.place = service, place
        self.location = one(place, "location")
        self.organization = one(service, "organization")
        self.found: dict[str, str] = {}

    def cells(self) -> dict[str, str]:
        """Field or path -> text; empty ones are left away, what is ours stands above what is guessed from HSDS."""
        self.found["id"] = next((i for r in (self.place, self.location, self.service) if (i := text(r.get("id")))), "")
        for fill in _FILLS:
            fill(self)
        return {name: value for name, value in self.found.items() if value}

    def levels(self) -> tuple[tuple[Object, ...], ...]:
        return ((self.place,), (self.service, self.location), (self.organization,))

    def nearest(self, key: str) -> list[Object]:
        """The objects under a key where they are said nearest to this service at this place."""
        for level in self.levels():
            if found := [item for record in level for item in objects(record, key)]:
                return found
        return []

    def put(self, **texts: object) -> None:
        self.found.update({name: text(value) for name, value in texts.items()})

    def many(self, path: str, values: list[str]) -> None:
        for number, value in enumerate(dict.fromkeys(filter(None, values))):
            self.found[path.format(number)] = value

    def names(self) -> None:
        service, organization = self.service, self.organization
        program = one(service, "program")
        self.put(
            service_id=service.get("id"),
            location_id=self.location.get("id"),
            organization_id=organization.get("id") or service.get("organization_id"),
            organization=organization.get("name"),
            name=service.get("name") or self.location.get("name"),
            alternate_name=service.get("alternate_name"),
            location_name=self.location.get("name"),
            program=program.get("name"),
            description=self.place.get("description") or service.get("description") or _own_words(organization),
            status=text(service.get("status")).casefold(),
            url=service.get("url") or self.location.get("url") or organization.get("website"),
            email=service.get("email") or organization.get("email"),
            alert=service.get("alert"),
            wait_list=service.get("wait_time"),
            assured_on=text(service.get("assured_date"))[:10],
            edited_on=text(service.get("last_modified"))[:10],
            interpretation_services=service.get("interpretation_services"),
        )

    def terms(self) -> None:
        """Categories by name and code; programs that we know by name; what is ours in its own field."""
        topics: list[tuple[str, str, str]] = []
        many: dict[str, list[str]] = {path: [] for path in MANY.values()}
        for record in (self.place, self.service, self.location, self.organization):
            for attribute in objects(record, "attributes"):
                term = one(attribute, "taxonomy_term")
                name, code = text(term.get("name")), text(term.get("code"))
                taxonomy = text(term.get("taxonomy")) or text(one(term, "taxonomy_detail").get("name"))
                if taxonomy in MANY:
                    many[MANY[taxonomy]].append(_known_plan(code) if taxonomy == "Puente plan" else code)
                elif taxonomy.startswith("Puente "):
                    self.found.update(own(taxonomy, code, text(attribute.get("value"))))
                elif name:
                    topics.append((name, code, taxonomy))
        names = [name for name, *_ in topics]
        many["topics[{}].name"] += names
        many["programs[{}]"] += [name for name in (*names, self.found["program"]) if rules.program_by_alias(name)]
        for path, values in many.items():
            self.many(path, values)
        codes = {name: (code, taxonomy) for name, code, taxonomy in topics}
        for number, name in enumerate(dict.fromkeys(many["topics[{}].name"])):
            self.found[f"topics[{number}].code"], self.found[f"topics[{number}].taxonomy"] = codes.get(name, ("", ""))

    def listing(self) -> None:
        if listing := self.found.get("listing"):
            self.found["id"] = listing

    def area(self) -> None:
        if not self.found.get("counties[0]"):
            areas = objects(self.service, "service_areas")
            self.many("counties[{}]", [text(a.get("name")) or text(a.get("description")) for a in areas])

    def address(self) -> None:
        addresses = objects(self.location, "addresses")
        visited = [a for a in addresses if text(a.get("address_type")).casefold() in ("", "physical")]
        for address in visited[:1]:
            self.put(
                address_1=", ".join(filter(None, (text(address.get("address_1")), text(address.get("address_2"))))),
                city=address.get("city"),
                state=address.get("state_province"),
                postal_code=address.get("postal_code"),
            )
        mailed = next((a for a in addresses if a not in visited), _NONE)
        keys = ("address_1", "city", "state_province", "postal_code")
        self.put(mailing_address=", ".join(filter(None, (text(mailed.get(key)) for key in keys))))
        if text(self.location.get("location_type")) != "virtual":
            self.put(latitude=self.location.get("latitude"), longitude=self.location.get("longitude"))

    def phones(self) -> None:
        contacts = [item for level in self.levels() for record in level for item in objects(record, "contacts")]
        found = self.nearest("phones") or [phone for contact in contacts for phone in objects(contact, "phones")]
        numbers: dict[tuple[str, str], Object] = {}
        for phone in found:
            numbers.setdefault((text(phone.get("number")).strip('"'), text(phone.get("extension"))), phone)
        for position, ((number, extension), phone) in enumerate(numbers.items()):
            kind, said = text(phone.get("type")).casefold(), text(phone.get("description"))
            self.found[f"phones[{position}].number"] = f"{_KINDS.get(kind, '')}{number}" if number else ""
            self.found[f"phones[{position}].extension"] = extension
            self.found[f"phones[{position}].label"] = said if len(said) <= _LONGEST_LABEL else ""

    def hours(self) -> None:
        days = (self.found.get("assured_on", ""), self.found.get("edited_on", ""))
        for level in ((self.place,), (self.service,), (self.location,)):
            if schedules := [item for record in level for item in objects(record, "schedules")]:
                self.put(hours_text=opening(schedules, max(days)))
                return

    def languages(self) -> None:
        found = [item for record in (self.service, self.location) for item in objects(record, "languages")]
        self.many(
            "languages[{}]", [spoken(text(i.get("code"))) if i.get("code") else text(i.get("name")) for i in found]
        )

    def access(self) -> None:
        said = [text(item.get("description")) for item in objects(self.location, "accessibility")]
        self.many("accessibility[{}]", said)
        known = {True: _ACCESSIBLE, False: _NOT_ACCESSIBLE}
        found = {word for word, pattern in known.items() for item in said if pattern.fullmatch(item)}
        if len(found) == 1 and "wheelchair" not in self.found:
            self.put(wheelchair=found.pop())

    def terms_of_use(self) -> None:
        service = self.service
        ages = [f"{word} {text(service.get(key))}" for key, word in _AGES if text(service.get(key))]
        who = [text(service.get("eligibility_description")), f"Age {' '.join(ages)}" if ages else ""]
        papers = [text(item.get("document")) for item in objects(service, "required_documents")]
        costs = [_cost(item) for item in objects(service, "cost_options")]
        self.put(
            eligibility_text=". ".join(part.rstrip(".") if ages else part for part in who if part),
            fees_text=service.get("fees_description") or service.get("fees") or "; ".join(filter(None, costs)),
            how_to_apply=service.get("application_process"),
            documents="; ".join(filter(None, papers)),
        )
        self.many("cost_options[{}]", costs)

    def identifiers(self) -> None:
        for item in objects(self.organization, "organization_identifiers"):
            kind = f"{text(item.get('identifier_type'))} {text(item.get('identifier_scheme'))}".casefold()
            if re.search(r"\bnpi\b|national provider", kind):
                self.found.setdefault("npi", text(item.get("identifier")))


_AGES = (("minimum_age", "from"), ("maximum_age", "to"))
_FILLS: tuple[Callable[[_Row], None], ...] = (
    _Row.names, _Row.terms, _Row.listing, _Row.area, _Row.address, _Row.phones, _Row.hours, _Row.languages, _Row.access,
    _Row.terms_of_use, _Row.identifiers,
)  # fmt: skip


def _own_words(organization: Object) -> str:
    """What an organization says of itself; nothing when that is its name again."""
    said = text(organization.get("description"))
    return "" if said == text(organization.get("name")) else said


def _known_plan(code: str) -> str:
    """The name of a plan of ours, by which lists are read."""
    plan = plans.plans().get(code)
    return plan.name if plan else code


def _cost(item: Object) -> str:
    amount = " ".join(filter(None, (text(item.get("amount")), text(item.get("currency")).upper())))
    said = (text(item.get("option")), amount, text(item.get("amount_description")))
    until = f"until {text(item.get('valid_to'))}" if text(item.get("valid_to")) else ""
    return ", ".join(filter(None, (*said, until)))
