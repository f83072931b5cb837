"""What cannot wait: an urgent answer begins with what to do today, before any list and before any question."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known
from actions.words import sign
from directory import plans
from directory.model import Need

__all__ = ["line", "lines_of"]

_NEEDS = (Need.FOOD, Need.HOUSING, Need.UTILITIES, Need.OTHER_HEALTH)
_OWN_WORDS = ("emergency_shelter",)
"""Programs whose lists begin with such a line of their own."""
_LINES = {Need.OTHER_HEALTH.value: ("911",), Need.UTILITIES.value: (), Need.TRANSPORT.value: ()}


def line(turn: Turn, known: Known) -> str | None:
    """What to do today about what is needed; None where nothing presses."""
    if known.need == Need.UTILITIES.value and sign("needs_power", turn.heard.text):
        return turn.say("today.power")
    starving = known.need == Need.FOOD.value and sign("starving", turn.heard.text)
    if not (turn.heard.urgent or starving) or known.program in _OWN_WORDS:
        return None
    if known.need == Need.TRANSPORT.value:
        return _ride(turn, known)
    if known.need == Need.HOUSING.value and _has_a_home(turn, known):
        return turn.say("today.roof")
    named = known.need if known.need in {need.value for need in _NEEDS} else "any"
    return turn.say(f"today.{named}")


def _has_a_home(turn: Turn, known: Known) -> bool:
    """Whether somebody asks for help with a home they have: for rent, and tonight is not at stake."""
    text = turn.heard.text
    of_rent = known.program is not None or sign("of_rent", text)
    return of_rent and "tonight" not in turn.heard.when and not sign("tonight_at_stake", text)


def lines_of(known: Known) -> tuple[str, ...]:
    """The numbers that `line` names, but a plan's."""
    return _LINES.get(known.need or "", ("211",))


def _ride(turn: Turn, known: Known) -> str:
    plan = plans.plans().get(known.plan or "")
    if plan is None or not plan.phone_stands(turn.now.date()):
        return turn.say("today.transport")
    stands = plan.ride_line and plan.ride_line_stands(turn.now.date())
    return turn.say("today.transport_plan", plan=plan.short_name, phone=plan.ride_line if stands else plan.phone)
