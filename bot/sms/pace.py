"""How fast one number may write: one honest text when it is too fast, then silence until it slows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.channels.rate import Rate
from bot.sms.lately import Lately

__all__ = ["PHONE", "SIMULATED", "Pace", "Verdict"]

PHONE = Rate(burst=12, per_second=0.1)
"""A dozen at once, then one in ten seconds: more than thumbs do, less than two machines that answer each other."""
SIMULATED = Rate(burst=20, per_second=1.0)
"""A phone on the screen, which costs nothing: as fast as the page."""


class Verdict(Enum):
    """What becomes of a message; of a flood not even a danger goes to the assistant, which has others to answer."""

    GOES = "goes"
    TOLD = "told"
    SILENT = "silent"
    FLOOD = "flood"


@dataclass
class _Writer:
    left: float
    at: float
    told: bool = False


class Pace:
    """Remembers how fast the latest numbers wrote, in memory only and the oldest forgotten first.

    What is refused counts as well: a machine that writes on and on is not answered now and then.
    """

    def __init__(self, rate: Rate = PHONE) -> None:
        self._rate = rate
        self._writers: Lately[_Writer] = Lately()

    def of(self, who: str, now: float) -> Verdict:
        """What becomes of a message of that one at that second; counts it."""
        writer = self._writers.get(who) or _Writer(self._rate.burst, now)
        writer.left = min(self._rate.burst, writer.left + (now - writer.at) * self._rate.per_second) - 1
        writer.at = now
        goes = writer.left >= 0
        verdict = Verdict.GOES if goes else Verdict.SILENT if writer.told else Verdict.TOLD
        least = -self._rate.burst / 2
        if writer.told and writer.left < least:
            verdict = Verdict.FLOOD
        writer.told = not goes
        writer.left = max(writer.left, least)
        self._writers.note(who, writer)
        return verdict
