"""What narrows a list that was shown: read from a message, kept as short texts, applied to what a search finds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from actions import lists
from actions.asked_shown import asks_of_shown, filters_said, is_wide, request_said, standing
from actions.barriers_heard import heard_in
from actions.context import Turn
from actions.heard import fold
from actions.slots import Known
from actions.words import sign
from directory.hours.when import DAY, Window
from directory.model import Need
from directory.search import Query, SearchResult
from directory.search.narrowing import OPEN, TERMS, Held, Narrowing, held

__all__ = [
    "ORDERS",
    "applied",
    "beside",
    "kept",
    "names_a_time",
    "of_list",
    "of_request",
    "of_time",
    "searched",
    "waiting",
]

LOOKED_THROUGH = 60
"""How many places are looked through; of a longer list those are the nearest."""

ORDERS = ("latest", "earliest")
_PARTS = {"evening": (17 * 60, DAY), "morning": (0, 12 * 60), "afternoon": (12 * 60, 17 * 60), "pm": (12 * 60, DAY)}
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
_OPEN = re.compile(r" (?:open|opens|opening|hours|abren?|abran?|abiert[oa]s?|atienden?) ")
_WHAT_HOURS = re.compile(r" (?:what time|when|what hours|hours|hrs|schedule|horarios?|hora|horas|cuando) ")


def of_list(text: str, now: datetime, *, focused: bool) -> tuple[str, ...]:
    """What a message narrows the list shown to; with one place in talk (`focused`) a day is asked of that place."""
    said = filters_said(text) | _terse(text)
    terms = tuple(name for name in TERMS if name in said)
    order = asks_of_shown(text)
    if order in ORDERS:
        return (*terms, _window(text, now) or f"open:{now.weekday()}:0:{DAY}", str(order))
    window = _window(text, now)
    if window is None or (not is_wide(text) and (focused or (_WHAT_HOURS.search(standing(text)) and _is_day(window)))):
        return terms
    return (*terms, window)


def of_request(text: str, now: datetime) -> tuple[str, ...]:
    """The same of a request for places: a day is one to be open on only where it says so ("a ride on Saturday")."""
    said = _asked_in_line(text)
    opens = _OPEN.search(standing(text)) or "day" in said
    terms = tuple(name for name in TERMS if name in said)
    window = _window(text if opens else _TODAY.sub(" ", fold(text)), now) if opens or terms else None
    if len(terms) == 1 and not window and _BARRIERS.get(terms[0]) in heard_in(text):
        return ()  # "food but no id": what stands in the way ranks, and is said as such
    return (*terms, window) if window else terms


def _asked_in_line(text: str) -> frozenset[str]:
    """All that one line asks of places; a word that says it only beside another ("free") does not do it alone."""
    said = request_said(text) | ({"no_id"} & filters_said(text) if _OPEN.search(standing(text)) else set())
    meant = {name: _WEAK.get(name, name) for name in said}
    if len(set(meant.values())) < 2:
        said = said - _WEAK.keys()
    return frozenset(meant[name] for name in said)


_WEAK = {"free": "free", "papers": "no_id"}
"""What is asked of places only beside something else, and the term that it means."""


def _terse(text: str) -> frozenset[str]:
    """The same of words to a list that was shown: two things at least, or "only" before one."""
    said = _asked_in_line(text)
    return said if len(said) > 1 or (said and _ONLY.search(standing(text))) else frozenset()


_ONLY = re.compile(r" (?:only|just|solo|solamente|nomas|unicamente) ")


def waiting(turn: Turn) -> tuple[str, ...]:
    """What the places are to be narrowed to once a question is answered: said now, or before the question."""
    named = turn.heard.needs or turn.heard.programs
    asked = of_request(turn.heard.text, turn.now) or _to_eat_tonight(turn)
    return asked or (() if named else turn.known.asked.only)


def _to_eat_tonight(turn: Turn) -> tuple[str, ...]:
    """Food for tonight: what is open from five on, or from now where it is later."""
    if Need.FOOD.value not in turn.heard.needs or not sign("eats_tonight", turn.heard.text):
        return ()
    start = max(_PARTS["evening"][0], turn.now.hour * 60 + turn.now.minute)
    return (f"open:{turn.now.weekday()}:{min(start, DAY - 1)}:{DAY}",)


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
    terms = tuple(name for name in TERMS if name in kept)
    return Narrowing(now.date(), window, terms, order=next((one for one in kept if one in ORDERS), None))


@functools.cache
def _read(one: str) -> Window:
    _, days, start, end = one.split(":")
    return Window(tuple(map(int, days)), int(start), int(end))


def searched(query: Query, narrowing: Narrowing, *, now: datetime, known: Known) -> tuple[SearchResult, Held]:
    """The page of the query of those that fit, who surely do first, and what was held of what was asked for.

    One thing asked of a list that stands there is not given up: the list stays, and it is said that none has it.
    """
    found = lists.look_up(replace(query, limit=LOOKED_THROUGH, offset=0), now=now)
    stands = bool(known.shown.ids) and (known.shown.want, known.shown.place) == (known.want, known.place)
    fitting = held(found.hits, narrowing, loosen=len(narrowing.parts) > 1 or not stands)
    page = fitting.hits[query.offset : query.offset + query.limit]
    return replace(found, query=query, hits=page, total=len(fitting.hits)), fitting


def kept(only: Iterable[str], fitting: Held) -> tuple[str, ...]:
    """What was kept, without what was given up."""
    return tuple(one for one in only if _part(one) not in fitting.given_up)


def of_time(only: Iterable[str]) -> bool:
    """Whether a time of the week is among what was kept."""
    return any(_part(one) == OPEN for one in only)


def _part(one: str) -> str:
    return OPEN if one.startswith(f"{OPEN}:") or one in ORDERS else one


_BARRIERS = {"no_id": "id", "wheelchair": "wheelchair", "families": "kids", "pets": "pets"}


def beside(known: Known, fitting: Held | None) -> Known:
    """What is known without what stands in the way where the list was narrowed by it: one thing is said once."""
    told = {_BARRIERS.get(part) for part in fitting.asked.parts} if fitting else set()
    return known.having(barriers=tuple(name for name in known.barriers if name not in told))
