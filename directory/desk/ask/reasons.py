"""Why an answer was said: what it is, the rows and the rule it stands on, and which of our texts its words are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory import plans, store
from directory.desk.ask.wording import known_texts
from directory.desk.frame import Visit
from directory.eligibility import rules
from directory.errors import PuenteError
from directory.model import Language, Listing, Need
from directory.text.catalogue import keys
from directory.text.day import day_text
from directory.trials.asking import Said

__all__ = ["Line", "Reason", "reasons"]

_MOST_ROWS = 8
_LETTERS = 300


@dataclass(frozen=True)
class Line:
    """One line of a reason, with a page of the desk to open, if any."""

    text: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Reason:
    """One thing an answer stands on: its title, and lines."""

    title: str
    lines: tuple[Line, ...]


def reasons(said: Said, visit: Visit) -> tuple[Reason, ...]:
    """Everything that is known of why this was said; parts of which nothing is known are left out."""
    found = (
        Reason(visit.say("ask.why.kind"), tuple(_kind(said.custom, visit))),
        Reason(visit.say("ask.why.understood"), tuple(_understood(said.custom, visit))),
        Reason(visit.say("ask.why.danger"), tuple(_danger(said.custom, visit))),
        Reason(visit.say("ask.why.rows"), tuple(_rows(said.custom, visit))),
        Reason(visit.say("ask.why.rule"), tuple(_rule(said.custom, visit))),
        Reason(visit.say("ask.why.texts"), tuple(_texts(said, visit))),
    )
    return tuple(reason for reason in found if reason.lines)


def _kind(custom: Mapping[str, Any], visit: Visit) -> Iterator[Line]:
    kind = _text(custom.get("kind"))
    key = f"ask.kind.{kind}"
    if kind:
        yield Line(visit.say(key) if f"desk.{key}" in keys(Language.EN) else kind)
    if custom.get("urgent") is True:
        yield Line(visit.say("ask.urgent"))


def _understood(custom: Mapping[str, Any], visit: Visit) -> Iterator[Line]:
    need, program, plan = (_text(custom.get(name)) for name in ("need", "program", "plan"))
    if need in {each.value for each in Need}:
        yield Line(visit.say("ask.need", name=rules.need_names()[Need(need)].get(visit.lang)))
    if program in rules.programs():
        yield Line(visit.say("ask.program", name=rules.program(program).short.get(visit.lang)))
    for name in ("place", "county"):
        if text := _text(custom.get(name)):
            yield Line(visit.say(f"ask.{name}", name=text))
    if plan in plans.plans():
        yield Line(visit.say("ask.plan", name=plans.plan(plan).name))
    for item in _list(custom.get("relaxed")):
        yield Line(visit.say("ask.relaxed", name=_text(item)))


def _danger(custom: Mapping[str, Any], visit: Visit) -> Iterator[Line]:
    kind = _text(custom.get("crisis"))
    if not kind:
        return
    yield Line(visit.say("ask.danger", kind=kind))
    key = f"assistant.crisis.{kind}"
    if key in keys(Language.EN):
        yield Line(visit.say("ask.danger.words", key=key), _text_link(key, visit))


def _rows(custom: Mapping[str, Any], visit: Visit) -> Iterator[Line]:
    shown = [item for item in _list(custom.get("listings")) if isinstance(item, dict)]
    for item in shown[:_MOST_ROWS]:
        yield _row(_text(item.get("id")), _text(item.get("name")), visit)
    total = custom.get("total")
    if shown and isinstance(total, int) and total > len(shown):
        yield Line(visit.say("ask.rows.more", count=len(shown), total=total))


def _row(id: str, name: str, visit: Visit) -> Line:
    """A place with its row, the list that it is from, and the days of both."""
    found = _listing(id, visit)
    if found is None:
        return Line(name, note=visit.say("ask.row.gone", id=id))
    came = found.provenance
    parts = [visit.say("ask.row", id=found.id, row=came.row, source=came.source_title)]
    if came.as_of:
        parts.append(visit.say("ask.row.listed", day=day_text(came.as_of, visit.lang)))
    if found.assured_on:
        parts.append(visit.say("ask.row.checked", day=day_text(found.assured_on, visit.lang)))
    return Line(name or found.name, f"/place/{found.id}", " ".join(parts))


def _listing(id: str, visit: Visit) -> Listing | None:
    try:
        with store.open_directory(visit.desk.path()) as connection:
            return store.listing(connection, id)
    except (PuenteError, sqlite3.Error):
        return None


def _rule(custom: Mapping[str, Any], visit: Visit) -> Iterator[Line]:
    verdict = custom.get("verdict")
    if not isinstance(verdict, dict):
        yield from _program(_text(custom.get("program")), _list(custom.get("sources")), visit)
        return
    program = _text(verdict.get("program"))
    if program in rules.programs():
        name = rules.program(program).short.get(visit.lang)
        yield Line(visit.say(f"ask.outcome.{_outcome(verdict)}", name=name), _rule_link(program, visit))
    yield from (Line(visit.say("ask.known", what=_text(item))) for item in _list(verdict.get("reasons")))
    asks = _list(verdict.get("asks")) or _list(verdict.get("missing"))
    yield from (Line(visit.say("ask.missing", what=_text(item))) for item in asks)
    if source := _text(verdict.get("source")):
        yield Line(visit.say("ask.source", source=source))
    for name in ("as_of", "review_by"):
        if day := _day(verdict.get(name)):
            yield Line(visit.say(f"ask.{name}", day=day_text(day, visit.lang)))


def _program(program: str, ids: list[Any], visit: Visit) -> Iterator[Line]:
    """What a told program stands on."""
    if program not in rules.programs() or not ids:
        return
    found = rules.program(program)
    day = day_text(found.checked_on, visit.lang)
    told = visit.say("ask.program.checked", name=found.short.get(visit.lang), day=day)
    yield Line(told, _rule_link(program, visit, "program"))
    known = rules.sources()
    for id in ids[:_MOST_ROWS]:
        if _text(id) in known:
            yield Line(visit.say("ask.source", source=known[_text(id)].title))


def _outcome(verdict: Mapping[str, Any]) -> str:
    said = _text(verdict.get("outcome"))
    return said if said in ("may_qualify", "probably_not") else "cannot_tell"


def _texts(said: Said, visit: Visit) -> Iterator[Line]:
    language = Language.ES if said.custom.get("language") == "es" else Language.EN
    for key in known_texts(said.text, language):
        yield Line(key, _text_link(key, visit))


def _text_link(key: str, visit: Visit) -> str:
    return visit.link("/texts/one", id=key) if visit.staff else ""


def _rule_link(program: str, visit: Visit, kind: str = "rule") -> str:
    return visit.link("/rules/value", of=f"{kind}:{program}") if visit.staff else ""


def _text(value: object) -> str:
    return value[:_LETTERS] if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value[:30] if isinstance(value, list) else []


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
