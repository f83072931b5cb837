"""What narrows a list that was shown: read from a message, kept as short texts, applied to what a search finds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from actions import lists
from actions.asked_shown import asks_of_shown, filters_said, is_wide, standing
from actions.context import Turn
from directory.hours.when import DAY, Window
from directory.search import Query, SearchResult
from directory.search.narrowing import Narrowing, narrowed

__all__ = ["ORDERS", "applied", "names_a_time", "of_list", "of_request", "searched", "waiting"]

LOOKED_THROUGH = 60
"""How many places are looked through; of a longer list those are the nearest."""

ORDERS = ("latest", "earliest")
_TERMS = ("free", "walk_in", "no_id")
_PARTS = {"evening": (17 * 60, DAY), "morning": (0, 12 * 60), "afternoon": (12 * 60, 17 * 60)}
_MORNING = re.compile(r" (?:en|por|de) (?:la|las) mananas? | de manana | la manana libre ")
_DAYS = tuple(
    re.compile(rf" (?:{words}) ")
    for words in (
        "mon|mondays?|lunes",
        "tues?|tuesdays?|martes",
        "weds?|wednesdays?|miercoles",
        "thu|thurs?|thursdays?|jueves",
        "fri|fridays?|viernes",
        "sats?|saturdays?|sabados?",
        "sun|sundays?|domingos?",
    )
)
_WEEKEND = re.compile(r" (?:weekends?|week ends?|fin(?:es)? de semana|finde) ")
_TOMORROW = re.compile(r" (?:tomorrow|2morrow|2moro|tmrw|tmr|tomorow|tomorrows|manana) ")
_TODAY = re.compile(r" (?:today|tonight|this evening|hoy|esta noche|esta tarde) ")
_AFTER = re.compile(
    r" (?:(?:after|past|later than|get off(?: of)?(?: work)?(?: at)?|off(?: work)? at|out(?: of work)? at"
    r"|clock out at|home (?:til|till|until|at)|done (?:with )?(?:work )?at"
    r"|llego a las?|regreso a las?|trabajo hasta las?"
    r"|despues de las?|pasad[oa]s? las?"
    r"|(?:salgo|salimos)(?: de trabajar| del trabajo| de mi trabajo)?(?: como| a eso de)?(?: a)? las?)"
    r"|(?P<until>until|til|till|hasta las?))"
    r" (?P<hour>\d{1,2})(?: ?(?P<minute>[0-5]\d))?(?: ?(?P<half>[ap]) ?m)? "
)
_BEFORE = re.compile(
    r" (?:before|earlier than|antes de las?) (?P<hour>\d{1,2})(?: ?(?P<minute>[0-5]\d))?(?: ?(?P<half>[ap]) ?m)? "
)
_OPEN = re.compile(
    r" (?:open|opens|opening|hours|abren?|abran?|abiert[oa]s?|atienden?|no id|without (?:an )?id|sin identificacion) "
)
_WHAT_HOURS = re.compile(r" (?:what time|when|what hours|hours|hrs|schedule|horarios?|hora|horas|cuando) ")


def of_list(text: str, now: datetime, *, focused: bool) -> tuple[str, ...]:
    """What a message narrows the list shown to; with one place in talk (`focused`) a day is asked of that place."""
    said = filters_said(text)
    terms = tuple(name for name in _TERMS if name in said)
    order = asks_of_shown(text)
    if order in ORDERS:
        return (*terms, _window(text, now) or f"open:{now.weekday()}:0:{DAY}", str(order))
    window = _window(text, now)
    if window is None or (not is_wide(text) and (focused or (_WHAT_HOURS.search(standing(text)) and _is_day(window)))):
        return terms
    return (*terms, window)


def of_request(text: str, now: datetime) -> tuple[str, ...]:
    """The same of a request for places: a day is one to be open on only where it says so ("a ride on Saturday")."""
    if not _OPEN.search(standing(text)):
        return ()
    terms = tuple(name for name in ("no_id",) if name in filters_said(text))
    window = _window(text, now)
    return (*terms, window) if window else terms


def waiting(turn: Turn) -> tuple[str, ...]:
    """What the places are to be narrowed to once a question is answered: said now, or before the question."""
    named = turn.heard.needs or turn.heard.programs
    return of_request(turn.heard.text, turn.now) or (() if named else turn.known.asked.only)


def names_a_time(text: str, now: datetime) -> bool:
    """Whether a day, a part of the day or an hour is named."""
    return _window(text, now) is not None


def _is_day(window: str) -> bool:
    """Whether it is one day, at any hour."""
    return re.fullmatch(rf"open:\d:0:{DAY}", window) is not None


def _window(text: str, now: datetime) -> str | None:
    """The time of the week that a text names: days, part of the day or an hour."""
    said = standing(text)
    parts = [_PARTS[name] for name in _PARTS if name in filters_said(text)]
    days, hours = _days(said, now), _hours(said) or (parts[0] if parts else None)
    if not days and hours is None:
        return None
    start, end = hours or (0, DAY)
    return f"open:{''.join(map(str, days))}:{start}:{end}"


def _days(said: str, now: datetime) -> tuple[int, ...]:
    plain = _MORNING.sub(" ", said)
    days = {number for number, pattern in enumerate(_DAYS) if pattern.search(plain)}
    days |= {5, 6} if _WEEKEND.search(plain) else set()
    days |= {(now + timedelta(days=1)).weekday()} if _TOMORROW.search(plain) else set()
    days |= {now.weekday()} if _TODAY.search(plain) else set()
    return tuple(sorted(days))


def _hours(said: str) -> tuple[int, int] | None:
    """After or before an hour of the clock; without am or pm, the half of the day in which people ask it."""
    if found := _AFTER.search(said):
        start = _minute(found, afternoon_until=11 if found["until"] else 8)
        return (start - 1 if found["until"] else start, DAY) if 0 < start < DAY else None
    if found := _BEFORE.search(said):
        end = _minute(found, afternoon_until=5)
        return (0, end) if 0 < end <= DAY else None
    return None


def _minute(found: re.Match[str], *, afternoon_until: int) -> int:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    late = found["half"] == "p" or (found["half"] is None and hour <= afternoon_until)
    return (hour + 12 if late and hour < 12 else hour) * 60 + minute


def applied(only: Iterable[str], now: datetime) -> Narrowing | None:
    """What was kept, as the search takes it; None when nothing was."""
    kept = tuple(only)
    if not kept:
        return None
    window = next((_read(one) for one in kept if one.startswith("open:")), None)
    terms = {name: name in kept for name in _TERMS}
    return Narrowing(now.date(), window, **terms, order=next((one for one in kept if one in ORDERS), None))


@functools.cache
def _read(one: str) -> Window:
    _, days, start, end = one.split(":")
    return Window(tuple(map(int, days)), int(start), int(end))


def searched(query: Query, narrowing: Narrowing, *, now: datetime) -> SearchResult:
    """The page of the query of those that fit, who surely do first; none where all surely do not."""
    found = lists.look_up(replace(query, limit=LOOKED_THROUGH, offset=0), now=now)
    fitting = narrowed(found.hits, narrowing)
    page = fitting[query.offset : query.offset + query.limit]
    return replace(found, query=query, hits=page, total=len(fitting))
