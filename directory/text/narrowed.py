"""What a list was narrowed to, in words, and what each place says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from directory.hours.when import DAY, Window, within
from directory.model import Language, Tri
from directory.search import Hit
from directory.search.narrowing import OPEN, Narrowing, open_then, states
from directory.text.catalogue import say
from directory.text.week import clock, week

__all__ = ["hours_then", "terms_told", "when", "words"]

WEEKEND = (5, 6)
_PARTS = {(17 * 60, DAY): "evening", (0, 12 * 60): "morning", (12 * 60, 17 * 60): "afternoon"}
_ONE = (1, 13)


def words(hits: Sequence[Hit], narrowing: Narrowing, language: Language) -> list[str]:
    """What was asked for, each said with "or not known" unless every place shown surely has it; of several, once."""
    found = [states(hit, narrowing) for hit in hits]
    names = sorted(narrowing.parts, key=lambda name: name != OPEN)  # the time stands first
    unsure = [name for name in names if not all(each[name] is Tri.YES for each in found)]
    several = len(unsure) > 1
    key = {name: name if several or name not in unsure else f"{name}_or_unknown" for name in names}
    values = {"when": when(narrowing.window, language)} if narrowing.window else {}
    said = [say(f"narrow.{key[name]}", language, **(values if name == OPEN else {})) for name in names]
    said += [say("narrow.or_unknown", language)] if several else []
    return [*said, say(f"narrow.{narrowing.order}", language)] if narrowing.order else said


def when(window: Window, language: Language) -> str:
    """The time asked for: "Saturday", "on the weekend", "in the evening (after 5 pm)"."""
    return " ".join(part for part in (_days(window, language), _hours(window, language)) if part) or say(
        "narrow.any_day", language
    )


def _days(window: Window, language: Language) -> str:
    if window.days == WEEKEND:
        return say("narrow.weekend", language)
    days = [say("narrow.day", language, day=say(f"day.{day}", language)) for day in window.days]
    return f" {say('narrow.or', language)} ".join(days)


def _hours(window: Window, language: Language) -> str:
    if (window.start, window.end) == (0, DAY):
        return ""
    if part := _PARTS.get((window.start, window.end)):
        return say(f"narrow.{part}", language)
    minute, key = (window.start, "after") if window.start else (window.end, "before")
    hour = time(minute // 60 % 24, minute % 60)
    return say(f"narrow.{key}.one" if hour.hour in _ONE else f"narrow.{key}", language, time=clock(hour, language))


def hours_then(hit: Hit, narrowing: Narrowing, names: str, language: Language) -> str | None:
    """Its hours at the time asked for, for the services (`names`) that surely have them; None when nobody knows."""
    sure = [each for each in hit.services if open_then(each, narrowing) is Tri.YES]
    schedule = sure[0].listing.schedule if sure else None
    if schedule is None or narrowing.window is None:
        return None
    said = week(within(schedule, narrowing.window), language)
    if len(sure) == len(hit.services) or not names:
        return said
    return say("narrow.hours_for", language, hours=said, what=names)


def terms_told(hit: Hit, narrowing: Narrowing, language: Language, only: Tri | None = None) -> list[str]:
    """What it says of the cost, of walking in and of an ID, where that was asked for and is `only` that; no no."""
    found = states(hit, narrowing)
    return [
        say(f"narrow.fact.{name}.{state.value}", language)
        for name, state in found.items()
        if name != OPEN and state is not Tri.NO and only in (None, state)
    ]
