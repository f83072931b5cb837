"""A field of a place as staff read it: what it is called, and what a value of it says, in the language of the page.

Values come as work.db and the lists have them: text, JSON, or the parts of a list in one line. What no table knows
stays as the list wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from directory import phones, store
from directory.eligibility import rules
from directory.model import Language, Need, Phone, PhoneKind
from directory.text import names
from directory.text.catalogue import keys, say
from directory.text.day import day_text
from directory.text.week import week

__all__ = ["label", "value"]

_TRI = frozenset(
    {
        "by_appointment", "by_phone", "confidential", "fee", "id_asked", "statewide", "taking_referrals", "walk_in",
        "wheelchair",
    }
)  # fmt: skip
_DAYS = frozenset({"alert_until", "assured_on", "capacity_on", "edited_on", "suspended_until"})
_WORDS = frozenset({"capacity", "reach"})
_SHORTENED = 400
"""Letters of a text that are shown; nobody compares more."""


def label(field: str, lang: Language) -> str:
    """What people call that field."""
    key = f"desk.places.label.{field}"
    return say(key, lang) if key in keys(lang) else field.replace("_", " ")


def value(field: str, text: str | None, lang: Language) -> str:
    """What the value says; empty where there is none."""
    if text is None or not text.strip():
        return ""
    if field == "schedule":
        return _hours(text, lang)
    plain = _structured(text)
    if plain is not None:
        return _of_plain(field, plain, lang)
    if field in _NAMES:
        return ", ".join(_name(field, part, lang) for part in text.split(", "))
    return _of_text(field, text, lang)


def _of_text(field: str, text: str, lang: Language) -> str:
    if field in _TRI:
        return _word("tri", {"True": "yes", "true": "yes", "False": "no", "false": "no"}.get(text, text), lang)
    if field in _WORDS:
        return _word(field, text, lang)
    if field in _DAYS:
        return _day(text, lang)
    flat = " ".join(text.split())
    flat = flat.removesuffix(", CA") if field == "address" else flat
    return flat if len(flat) <= _SHORTENED else f"{flat[:_SHORTENED].rstrip()} …"


def _of_plain(field: str, plain: Any, lang: Language) -> str:
    if isinstance(plain, bool):
        return _word("tri", "yes" if plain else "no", lang)
    if field == "phones":
        return ", ".join(_phone(item, lang) for item in plain)
    parts = plain.values() if isinstance(plain, dict) else plain
    said = [str(part) for part in parts if part not in (None, "", "CA")]
    return ", ".join(_name(field, part, lang) if field in _NAMES else part for part in said)


def _structured(text: str) -> Any | None:
    """The list, mapping or truth that the value stands for; None for a text, which may begin like one."""
    if not text.startswith(("{", "[")) and text not in ("true", "false"):
        return None
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, (list, dict, bool)) else None


def _phone(plain: Mapping[str, str], lang: Language) -> str:
    kind = PhoneKind(plain.get("kind", PhoneKind.VOICE.value))
    said = phones.display(Phone(plain["number"], plain.get("extension"), kind))
    about = [word for word in (plain.get("label"), "" if kind is PhoneKind.VOICE else kind.value) if word]
    return f"{said} ({', '.join(about)})" if about else said


def _hours(text: str, lang: Language) -> str:
    read = store.schedule_from_json(text)
    return names.capital(week(read, lang)) if read else ""


def _day(text: str, lang: Language) -> str:
    try:
        return day_text(date.fromisoformat(text), lang)
    except ValueError:
        return text


def _word(group: str, code: str, lang: Language) -> str:
    key = f"desk.places.{group}.{code}"
    return say(key, lang) if key in keys(lang) else code


def _name(field: str, code: str, lang: Language) -> str:
    return names.capital(_NAMES[field](code, lang))


def _need(code: str, lang: Language) -> str:
    return names.need_name(Need(code), lang) if code in {need.value for need in Need} else code


def _program(code: str, lang: Language) -> str:
    return names.program_name(code, lang) if code in rules.programs() else code


_NAMES: Mapping[str, Callable[[str, Language], str]] = MappingProxyType(
    {
        "needs": _need,
        "programs": _program,
        "languages": names.language_name,
        "plans": lambda code, _: names.plan_name(code),
    }
)
