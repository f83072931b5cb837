"""Words and signs become a week of intervals, or nothing when any part is not surely understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time

from directory.hours import beside
from directory.hours.halves import DAY, Range, Unsettled, settle
from directory.hours.words import WEEK, NotUnderstood, Token, tokens
from directory.model import Interval, Schedule, Tri

__all__ = ["parse"]

_LONGEST = 400  # characters
_WORK_WEEK, _WHOLE_DAY = (0, 1, 2, 3, 4), 8 * 60


def parse(text: str) -> Schedule | None:
    """The week that `text` says, or None when any part of it is not understood or can be read in two ways."""
    if not text.strip() or len(text) > _LONGEST:
        return None
    try:
        return _week(text)
    except NotUnderstood:
        return None


def _week(text: str) -> Schedule:
    rest, besides = beside.cut(text)
    rest, later = beside.zone(rest)
    parser = _Parser(tokens(rest), later=later)
    found = parser.schedule()
    named = {day for said in besides for token in tokens(said) for day in token.days}
    if named & set(parser.week):  # "Monday-Friday, 9-5; Friday by appointment": which of the two?
        raise NotUnderstood
    return found


@dataclass
class _Parser:
    """Reads segments `days times`, or `times days` throughout when the text begins with times."""

    tokens: list[Token]
    at: int = 0
    week: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    closed: set[int] = field(default_factory=set)
    holidays: Tri | None = None
    questions: list[tuple[tuple[int, ...], list[tuple[tuple[int, int], ...]]]] = field(default_factory=list)
    segments: int = 0
    is_24: bool = False
    later: int = 0

    def schedule(self) -> Schedule:
        """The whole text, or NotUnderstood."""
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
            raise NotUnderstood
        return past_noon

    def _peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].kind if self.at + ahead < len(self.tokens) else ""

    def _take(self, *kinds: str) -> Token:
        if self._peek() not in kinds:
            raise NotUnderstood
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
            try:
                pairs = [(0, DAY)] if self._peek() == "all_day" and self._take("all_day") else self._times()
            except Unsettled as question:
                self.questions.append((days, question.ways))
                return
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
        self._add(days or WEEK, [(0, DAY)])

    def _days(self) -> tuple[int, ...]:
        days = [*self._day_item()]
        while self._joins("day", "days"):
            self._skip_joiners()
            days += self._day_item()
        if len(days) == 1:
            days += self._beside()
        if len(set(days)) != len(days):
            raise NotUnderstood
        return tuple(days)

    def _beside(self) -> list[int]:
        """The rest of "Mon Wed Fri"; of two days, "Mon Fri", a sign between them may have been lost."""
        count = next(ahead for ahead in range(len(self.tokens) + 1) if self._peek(ahead) != "day")
        if count < 2 or self._peek(count) != "time":
            return []
        return [day for _ in range(count) for day in self._take("day").days]

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
            raise NotUnderstood
        return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))

    def _times(self) -> list[tuple[int, int]]:
        ranges = [self._range()]
        while self._joins("time"):
            self._skip_joiners()
            ranges.append(self._range())
        return settle(ranges, self.is_24)

    def _range(self) -> Range:
        start = self._take("time")
        self._take("range")
        return Range(start, self._take("time"))

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
            self._holidays_too()

    def _holidays_too(self) -> None:
        """ "closed Sundays and holidays", "closed Sundays; Christmas", but not "closed Sundays; holidays 10-2"."""
        ahead = 0
        while self._peek(ahead) in ("and", "sep"):
            ahead += 1
        if ahead and self._peek(ahead) == "holidays" and self._peek(ahead + 1) in ("", "sep"):
            self.at += ahead
            self._set_holidays(self._take("holidays").word)

    def _unless_holidays(self) -> None:
        """ "except holidays", "including holidays": said of the days open, so not after days closed."""
        if self.closed or not self.segments:
            raise NotUnderstood
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
            raise NotUnderstood
        for day, pairs in self.week.items():
            self.week[day] = [piece for pair in pairs for piece in _without(pair, *times[0])]

    def _eat(self, kind: str) -> bool:
        found = self._peek() == kind
        self.at += found
        return found

    def _answer(self, days: tuple[int, ...], ways: list[tuple[tuple[int, int], ...]]) -> None:
        """ "Monday-Thursday, 8-9; Friday, 8-5": as the rest of the work week, which opens at that hour all day long."""
        rest = [day for day in _WORK_WEEK if day not in days]
        known = {pair for day in rest for pair in self.week.get(day, ())}
        likely = [way for way in ways if len(way) == 1 and way[0][1] - way[0][0] >= _WHOLE_DAY]
        if len(likely) != 1 or len(known) != 1 or len(rest) > 2 or not set(days) <= set(_WORK_WEEK):
            raise NotUnderstood
        opens, closes = known.pop()
        if opens != likely[0][0][0] or closes - opens < _WHOLE_DAY or not all(self.week.get(day) for day in rest):
            raise NotUnderstood
        self._add(days, likely[0])

    def _result(self) -> Schedule:
        for question in self.questions:
            self._answer(*question)
        if not self.week or self.closed & set(self.week):
            raise NotUnderstood
        if self.holidays in (None, Tri.YES) and all(self.week.get(day) == [(0, DAY)] for day in WEEK):
            return Schedule(always=True)
        return Schedule(_intervals(self._pacific()), holidays=self.holidays or Tri.UNKNOWN)

    def _pacific(self) -> dict[int, list[tuple[int, int]]]:
        """The week on the Pacific clock, when the text names another; not when a day would begin on the day before."""
        hours = 60 * self.later
        if hours and any(opens < hours or closes > DAY for pairs in self.week.values() for opens, closes in pairs):
            raise NotUnderstood
        return {day: [(opens - hours, closes - hours) for opens, closes in pairs] for day, pairs in self.week.items()}


def _without(pair: tuple[int, int], start: int, end: int) -> list[tuple[int, int]]:
    opens, closes = pair
    if not opens < start < end < closes:
        raise NotUnderstood
    return [(opens, start), (end, closes)]


def _intervals(week: dict[int, list[tuple[int, int]]]) -> tuple[Interval, ...]:
    merged = {day: _merged(pairs) for day, pairs in week.items()}
    for day, pairs in merged.items():
        following = merged.get((day + 1) % 7)
        if following and pairs[-1][1] - DAY > following[0][0]:
            raise NotUnderstood
    return tuple(
        Interval(day, _time(opens), _time(closes)) for day, pairs in sorted(merged.items()) for opens, closes in pairs
    )


def _merged(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs in order; those that touch become one; those that overlap are two readings of one day."""
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(pairs):
        if merged and opens < merged[-1][1]:
            raise NotUnderstood
        if merged and opens == merged[-1][1]:
            merged[-1] = (merged[-1][0], closes)
        else:
            merged.append((opens, closes))
    if merged[-1][1] - merged[0][0] > DAY:
        raise NotUnderstood
    return merged


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
