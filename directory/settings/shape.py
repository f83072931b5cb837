"""What a clinic says of itself, as dataclasses; what it has not said is None or empty, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

__all__ = ["Admin", "Attested", "Backups", "Line", "Notice", "Sender", "Settings"]


@dataclass(frozen=True)
class Line:
    """Somebody to call: a name as people know it, and a number as people dial it; `hours` as the clinic wrote them."""

    name: str
    phone: str
    hours: str | None = None


@dataclass(frozen=True)
class Notice:
    """A text of the clinic that people are shown, in each language of the assistant, and where to read the whole."""

    en: str
    es: str
    url: str | None = None

    def get(self, language: str) -> str:
        """The words in that language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True)
class Attested:
    """The day on which somebody of the clinic said that it is so; None while nobody has."""

    baa: date | None = None
    ten_dlc: date | None = None
    privacy_page: date | None = None


@dataclass(frozen=True)
class Sender:
    """Whose account sends text messages to real phones, and from which number (E.164).

    `accents`: "keep" sends á, í, ó, ú as they are, with which a text takes up to twice as many parts; "fold" sends
    a, i, o, u in their place.
    """

    account: str
    number: str
    attested: Attested = Attested()
    accents: str = "keep"


@dataclass(frozen=True)
class Admin:
    """Who runs Puente here: the name that stands beside what they decide, and where to reach them."""

    name: str
    email: str | None = None


@dataclass(frozen=True)
class Backups:
    """Where backups go (None: `backups/` in Puente's home), and whether they must be encrypted."""

    folder: str | None = None
    encrypted: bool = False


_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Settings:
    """What the clinic says of itself.

    `short_name` is its name in a text message; `hours` as written, read by `directory.hours`; `counties` as we write
    them, `plans` their ids, `languages` ISO codes of what staff speak; `on_call` is for staff alone, the other lines
    are told to patients beside the national ones; `logo` is a file in Puente's home, `color` `#rrggbb`; `retention`
    maps ids of the inventory (`directory.privacy`) to days; `public_address` is where the door is reached from
    outside (`https://...`), `desk_address` where the clinic's own computers reach the desk; `kiosk`: many people use
    the screen that the chat page stands on. `invented` says that the name or phone is the demo's; `mended` is the
    sentence that says what is wrong with the file when the last good one is used in its place.
    """

    clinic: str | None = None
    phone: str | None = None
    demo: bool = False
    sms: Sender | None = None
    invented: bool = False
    short_name: str | None = None
    hours: str | None = None
    closed_on: tuple[date, ...] = ()
    address: str | None = None
    counties: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    on_call: Line | None = None
    crisis_line: Line | None = None
    violence_line: Line | None = None
    shelter_line: Line | None = None
    logo: str | None = None
    color: str | None = None
    language_help: Notice | None = None
    nondiscrimination: Notice | None = None
    retention: Mapping[str, int] = field(default=_NOTHING)
    public_address: str | None = None
    desk_address: str | None = None
    kiosk: bool = False
    admin: Admin | None = None
    backups: Backups = Backups()
    mended: str | None = None
