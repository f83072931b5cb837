"""How many segments a text message may take, by what it is; `budgets.yml` holds the numbers and why."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from directory.eligibility import strict
from directory.errors import RulesError
from directory.reply import Kind
from directory.text import gsm
from directory.text.ours import ours

__all__ = ["fits", "most"]

_FILE = Path(__file__).with_name("budgets.yml")


def most(kind: Kind) -> int:
    """The most segments that a message of that kind may take."""
    table = _table()
    found: int = table["kinds"].get(kind.value, table["normal"])
    return found


def fits(text: str, kind: Kind) -> bool:
    """Whether the text keeps to the budget of its kind, as this clinic sends it: with accents, or folded."""
    sender = ours().sms
    return gsm.segments(gsm.folded(text, accents=sender is None or sender.accents != "fold")) <= most(kind)


@functools.cache
def _table() -> Mapping[str, Any]:
    plain = strict.plain(_FILE)
    if not isinstance(plain, dict) or set(plain) != {"normal", "kinds"} or not isinstance(plain["kinds"], dict):
        raise RulesError(f"{_FILE.name}: it must hold `normal` and `kinds`, or no text can be fitted to its channel.")
    known = {kind.value for kind in Kind}
    numbers = {"normal": plain["normal"], **plain["kinds"]}
    for name, number in numbers.items():
        if name not in {"normal", *known} or not isinstance(number, int) or number < 1:
            raise RulesError(f"{_FILE.name}: {name!r}: {number!r} is no kind of reply with a number of segments.")
    return plain
