"""How the ride clock reads: by when to call, whom, with what in hand, and what to do when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from directory.model import Language
from directory.plans import RideClock
from directory.text.catalogue import say
from directory.text.day import day_text

__all__ = ["brief", "told", "weekday_text"]


def told(clock: RideClock, language: Language, *, for_staff: bool = False) -> tuple[str, ...]:
    """The sentences for a patient, the most pressing first; for staff also who signs and which days were left out."""
    return tuple(_told(clock, language, for_staff))


def brief(clock: RideClock, language: Language) -> tuple[str, ...]:
    """The fewest sentences, for a text message: by when, what if it is late, whom, and the form if one is needed."""
    return tuple(_pressing(clock, language))


def weekday_text(day: date, language: Language) -> str:
    """A day with its weekday: "Tuesday, Nov 24, 2026", "martes 24 de noviembre de 2026"."""
    weekday = say(f"day.{day.weekday()}", language)
    return say("assistant.ride.day", language, weekday=weekday, day=day_text(day, language))


def _pressing(clock: RideClock, language: Language) -> Iterator[str]:
    yield _when(clock, language)
    if clock.too_late:
        yield say("assistant.ride.late.now", language)
    if clock.form:
        yield say("assistant.ride.form.nemt", language, form=clock.form.name.get(language))
    yield _whom(clock, language)


def _told(clock: RideClock, language: Language, for_staff: bool) -> Iterator[str]:
    yield from _pressing(clock, language)
    if clock.form is None:
        yield say("assistant.ride.form.nmt", language)
    yield _rule(clock, language)
    if clock.call_again and (clock.too_late or for_staff):
        yield say("assistant.ride.closed", language, day=weekday_text(clock.call_again, language))
    if clock.too_late and clock.form:
        yield say("assistant.ride.hospital", language)
    if for_staff:
        yield from _for_staff(clock, language)


def _when(clock: RideClock, language: Language) -> str:
    if clock.too_late:
        key = "late" if clock.known else "late.careful"
    else:
        key = "last.today" if clock.last_day == clock.today else "last"
    visit, last_day = (weekday_text(day, language) for day in (clock.visit, clock.last_day))
    return say(f"assistant.ride.{key}", language, visit=visit, day=last_day)


def _whom(clock: RideClock, language: Language) -> str:
    if clock.plan is None or clock.phone is None:
        return say("assistant.ride.card", language)
    key = "line" if clock.phone_is_ride_line else "member"
    unsure = "" if clock.phone_verified else ".unverified"
    return say(f"assistant.ride.{key}{unsure}", language, plan=clock.plan.short_name, phone=clock.phone)


def _rule(clock: RideClock, language: Language) -> str:
    if clock.plan is None:
        return say("assistant.ride.careful.no_plan", language, days=clock.days)
    plan, notice = clock.plan.short_name, clock.plan.ride_notice
    if clock.known and notice:
        return say("assistant.ride.own.notice", language, plan=plan, notice=notice.get(language), days=clock.days)
    return say(f"assistant.ride.{'own' if clock.known else 'careful'}", language, plan=plan, days=clock.days)


def _for_staff(clock: RideClock, language: Language) -> Iterator[str]:
    if clock.holidays:
        days = "; ".join(weekday_text(day, language) for day in clock.holidays)
        yield say("assistant.ride.holidays", language, days=days)
    if clock.form:
        yield say("assistant.ride.form.signers", language, signers=clock.form.signers.get(language))
