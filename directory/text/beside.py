"""Whether the list's own words on hours say more than the week that was read in them: "or by appointment"."""

from __future__ import annotations

import re

from directory.text.everyday import of_a_week

__all__ = ["says_more"]


def says_more(hours_text: str) -> bool:
    """Whether any word is there that a week of days and times does not hold."""
    return any(word not in of_a_week() for word in re.findall(r"[^\W\d_]+", hours_text.casefold()))
