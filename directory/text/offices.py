"""How an office reads: whom to call, the number with a hedge where it needs one, and what to ask."""

from __future__ import annotations

from datetime import date

from directory.model import Language
from directory.plans import Office
from directory.text.catalogue import say

__all__ = ["told"]


def told(office: Office, language: Language, on: date) -> str:
    """One or two sentences that say what to do, with a hedge where the number is not verified, or overdue that day."""
    values = {"name": office.name(language), "ask": office.what_to_ask(language)}
    if not office.phone:
        return say("none.office.no_phone", language, **values)
    if office.phone == office.name_en:  # 211 is its own name
        return say("none.office.211", language, ask=values["ask"])
    key = "none.office" if office.stands(on) else "none.office.unverified"
    return say(key, language, phone=office.phone, **values)
