"""Hours that name weeks of a month, as lists write them ("1st and 3rd Saturday 9am-12pm"), in Spanish."""

from __future__ import annotations

import re
from collections.abc import Mapping

from directory import hours
from directory.model import Language
from directory.text.catalogue import say
from directory.text.clock import clock
from directory.text.everyday import ranks_in_spanish
from directory.text.names import joined

__all__ = ["of_month"]

_DAYS: Mapping[str, int] = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_RANK = "1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last"
_DAY = (
    "mon(?:day)?s?|tue(?:s(?:day)?s?)?|wed(?:nesday)?s?|thu(?:r(?:s(?:day)?s?)?)?|fri(?:day)?s?|sat(?:urday)?s?|"
    "sun(?:day)?s?"
)
_SHAPE = re.compile(
    rf"(?:every |each |the )?(?P<ranks>(?:{_RANK})(?:(?:,? ?(?:and|&) ?|, ?|/ ?)(?:the )?(?:{_RANK}))*) "
    rf"(?P<day>{_DAY})\.?(?: (?:of|in) (?:the|each|every) month| monthly)?"
    r"(?:[ ,:]+(?:from )?(?P<times>\d.*))?\.?",
    re.IGNORECASE,
)


def of_month(text: str) -> str | None:
    """The hours in Spanish: "primer y tercer sábado del mes, de 9 am a 12 pm"; None for what is anything else."""
    found = _SHAPE.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    day = _DAYS[found["day"][:3].casefold()]
    ranks = [ranks_in_spanish()[rank.casefold()] for rank in re.findall(_RANK, found["ranks"], re.IGNORECASE)]
    told = f"{joined(ranks, Language.ES)} {say(f'day.{day}', Language.ES)} {ranks_in_spanish()['of the month']}"
    if not found["times"]:
        return told
    times = _times(day, found["times"])
    return f"{told}, {times}" if times else None


def _times(day: int, text: str) -> str | None:
    """The hours of that day; None where they are not surely understood."""
    schedule = hours.parse(f"{_NAMES[day]} {text}")
    if schedule is None or not schedule.intervals or {one.day for one in schedule.intervals} != {day}:
        return None
    spoken = [
        say("hours.times", Language.ES, opens=clock(opens, Language.ES), closes=clock(closes, Language.ES))
        for _, opens, closes in hours.spans(schedule)
    ]
    return joined(spoken, Language.ES)


_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
