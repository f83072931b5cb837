"""What may be meant before anybody has answered: from the name, the address and the counties that were given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from directory import hours, plans
from directory.folding import unaccented
from directory.model import Language
from directory.settings.values import GSM, LONGEST_NAME, address_of
from directory.text.catalogue import say

__all__ = ["counties_of", "notice", "plan_options", "short_name", "suggestion", "usual_days"]

_SHORTER = (
    (re.compile(r",?\s+(?:Inc|LLC|Corp)\.?$", re.I), ""),
    (re.compile(r"\bCommunity Health Centers?\b", re.I), "CHC"),
    (re.compile(r"\b(?:Health|Medical|Wellness) Centers?\b", re.I), "Health"),
    (re.compile(r"\bCommunity Clinics?\b", re.I), "Clinic"),
    (re.compile(r"^(?:The|La|El)\s+", re.I), ""),
)
_HANGING = frozenset({"of", "the", "and", "for", "de", "del", "la", "las", "los", "y", "para", "&"})
"""With these words no name ends."""
_NEXT = timedelta(days=365)


def suggestion(key: str, plain: Mapping[str, object]) -> object:
    """What is offered for a key that has no value; None where nothing can be known."""
    if key == "short_name":
        return short_name(str(plain["clinic"])) if plain.get("clinic") else None
    if key == "counties":
        found = counties_of(plain)
        return list(found) if len(found) == 1 else None
    if key == "plans":
        options = plan_options(plain)
        return list(options) if len(options) == 1 else None
    if key == "languages":
        return ["en", "es"]
    return notice(key, plain) if key in ("language_help", "nondiscrimination") else None


def short_name(clinic: str) -> str | None:
    """A name of at most 20 letters, each of which costs one place in a text message."""
    name = "".join(letter if letter in GSM else unaccented(letter) for letter in " ".join(clinic.split()))
    name = "".join(letter for letter in name if letter in GSM)
    for candidate in _candidates(name):
        if candidate and len(candidate) <= LONGEST_NAME:
            return candidate
    return name[:LONGEST_NAME].strip() or None


def _candidates(name: str) -> Iterator[str]:
    yield name
    for pattern, shorter in _SHORTER:
        name = pattern.sub(shorter, name).strip()
        yield name
    parts = name.split()
    for count in range(len(parts) - 1, 0, -1):
        if parts[count - 1].casefold() not in _HANGING:
            yield " ".join(parts[:count])


def counties_of(plain: Mapping[str, object]) -> tuple[str, ...]:
    """The counties in which the address may lie."""
    said = plain.get("address")
    return (address_of(said) or ()) if isinstance(said, str) else ()


def plan_options(plain: Mapping[str, object]) -> tuple[str, ...]:
    """The ids of the plans that serve the clinic's counties; of all plans while it names none."""
    said = plain.get("counties")
    counties = said if isinstance(said, list) else []
    found = [plan.id for county in counties for plan in plans.plans_in(str(county))]
    return tuple(dict.fromkeys(found)) if found else tuple(plans.plans())


def usual_days(today: date) -> tuple[date, ...]:
    """The public holidays of the next twelve months that fall on a weekday."""
    days = (today + timedelta(days=ahead) for ahead in range(_NEXT.days))
    return tuple(day for day in days if day.weekday() < 5 and hours.holiday(day))


def notice(key: str, plain: Mapping[str, object]) -> dict[str, object] | None:
    """Puente's draft of a notice with the clinic's name and phone; None while one of them is not known."""
    clinic, phone = plain.get("clinic"), plain.get("phone")
    if not clinic or not phone:
        return None
    return {
        language.value: say(f"assistant.notice.{key}", language, clinic=clinic, phone=phone) for language in Language
    }
