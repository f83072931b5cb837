"""FHIR resources as they came, found by their ids; what is wrong with one is noted at it, and never followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from directory.sync.formats.values import Object, text
from directory.sync.problems import Code

__all__ = ["READ", "Resource", "Resources"]

READ = ("Organization", "Location", "HealthcareService", "OrganizationAffiliation", "InsurancePlan")
"""The kinds we read; persons and their roles are no community partners."""


@dataclass
class Resource:
    """One resource; `notes` is what is wrong with it, each once."""

    kind: str
    id: str
    body: Object
    line: int
    notes: dict[str, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.id}"

    def note(self, code: Code, where: str, value: str = "") -> None:
        self.notes[f"{code.value}: {self.name} {where}{f' {value[:60]}' if value else ''}"] = None

    def text(self, key: str, inside: Object | None = None, at: str = "") -> str:
        """The text at a key; a number is read as text and noted, anything else is noted and nothing."""
        value = (self.body if inside is None else inside).get(key)
        if value is not None and not isinstance(value, str):
            said = text(value)
            self.note(Code.WRONG_TYPE, f"{at}{key}", said or type(value).__name__)
            return said
        return text(value)

    def yes(self, key: str) -> bool | None:
        """True or false; noted when something else stands there."""
        value = self.body.get(key)
        if value is None or isinstance(value, bool):
            return value
        said = text(value).casefold()
        self.note(Code.WRONG_TYPE, key, said)
        return {"true": True, "false": False}.get(said)

    def objects(self, key: str, inside: Object | None = None) -> list[Object]:
        """The objects at a key; one that stands alone where a list belongs is taken and noted."""
        value = (self.body if inside is None else inside).get(key)
        if isinstance(value, Mapping):
            self.note(Code.WRONG_TYPE, key, "not a list")
            return [value]
        if value is not None and not isinstance(value, list):
            self.note(Code.WRONG_TYPE, key, text(value))
        return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []

    def object(self, key: str) -> Object:
        """The object at a key; an empty one where there is none."""
        value = self.body.get(key)
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.note(Code.WRONG_TYPE, key, text(value) or "a list")
        return {}


class Resources:
    """All resources of a list, by kind and id and by the full address that a bundle gives them."""

    def __init__(self) -> None:
        self.by_kind: dict[str, dict[str, Resource]] = {kind: {} for kind in READ}
        self.by_url: dict[str, Resource] = {}

    def add(self, body: Object, line: int, url: str = "") -> None:
        """Takes a resource of a kind we read; of two with one id the first counts."""
        kind, key = text(body.get("resourceType")), text(body.get("id")) or text(url).rpartition("/")[2]
        if kind not in self.by_kind:
            return
        found = Resource(kind, key or f"line-{line}", body, line)
        if body.get("id") is not None and not isinstance(body.get("id"), str):
            found.note(Code.WRONG_TYPE, "id", key)
        kept = self.by_kind[kind].setdefault(found.id, found)
        if url:
            self.by_url.setdefault(url, kept)

    def of(self, kind: str) -> Iterator[Resource]:
        return iter(self.by_kind[kind].values())

    def there(self, owner: Resource, reference: Object, kind: str, where: str) -> Resource | None:
        """The resource that a reference means; None, and noted at its owner, when it is not in this list."""
        said = owner.text("reference", reference, f"{where}.")
        if not said or said.startswith("#"):
            return self.contained(owner, said[1:], kind, where) if said else None
        if found := self.by_url.get(said):
            return found if found.kind == kind else self.broken(owner, where, said)
        if "://" in said:
            owner.note(Code.OTHER_SERVER, where, said)
            return None
        of_kind, _, key = said.partition("/_history/")[0].rpartition("/")
        found = self.by_kind[kind].get(key) if of_kind in ("", kind) else None
        return found or self.broken(owner, where, said)

    def broken(self, owner: Resource, where: str, said: str) -> Resource | None:
        owner.note(Code.BROKEN_REFERENCE, where, said)
        return None

    def contained(self, owner: Resource, key: str, kind: str, where: str) -> Resource | None:
        for body in owner.objects("contained"):
            if text(body.get("id")) == key and text(body.get("resourceType")) == kind:
                return Resource(kind, f"{owner.id}.{key}", body, owner.line)
        return self.broken(owner, where, f"#{key}")

    def note_circles(self) -> None:
        """Notes every resource that is, through others, a part of itself."""
        for kind in ("Organization", "Location"):
            for resource in self.of(kind):
                if self.in_circle(resource):
                    resource.note(Code.CIRCULAR_REFERENCE, "partOf")

    def in_circle(self, resource: Resource) -> bool:
        seen = {resource.id}
        at: Resource | None = resource
        while at is not None:
            reference = at.object("partOf")
            at = self.there(at, reference, resource.kind, "partOf") if reference else None
            if at is resource:
                return True
            if at is not None and at.id in seen:
                return False
            seen.add(at.id if at else "")
        return False
