"""The only place that knows slot names and what is in them: slots <-> one frozen `Known`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import SlotSet

from actions import marks
from actions.marks import Marks
from directory.eligibility.facts import Facts, from_plain, to_plain

__all__ = [
    "CARRIED",
    "LATER",
    "Asked",
    "Choice",
    "Filters",
    "Known",
    "Shown",
    "Want",
    "as_case",
    "carried_over",
    "changes",
    "forgotten",
    "of_case",
    "read",
    "resuming",
]

CARRIED = ("language", "need", "program", "place", "county", "plan", "shown", "tried")
"""What a new session keeps of the one before it."""

_TEXTS = ("need", "program", "place", "county", "plan", "about")
_OF_THE_TALK = ("language", "asked", "cases")
_LISTS = ("homes", "barriers", "tried", "cases")


@dataclass(frozen=True)
class Want:
    """One thing somebody looks for: a need, or a program of that need."""

    need: str | None = None
    program: str | None = None

    @property
    def known(self) -> bool:
        return bool(self.need or self.program)


@dataclass(frozen=True)
class Filters:
    """What narrows a list: open now, a language that places speak, a single thing by its key.

    `only` is what else was asked of a list shown: an hour, no cost, no ID, as `actions.narrowing` writes it.
    """

    open_now: bool = False
    speaks: str | None = None
    thing: str | None = None
    only: tuple[str, ...] = ()


_EARLIER, _EARLIER_IDS = 3, 3
"""How many lists before the one shown are remembered, and how many places of each."""


@dataclass(frozen=True)
class Shown:
    """The list a person is looking at: ids of this page, where it begins, how many there are, and what was asked.

    `earlier` are the first places of lists of other needs in this talk, plain. `focus` is the id of the listing last
    spoken of; `speaks` the language that places were to speak, `thing` a key of the table of things.
    `base` ids stand before it that are of other lists of the same answer.
    """

    ids: tuple[str, ...] = ()
    offset: int = 0
    total: int = 0
    want: Want = field(default_factory=Want)
    place: str | None = None
    county: str | None = None
    plan: str | None = None
    open_now: bool = False
    focus: str | None = None
    speaks: str | None = None
    thing: str | None = None
    only: tuple[str, ...] = ()
    earlier: tuple[Mapping[str, Any], ...] = ()
    base: int = 0

    @property
    def filters(self) -> Filters:
        return Filters(self.open_now, self.speaks, self.thing, self.only)

    def after(self, before: Shown) -> Shown:
        """The same, with the first places of the lists of other things shown before in `earlier`, the latest first."""
        was = {"need": before.want.need, "program": before.want.program, "place": before.place, "county": before.county}
        ids = list(before.ids[before.base :][:_EARLIER_IDS])
        lists = ({**was, "ids": ids}, *before.earlier) if ids else before.earlier
        mine = (self.want.need, self.want.program, self.place)
        others = (one for one in lists if (one.get("need"), one.get("program"), one.get("place")) != mine)
        return dataclasses.replace(self, earlier=tuple(others)[:_EARLIER])


@dataclass(frozen=True)
class Choice:
    """One answer a person may give to a question: what it does, and with what; `actions.labels` says how it reads."""

    goal: str
    value: str | None = None


LATER = "later"
"""The goal of the choices of a question whether something may be sent later, and what that question is about."""


@dataclass(frozen=True)
class Asked:
    """What the assistant waits for: `about` names the question, `tries` counts how often it was put in a row.

    `wants` are answered once the question is, with what `speaks`, `thing` and `only` narrow them to; `misses` counts
    messages in a row that were not understood. `crisis` is the kind of the last danger said, until something else was
    answered, and `alarm` a mark of the words that said it: the same words alarm once.

    While it is worked out whether somebody may get something, `check` says what (`program:calfresh`, `need:food`),
    `question` what was asked last, `line` the dollars a month it named and `count` how many were asked. `told` is the
    outcome said last, so that a correction can say what it changes; `guide` the id of a guide told last. `rest` names
    what of the answers just sent did not fit, as `actions.rest` writes it.
    """

    about: str | None = None
    choices: tuple[Choice, ...] = ()
    wants: tuple[Want, ...] = ()
    tries: int = 0
    misses: int = 0
    speaks: str | None = None
    thing: str | None = None
    crisis: str | None = None
    alarm: str | None = None
    check: str | None = None
    question: str | None = None
    line: float | None = None
    count: int = 0
    told: str | None = None
    guide: str | None = None
    only: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def offers_later(self) -> bool:
        """Whether it was asked last if something may be sent later."""
        return any(choice.goal == LATER for choice in self.choices)

    def without_later(self) -> Asked:
        """The same without that question: whatever else is said, a number after it means what it meant before."""
        if not self.offers_later:
            return self
        choices = tuple(choice for choice in self.choices if choice.goal != LATER)
        about, question = (self.about, self.question) if self.about != LATER else (None, None)
        return dataclasses.replace(self, about=about, question=question, choices=choices)


@dataclass(frozen=True)
class Known:
    """Everything a conversation remembers.

    `about` is for whom it is (a value of `person_about`; None for the one who writes), `homes` where each of those
    people lives, as `person=place`, `barriers` what stands in the way (keys of the table of barriers), `tried` the ids
    of listings that were full, turned them away or cannot work. `cases` are the plain slots of people that a CHW asked
    for before, the latest first. `silent` says that nothing may be sent later to whoever
    writes here, and not why; `offered` that it was offered already; `counted` what was counted of which listing.
    `about`, `homes`, `barriers`, `cases`, `facts` and these three are never written.
    """

    language: str = "en"
    need: str | None = None
    program: str | None = None
    place: str | None = None
    county: str | None = None
    plan: str | None = None
    shown: Shown = field(default_factory=Shown)
    asked: Asked = field(default_factory=Asked)
    facts: Facts = field(default_factory=dict)
    about: str | None = None
    homes: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()
    silent: bool = False
    offered: bool = False
    counted: tuple[str, ...] = ()

    @property
    def want(self) -> Want:
        return Want(self.need, self.program)

    def having(self, **values: Any) -> Known:
        """The same with those values changed."""
        return dataclasses.replace(self, **values)


def read(slots: Mapping[str, Any]) -> Known:
    """What the slots hold; an unreadable `shown` or `asked` reads as nothing shown, nothing asked."""
    marked = marks.of(slots.get("barriers"))
    return Known(
        language=slots.get("language") or "en",
        **{name: slots.get(name) for name in _TEXTS},
        **{name: marks.without(slots.get(name)) for name in _LISTS},
        shown=_shown(slots.get("shown")),
        asked=_asked(slots.get("asked")),
        facts=from_plain(slots.get("facts")),
        silent=marked.silent,
        offered=marked.offered,
        counted=marked.counted,
    )


def changes(before: Known, after: Known) -> list[dict[str, Any]]:
    """The events that turn `before` into `after`."""
    old, new = _plain(before), _plain(after)
    return [SlotSet(name, value) for name, value in new.items() if value != old[name]]


def forgotten(before: Known | None = None, *, silent: bool = False) -> list[dict[str, Any]]:
    """The events after which nothing is asked and nothing shown; need, place and plan stay. `silent` marks it so."""
    marked = [SlotSet("barriers", _barriers((before or Known()).having(silent=True)))] if silent else []
    return [SlotSet("asked", None), SlotSet("shown", None), *marked]


def _barriers(known: Known) -> list[str]:
    """What stands in the way, and the marks."""
    return [*known.barriers, *marks.written(Marks(known.silent, known.offered, known.counted))]


def carried_over(slots: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The events that give a new session what it keeps of the one before it, and nothing else."""
    return [SlotSet(name, slots.get(name)) for name in CARRIED if slots.get(name) is not None]


def resuming(slots: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The event after which somebody who comes back is asked whether to go on with what there was, if there was any."""
    return [SlotSet("asked", {"about": "resume"})] if slots.get("need") or slots.get("shown") else []


def as_case(known: Known) -> dict[str, Any]:
    """One person's part of what is known, plain, without the question in the air and without other people's."""
    plain = _plain(known.having(silent=False, offered=False, counted=()))
    return {name: value for name, value in plain.items() if name not in _OF_THE_TALK and value is not None}


def of_case(known: Known, case: Mapping[str, Any]) -> Known:
    """What is known when the talk goes on about the person of a case."""
    return read({**case, "language": known.language}).having(
        silent=known.silent, offered=known.offered, counted=known.counted
    )


def _plain(known: Known) -> dict[str, Any]:
    return {
        "language": known.language,
        **{name: getattr(known, name) for name in _TEXTS},
        **{name: list(getattr(known, name)) or None for name in _LISTS},
        "barriers": _barriers(known) or None,
        "shown": _filled(known.shown, Shown()),
        "asked": _filled(known.asked, Asked()),
        "facts": to_plain(known.facts) or None,
    }


def _filled(value: Shown | Asked, empty: Shown | Asked) -> dict[str, Any] | None:
    """As JSON, only what differs from nothing; None for nothing at all."""
    names = [each.name for each in dataclasses.fields(value) if getattr(value, each.name) != getattr(empty, each.name)]
    return {name: _as_json(getattr(value, name)) for name in names} or None


def _as_json(item: Any) -> Any:
    if isinstance(item, tuple):
        return [_as_json(each) for each in item]
    return dataclasses.asdict(item) if dataclasses.is_dataclass(item) else item


def _shown(plain: Any) -> Shown:
    if not isinstance(plain, Mapping):
        return Shown()
    values = _known_fields(Shown, plain)
    texts = {name: tuple(values.get(name, ())) for name in ("ids", "only", "earlier")}
    return Shown(**{**values, **texts, "want": _want(values.get("want"))})


def _asked(plain: Any) -> Asked:
    if not isinstance(plain, Mapping):
        return Asked()
    values = _known_fields(Asked, plain)
    choices = tuple(Choice(**_known_fields(Choice, choice)) for choice in values.get("choices", ()))
    wants = _wants(values.get("wants", ()))
    texts = {name: tuple(values.get(name, ())) for name in ("only", "rest")}
    return Asked(**{**values, **texts, "choices": choices, "wants": wants})


def _wants(plain: Iterable[Mapping[str, Any]]) -> tuple[Want, ...]:
    return tuple(_want(want) for want in plain)


def _want(plain: Mapping[str, Any] | None) -> Want:
    return Want(**_known_fields(Want, plain or {}))


def _known_fields(shape: type, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Only the fields this version has: a conversation outlives a release."""
    names = {item.name for item in dataclasses.fields(shape)}
    return {name: value for name, value in plain.items() if name in names}
