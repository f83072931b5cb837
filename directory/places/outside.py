"""Whether words name a place outside California: "Portland, OR", "Reno Nevada"."""

from __future__ import annotations

import re

from directory.data.gazetteer import STATES, gazetteer
from directory.places.readings import known

__all__ = ["names_another_state"]


def names_another_state(text: str, words: str) -> bool:
    """ "Portland, OR", "Reno Nevada"; a code is one only after a comma, in capitals, or after a name from outside."""
    head, _, tail = words.rpartition(" ")
    if not head or words in gazetteer().names or tail == "ca":
        return False
    if tail.upper() in STATES:
        written = re.search(r"(,?)\s*\b([A-Za-z])\.?\s?([A-Za-z])\.?\s*$", text)
        is_code = written is not None and (
            bool(written[1]) or ((written[2] + written[3]).isupper() and not text.isupper())
        )
        return _is_outside(head) or (is_code and not (known(tail) and known(head)))
    return _ends_in_outside(words) or (tail == "nevada" and head != "sierra")


def _is_outside(words: str) -> bool:
    name = gazetteer().names.get(words)
    return name is not None and not name.options


def _ends_in_outside(words: str) -> bool:
    parts = words.split()
    return any(_is_outside(" ".join(parts[cut:])) for cut in range(1, len(parts)))
