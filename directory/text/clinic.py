"""The clinic as people read it: its number, whether somebody answers there now, its address, its own lines."""

from __future__ import annotations

from datetime import date, datetime, time

from directory import hours
from directory.dangers import LINES
from directory.hours.opening import Opening, on_day, opening
from directory.model import Interval, Language, Schedule, Tri
from directory.settings import Line, Settings
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.names import joined, language_name
from directory.text.ours import ours
from directory.text.week import clock, week

__all__ = ["about", "closed", "day_line", "hours_line", "hours_told", "in_danger", "now_and_week", "now_line",
           "on_call", "spoken", "today_line", "with_local_line"]  # fmt: skip


def closed(clinic: Settings, at: datetime) -> bool:
    """Whether it is sure that nobody answers there at `at`."""
    return _opening(clinic, at).open is Tri.NO


def now_line(clinic: Settings, language: Language, at: datetime) -> str | None:
    """Whether it is open at `at`, and until or from when; else its hours; None where it has told none."""
    state = _opening(clinic, at)
    if state.open is Tri.YES:
        return say("clinic.open_until", language, until=_until(state.until, language)) if state.until else None
    if state.open is Tri.NO and state.opens:
        return say("clinic.opens", language, day=_day(state.opens, at, language), at=_at(state.opens, language))
    if state.open is Tri.NO:
        return say("clinic.closed", language)
    told = _told(clinic.hours, language)
    if told and hours.holiday(at.astimezone(hours.PACIFIC).date()):
        return say("clinic.holiday", language, hours=told)
    return say("clinic.hours", language, hours=told) if told else None


def hours_line(clinic: Settings, language: Language) -> str | None:
    """Its hours as a sentence of their own; None where it told none."""
    told = _told(clinic.hours, language)
    return say("clinic.hours", language, hours=told) if told else None


def now_and_week(clinic: Settings, language: Language, at: datetime) -> str | None:
    """Whether it is open at `at`, and its week, said once."""
    now, told = now_line(clinic, language, at), _told(clinic.hours, language)
    return now if not now or not told or told in now else f"{now} {hours_line(clinic, language)}"


def today_line(clinic: Settings, language: Language, at: datetime) -> str | None:
    """Whether it is open at `at`, and the hours of that day; on a closed day its week."""
    schedule, today = _week(clinic.hours), at.astimezone(hours.PACIFIC).date()
    if schedule is None or on_day(schedule, clinic.closed_on, today)[0] is not Tri.YES:
        return now_and_week(clinic, language, at)
    return f"{now_line(clinic, language, at)} {day_line(clinic, language, today, at)}"


def day_line(clinic: Settings, language: Language, day: date, at: datetime, *, weekly: bool = False) -> str | None:
    """Its hours on `day`, or that it is closed then; None where its week is not known. `weekly`: on any such day."""
    schedule = _week(clinic.hours)
    if schedule is None or not (schedule.always or schedule.intervals):
        return None
    name = _large(say(f"day.{day.weekday()}", language)) if weekly else _day_named(clinic, day, at, language)
    open_then, intervals = on_day(schedule, clinic.closed_on, day)
    if open_then is Tri.NO:
        return say("clinic.day_closed", language, day=name)
    if open_then is Tri.UNKNOWN:
        return say("clinic.day_holiday", language, day=name)
    return say("clinic.day_hours", language, day=name, hours=_times(intervals, language))


def _times(intervals: tuple[Interval, ...], language: Language) -> str:
    """The hours of one day; without any it is open day and night."""
    if not intervals:
        return say("hours.always", language)
    spans = ((clock(one.opens, language), clock(one.closes, language)) for one in intervals)
    return joined([say("hours.times", language, opens=opens, closes=closes) for opens, closes in spans], language)


def _day_named(clinic: Settings, day: date, at: datetime, language: Language) -> str:
    """Today, tomorrow or a weekday; with its date where it is a week away, a holiday or a day of its own list."""
    ahead = (day - at.astimezone(hours.PACIFIC).date()).days
    near = {0: "clinic.today", 1: "clinic.tomorrow"}.get(ahead, f"day.{day.weekday()}")
    name = say(near, language)
    if ahead > 6 or hours.holiday(day) or day in clinic.closed_on:
        name = f"{name}, {day_text(day, language)}"
    return _large(name)


def _large(name: str) -> str:
    return name[:1].upper() + name[1:]


def about(clinic: Settings, language: Language) -> str | None:
    """Where it is and which languages its staff speak, as far as it said so."""
    address = say("clinic.address", language, address=clinic.address) if clinic.address else None
    return " ".join(part for part in (address, spoken(clinic, language)) if part) or None


def spoken(clinic: Settings, language: Language) -> str | None:
    """Which languages its staff speak; None where it told none."""
    names = joined([language_name(code, language) for code in clinic.languages], language)
    return say("clinic.languages", language, languages=names) if names else None


def hours_told(clinic: Settings, language: Language) -> str | None:
    """Its hours in that language where they are understood, else as it wrote them; None where it told none."""
    return _told(clinic.hours, language)


def on_call(clinic: Settings, language: Language) -> str | None:
    """Whom staff call, with that line's own hours; for staff alone, patients are never told."""
    line = clinic.on_call
    if line is None:
        return None
    told = _told(line.hours, language)
    return f"{line.name}, {line.phone}" + (f" ({told})" if told else "")


def in_danger(danger: str, language: Language) -> tuple[str, tuple[str, ...]]:
    """The fixed words of a danger and the numbers in them, for whoever can say nothing more: they need no model."""
    return with_local_line(danger, say(f"assistant.crisis.{danger}", language), LINES[danger], language)


def with_local_line(danger: str, text: str, phones: tuple[str, ...], language: Language) -> tuple[str, tuple[str, ...]]:
    """Fixed words and their lines, with the clinic's own line for that danger as one more, after the national ones.

    It stands before the last line where there are several: that one says that nobody is watching the chat.
    """
    line = _local_line(danger)
    if line is None or line.phone in phones:
        return text, phones
    first, newline, last = text.rpartition("\n")
    told = _beside(line, language)
    parts = (first, told, last) if newline else (text, told)
    return "\n".join(parts), (*phones, line.phone)


def _local_line(danger: str) -> Line | None:
    """The clinic's own line for a danger of the fixed crisis words, if it named one."""
    name = _LINES.get(danger)
    return getattr(ours(), name) if name else None


_LINES = {
    "self_harm": "crisis_line",
    "worry": "crisis_line",
    "violence": "violence_line",
    "unsafe_tonight": "shelter_line",
}


def _beside(line: Line, language: Language) -> str:
    """One more line to call, named as the clinic wrote it, with its hours where it told them."""
    told = _told(line.hours, language)
    key = "clinic.line_hours" if told else "clinic.line"
    return say(key, language, name=line.name, phone=line.phone, hours=told or "")


def _opening(clinic: Settings, at: datetime) -> Opening:
    return opening(_week(clinic.hours), clinic.closed_on, at)


def _week(text: str | None) -> Schedule | None:
    return hours.parse(text) if text else None


def _told(text: str | None, language: Language) -> str | None:
    """Hours in the person's language where they are understood; else as the clinic wrote them."""
    schedule = _week(text)
    known = schedule is not None and (schedule.always or schedule.intervals)
    return week(schedule, language) if schedule and known else text


def _until(moment: datetime | None, language: Language) -> str:
    return _clock("until", moment.time() if moment else time(), language)


def _at(moment: datetime, language: Language) -> str:
    return _clock("at", moment.time(), language)


def _clock(word: str, moment: time, language: Language) -> str:
    """An hour with the word before it: Spanish says "a la 1", "a las 8", "al mediodía"."""
    if (moment.hour % 12, moment.minute) == (0, 0):
        return say(f"clinic.{word}_{'noon' if moment.hour else 'midnight'}", language)
    key = f"clinic.{word}_one" if moment.hour % 12 == 1 else f"clinic.{word}"
    return say(key, language, time=clock(moment, language))


def _day(moment: datetime, now: datetime, language: Language) -> str:
    """Today, tomorrow, a weekday, or a date when it is a week away."""
    today, day = now.astimezone(hours.PACIFIC).date(), moment.date()
    ahead = (day - today).days
    if ahead < 2:
        return say("clinic.tomorrow" if ahead else "clinic.today", language)
    name = say(f"day.{day.weekday()}", language)
    if ahead < 7:
        return say("clinic.weekday", language, day=name)
    return say("clinic.weekday_date", language, day=name, date=day_text(day, language))
