"""Reads one value of a setting: text, phone, day, hours, address, color, picture, county, plan, language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

from directory import hours, phones, places, plans
from directory.settings import logo
from directory.settings.color_names import COLORS, named
from directory.settings.colors import ENOUGH, dark_enough, on_white
from directory.settings.languages import language_of, names
from directory.settings.mistakes import Key, each, short

__all__ = [
    "GSM",
    "HOURS_EXAMPLE",
    "LONGEST_NAME",
    "accents",
    "account",
    "address_of",
    "color",
    "county",
    "day",
    "email",
    "language",
    "near",
    "opening",
    "phone",
    "picture",
    "place",
    "plan",
    "several",
    "short_name",
    "text",
    "truth",
    "web",
    "words",
]

T = TypeVar("T")

HOURS_EXAMPLE = "Mon-Fri 8am-5pm; Sat 9am-1pm"
LONGEST_NAME = 20
_QUOTES = {"“": "”", "”": "”", "„": "“", "‘": "’", "«": "»"}
# The letters that cost one place each in a text message (GSM 03.38, without those of its extension, which cost two).
GSM = frozenset(
    "@£$¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüàÆæßÉ !\"#%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_SHORT = 3
"""Figures of 911, 988, 211."""
_TELLING = 4
"""So many letters of a name say which is meant."""
_EMAIL = re.compile(r"[\w.+-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}", re.ASCII)
_ACCOUNT = re.compile(r"AC[0-9A-Za-z]{1,64}", re.ASCII)
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]*[A-Za-z0-9](?::\d{1,5})?(?:/[^\s\"'<>]*)?", re.ASCII)


def words(key: Key, value: object, most: int) -> str:
    """Text of one paragraph without what a screen would obey."""
    if not isinstance(value, str):
        raise key.wrong(f"must be text in quotes, not {short(value)}")
    said = " ".join(_unquoted(value.strip()).split())
    if not said:
        raise key.wrong("says nothing. Delete the line, or fill it in")
    if not said.isprintable():
        raise key.wrong("holds letters that cannot be seen. Type it anew instead of pasting it")
    if len(said) > most:
        raise key.wrong(f"has {len(said)} letters; {most} are the most")
    return said


def _unquoted(said: str) -> str:
    """Without the leaning quotation marks that a word processor puts around."""
    closing = _QUOTES.get(said[:1])
    return said[1:-1].strip() if closing and said[-1:] == closing and len(said) > 1 else said


def text(key: Key, value: object) -> str:
    """A name or a line."""
    return words(key, value, 120)


def truth(key: Key, value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise key.wrong(f"must be true or false, not {short(value)}")
    return value


def accents(key: Key, value: object) -> str:
    """Whether text messages have the accents that cost twice: keep or fold."""
    said = value.strip().casefold() if isinstance(value, str) else ""
    if said not in ("keep", "fold"):
        raise key.wrong(f"must be keep (á stays á) or fold (a for á, which costs half), not {short(value)}")
    return said


def account(key: Key, value: object) -> str:
    """The account that sends text messages; one that cannot be is not repeated, since it may be the token."""
    said = value.strip() if isinstance(value, str) else ""
    if not _ACCOUNT.fullmatch(said):
        raise key.wrong(
            "must be the account of the company that sends the texts: it begins with AC. The auth token does not "
            "belong here: puente sms-token"
        )
    return said


def day(key: Key, value: object) -> date:
    """A day of our time."""
    found = value if type(value) is date else None
    if isinstance(value, str):
        try:
            found = date.fromisoformat(value.strip())
        except ValueError:
            found = None
    if isinstance(value, str) and value.strip().casefold() == "usual":
        raise key.wrong("must be days here; what `usual` stands for is written out by: puente setup closed_on")
    if found is None:
        raise key.wrong(f"must be a day such as 2026-11-26, not {short(value)}")
    if not 2000 <= found.year <= 2100:
        raise key.wrong(f"names {found}, which is no day of our time. Correct the year")
    return found


def several(read: Callable[[Key, object], T]) -> Callable[[Key, object], tuple[T, ...]]:
    """A reader of lists, each thing once; a text with commas is a list too."""

    def all_of(key: Key, value: object) -> tuple[T, ...]:
        if isinstance(value, str):
            value = [part.strip() for part in re.split(r"[,;]", value) if part.strip()]
        if isinstance(value, date):
            value = [value]
        if not isinstance(value, list):
            raise key.wrong(f"must be a list, not {short(value)}")
        return tuple(dict.fromkeys(each(partial(read, key, item) for item in value)))

    return all_of


def phone(key: Key, value: object) -> str:
    """One number, as people dial it; what does not fit is not repeated, since it may be somebody's own."""
    if not isinstance(value, str):
        raise key.wrong('must be one phone number in quotes, such as "209-555-0140"')
    said = text(key, value)
    found = phones.parse(said)
    if len(found) == 1 and len(found[0].number) == _SHORT:
        raise key.wrong(
            f"must be a number of your own with its area code, not {found[0].number}: "
            "people are told 911, 988 and 211 without it"
        )
    if len(found) != 1:
        raise key.wrong('must be one phone number with its area code, such as "209-555-0140"')
    return said


def short_name(key: Key, value: object) -> str:
    """What stands before each text message."""
    said = text(key, value)
    if len(said) > LONGEST_NAME:
        raise key.wrong(f"has {len(said)} letters; {LONGEST_NAME} are the most, since it stands in each text message")
    if odd := sorted(set(said) - GSM):
        raise key.wrong(
            f"holds {' '.join(odd)}, with which a text message costs twice as much. Write it without: a for á, ' for ’"
        )
    return said


def opening(key: Key, value: object) -> str:
    """Hours that can be read with certainty."""
    said = text(key, value) if isinstance(value, str) else None
    if said is None or hours.parse(said) is None:
        raise key.wrong(
            f'cannot be read as hours, so nobody could be told whether it is open. Write it so: "{HOURS_EXAMPLE}", '
            'or "24/7"; a lunch break so: "Mon-Fri 8am-12pm, 1pm-5pm"'
        )
    return said


def place(key: Key, value: object) -> str:
    """An address that names a place in California."""
    said = text(key, value)
    if address_of(said) is None:
        raise key.wrong(
            f'names no place in California that we know: {short(said)}. End it with city and ZIP: "120 Oak Street, '
            'Modesto, CA 95354"'
        )
    return said


def address_of(said: str) -> tuple[str, ...] | None:
    """The counties in which an address may lie; None where it names no place in California."""
    parts = [part.strip() for part in said.split(",") if part.strip()]
    tails = [", ".join(parts[start:]) for start in range(len(parts))]
    tails += [" ".join(said.split()[-count:]) for count in (3, 2, 1)]
    for tail in tails:
        found = places.resolve(tail)
        if isinstance(found, places.OutsideCalifornia | places.BadZip):
            return None
        if not isinstance(found, places.UnknownPlace):
            options = (found,) if not isinstance(found, places.OverCountyLine | places.Ambiguous) else found.options
            return tuple(dict.fromkeys(option.county for option in options))
    return None


def county(key: Key, value: object) -> str:
    """A county, as we write it."""
    said = text(key, value)
    wanted = re.sub(r"^condado de | county$", "", said.casefold())
    found = next((name for name in places.COUNTIES if name.casefold() == wanted), None)
    if found is None:
        raise key.wrong(f"names {short(said)}, which is no county of California{near(said, places.COUNTIES)}")
    return found


def plan(key: Key, value: object) -> str:
    """The id of a plan, also where its name is written."""
    said = text(key, value)
    found = said if said in plans.plans() else plans.plan_by_alias(said)
    if found is None:
        meant = near(said, [*plans.plans(), *(each.short_name for each in plans.plans().values())])
        raise key.wrong(f"names {short(said)}, which is no plan we know{meant}; all of them: puente plans")
    return found


def language(key: Key, value: object) -> str:
    """The code of a language, also where its name is written."""
    found = language_of(value) if isinstance(value, str) else None
    if found is None:
        meant = near(value, names().values()) if isinstance(value, str) else ""
        raise key.wrong(
            f"names {short(value)}, which is no language we know{meant}. Known: {', '.join(names().values())}"
        )
    return found


def near(said: str, known: Iterable[str]) -> str:
    """What may have been meant, in brackets."""
    by_name = {name.casefold(): name for name in known}
    wanted = said.casefold().strip()
    found = get_close_matches(wanted, by_name, n=1, cutoff=0.7)
    if not found and len(wanted) >= _TELLING:
        found = [name for name in by_name if wanted in name][:3]
    return f" (did you mean {' or '.join(by_name[name] for name in found)}?)" if found else ""


def color(key: Key, value: object) -> str:
    """A color on which white words can be read."""
    said = value.strip().lower() if isinstance(value, str) else ""
    said = named(said) or (f"#{said}" if re.fullmatch(r"[0-9a-f]{6}", said) else said)
    if not re.fullmatch(r"#[0-9a-f]{6}", said):
        meant = near(said, COLORS)
        raise key.wrong(f'must be a color such as teal, or in quotes such as "#1b5e78", not {short(value)}{meant}')
    if on_white(said) < ENOUGH:
        raise key.wrong(
            f"is too light: white words on {said} have a contrast of {int(on_white(said) * 10) / 10}:1, and people "
            f'with weak eyes need {ENOUGH}:1. A darker one that does: "{dark_enough(said)}"'
        )
    return said


def web(key: Key, value: object) -> str:
    """An address on the web."""
    said = value.strip() if isinstance(value, str) else ""
    if len(said) > 200 or not _ADDRESS.fullmatch(said):
        raise key.wrong("must be an address that begins with https://, such as https://puente.example.org")
    return said


def email(key: Key, value: object) -> str:
    """An address of electronic mail."""
    said = value.strip() if isinstance(value, str) else ""
    if len(said) > 120 or not _EMAIL.fullmatch(said):
        raise key.wrong("must be an email address such as ana@example.org")
    return said


def picture(key: Key, value: object) -> str:
    """The name of a picture that lies in the folder of the settings."""
    said = text(key, value)
    path = key.home / said
    if (key.home.resolve() not in path.resolve().parents) or "\\" in said:
        raise key.wrong(f"must be the name of a picture inside {key.home}, such as logo.png; copy it there")
    if why := logo.trouble(path):
        raise key.wrong(why)
    return said
