"""Whether somebody reviewed a text: draft, reviewed on a day, or changed since; English and Spanish apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from directory import wording
from directory.eligibility.strict import Entry, read
from directory.text.register.every import PatientText

__all__ = ["SHIPPED", "Review", "SignOff", "State", "clinic_file", "review", "sign_offs", "signed"]

SHIPPED = Path(__file__).parents[1] / "reviewed.yml"

SignOffs = Mapping[tuple[str, str], tuple["SignOff", ...]]


class State(str, Enum):
    """How far the words of a text are vouched for."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    CHANGED = "changed"


@dataclass(frozen=True)
class SignOff:
    """Who found exactly these words good (`words` is their fingerprint), in which language and when."""

    id: str
    language: str
    words: str
    by: str
    on: date
    note: str | None = None


@dataclass(frozen=True)
class Review:
    """How a text stands in one language; `own` is the clinic's wording, if any.

    `outdated` says that what ships has changed since that wording was written, `unused` that it no longer fits.
    """

    state: State
    by: str | None = None
    on: date | None = None
    own: wording.Wording | None = None
    outdated: bool = False
    unused: bool = False

    @property
    def said(self) -> str:
        """The state for a person: "draft", "reviewed by A. Luna on 2026-11-21", "changed since A. Luna ..."."""
        if self.state is State.DRAFT:
            return "draft"
        verb = "reviewed by" if self.state is State.REVIEWED else "changed since it was reviewed by"
        return f"{verb} {self.by} on {self.on}"


def clinic_file() -> Path:
    """Where the clinic's own sign-offs are kept."""
    return wording.file().with_name("reviewed.yml")


def signed() -> SignOffs:
    """All sign-offs, those that ship and the clinic's own, by id and language, the newest first."""
    files = [SHIPPED, clinic_file()]
    found = [item for file in files if file.exists() for item in sign_offs(file)]
    grouped: dict[tuple[str, str], list[SignOff]] = {}
    for item in sorted(found, key=lambda item: item.on, reverse=True):
        grouped.setdefault((item.id, item.language), []).append(item)
    return {key: tuple(items) for key, items in grouped.items()}


def sign_offs(file: Path) -> tuple[SignOff, ...]:
    """The sign-offs of a file; RulesError names the entry that cannot be read."""
    return tuple(map(_sign_off, read(file).each()))


def _sign_off(entry: Entry) -> SignOff:
    found = entry.fields(("id", "language", "words", "by", "day"), ("note",))
    return SignOff(
        found["id"].text(),
        found["language"].one_of(wording.LANGUAGES),
        found["words"].text(),
        found["by"].text(),
        found["day"].day(),
        found["note"].text() if "note" in found else None,
    )


def review(text: PatientText, language: str, signed: SignOffs) -> Review:
    """How this text stands in this language."""
    own = wording.own().get((text.id, language))
    outdated = own is not None and own.instead_of != wording.fingerprint(text.ships(language))
    unused = own is not None and not own.fits(text.ships(language))
    state, item = _state(signed.get((text.id, language), ()), wording.fingerprint(text.get(language)))
    return Review(state, item.by if item else None, item.on if item else None, own, outdated, unused)


def _state(items: Iterable[SignOff], words: str) -> tuple[State, SignOff | None]:
    known = tuple(items)
    if not known:
        return State.DRAFT, None
    holds = next((item for item in known if item.words == words), None)
    return (State.REVIEWED, holds) if holds else (State.CHANGED, known[0])
