"""After which words nobody is written to later: danger, violence at home, self-harm, drugs, and who is under 18.

Words alone are looked at here; what becomes of it is in `actions.later`.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from actions.heard import Heard
from actions.openings import Opened
from actions.patterns import either
from actions.said.plain import plain
from actions.slots import Known
from actions.words import sign
from directory.eligibility import strict
from directory.eligibility.facts import Amount

__all__ = ["called_for", "under_age", "young"]

_FILE = Path(__file__).with_name("youth.yml")
_SIGNS = ("no_later", "worry_home", "safe_house")
_PROGRAMS = frozenset({"cs_sobering"})
_GUIDES = frozenset({"youth_lines"})
_OF_AGE = 18
_OVER = "over"
"""What a danger is called that somebody said is none; that there was one is marked already."""


def called_for(heard: Heard, known: Known) -> bool:
    """Whether from this message on nothing is sent later in this session; it does not say why."""
    named = _PROGRAMS & set(heard.programs) or _GUIDES & set(heard.guides)
    danger = heard.crisis or known.asked.crisis not in (None, _OVER)
    return bool(named or danger) or any(sign(name, heard.text) for name in _SIGNS) or young(heard, known)


def under_age(text: str) -> bool:
    """Whether a text says that somebody is under 18."""
    return _pattern().search(f" {plain(text)} ") is not None


def young(heard: Heard, known: Known) -> bool:
    """Whether a message, or what was said before, is of somebody under 18."""
    age = known.facts.get("age_years")
    return under_age(heard.text) or (isinstance(age, Amount) and age.low < _OF_AGE and age.top < _OF_AGE)


@functools.cache
def _pattern() -> Opened:
    tables: Any = strict.plain(_FILE)
    assert isinstance(tables, dict)
    return either(tables["minor"], tables["words"])
