"""Hours: a text becomes a week of intervals, or None when any part of it is not surely understood; then is it open?

A time without am or pm is read so that a service could keep it, and only when one reading is left:

- it opens from 7 in the morning, at noon, or from 1 to 5:59 in the afternoon: 8-5 is 8:00-17:00, 2-7 is 14:00-19:00,
  12-4 is 12:00-16:00; 12 is noon; from 5:30 in the morning and from 6 in the evening are readings too;
- a day that opens in the morning lasts 14 hours at most (16 if the am is written); in the afternoon or evening it ends
  by 23:00; a night (18:xx until 4:00-8:59, or 7-7) is a reading too;
- two intervals of one day follow one another, which settles 8-11, 1-4.

So 8-9 (until 9 in the morning, or at night?), 7-7, 6:30-6 and 9-11 stay text. Times of which one is past 12 are on the
24-hour clock, all of them. Days that are not named are not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from directory.model import Interval, Schedule, Tri

__all__ = ["PACIFIC", "holiday", "is_open", "parse", "spans"]

PACIFIC = ZoneInfo("America/Los_Angeles")

_LONGEST = 400  # characters
_DAY = 24 * 60  # minutes

Span = tuple[tuple[int, ...], time, time]


def parse(text: str) -> Schedule | None:
    """The week that `text` says, or None when any part of it is not understood or can be read in two ways."""
    if not text.strip() or len(text) > _LONGEST:
        return None
    try:
        tokens = _tokens(text)
        return _Parser(tokens).schedule()
    except _NotUnderstood:
        return None


def is_open(schedule: Schedule | None, at: datetime) -> Tri:
    """Whether it is open at the aware time `at`; a night counts for the day it began, its holiday too."""
    if at.tzinfo is None:
        raise ValueError("is_open needs a time with its zone, else one hour of the clock means another in Pacific time")
    if schedule is None or not (schedule.intervals or schedule.always):
        return Tri.UNKNOWN
    if schedule.always:
        return Tri.YES
    local = at.astimezone(PACIFIC)
    answers = {_on_day(schedule, day) for day in _days_open(schedule, local)}
    return next((answer for answer in (Tri.YES, Tri.UNKNOWN) if answer in answers), Tri.NO)


def spans(schedule: Schedule) -> tuple[Span, ...]:
    """The week in few lines: days that keep the same hours stand together, a line for each interval of theirs."""
    by_day: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for interval in sorted(schedule.intervals, key=lambda one: (one.day, one.opens)):
        by_day[interval.day].append((interval.opens, interval.closes))
    alike: dict[tuple[tuple[time, time], ...], list[int]] = defaultdict(list)
    for day, pairs in sorted(by_day.items()):
        alike[tuple(pairs)].append(day)
    return tuple((tuple(days), opens, closes) for pairs, days in alike.items() for opens, closes in pairs)


def _on_day(schedule: Schedule, day: date) -> Tri:
    return schedule.holidays if holiday(day) else Tri.YES


def _days_open(schedule: Schedule, at: datetime) -> Iterator[date]:
    """The days whose interval covers `at`: today, or yesterday past midnight."""
    now, today, before = at.time().replace(tzinfo=None), at.date(), at.date() - timedelta(days=1)
    for one in schedule.intervals:
        through_night = one.closes <= one.opens
        if one.day == today.weekday() and one.opens <= now and (through_night or now < one.closes):
            yield today
        if one.day == before.weekday() and through_night and now < one.closes:
            yield before


# --- holidays --------------------------------------------------------------------------------------------------------


def holiday(day: date) -> str | None:
    """The federal or California holiday on `day`, also the weekday that stands in for one on a weekend, or None."""
    return _holidays(day.year).get(day)


@cache
def _holidays(year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for one in (*_fixed(year), *_fixed(year + 1), *_moving(year)):
        for day, name in _kept_on(*one):
            if day.year == year:
                found.setdefault(day, name)
    return found


def _fixed(year: int) -> tuple[tuple[date, str, bool], ...]:
    """Holidays of a date, and whether a Saturday moves them to Friday (federal) or not (California alone)."""
    return (
        (date(year, 1, 1), "New Year's Day", True),
        (date(year, 3, 31), "César Chávez Day", False),
        (date(year, 6, 19), "Juneteenth", True),
        (date(year, 7, 4), "Independence Day", True),
        (date(year, 11, 11), "Veterans Day", True),
        (date(year, 12, 25), "Christmas Day", True),
    )


def _moving(year: int) -> tuple[tuple[date, str, bool], ...]:
    thanksgiving = _nth(year, 11, 3, 4)
    last_monday_of_may = max(date(year, 5, day) for day in range(25, 32) if date(year, 5, day).weekday() == 0)
    return (
        (_nth(year, 1, 0, 3), "Martin Luther King Jr. Day", False),
        (_nth(year, 2, 0, 3), "Presidents' Day", False),
        (last_monday_of_may, "Memorial Day", False),
        (_nth(year, 9, 0, 1), "Labor Day", False),
        (_nth(year, 10, 0, 2), "Indigenous Peoples' Day", False),
        (thanksgiving, "Thanksgiving Day", False),
        (thanksgiving + timedelta(days=1), "Day after Thanksgiving", False),
    )


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _kept_on(day: date, name: str, saturday_moves: bool) -> Iterator[tuple[date, str]]:
    yield day, name
    if day.weekday() == 6:
        yield day + timedelta(days=1), f"{name} (observed)"
    if day.weekday() == 5 and saturday_moves:
        yield day - timedelta(days=1), f"{name} (observed)"


# --- words -----------------------------------------------------------------------------------------------------------


class _NotUnderstood(Exception):
    """A part of the text is not understood; never leaves this module."""


class _Token(NamedTuple):
    """`kind` is day, days, time, range, and, sep, open, closed, all_day, holidays, open_holidays, except or lunch."""

    kind: str
    days: tuple[int, ...] = ()
    minute: int = 0
    marker: str = ""
    word: str = ""


_WEEK = (0, 1, 2, 3, 4, 5, 6)
_DAY_NAMES = (
    ("monday", "mondays", "mon", "mo", "lunes", "lun"),
    ("tuesday", "tuesdays", "tues", "tue", "tu", "martes", "mar"),
    ("wednesday", "wednesdays", "wed", "weds", "we", "miercoles", "mie", "mier"),
    ("thursday", "thursdays", "thurs", "thur", "thu", "th", "jueves", "jue"),
    ("friday", "fridays", "fri", "fr", "viernes", "vie"),
    ("saturday", "saturdays", "sat", "sa", "sabado", "sabados", "sab"),
    ("sunday", "sundays", "sun", "su", "domingo", "domingos", "dom"),
)
_DAYS = {name: day for day, names in enumerate(_DAY_NAMES) for name in names}
# One letter: Spanish when any letter is only Spanish (L, J, V, X, D); M is then Tuesday or Wednesday, so it is neither.
_ENGLISH_LETTERS = {"m": 0, "t": 1, "w": 2, "f": 4}
_SPANISH_LETTERS = {"l": 0, "x": 2, "j": 3, "v": 4, "s": 5, "d": 6}
_ONLY_SPANISH = re.compile(
    r"\b(?:[lxjvd]|lun(?:es)?|mier?(?:coles)?|jue(?:ves)?|vie(?:rnes)?|sab(?:ados?)?|dom(?:ingos?)?)\b"
)
_JOINED_DAYS = {"mwf": (0, 2, 4), "tth": (1, 3), "mw": (0, 2), "tuth": (1, 3), "mtwthf": (0, 1, 2, 3, 4)}

_HOLIDAYS = r"(?:holidays|dias (?:festivos|feriados)|feriados)"
_WHOLE_WEEK = r"(?:7|seven|siete) (?:days (?:a|per|each) week|dias (?:de|a|por) (?:la )?semana)"
_PHRASES: tuple[tuple[str, _Token], ...] = (
    (r"24 ?/ ?7(?: ?/ ?365)?", _Token("all_day", _WEEK)),
    (r"24[- ]?hours?,? (?:a|per|each|every) day,? ?" + _WHOLE_WEEK, _Token("all_day", _WEEK)),
    (r"24[- ]?hours?,? ?" + _WHOLE_WEEK, _Token("all_day", _WEEK)),
    (r"24[- ]?hour facility", _Token("all_day", _WEEK)),
    (r"(?:las )?24 horas (?:del dia|al dia|por dia|diarias)?,? ?(?:los )?" + _WHOLE_WEEK, _Token("all_day", _WEEK)),
    (r"24[- ]?(?:hours?|hrs?\.?)(?: (?:a|per|each|every) day)?", _Token("all_day")),
    (r"(?:las )?24 horas(?: (?:del dia|al dia|por dia))?", _Token("all_day")),
    (r"(?:los )?" + _WHOLE_WEEK, _Token("days", _WEEK)),
    (r"every ?day|daily|all week|todos los dias|cada dia|diario|diariamente|a diario", _Token("days", _WEEK)),
    (r"weekdays|week days|entre semana|dias de semana", _Token("days", (0, 1, 2, 3, 4))),
    (r"weekends?|(?:los )?fin(?:es)? de semana", _Token("days", (5, 6))),
    (r"(?:for )?lunch(?: hour| break)?|(?:por |para )(?:el )?almuerzo|hora del almuerzo", _Token("lunch")),
    (r"(?:including|incluyendo|incluso) (?:all )?(?:los )?" + _HOLIDAYS, _Token("open_holidays")),
    (r"(?:on |en |all |los |legal |public )*" + _HOLIDAYS, _Token("holidays", word="all")),
    (r"(?:on |all )*(?:federal|national|major|bank|state|observed) holidays", _Token("holidays", word="some")),
    (r"closed|cerrad[oa]s?", _Token("closed")),
    (r"except|excluding|excepto|menos|salvo", _Token("except")),
    (r"open|abiert[oa]s?", _Token("open")),
)
_FILLERS = (
    r"hours of operation|business hours|open hours|hours|horario de atencion|horario|atencion|from|on|every|each|desde"
    r"|los|las|el|la|pacific time|pacific|p[sd]?t|hora del pacifico|hrs?\b\.?|horas|de(?: las?)?\b|a las?\b"
)
_HALF = (
    r"a\.? ?m\b\.?|p\.? ?m\b\.?|(?:de la|por la) (?:manana|tarde|noche)|del (?:mediodia|dia)"
    r"|noon|midnight|mediodia|medianoche"
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?![\d:])"
    rf"(?: ?(?P<mark>{_HALF})|(?P<letter>[ap])\b)?"  # "8-5p", but not the Spanish "9 a 5"
    r"(?: ?(?:hrs?\b\.?|hs\b|horas\b))?(?![a-z\d/])"
)
_MILITARY = re.compile(r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?: ?(?:hrs?|horas|h)\b)?(?![\w:])")
_NAMED_TIME = re.compile(r"(?:el |las )?(?P<name>noon|mediodia|midnight|medianoche)\b")
_RANGE = re.compile(r"(?:-|–|—|−|~|to\b|through\b|thru\b|until\b|till\b|al?\b(?: las?\b)?|hasta\b(?: las?\b)?)")
_AND = re.compile(r"(?:,|&|\+|/|and\b|y\b)")
_SEPARATOR = re.compile(r"[;:.|()\[\]\n]")
_WORD = re.compile(r"[a-z]+")
_FILLER = re.compile(rf"(?:{_FILLERS})(?![a-z])")
_PHRASE = tuple((re.compile(rf"(?:{pattern})(?![a-z\d])"), token) for pattern, token in _PHRASES)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2011", "-"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"\r?\n", "\n", plain)
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def _tokens(text: str) -> list[_Token]:
    folded = _fold(text)
    spanish = _is_spanish(folded)
    tokens: list[_Token] = []
    at = 0
    while at < len(folded):
        if folded[at] == " ":
            at += 1
            continue
        found, at = _token_at(folded, at, spanish)
        tokens.extend(found)
    return tokens


def _is_spanish(folded: str) -> bool:
    """Whether a day is named as only Spanish names it; decides what "M", "S" and "mar" are."""
    return bool(_ONLY_SPANISH.search(folded))


def _token_at(text: str, at: int, spanish: bool) -> tuple[list[_Token], int]:
    for pattern, token in _PHRASE:
        match = pattern.match(text, at)
        if match:
            return [token], match.end()
    for reader in (_read_clock, _read_sign, _read_filler):
        read = reader(text, at)
        if read is not None:
            return read
    match = _WORD.match(text, at)
    if match is None:
        raise _NotUnderstood
    return [_day(match.group(), spanish)], _after_dot(text, match.end())


def _after_dot(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == "." else end


def _read_clock(text: str, at: int) -> tuple[list[_Token], int] | None:
    named = _NAMED_TIME.match(text, at)
    if named:
        return [_named(named["name"])], named.end()
    military = _MILITARY.match(text, at)
    if military:
        minute = int(military["hour"]) * 60 + int(military["minute"])
        return [_Token("time", minute=minute, marker="24")], military.end()
    match = _TIME.match(text, at)
    return ([_clock(match)], match.end()) if match else None


def _named(name: str) -> _Token:
    return _Token("time", minute=12 * 60, marker="noon" if name in ("noon", "mediodia") else "midnight")


def _clock(match: re.Match[str]) -> _Token:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise _NotUnderstood
    marker = _marker(hour, match["mark"] or match["letter"] or "")
    if marker in ("noon", "midnight") and minute:
        raise _NotUnderstood
    word = "zero" if match["hour"].startswith("0") else ""
    return _Token("time", minute=hour * 60 + minute, marker=marker, word=word)


def _marker(hour: int, mark: str) -> str:
    """am, pm, noon, midnight, 24 or none; "1 de la noche" and the like, which could be either half, are refused."""
    name, hours = _MARKS[re.sub(r"[^a-z]", "", mark)]
    if hour > 12 or hour == 0:
        if name in ("", "pm") and (hour or not name):
            return "24"
        raise _NotUnderstood
    if hour not in hours:
        raise _NotUnderstood
    if name != "night":
        return name
    return "midnight" if hour == 12 else "pm"


_ANY_HOUR = range(1, 13)
_MARKS: dict[str, tuple[str, Sequence[int]]] = {
    "": ("", _ANY_HOUR),
    **dict.fromkeys(("am", "a"), ("am", _ANY_HOUR)),
    **dict.fromkeys(("pm", "p"), ("pm", _ANY_HOUR)),
    **dict.fromkeys(("delamanana", "porlamanana"), ("am", range(4, 12))),
    **dict.fromkeys(("delatarde", "porlatarde"), ("pm", (12, *range(1, 9)))),
    **dict.fromkeys(("delanoche", "porlanoche"), ("night", range(6, 13))),
    **dict.fromkeys(("noon", "mediodia", "delmediodia", "deldia"), ("noon", (12,))),
    **dict.fromkeys(("midnight", "medianoche"), ("midnight", (12,))),
}


def _read_sign(text: str, at: int) -> tuple[list[_Token], int] | None:
    for kind, pattern in (("sep", _SEPARATOR), ("range", _RANGE), ("and", _AND)):
        match = pattern.match(text, at)
        if match:
            return [_Token(kind)], match.end()
    return None


def _read_filler(text: str, at: int) -> tuple[list[_Token], int] | None:
    match = _FILLER.match(text, at)
    return ([], match.end()) if match else None


def _day(word: str, spanish: bool) -> _Token:
    if word == "mar" and not spanish:
        raise _NotUnderstood  # March, or martes
    if word in _DAYS:
        return _Token("day", (_DAYS[word],))
    letters = _SPANISH_LETTERS if spanish else _ENGLISH_LETTERS
    if word in letters:
        return _Token("day", (letters[word],), word=word)
    if word in _JOINED_DAYS:
        return _Token("days", _JOINED_DAYS[word])
    raise _NotUnderstood


# --- grammar ---------------------------------------------------------------------------------------------------------


class _Range(NamedTuple):
    start: _Token
    end: _Token


@dataclass
class _Parser:
    """Reads segments `days times`, or `times days` throughout when the text begins with times."""

    tokens: list[_Token]
    at: int = 0
    week: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    closed: set[int] = field(default_factory=set)
    holidays: Tri | None = None
    segments: int = 0
    is_24: bool = False

    def schedule(self) -> Schedule:
        """The whole text, or _NotUnderstood."""
        self.is_24 = self._is_24()
        self._skip()
        times_first = self._peek() == "time"
        while self._peek():
            if self._peek() in ("closed", "holidays"):
                self._closed()
            elif self._peek() == "all_day":
                self._all_day()
            elif self._peek() in ("open_holidays", "except"):
                self._unless_holidays()
            else:
                self._segment(times_first)
            self._skip()
        return self._result()

    def _is_24(self) -> bool:
        clocks = [token for token in self.tokens if token.kind == "time"]
        past_noon = any(token.marker == "24" for token in clocks)
        if past_noon and any(token.marker in ("am", "pm") for token in clocks):
            raise _NotUnderstood
        return past_noon

    def _peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].kind if self.at + ahead < len(self.tokens) else ""

    def _take(self, *kinds: str) -> _Token:
        if self._peek() not in kinds:
            raise _NotUnderstood
        self.at += 1
        return self.tokens[self.at - 1]

    def _skip(self) -> None:
        while self._peek() in ("sep", "and", "open"):
            self.at += 1

    def _skip_signs(self) -> None:
        """As _skip, but "closed Sunday, open Saturday" must not close Saturday."""
        while self._peek() in ("sep", "and"):
            self.at += 1

    def _segment(self, times_first: bool) -> None:
        if times_first:
            pairs = self._times()
            self._skip()
            days = self._days()
        else:
            days = self._days()
            self._skip()
            if self._peek() == "closed":
                self.at += 1
                self.closed.update(days)
                return
            pairs = [(0, _DAY)] if self._peek() == "all_day" and self._take("all_day") else self._times()
        self._add(days, pairs)

    def _add(self, days: Iterable[int], pairs: Iterable[tuple[int, int]]) -> None:
        pairs = list(pairs)
        for day in days:
            self.week[day].extend(pairs)
        self.segments += 1

    def _all_day(self) -> None:
        """ "24 hours daily", "24/7", "24 hours Monday-Friday"; alone it is every day."""
        days = self._take("all_day").days
        self._skip()
        if self._peek() in ("day", "days"):
            days = self._days()
        self._add(days or _WEEK, [(0, _DAY)])

    def _days(self) -> tuple[int, ...]:
        days = [*self._day_item()]
        while self._joins("day", "days"):
            self._skip_joiners()
            days += self._day_item()
        if len(set(days)) != len(days):
            raise _NotUnderstood
        return tuple(days)

    def _joins(self, *kinds: str) -> bool:
        ahead = 0
        while self._peek(ahead) == "and":
            ahead += 1
        return ahead > 0 and self._peek(ahead) in kinds

    def _skip_joiners(self) -> None:
        while self._peek() == "and":
            self.at += 1

    def _day_item(self) -> tuple[int, ...]:
        first = self._take("day", "days")
        if first.kind == "days" or self._peek() != "range":
            return first.days
        self._take("range")
        last = self._take("day")
        start, end = first.days[0], last.days[0]
        if start == end or last.word == "t":  # "M-T" is Monday to Tuesday for some, to Thursday for others
            raise _NotUnderstood
        return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))

    def _times(self) -> list[tuple[int, int]]:
        ranges = [self._range()]
        while self._joins("time"):
            self._skip_joiners()
            ranges.append(self._range())
        return _settle(ranges, self.is_24)

    def _range(self) -> _Range:
        start = self._take("time")
        self._take("range")
        return _Range(start, self._take("time"))

    def _closed(self) -> None:
        if self._peek() == "holidays":
            word = self._take("holidays").word
            self._skip_signs()
            self._take("closed")
            self._set_holidays(word)
            return
        self._take("closed")
        self._skip_signs()
        if self._peek() in ("lunch", "time"):
            self._closed_for_lunch()
        elif self._peek() == "holidays":
            self._set_holidays(self._take("holidays").word)
        else:
            self.closed.update(self._days())
            if self._joins("holidays"):
                self._skip_joiners()
                self._set_holidays(self._take("holidays").word)

    def _unless_holidays(self) -> None:
        """ "except holidays", "including holidays": said of the days open, so not after days closed."""
        if self.closed or not self.segments:
            raise _NotUnderstood
        if self._take("open_holidays", "except").kind == "open_holidays":
            self.holidays = Tri.YES
        else:
            self._set_holidays(self._take("holidays").word)

    def _set_holidays(self, word: str) -> None:
        """Closed on "federal" or "major" holidays says nothing sure of the others: that stays unknown."""
        self.holidays = Tri.NO if word == "all" else Tri.UNKNOWN

    def _closed_for_lunch(self) -> None:
        """Of every day so far; "closed 12-1" after several segments may mean the last alone, "for lunch" does not."""
        is_lunch = self._eat("lunch")
        self._skip_signs()
        times = self._times()
        is_lunch = self._eat("lunch") or is_lunch
        if len(times) != 1 or not (self.segments == 1 or (is_lunch and self.segments)):
            raise _NotUnderstood
        for day, pairs in self.week.items():
            self.week[day] = [piece for pair in pairs for piece in _without(pair, *times[0])]

    def _eat(self, kind: str) -> bool:
        found = self._peek() == kind
        self.at += found
        return found

    def _result(self) -> Schedule:
        if not self.week or self.closed & set(self.week):
            raise _NotUnderstood
        if self.holidays in (None, Tri.YES) and all(self.week.get(day) == [(0, _DAY)] for day in _WEEK):
            return Schedule(always=True)
        return Schedule(_intervals(self.week), holidays=self.holidays or Tri.UNKNOWN)


def _without(pair: tuple[int, int], start: int, end: int) -> list[tuple[int, int]]:
    opens, closes = pair
    if not opens < start < end < closes:
        raise _NotUnderstood
    return [(opens, start), (end, closes)]


def _intervals(week: dict[int, list[tuple[int, int]]]) -> tuple[Interval, ...]:
    merged = {day: _merged(pairs) for day, pairs in week.items()}
    for day, pairs in merged.items():
        following = merged.get((day + 1) % 7)
        if following and pairs[-1][1] - _DAY > following[0][0]:
            raise _NotUnderstood
    return tuple(
        Interval(day, _time(opens), _time(closes)) for day, pairs in sorted(merged.items()) for opens, closes in pairs
    )


def _merged(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs in order; those that touch become one; those that overlap are two readings of one day."""
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(pairs):
        if merged and opens < merged[-1][1]:
            raise _NotUnderstood
        if merged and opens == merged[-1][1]:
            merged[-1] = (merged[-1][0], closes)
        else:
            merged.append((opens, closes))
    if merged[-1][1] - merged[0][0] > _DAY:
        raise _NotUnderstood
    return merged


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


# --- which half of the day -------------------------------------------------------------------------------------------

_NOON, _LATE = 12 * 60, 23 * 60
_LONGEST_DAY, _LONGEST_MARKED_DAY, _LONGEST_TO_MIDNIGHT, _TOO_LONG = 14 * 60, 16 * 60, 19 * 60, 20 * 60


def _settle(ranges: Sequence[_Range], is_24: bool) -> list[tuple[int, int]]:
    """The one way in which the ranges of a day can follow one another."""
    ways = [way for way in product(*(_readings(one, is_24) for one in ranges)) if _follows(way)]
    if len(ways) != 1:
        raise _NotUnderstood
    return list(ways[0])


def _follows(way: Sequence[tuple[int, int]]) -> bool:
    return all(before[1] <= after[0] for before, after in pairwise(way))


def _readings(one: _Range, is_24: bool) -> list[tuple[int, int]]:
    if is_24:
        return _literal(_on_24(one.start), _on_24(one.end))
    start, end = one
    if start.marker and end.marker:
        return [] if _is_slip(start, end) else _literal(_halves(start)[0], _halves(end)[-1])
    if start.word == "zero" and not start.marker and end.minute <= start.minute:
        return []  # 09:00-05:00: a night on the 24-hour clock, or a day on the other?
    pairs = product(_halves(start), _halves(end))
    return sorted({pair for opens, closes in pairs for pair in _plausible(opens, closes, one)})


def _on_24(token: _Token) -> int:
    return {"noon": _NOON, "midnight": 0}.get(token.marker, token.minute)


def _literal(opens: int, closes: int) -> list[tuple[int, int]]:
    if closes == _DAY - 1:
        closes = _DAY
    length = (closes - opens) % _DAY or _DAY
    return [] if _TOO_LONG <= length < _DAY else [(opens % _DAY, opens % _DAY + length)]


def _is_slip(start: _Token, end: _Token) -> bool:
    """Noon and midnight are mixed up often: "9 am-12 am", "12 am-4 pm", "5 pm-12 pm" are not believed."""
    if _is_twelve(start, "am"):
        return not (_is_twelve(end, "am") or (end.minute, end.marker) == (11 * 60 + 59, "pm"))
    if start.marker == end.marker and start.minute == end.minute:
        return start.marker != "midnight"
    return _is_twelve(end, "am") or (_is_twelve(end, "pm") and start.marker == "pm" and not _is_twelve(start, "pm"))


def _is_twelve(token: _Token, marker: str) -> bool:
    return token.marker == marker and token.minute // 60 == 12


def _halves(token: _Token) -> tuple[int, ...]:
    """The minutes of the day that the token may mean; a bare 12 is noon, midnight is the end of the day."""
    in_half = token.minute % _NOON
    if token.marker in ("noon", "pm"):
        return (_NOON + in_half,)
    if token.marker == "midnight":
        return (_DAY,)
    if token.marker == "am":
        return (in_half,)
    return (in_half, _NOON + in_half) if token.minute < _NOON else (_NOON + in_half,)


def _plausible(opens: int, closes: int, one: _Range) -> Iterator[tuple[int, int]]:
    if opens < closes and _is_day(opens, closes, one):
        yield opens, closes
    elif closes < opens and _is_night(opens, closes):
        yield opens, closes + _DAY


def _is_day(opens: int, closes: int, one: _Range) -> bool:
    if 5 * 60 + 30 <= opens < _NOON:
        longest = _LONGEST_MARKED_DAY if one.start.marker else _LONGEST_DAY
        return closes - opens <= (_LONGEST_TO_MIDNIGHT if one.end.marker == "midnight" else longest)
    return opens >= _NOON and closes <= (_DAY if one.end.marker else _LATE)


def _is_night(opens: int, closes: int) -> bool:
    ends_in_the_morning = 4 * 60 <= closes < 9 * 60
    return ends_in_the_morning and (opens // 60 == 18 or (opens, closes) == (19 * 60, 7 * 60))
