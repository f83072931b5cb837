"""The page of one value, and what a person notes of it: it holds, or it is otherwise; read back before it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from directory import upkeep
from directory.accounts import Role
from directory.desk.frame import Visit
from directory.desk.rules import fields, showing
from directory.desk.rules.fields import Wrong
from directory.errors import PuenteError, RulesError
from directory.model import Language
from directory.overlay.keeping import look_again
from directory.overlay.shapes import Target
from directory.overlay.taking_back import take_back
from directory.overlay.targets import as_target
from directory.upkeep import Noted, Outrun

__all__ = ["Noting"]

_MOST_SOURCE = 300


@dataclass(frozen=True)
class Noting:
    """The same pages under two addresses: `base` is the list that one comes from, `page` a value's own address."""

    base: str
    page: str
    least: Role

    def value(self, visit: Visit) -> Response:
        """What a value says, how we know, who noted what, and the forms for who may note."""
        return self._page(visit, _target(visit.query.get("of", "")))

    def check(self, visit: Visit) -> Response:
        """Notes that it holds."""
        target = _target(visit.form.get("of"))
        try:
            upkeep.checked(target, _noted(visit), today=visit.today, seen=visit.form.get("seen"))
        except (Wrong, RulesError) as why:
            return self._refused(visit, target, why)
        visit.audit("rules.checked", of=target)
        return visit.go(self.page, said="rules.said.checked", of=target)

    def read_back(self, visit: Visit) -> Response:
        """What people would read differently; nothing is kept yet."""
        target = _target(visit.form.get("of"))
        try:
            self._refuse_outrun(visit, target)
            said = fields.said(target, visit.form)
            found = upkeep.previewed(target, said, _noted(visit), today=visit.today)
        except (Wrong, RulesError) as why:
            return self._refused(visit, target, why)
        return visit.page(
            "rules/read_back.html",
            noting=self,
            target=target,
            title=upkeep.title(target, upkeep.in_force(), visit.lang),
            differences=found,
            kept=[(name, value) for name, values in visit.form.fields.items() for value in values if name != "csrf"],
        )

    def change(self, visit: Visit) -> Response:
        """Notes what is otherwise, or leads back to the form with what was written."""
        target = _target(visit.form.get("of"))
        if visit.form.get("again"):
            return self._page(visit, target)
        try:
            said = fields.said(target, visit.form)
            upkeep.changed(target, said, _noted(visit), today=visit.today, seen=visit.form.get("seen"))
        except (Wrong, RulesError) as why:
            return self._refused(visit, target, why)
        visit.audit("rules.changed", of=target)
        return visit.go(self.page, said="rules.said.changed", of=target)

    def take_back(self, visit: Visit) -> Response:
        """Takes a note of the clinic back."""
        number = visit.form.get("note")
        note = take_back(int(number) if number.isascii() and number.isdigit() else 0, visit.form.get("mark"))
        visit.audit("rules.taken_back", of=f"{note.on} {' '.join(map(str, showing.things(note)))}"[:120])
        if visit.form.get("of"):
            return visit.go(self.page, said="rules.said.taken_back", of=_target(visit.form.get("of")))
        return visit.go(self.base, said="rules.said.taken_back", state="notes")

    def _refuse_outrun(self, visit: Visit, target: Target) -> None:
        if upkeep.mark(target, visit.today) != visit.form.get("seen"):
            raise Outrun(next(iter(upkeep.notes_on(target)), None))

    def _refused(self, visit: Visit, target: Target, why: Exception) -> Response:
        if isinstance(why, Outrun):
            return self._page(visit, target, 409, outrun=why)
        told = visit.say(f"rules.wrong.{why.key}", text=why.text) if isinstance(why, Wrong) else str(why)
        return self._page(visit, target, 400, wrong=told)

    def _page(self, visit: Visit, target: Target, code: int = 200, **more: object) -> Response:
        look_again()
        may = visit.staff
        values = {"wrong": None, "outrun": None, **more}
        return visit.page(
            "rules/value.html",
            code,
            noting=self,
            target=target,
            value=showing.one(target, visit),
            may=may,
            fields=fields.fields(target, visit) if may else (),
            seen=upkeep.mark(target, visit.today),
            source=visit.form.get("source"),
            looked=visit.form.get("day") or visit.today.isoformat(),
            **values,
        )


def _target(text: str) -> Target:
    """The value that is meant; HTTPException 404 for what names none."""
    try:
        target = as_target(text)
        upkeep.title(target, upkeep.in_force(), Language.EN)
    except PuenteError:
        raise HTTPException(404) from None
    return target


def _noted(visit: Visit) -> Noted:
    source = " ".join(visit.form.get("source").split())
    if not source:
        raise Wrong("source")
    return Noted(visit.who.shown, fields.day_of(visit.form.get("day"), visit.today), source[:_MOST_SOURCE])
