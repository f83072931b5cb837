"""Hours as people read them: a week in words, and from when old hours are."""

from __future__ import annotations

from directory import hours
from directory.model import Language, Listing, Schedule
from directory.search import Freshness, Hit
from directory.text.beside import says_more
from directory.text.catalogue import say
from directory.text.clock import clock
from directory.text.english import as_listed
from directory.text.names import joined
from directory.text.own import stated

__all__ = ["beside_week", "clock", "hours_in_words", "known_week", "old_year", "week"]


def week(schedule: Schedule, language: Language) -> str:
    """The hours of a week: "Monday to Friday 9 am to 5 pm; Saturday 10 am to 1 pm"."""
    if schedule.always:
        return say("hours.always", language)
    by_days: dict[tuple[int, ...], list[str]] = {}
    for days, opens, closes in hours.spans(schedule):
        times = say("hours.times", language, opens=clock(opens, language), closes=clock(closes, language))
        by_days.setdefault(days, []).append(times)
    return "; ".join(
        say("hours.span", language, days=_days(days, language), times=joined(times, language))
        for days, times in by_days.items()
    )


def _days(days: tuple[int, ...], language: Language) -> str:
    """Monday to Friday; Monday, Tuesday and Friday; every day."""
    if len(days) == 7:
        return say("day.all", language)
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        first, last = (say(f"day.{day}", language) for day in (days[0], days[-1]))
        return say("hours.days", language, first=first, last=last)
    return joined([say(f"day.{day}", language) for day in days], language)


def known_week(record: Listing) -> Schedule | None:
    """The week, if it says anything: no interval at all means unknown, not closed."""
    schedule = record.schedule
    return schedule if schedule and (schedule.always or schedule.intervals) else None


def beside_week(record: Listing) -> str | None:
    """The list's own words on hours where they say more than the week that is shown ("or by appointment")."""
    text = stated(record.hours_text) if known_week(record) else None
    return text if text and says_more(text) else None


def old_year(hit: Hit) -> int | None:
    """The year of a stale listing, whose hours nobody should count on; None for any other."""
    day = hit.listing.assured_on or hit.listing.provenance.as_of
    return day.year if day and hit.freshness is Freshness.STALE else None


def hours_in_words(hit: Hit, language: Language) -> str | None:
    """The hours as far as they are known; old ones with their year."""
    schedule, text = known_week(hit.listing), stated(hit.listing.hours_text)
    said = week(schedule, language) if schedule else text and as_listed(text, language)
    year = old_year(hit)
    return say("hours.old", language, year=year, hours=said) if said and year else said
