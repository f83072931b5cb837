"""The page of one call: the number, what to say, and each field to be confirmed or corrected where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from directory import hours, phones, store
from directory.desk.frame import Visit
from directory.desk.verify.listed import FILTERS, how, kept
from directory.eligibility import rules
from directory.errors import UnknownListing
from directory.inbox import reports
from directory.model import Capacity, Language, Listing, Need, PhoneKind
from directory.publication.gone import why_absent
from directory.sync import stage
from directory.text import listing as words
from directory.text.clock import clock
from directory.text.day import day_text
from directory.text.own import display_name
from directory.verify import calling, marks, queue, told
from directory.verify.fields import ENTERED, Field, asked, entered_now, has_value, may_be_same
from directory.verify.script import question, script

__all__ = ["Problem", "gone", "one", "page", "published"]

_LONGEST = {"name": 120, "phones": 200, "hours_text": 300, "eligibility_text": 600, "languages": 200, "wait_list": 80}


@dataclass(frozen=True)
class Problem:
    """What could not be saved, of which field, and what was written there."""

    field: Field
    text: str
    entered: Mapping[str, str]


@dataclass(frozen=True)
class Input:
    """One field to write in: its name, its words, what stands in it."""

    name: str
    value: str
    longest: int


@dataclass(frozen=True)
class Step:
    """One field of the place: what to ask, what we show, how it stands."""

    field: Field
    name: str
    ask: str
    shows: str
    may_be_same: bool
    known: bool
    state: str
    tone: str
    corrected: str
    inputs: tuple[Input, ...]
    problem: str


def one(visit: Visit) -> Response:
    """The page of a call."""
    id = str(visit.params["id"])
    try:
        record = published(visit, id)
    except UnknownListing:
        return gone(visit, id)
    return page(visit, record)


def published(visit: Visit, id: str) -> Listing:
    """The place as it is shown now; UnknownListing when it is not."""
    with store.open_directory(visit.desk.path()) as db:
        return store.listing(db, id)


def gone(visit: Visit, id: str) -> Response:
    """A place that ended, perhaps while somebody called it: what became of it, and that what was saved stays."""
    why = None
    if stage.work_path().exists():
        with stage.open_work() as work:
            why = why_absent(work, id, visit.today)
    return visit.page("verify/gone.html", 404, why=why)


def page(visit: Visit, record: Listing, problem: Problem | None = None, code: int = 200) -> Response:
    """The page of a call to that place; `problem` stands at its field."""
    record = store.current(record, visit.today)
    said = marks.answers(record.id, visit.now)
    spoken = _spoken(visit)
    hold = marks.holds(visit.now).get(record.id)
    steps = [_step(field, record, said, visit, spoken, problem) for field in asked(record)]
    open_fields = [step.name for step in steps if step.tone not in ("same", "other")]
    report = next((item for item in reports.open_reports() if item.subject == record.id), None)
    return visit.page(
        "verify/call.html", code, id=record.id, name=display_name(record), record=record, steps=steps,
        numbers=_numbers(record), script=script(record, spoken), spoken=spoken, languages=tuple(Language),
        mine=hold is not None and hold.caller.id == visit.who.id, hold=hold,
        held_at=clock(hold.since.astimezone(hours.PACIFIC).time(), visit.lang) if hold else "",
        reasons=told.reasons(queue.reasons(record, visit.now, visit.desk.path()), visit.lang), report=report,
        done=len(steps) - len(open_fields), open_fields=words.joined(open_fields, visit.lang), answered=bool(said),
        waits=any(item.waits for item in said.values()), before=_before(record.id, visit), filters=_filters(visit),
        skips=tuple(calling.REASONS), today=visit.today, problem=problem, demo=record.provenance.demo,
        needs=[(need.value, words.capital(words.need_name(need, visit.lang))) for need in Need],
        programs=sorted(((id, words.program_name(id, visit.lang)) for id in rules.programs()), key=lambda two: two[1]),
        rooms=[(room.value, visit.say(f"room.{room.value}")) for room in Capacity if room is not Capacity.UNKNOWN],
    )  # fmt: skip


def _filters(visit: Visit) -> dict[str, str]:
    sent = {name: visit.form.get(name) for name in FILTERS}
    return kept(visit.query) or kept(sent)


def _spoken(visit: Visit) -> Language:
    """The language of the call: as chosen, else that of the page."""
    chosen = visit.query.get("script") or visit.form.get("script")
    return Language(chosen) if chosen in (language.value for language in Language) else visit.lang


def _numbers(record: Listing) -> list[tuple[str, str, str]]:
    """The numbers to call: as shown, as dialed, what is told of it."""
    voice = [item for item in record.phones if item.kind is PhoneKind.VOICE and phones.display(item)]
    return [(phones.display(item), f"tel:{item.number}", item.label or "") for item in voice]


def _step(
    field: Field, record: Listing, said: Mapping[Field, marks.Answer], visit: Visit, spoken: Language,
    problem: Problem | None,
) -> Step:  # fmt: skip
    here = said.get(field)
    tone = ""
    if here:
        tone = here.said if here.said == "unsaid" or calling.counts(here, record) else "old"
    wrong = problem if problem and problem.field is field else None
    entered = wrong.entered if wrong else here.entered if here and here.said == "other" else entered_now(field, record)
    return Step(
        field, told.field_name(field, visit.lang), question(field, record, spoken),
        told.value(field, record, visit.lang), may_be_same(field, record), has_value(field, record),
        _state(here, tone, visit) if here else "", tone,
        "; ".join(filter(None, here.entered.values())) if here and tone == "other" else "",
        tuple(Input(name, entered.get(name, ""), _LONGEST.get(name, 120)) for name in ENTERED[field]),
        wrong.text if wrong else "",
    )  # fmt: skip


def _state(here: marks.Answer, tone: str, visit: Visit) -> str:
    at = here.at.astimezone(hours.PACIFIC)
    time = clock(at.time(), visit.lang)
    if at.date() != visit.today:
        time = f"{day_text(at.date(), visit.lang)}, {time}"
    return visit.say(f"verify.state.{tone}", name=here.caller.name, time=time)


def _before(id: str, visit: Visit) -> list[str]:
    return [
        visit.say(
            "verify.before.one", name=end.caller.name, why=how(end, visit),
            day=day_text(end.at.astimezone(hours.PACIFIC).date(), visit.lang),
        )
        for end in marks.ended(id, 5)
    ]  # fmt: skip
