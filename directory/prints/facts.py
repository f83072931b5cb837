"""What of the settings stands on paper, as people read it; what the clinic has not said is left out, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from directory import hours, phones
from directory.errors import PrintError
from directory.model import Language
from directory.prints import colors, logo
from directory.settings import Line, Settings
from directory.settings.contrast import Color
from directory.text.catalogue import say
from directory.text.week import week

__all__ = ["CHAT", "DEMO_ADDRESS", "Facts", "facts"]

CHAT = "/webhooks/web/"
"""Where the chat page lies below the clinic's public address."""
DEMO_ADDRESS = "https://puente.example.org"
_LONG = 36
"""Letters of an address that still fit one line in a size that can be read from two meters."""
_ZIP = re.compile(r"\b9[0-6]\d{3}\b")


@dataclass(frozen=True)
class Facts:
    """The settings, the day, the logo as a picture, and `trouble`: what was left out although it was asked for."""

    settings: Settings
    day: date
    logo: Any | None = None
    trouble: tuple[str, ...] = ()

    @property
    def demo(self) -> bool:
        """Whether invented things stand on the paper, so that it must say so."""
        return self.settings.demo

    @property
    def color(self) -> Color:
        """The clinic's color."""
        return colors.of(self.settings.color)

    @property
    def phone(self) -> str | None:
        """The clinic's phone as people write it."""
        return as_written(self.settings.phone) if self.settings.phone else None

    @property
    def chat(self) -> str | None:
        """The address of the chat page; in the demo an invented one where none is set."""
        address = self.settings.public_address or (DEMO_ADDRESS if self.demo else None)
        return address.rstrip("/").removesuffix(CHAT.rstrip("/")) + CHAT if address else None

    @property
    def web(self) -> str | None:
        """The same as people type it: without https and without what the clinic's address leads to by itself."""
        return self.chat.removeprefix("https://").removesuffix(CHAT) if self.chat else None

    @property
    def web_lines(self) -> str | None:
        """The same, in two lines where it is long: a break stands after a point or a dash, where people expect it."""
        web = self.web or ""
        cuts = [place + 1 for place, sign in enumerate(web) if sign in ".-/" and place < len(web) * 0.7]
        return f"{web[: cuts[-1]]}\n{web[cuts[-1] :]}" if len(web) > _LONG and cuts else self.web

    @property
    def text_to(self) -> str | None:
        """The number to text, where the clinic has one."""
        return as_written(self.settings.sms.number) if self.settings.sms else None

    @property
    def text_link(self) -> str | None:
        """What a camera opens to write a text."""
        return f"sms:{self.settings.sms.number}" if self.settings.sms else None

    def clinic(self, language: Language) -> str:
        """The clinic's name; "Our clinic" where it is not set."""
        return self.settings.clinic or say("leaflet.our_clinic", language)

    def hours(self, language: Language) -> str | None:
        """When the clinic is open: in that language where the text is understood, else as written."""
        text = self.settings.hours
        known = hours.parse(text) if text else None
        return week(known, language) if known and (known.always or known.intervals) else text

    def near(self, language: Language) -> str | None:
        """A place to ask about: the clinic's ZIP code, else its county."""
        if found := _ZIP.findall(self.settings.address or ""):
            return str(found[-1])
        return county_name(self.settings.counties[0], language) if self.settings.counties else None

    def line(self, line: Line) -> str:
        """Somebody to call, in one line."""
        at = f" ({line.hours})" if line.hours else ""
        return f"{line.name}, {as_written(line.phone)}{at}"

    def reached(self) -> None:
        """PrintError when nobody who holds the paper would know where to write."""
        if not self.chat and not self.text_to:
            raise PrintError(
                "settings.yml names neither `public_address` (where the chat page is reached) nor `sms` (the number to "
                "text), so whoever holds this paper would not know where to write. Nothing was printed. "
                "Set one of them: puente setup"
            )


def facts(settings: Settings, home: Path, day: date) -> Facts:
    """What stands on paper that day."""
    found = logo.logo(home, settings.logo)
    return Facts(settings, day, found.picture, (found.trouble,) if found.trouble else ())


def as_written(number: str) -> str:
    """A phone as people write it; as the clinic wrote it where it holds more than one number."""
    found = phones.parse(number)
    return phones.display(found[0]) if len(found) == 1 else number


def county_name(county: str, language: Language) -> str:
    """A county as we write it."""
    return say("place.county", language, county=county)
