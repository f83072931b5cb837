"""How every dated value stands on a day: overdue, ended, never confirmed, or soon to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from shlex import quote

from directory.eligibility.conditions import Basis
from directory.eligibility.strict import Period

__all__ = ["STATES", "Standing", "State"]


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
        return f"puente rules check {quote(self.target)}"


_RENEW = {
    "table": "--figures 1=...,2=... --from DAY --until DAY",
    "rule": "--when FILE --from DAY --until DAY",
    "program": "--valid-until DAY",
    "offer": "--offered yes --from DAY --until DAY",
}
