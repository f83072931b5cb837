"""An hour of the day as people read it."""

from __future__ import annotations

from datetime import time

from directory.model import Language
from directory.text.catalogue import say

__all__ = ["clock"]


def clock(moment: time, language: Language) -> str:
    """An hour of the day: "9 am", "5:30 pm", "noon"."""
    if (moment.hour, moment.minute) in ((0, 0), (12, 0)):
        return say("hours.noon" if moment.hour else "hours.midnight", language)
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment.minute:02d} {half}" if moment.minute else f"{hour} {half}"
