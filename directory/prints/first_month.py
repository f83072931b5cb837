"""The first month on one page: whom to ask for lists, when to load them, what becomes a habit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from directory import plans
from directory.model import Language
from directory.prints.drawing import Sheet
from directory.prints.facts import Facts
from directory.prints.staff import Part, StaffPage, sheet_for, written_on
from directory.text.catalogue import say

__all__ = ["first_month", "our_plans"]

_OFFICES = ("county_benefits", "housing_authority", "coordinated_entry", "aging")
_MOST_PLANS = 6
_MOST_OFFICES = 6


def first_month(facts: Facts, language: Language) -> Sheet:
    """The page in that language."""
    title = say("paper.month.title", language)
    sheet = sheet_for(facts, title, language)
    foot = written_on(facts.day, "paper.month.foot", language)
    parts = tuple(_Parts(facts, language).all())
    StaffPage(sheet, facts, language).draw(title, parts, foot, say("paper.month.lead", language))
    return sheet


def our_plans(facts: Facts) -> tuple[plans.Plan, ...]:
    """The plans that the clinic named, else those of its counties."""
    said = facts.settings
    if said.plans:
        return tuple(plans.plan(id) for id in said.plans)
    found = (plan for county in said.counties for plan in plans.plans_in(county))
    return tuple({plan.id: plan for plan in found}.values())


class _Parts:
    """The weeks, and what is done in each week."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts, self.language = facts, language

    def say(self, key: str, **values: object) -> str:
        return say(f"paper.month.{key}", self.language, **values)

    def all(self) -> Iterator[Part]:
        """The sections in their order."""
        yield Part(self.say("week_1"), tuple(self._week_1()))
        for week, steps in _STEPS.items():
            yield Part(self.say(week), tuple(self.say(f"{week}_{step}", **self._values(step)) for step in steps))

    def _values(self, step: str) -> Mapping[str, object]:
        """The command for a backup of the kind that the settings ask for."""
        sealed = self.facts.settings.backups.encrypted
        return {"backup": f"puente backup{' --encrypt' if sealed else ''}"} if step == "backup" else {}

    def _week_1(self) -> Iterator[str]:
        yield self.say("week_1_plans")
        found = our_plans(self.facts)
        yield from (self._plan(plan) for plan in found[:_MOST_PLANS])
        if not found:
            yield self.say("plan_unset")
        yield self.say("week_1_offices")
        yield from tuple(self._offices())[:_MOST_OFFICES]
        yield self.say("office_211")
        yield self.say("week_1_print")

    def _plan(self, plan: plans.Plan) -> str:
        key = "plan" if plan.phone_stands(self.facts.day) else "plan_check"
        return self.say(key, plan=plan.name, phone=plan.phone)

    def _offices(self) -> Iterator[str]:
        """The counties' own offices of which a number is known; the statewide lines are in every answer."""
        for county in self.facts.settings.counties:
            for kind in _OFFICES:
                office = plans.office(county, kind)
                if office.county and office.phone:
                    yield self.say("office", county=county, office=office.name(self.language), phone=office.phone)


_STEPS = {
    "week_2": ("new", "publish", "remind"),
    "week_3": ("ask", "fix", "doctor"),
    "week_4": ("next", "rules", "backup"),
    "every": ("calls", "leaflets"),
}
