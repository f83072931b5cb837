"""What places, programs, needs, plans and languages are called, and words in a row."""

from __future__ import annotations

from collections.abc import Sequence

from directory import plans
from directory.eligibility import rules
from directory.model import Language, Need, Place, PlaceKind
from directory.text.catalogue import is_by_text, keys, say

__all__ = [
    "capital",
    "joined",
    "language_code",
    "language_name",
    "need_name",
    "place_name",
    "plan_name",
    "program_name",
]


def place_name(place: Place, language: Language) -> str:
    """A place as we write it: "95354 (Modesto)", "Modesto", "Stanislaus County"."""
    if place.kind is PlaceKind.COUNTY:
        return say("place.county", language, county=place.county)
    if place.kind is PlaceKind.ZIP and place.zip:
        return say("place.zip", language, zip=place.zip, name=place.name) if place.name != place.zip else place.zip
    return place.name


def program_name(program: str, language: Language) -> str:
    """A program's short name; in a text message the shorter one that the catalogue may have."""
    short = f"assistant.short.name.{program}"
    if is_by_text() and short in keys(language):
        return say(short, language)
    return rules.program(program).short.get(language)


def need_name(need: Need, language: Language) -> str:
    """What a need is called when we speak of it."""
    return rules.need_names()[need].get(language)


def plan_name(plan: str) -> str:
    """A plan's short name; an id that we do not know stays as it is."""
    known = plans.plans().get(plan)
    return known.short_name if known else plan


def language_name(code: str, language: Language) -> str:
    """A language's name; a code that we have no name for stays as it is."""
    key = f"language.{code}"
    return say(key, language) if key in keys(language) else code


def language_code(text: str) -> str | None:
    """The code of a language named in English or Spanish, or of the code itself; None when we do not know it."""
    wanted = rules.key_of(text)
    for spoken in Language:
        for key in keys(spoken):
            prefix, _, code = key.partition(".")
            if prefix == "language" and wanted in (code, rules.key_of(say(key, spoken))):
                return code
    return None


def joined(words: Sequence[str], language: Language) -> str:
    """English, Spanish and Hmong."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say('and', language)} {words[-1]}"


def capital(text: str) -> str:
    """The text with a capital first; the rest stays as it is."""
    return text[:1].upper() + text[1:]
