"""What was told of a person, read from the form and from nowhere else: it lives for one answer and is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from directory import places, plans
from directory.desk.frame import Form
from directory.desk.look_up.asked import language_codes
from directory.eligibility import facts as known
from directory.eligibility import questions
from directory.eligibility.asking import STATUS, is_never_asked
from directory.eligibility.assess import Situation
from directory.eligibility.facts import INCOME, SIZE, Fact
from directory.errors import FactError
from directory.model import Need, Place
from directory.search.listed import programs_listed

__all__ = ["BASE", "FACT", "GROUP", "Told", "told"]

FACT, GROUP = "f.", "g."
"""What the names of fields begin with: a fact, or several that are asked as one."""
BASE = ("age_years", "has_medi_cal", SIZE, INCOME)
"""Asked of everybody, because most rules look at them."""
_MOST = 80
_LONGEST = 80


@dataclass(frozen=True)
class Told:
    """What was told: `facts` as the rules take them, `written` as it stood in the fields, `wrong` the fields that
    make no sense."""

    needs: tuple[Need, ...] = ()
    near: str = ""
    where: places.Resolution | None = None
    plan: str | None = None
    speaks: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: frozenset[str] = frozenset()
    programs: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where the person lives, where that is one place."""
        return self.where if isinstance(self.where, Place) else None

    def situation(self, on: date) -> Situation:
        """The person as the rules take them, with what the plan's own published list names in that county."""
        county = self.place.county if self.place else None
        listed = programs_listed(self.plan, county, on) if self.plan and county else frozenset()
        return Situation(self.facts, self.plan, county, listed)


def told(form: Form) -> Told:
    """What the form holds; what is not asked here, or makes no sense, is left out and named."""
    near = (form.get("pick") or form.get("near"))[:_LONGEST]
    asked = [name for name in sorted(form.fields) if _is_asked(name)]
    written = {name: tuple(filter(None, form.all(name))) for name in asked}
    read = {name: _read(name, texts) for name, texts in written.items() if texts}
    said: dict[str, Fact] = {}
    for one in read.values():
        said |= one or {}
    needs = {need.value: need for need in Need}
    return Told(
        needs=tuple(need for need in Need if need.value in form.all("need") and need.value in needs),
        near=near,
        where=places.resolve(near) if near else None,
        plan=form.get("plan") if form.get("plan") in plans.plans() else None,
        speaks=form.get("speaks") if form.get("speaks") in language_codes() else None,
        facts=known.sensible(said),
        written=written,
        wrong=frozenset(name for name, one in read.items() if one is None),
        programs=tuple(dict.fromkeys(form.all("program")))[:_MOST],
        ids=tuple(dict.fromkeys(form.all("id")))[:_MOST],
    )


def _is_asked(name: str) -> bool:
    """Whether that is a field of ours; what is never asked is not taken either."""
    if name.startswith(GROUP):
        return bool(questions.group_choices(name.removeprefix(GROUP)))
    fact = name.removeprefix(FACT)
    return name.startswith(FACT) and fact in known.names() and fact not in STATUS and not is_never_asked(fact)


def _read(name: str, texts: tuple[str, ...]) -> dict[str, Fact] | None:
    """The facts of one field; None for what cannot be meant."""
    try:
        if name.startswith(GROUP):
            return dict(_group(name.removeprefix(GROUP), texts))
        fact = name.removeprefix(FACT)
        return {fact: known.parse(fact, texts[0][:_LONGEST])}
    except FactError:
        return None


def _group(id: str, texts: tuple[str, ...]) -> Iterator[tuple[str, Fact]]:
    """All that is ticked is true and the rest is not; nothing is known where the question was skipped."""
    question = questions.by_id(id)
    for fact in question.facts:
        if fact in texts:
            yield fact, True
        elif known.UNSURE.value in texts:
            yield fact, known.UNSURE
        else:
            yield fact, False
