"""A new list: each column with what it is taken as and examples, service names, the questions, and a try of it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.responses import Response

from directory import places, plans
from directory.desk.frame import Visit
from directory.desk.refresh import mine
from directory.desk.refresh.running import begin, standing
from directory.eligibility import rules
from directory.errors import PuenteError
from directory.model import Language, Need
from directory.sync.handed import shelf, working
from directory.sync.handed.answering import CHECK, answered, lacking, taken_as
from directory.sync.handed.shelf import Answers, Ended, Handed
from directory.sync.incoming import Incoming
from directory.sync.problems import Code, sentence
from directory.sync.propose.columns import Placed, Role
from directory.sync.propose.labels import known_fields, likely
from directory.sync.propose.meant import all_stand
from directory.sync.propose.proposal import Proposal
from directory.sync.propose.proposing import proposal
from directory.sync.propose.services import LEAVE_OUT, Service
from directory.text import names

__all__ = ["as_new", "columns", "page"]

_AS_IT_IS = "="
"""Of a column that tells a row's number or whether it is in force: it goes on telling that."""
_MOST_COLUMNS, _MOST_SERVICES = 200, 80
_KNOWN_FROM = 100
"""The number in the form from which on service names stand that were known without asking."""
_MARKS = 0.5
"""The share of yes and no from which on a column may be one of check marks."""


@dataclass(frozen=True)
class Shown:
    """One column as a line of the form: its number in the list, what it is taken as, and whether that is doubtful."""

    number: int
    heading: str
    examples: tuple[str, ...]
    value: str
    doubtful: bool
    marks: bool
    kept: str


@dataclass(frozen=True)
class Named:
    """One service name as a line of the form: how many rows have it, what it stands for, the nearest names."""

    value: str
    rows: int
    chosen: str
    several: str
    near: tuple[tuple[str, str], ...]


def as_new(visit: Visit) -> Response:
    """ "No, it is a new list": the columns are asked about."""
    item = mine.workable(visit)
    if item is None:
        return mine.gone(visit)
    shelf.write(replace(item, new=True, source="", own_id="", ended=Ended("new", visit.now.isoformat())))
    return visit.go(f"/refresh/{item.id}")


def page(visit: Visit, item: Handed) -> Response:
    """The form, with what a try of it said."""
    try:
        found = working.incoming(item)
        base = proposal(found.data, found.name, found.sha256, item.answers.carried)
        said = item.answers if item.answers.id else _first(base)
        made, wrong = _answered(found, base, said)
    except PuenteError as error:
        return visit.page("refresh/stopped.html", item=item, why=str(error), source=None, missing=(), news=())
    ended = item.ended
    report = shelf.report(item.id) if ended and ended.report and ended.what == "test" else None
    every = [_column(base, made, said, number, each) for number, each in enumerate(base.placed[:_MOST_COLUMNS])]
    lines = [_service(each, said, visit.lang) for each in made.services]
    return visit.page(
        "refresh/columns.html",
        item=item, said=said, made=made, why=wrong or (ended.why if ended and ended.stopped else ""),
        doubtful=[each for each in every if each.doubtful], sure=[each for each in every if not each.doubtful],
        hidden_columns=max(0, len(base.placed) - _MOST_COLUMNS),
        unplaced=_unplaced(made, lines, said)[:_MOST_SERVICES], placed=_placed(made, lines, said)[:_MOST_SERVICES],
        rows=len(next(iter(made.sheet.columns.values()), ())),
        fields=known_fields(), helps=_helps(visit.lang),
        plans=sorted((each.short_name, each.id) for each in plans.plans().values()),
        counties=places.COUNTIES, carried=made.sheet.carried() or said.carried, lacking=lacking(made, said),
        day=item.as_of or (made.as_of.isoformat() if made.as_of else ""),
        tried=_told(report, visit.lang) if report else None, own=not base.placed, out=LEAVE_OUT,
    )  # fmt: skip


def columns(visit: Visit) -> Response:
    """Keeps the answers, then tries them or takes the list with them."""
    item = mine.workable(visit)
    if item is None:
        return mine.gone(visit)
    item, job = standing(item, visit.now)
    if job is not None or item.taken:
        return visit.go(f"/refresh/{item.id}")
    found = working.incoming(item)
    base = proposal(found.data, found.name, found.sha256, item.answers.carried)
    said, wrong = _said(visit, base)
    day = visit.form.get("as_of")
    wrong = wrong or _not_a_day(visit, day)
    item = replace(item, new=True, answers=said, as_of="" if wrong else day, source="", own_id="", accept_gone=False)
    if wrong:
        shelf.write(replace(item, ended=Ended("test", visit.now.isoformat(), wrong, "Answer")))
        return visit.go(f"/refresh/{item.id}")
    if visit.form.get("do") == "take":
        visit.audit("refresh.take_new", item.id)
        return begin(visit, item, "take", working.take)
    return begin(visit, item, "test", working.test)


def _first(base: Proposal) -> Answers:
    """What stands in the form before anybody answered: what is sure, and of what is doubtful the likely one."""
    asked = {each.heading: likely(base, each) or "" for each in base.with_role(Role.ASK)}
    return Answers(base.title, base.id, base.plan or base.plan_named or "", columns=asked)


def _answered(found: Incoming, base: Proposal, said: Answers) -> tuple[Proposal, str]:
    """The proposal with the answers; the bare one, and why, where they do not fit together."""
    try:
        return answered(found, said), ""
    except PuenteError as error:
        return base, str(error)


def _column(base: Proposal, made: Proposal, said: Answers, number: int, each: Placed) -> Shown:
    kept = each.role if each.role in (Role.ROW_ID, Role.STATUS) else ""
    value = said.columns.get(each.heading, _AS_IT_IS if kept else taken_as(each))
    marks = each.role == Role.CHECK or each.content.share(["yes_no"]) > _MARKS or value.startswith(CHECK)
    doubtful = each.role == Role.ASK
    return Shown(number, each.heading, base.examples(each.heading), value, doubtful, marks, kept)


# Service names


def _service(each: Service, said: Answers, lang: Language) -> Named:
    stands = said.services.get(each.value, each.stands)
    near = tuple((id, _help(id, lang)) for id, _ in each.near)
    first, more = (stands[0] if stands else ""), ", ".join(stands[1:])
    return Named(each.value, each.count, first, more, near)


def _unplaced(made: Proposal, lines: Sequence[Named], said: Answers) -> list[Named]:
    """Names that nobody could place, also once they were answered: an answer can be changed where it was given."""
    return [
        line for line, each in zip(lines, made.services, strict=True) if not each.stands or each.value in said.services
    ]


def _placed(made: Proposal, lines: Sequence[Named], said: Answers) -> list[Named]:
    return [
        line for line, each in zip(lines, made.services, strict=True) if each.stands and each.value not in said.services
    ]


def _helps(lang: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Needs with their programs, as groups of a choice."""
    return [
        (_help(need.value, lang), [(need.value, _help(need.value, lang)), *((id, _help(id, lang)) for id in programs)])
        for need, programs in rules.needs().items()
    ]


def _help(id: str, lang: Language) -> str:
    if id in {need.value for need in Need}:
        return names.capital(names.need_name(Need(id), lang))
    return names.capital(names.program_name(id, lang)) if id in rules.programs() else id


# The answers that were sent


def _said(visit: Visit, base: Proposal) -> tuple[Answers, str]:
    """The answers, and a sentence when one of them is not understood."""
    form = visit.form
    told = {each.heading: form.get(f"column.{number}", _AS_IT_IS) for number, each in enumerate(base.placed)}
    allowed = {"", *known_fields()}
    columns = {
        heading: value for heading, value in told.items() if value in allowed or _stands_for_a_check(value)
    }  # fmt: skip
    services, wrong = _services(visit)
    plan = form.get("plan") if form.get("plan") in plans.plans() else ""
    county = form.get("county") if form.get("county") in places.COUNTIES else ""
    carried = tuple(each for each in form.all("carry") if each in base.sheet.columns)
    return Answers(
        form.get("title")[:100] or base.title, form.get("id")[:40] or base.id, plan, county, carried,
        form.get("replace") == "1", columns, services,
    ), wrong  # fmt: skip


def _stands_for_a_check(value: str) -> bool:
    return value.startswith(CHECK) and bool(all_stand(value.removeprefix(CHECK)))


def _services(visit: Visit) -> tuple[dict[str, tuple[str, ...]], str]:
    """What each service name stands for; of those that are known only what was changed."""
    form, found, wrong = visit.form, dict[str, tuple[str, ...]](), ""
    for number in (*range(_MOST_SERVICES), *range(_KNOWN_FROM, _KNOWN_FROM + _MOST_SERVICES)):
        name = form.get(f"service_name.{number}")
        words = ", ".join(filter(None, (form.get(f"service.{number}"), form.get(f"several.{number}"))))
        if not name or (number >= _KNOWN_FROM and words == form.get(f"service_was.{number}")):
            continue
        said = all_stand(words) if words else ()
        if words and not said:
            wrong = wrong or visit.say("refresh.columns.not_understood", text=words, name=name)
        if said or number >= _KNOWN_FROM:
            found[name] = said
    return found, wrong


def _not_a_day(visit: Visit, said: str) -> str:
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        return visit.say("refresh.columns.no_day", text=said)
    return visit.say("refresh.columns.day_to_come", text=said) if day and day > visit.today else ""


# What a try said


def _told(report: dict[str, Any], lang: Language) -> dict[str, Any]:
    return {
        **report,
        "left_out": [_reason(item, lang) for item in report["left_out"]],
        "dropped": [_reason(item, lang) for item in report["dropped"]],
        "first": [
            {**row, "why": sentence(Code(row["code"]), lang).means} if "code" in row
            else {**row, "help": ", ".join(_help(id, lang) for id in row["help"])}
            for row in report["first"]
        ],
    }  # fmt: skip


def _reason(item: Sequence[Any], lang: Language) -> dict[str, Any]:
    code, count, words = item
    said = sentence(Code(code), lang)
    return {"count": count, "means": said.means, "do": said.do, "words": words}
