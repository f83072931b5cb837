"""What stands beside a week and changes none of its hours: more by appointment, a web page at any hour, a zone."""

from __future__ import annotations

import re

__all__ = ["cut", "zone"]

_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|fri|sat|sun)\.?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?"
)
_OTHER = (
    r"(?:some |other )?(?:evenings?(?: hours?)?|weekends?|week ?nights|nights|(?:other )?times|hours|tardes|noches"
    r"|fines de semana|otr[oa]s (?:horas|horarios|d[ií]as))"
)
_SAID = rf"(?:{_DAY}|{_OTHER})"
_APPOINTMENT = (
    r"(?:(?:are )?(?:available )?(?:by|with(?: an)?) appointments?(?: only)?"
    r"|(?:solo )?(?:con|por) (?:previa )?cita(?: previa)?)"
)
_JOIN = r"(?:\s*(?:,|&|/|\band\b|\bor\b|\by\b|\bo\b)\s*|\s+)"
_BESIDE = tuple(
    re.compile(pattern + r"[\s.]*$", re.I)
    for pattern in (
        # "; Saturday by appointment", ". Evenings available with an appointment"
        rf"\s*(?:[;,.]|\band\b|\bor\b|\by\b)\s*(?P<said>(?:and |or |y )?{_SAID}(?:{_JOIN}{_SAID})*)\s+{_APPOINTMENT}",
        # ", and by appointment"; "9-5 by appointment" says that one must have one, and stays text
        rf"\s*[;,.]?\s*\b(?:and|or|y|o)(?: (?:at )?other times)? {_APPOINTMENT}",
        r"\s*[;,.]\s*some (?:evening|weekend|saturday) appointments(?: available)?",
        r"\s*[;,.]\s*24[- ]hours? access via (?:the |our )?(?:web ?site|internet)",
        r"\s*[;,.]\s*voice ?mail\s*[-:,]?\s*24 hours(?: daily| a day)?",
    )
)

# A hotline in another state; "(Central)" alone may be an office.
_LIGHT = r"(?: standard| daylight)? time"
_ZONE = re.compile(rf"[\s,(]+(?:(?P<east>e[sd]?t|eastern{_LIGHT})|c[sd]t|central{_LIGHT})[\s).]*$", re.I)


def cut(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what stands beside its week, and the days (as text) that were said there."""
    days: list[str] = []
    for _ in range(3):
        found = next((match for pattern in _BESIDE if (match := pattern.search(text))), None)
        if found is None or not text[: found.start()].strip():
            break
        if said := found.groupdict().get("said"):
            days += re.findall(_DAY, said, re.I)
            days += ("saturday", "sunday") if re.search(r"weekend|de semana", said, re.I) else ()
        text = text[: found.start()]
    return text, tuple(days)


def zone(text: str) -> tuple[str, int]:
    """The text without the name of a zone at its end, and how many hours its clock is ahead of the Pacific one."""
    found = _ZONE.search(text)
    if found is None:
        return text, 0
    return text[: found.start()], 3 if found["east"] else 2
