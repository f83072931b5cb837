"""What every page of the desk says of the house: whose it is, whom staff call, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from directory import hours, pause
from directory.called import as_called
from directory.doctor.lists import OLD_DAYS
from directory.model import Language
from directory.settings import Settings
from directory.settings import palette as colors
from directory.status import Status
from directory.text.catalogue import say
from directory.text.clinic import on_call
from directory.text.day import day_text
from directory.text.ours import ours

__all__ = ["House", "ListAge", "house", "lists", "sheet"]


@dataclass(frozen=True)
class House:
    """The clinic's name, whether it has a color, whom staff call, what is wrong (a title, words, a command)."""

    clinic: str | None
    colored: bool
    on_call: str | None
    alarms: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ListAge:
    """A list that is published, and how old it is."""

    title: str
    told: str
    old: bool


def house(language: Language) -> House:
    """How it stands now; settings that cannot be read take no page away."""
    clinic = ours()
    return House(clinic.clinic, bool(clinic.color), on_call(clinic, language), tuple(_alarms(clinic, language)))


def sheet() -> str:
    """The clinic's colors as a style sheet; empty where it has said none."""
    color = ours().color
    return colors.style(color) if color else ""


def lists(found: Status, language: Language, now: datetime) -> tuple[ListAge, ...]:
    """The lists that are published, the oldest first; one without a day stands before all."""
    today = now.astimezone(hours.PACIFIC).date()
    known = sorted(found.sources, key=lambda item: item.source.as_of or date.min)
    return tuple(_age(item.source.title, item.source.as_of, today, language) for item in known)


def _age(title: str, day: date | None, today: date, language: Language) -> ListAge:
    if day is None:
        return ListAge(title, say("desk.lists.undated", language), True)
    days = (today - day).days
    told = say("desk.lists.day", language, day=day_text(day, language), days=max(days, 0))
    return ListAge(title, told, days > OLD_DAYS)


def _alarms(clinic: Settings, language: Language) -> Iterator[tuple[str, str, str]]:
    if found := pause.paused():
        yield say("desk.paused", language), pause.sentence(language.value, found), as_called("puente resume")
    if clinic.mended:
        yield say("desk.mended", language), as_called(clinic.mended), as_called("puente setup")
