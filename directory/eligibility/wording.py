"""What a verdict says of each condition, in both languages; from `wording.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.strict import Text, read
from directory.errors import RulesError

__all__ = ["FILE", "Wording", "load", "of"]

FILE = Path(__file__).parent / "wording.yml"


@dataclass(frozen=True)
class Wording:
    """How a condition reads: `if_yes` and `if_no` as sentences, `checks` as what somebody else looks at."""

    if_yes: Text | None = None
    if_no: Text | None = None
    checks: Text | None = None


def load(path: Path = FILE) -> Mapping[str, Wording]:
    """The wording of every condition; RulesError names the file and key of the first thing it refuses."""
    found = {}
    for id, entry in read(path).fields(rules.conditions()).items():
        parts = {
            key: part.twin_with("limit", "size")
            for key, part in entry.fields((), ("if_yes", "if_no", "checks")).items()
        }
        wording = Wording(**parts)
        if wording.checks is None and (wording.if_yes is None or wording.if_no is None):
            raise entry.refuse("both 'if_yes' and 'if_no' are needed where the person is asked. Write the missing one.")
        found[id] = wording
    return found


@cache
def _loaded() -> Mapping[str, Wording]:
    return load()


def of(condition: str) -> Wording:
    """How that condition reads; RulesError when there is none of that id."""
    try:
        return _loaded()[condition]
    except KeyError:
        raise RulesError(f"{FILE}: nothing says how '{condition}' reads. Add it.") from None
