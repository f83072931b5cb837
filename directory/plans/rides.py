"""The ride clock: by which day to call the plan for a ride to a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from directory.eligibility.basis import Basis
from directory.eligibility.strict import Text
from directory.errors import FactError
from directory.hours import holiday
from directory.plans import load
from directory.plans.cells import Plan, RideForm
from directory.plans.parse import RIDES

__all__ = ["RIDES", "RideClock", "advice", "clock", "is_work_day", "notice"]

_FARTHEST = timedelta(days=366)
"""Nobody books a visit farther ahead; a year was mistyped."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RideClock:
    """By when to call for a ride, and with what in hand.

    `last_day` is the last work day on which `days` work days are left before the visit; `holidays` were not counted.
    `known` says that this is the plan's own rule, verified and in date; else the days are the careful default; `basis`
    dates them. `call_again` is the next work day where today is none. `phone` is the plan's ride line or member line;
    None without a plan.
    """

    plan: Plan | None
    kind: str
    visit: date
    today: date
    days: int
    last_day: date
    known: bool
    basis: Basis
    too_late: bool
    holidays: tuple[date, ...]
    call_again: date | None
    form: RideForm | None
    phone: str | None
    phone_is_ride_line: bool
    phone_verified: bool

    @property
    def needs_form(self) -> str | None:
        """The paper that the ride needs: "PCS" for NEMT."""
        return self.form.id if self.form else None


def clock(plan_id: str | None, visit: date, kind: str, today: date) -> RideClock:
    """The clock of a ride (`nmt` or `nemt`) on that day; FactError for a visit that has passed or cannot be meant."""
    if kind not in RIDES:
        raise FactError(f"{kind!r} is no kind of ride. Say nmt (car, bus, taxi) or nemt (wheelchair or gurney van).")
    if visit < today:
        raise FactError(f"The visit on {visit} has passed (today is {today}). Give the day of a visit to come.")
    if visit - today > _FARTHEST:
        raise FactError(f"The visit on {visit} is more than a year away. Check the year, then ask again.")
    plan = load.plan(plan_id) if plan_id is not None else None
    days, known, basis = notice(plan, kind, today)
    last_day = _work_days_before(visit, days)
    between = [last_day + _DAY * gone for gone in range((visit - last_day).days)]
    phone, is_ride_line, verified = _phone(plan, today)
    return RideClock(
        plan=plan,
        kind=kind,
        visit=visit,
        today=today,
        days=days,
        last_day=last_day,
        known=known,
        basis=basis,
        too_late=today > last_day,
        holidays=tuple(day for day in between if day.weekday() < 5 and holiday(day)),
        call_again=None if is_work_day(today) else _next_work_day(today),
        form=load.loaded().ride_forms.get(kind),
        phone=phone,
        phone_is_ride_line=is_ride_line,
        phone_verified=verified,
    )


def is_work_day(day: date) -> bool:
    """Whether plans count that day: a weekday on which neither the state nor the country keeps a holiday."""
    return day.weekday() < 5 and holiday(day) is None


def notice(plan: Plan | None, kind: str, today: date) -> tuple[int, bool, Basis]:
    """Work days to call before the visit, whether that is the plan's own rule, and the basis.

    The plan's own where verified and in date; else the careful default, or more if the plan was seen to ask for more.
    """
    default = load.loaded().ride_defaults[kind]
    own = (plan.ride_days if kind == "nmt" else plan.nemt_days) if plan else None
    basis = plan.ride_basis if plan else None
    if own is None or basis is None:
        return default.days, False, default.basis
    if basis.stands(today):
        return own, True, basis
    return max(own, default.days), False, basis if own > default.days else default.basis


def advice(plan: Plan) -> Text:
    """How early to call for a ride, in words: the plan's own rule, or what is told where it is not known."""
    return plan.ride_notice or load.loaded().ride_notice


def _phone(plan: Plan | None, today: date) -> tuple[str | None, bool, bool]:
    """The number to call, whether it is a ride line, and whether it is verified and in date."""
    if plan is None:
        return None, False, False
    if plan.ride_line:
        return plan.ride_line, True, plan.ride_line_stands(today)
    return plan.phone, False, plan.phone_stands(today)


def _work_days_before(visit: date, days: int) -> date:
    day = visit
    while days:
        day -= _DAY
        days -= is_work_day(day)
    return day


def _next_work_day(day: date) -> date:
    day += _DAY
    while not is_work_day(day):
        day += _DAY
    return day
