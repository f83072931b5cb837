"""How every dated value stands on a day: overdue, ended, never confirmed, or soon to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from shlex import quote

from directory.eligibility.basis import Basis
from directory.eligibility.strict import Period

__all__ = ["STATES", "Standing", "State", "in_order_of_weight", "named_together"]


class State(str, Enum):
    """How a value stands on a day, the worst first."""

    ENDED = "ended"
    OVERDUE = "overdue"
    RECALLED = "recalled"
    COMPUTED = "computed"
    DUE = "due"
    GOOD = "good"


STATES = tuple(State)


@dataclass(frozen=True)
class Standing:
    """One dated value: what it is, on what it stands, which programs hang on it, and the command that mends it.

    `followed` says that another version follows it.
    """

    target: str
    label: str
    period: Period
    status: str
    checked_on: date
    review_by: date
    sources: tuple[str, ...]
    programs: tuple[str, ...]
    followed: bool = False

    @classmethod
    def of(
        cls, target: str, label: str, basis: Basis, programs: tuple[str, ...], *, followed: bool = False
    ) -> Standing:
        """The value that stands on that basis."""
        return cls(
            target,
            label,
            basis.period,
            basis.status,
            basis.checked_on,
            basis.review_by,
            basis.sources,
            programs,
            followed,
        )

    def state(self, on: date, due: int = 30) -> State:
        """How it stands that day; `due` is how many days ahead it counts as soon to be looked at."""
        if self.period.until and on > self.period.until:
            return State.ENDED
        if on > self.review_by:
            return State.OVERDUE
        if self.status != "verified":
            return State(self.status)
        return State.DUE if self.review_by - on <= timedelta(days=due) else State.GOOD

    def mend(self, on: date) -> str:
        """The command that mends it, to which only the source is added; what ended needs its next version."""
        kind = self.target.partition(":")[0]
        if self.state(on) is State.ENDED and kind in _RENEW:
            return f"puente rules change {quote(self.target.partition('@')[0])} {_RENEW[kind]}"
        if self.state(on) is State.ENDED:
            return f"puente rules show {quote(self.target)}"
        return f"puente rules check {quote(self.target)}"

    @property
    def kind(self) -> str:
        """What it is: table, rule, phone ..."""
        return self.target.partition(":")[0]

    @property
    def what(self) -> str:
        """What of a program this is: who may get it, cost ..."""
        return self.label.rpartition(": ")[2]


def in_order_of_weight(values: Iterable[Standing]) -> list[Standing]:
    """A program before its rules, and these before its sides."""
    return sorted(values, key=lambda value: _WEIGHT.get(value.kind, 0))


_WEIGHT = {"rule": 1, "side": 2}


def named_together(values: Sequence[Standing]) -> str:
    """Several values of one program: its name, what patients read and who may get it, and of sides their number."""
    parts = [value.what for value in values if value.kind != "side"]
    sides = [value.what for value in values if value.kind == "side"]
    told = [*parts, *([f"{len(sides)} sides"] if len(sides) > 1 and parts else sides)]
    return f"{values[0].label.rpartition(': ')[0]}: {', '.join(told)}"


_RENEW = {
    "table": "--figures 1=...,2=... --from DAY --until DAY",
    "rule": "--when FILE --from DAY --until DAY",
    "program": "--valid-until DAY",
    "offer": "--offered yes --from DAY --until DAY",
}
