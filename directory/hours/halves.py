"""Which half of the day a time means.

A time without am or pm is read so that a service could keep it, and only when one reading is left:

- it opens from 7 in the morning, at noon, or from 1 to 5:59 in the afternoon: 8-5 is 8:00-17:00, 2-7 is 14:00-19:00,
  12-4 is 12:00-16:00; 12 is noon; from 5:30 in the morning and from 6 in the evening are readings too;
- a day that opens in the morning lasts 14 hours at most (16 if the am is written); in the afternoon or evening it ends
  by 23:00; a night (18:xx until 4:00-8:59, or 7-7) is a reading too;
- two intervals of one day follow one another, which settles 8-11, 1-4.

So 8-9 (until 9 in the morning, or at night?), 7-7, 6:30-6 and 9-11 stay text, unless most of the work week says 8-9
and the rest of it opens at the same hour for a whole day: "Monday-Thursday, 8-9; Friday, 8-5". "7-9 pm" is an evening.
Times of which one is past 12 are on the 24-hour clock, all of them. Days that are not named are not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from directory.hours.words import NotUnderstood, Token

__all__ = ["DAY", "Range", "Unsettled", "settle"]

DAY = 24 * 60
"""Minutes."""
_NOON, _LATE = 12 * 60, 23 * 60
_LONGEST_DAY, _LONGEST_MARKED_DAY, _LONGEST_TO_MIDNIGHT, _TOO_LONG = 14 * 60, 16 * 60, 19 * 60, 20 * 60


class Range(NamedTuple):
    """From one time of the clock to another, as written."""

    start: Token
    end: Token


class Unsettled(NotUnderstood):
    """Times with more than one reading: `ways` are they."""

    def __init__(self, ways: list[tuple[tuple[int, int], ...]]) -> None:
        super().__init__()
        self.ways = ways


def settle(ranges: Sequence[Range], is_24: bool) -> list[tuple[int, int]]:
    """The one way in which the ranges of a day can follow one another."""
    ways = [way for way in product(*(_readings(one, is_24) for one in ranges)) if _follows(way)]
    if len(ways) != 1:
        raise Unsettled(ways)
    return list(ways[0])


def _follows(way: Sequence[tuple[int, int]]) -> bool:
    return all(before[1] <= after[0] for before, after in pairwise(way))


def _readings(one: Range, is_24: bool) -> list[tuple[int, int]]:
    if is_24:
        return _literal(_on_24(one.start), _on_24(one.end))
    start, end = one
    if start.marker and end.marker:
        return [] if _is_slip(start, end) else _literal(_halves(start)[0], _halves(end)[-1])
    if start.word == "zero" and not start.marker and end.minute <= start.minute:
        return []  # 09:00-05:00: a night on the 24-hour clock, or a day on the other?
    if _is_evening(start, end):
        return _literal(12 * 60 + start.minute, _halves(end)[0])
    pairs = product(_halves(start), _halves(end))
    return sorted({pair for opens, closes in pairs for pair in _plausible(opens, closes, one)})


def _is_evening(start: Token, end: Token) -> bool:
    """ "7-9 pm", "6-8 pm": an hour or two after work; "8-10 pm" may be a whole day from 8 in the morning."""
    both = not start.marker and not start.word and end.marker == "pm"
    return both and 6 * 60 <= start.minute < 8 * 60 and 0 < end.minute - start.minute <= 3 * 60


def _on_24(token: Token) -> int:
    return {"noon": _NOON, "midnight": 0}.get(token.marker, token.minute)


def _literal(opens: int, closes: int) -> list[tuple[int, int]]:
    if closes == DAY - 1:
        closes = DAY
    length = (closes - opens) % DAY or DAY
    return [] if _TOO_LONG <= length < DAY else [(opens % DAY, opens % DAY + length)]


def _is_slip(start: Token, end: Token) -> bool:
    """Noon and midnight are mixed up often: "9 am-12 am", "12 am-4 pm", "5 pm-12 pm" are not believed."""
    if _is_twelve(start, "am"):
        return not (_is_twelve(end, "am") or (end.minute, end.marker) == (11 * 60 + 59, "pm"))
    if start.marker == end.marker and start.minute == end.minute:
        return start.marker != "midnight"
    return _is_twelve(end, "am") or (_is_twelve(end, "pm") and start.marker == "pm" and not _is_twelve(start, "pm"))


def _is_twelve(token: Token, marker: str) -> bool:
    return token.marker == marker and token.minute // 60 == 12


def _halves(token: Token) -> tuple[int, ...]:
    """The minutes of the day that the token may mean; a bare 12 is noon, midnight is the end of the day."""
    in_half = token.minute % _NOON
    if token.marker in ("noon", "pm"):
        return (_NOON + in_half,)
    if token.marker == "midnight":
        return (DAY,)
    if token.marker == "am":
        return (in_half,)
    return (in_half, _NOON + in_half) if token.minute < _NOON else (_NOON + in_half,)


def _plausible(opens: int, closes: int, one: Range) -> Iterator[tuple[int, int]]:
    if opens < closes and _is_day(opens, closes, one):
        yield opens, closes
    elif closes < opens and _is_night(opens, closes):
        yield opens, closes + DAY


def _is_day(opens: int, closes: int, one: Range) -> bool:
    if 5 * 60 + 30 <= opens < _NOON:
        longest = _LONGEST_MARKED_DAY if one.start.marker else _LONGEST_DAY
        return closes - opens <= (_LONGEST_TO_MIDNIGHT if one.end.marker == "midnight" else longest)
    return opens >= _NOON and closes <= (DAY if one.end.marker else _LATE)


def _is_night(opens: int, closes: int) -> bool:
    ends_in_the_morning = 4 * 60 <= closes < 9 * 60
    return ends_in_the_morning and (opens // 60 == 18 or (opens, closes) == (19 * 60, 7 * 60))
