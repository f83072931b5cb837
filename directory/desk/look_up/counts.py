"""The counts beside the results, each a link that puts those places first, or no longer does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from directory.desk.look_up.asked import WAIT_LIST, Asked
from directory.eligibility import rules
from directory.search import Facets
from directory.text import listing as words
from directory.text.catalogue import say

__all__ = ["Chip", "Group", "chips", "groups"]

_TOLD = ("open_now", "taking_referrals", "has_room", "wheelchair", "walk_in")
_MOST = 8


@dataclass(frozen=True)
class Chip:
    """One count: what is counted, how many say yes and of how many nobody knows (None: not told), where it leads.

    `on` when the question asks for it already.
    """

    text: str
    yes: int
    unknown: int | None
    address: str
    on: bool


@dataclass(frozen=True)
class Group:
    """Counts of one kind: the plans, languages or programs that the places name."""

    title: str
    chips: tuple[Chip, ...]


def chips(facets: Facets, asked: Asked) -> tuple[Chip, ...]:
    """How many of the places found are open, take referrals, have room; and what somebody can get in with."""
    return tuple(_chips(facets, asked))


def _chips(facets: Facets, asked: Asked) -> Iterator[Chip]:
    for name in _TOLD:
        said, on = facets.told[name], _on(name, asked)
        wanted: object = ("" if on else "1") if name == "has_room" else not on
        address = asked.link("/", **{name: wanted, "page": 1})
        yield Chip(_text(name, asked), said.yes, said.unknown, address, on)
        if name == "has_room" and (facets.wait_list or asked.has_room == WAIT_LIST):
            yield _waits(facets, asked)


def _on(name: str, asked: Asked) -> bool:
    return asked.has_room == "1" if name == "has_room" else bool(getattr(asked, name))


def _waits(facets: Facets, asked: Asked) -> Chip:
    on = asked.has_room == WAIT_LIST
    return Chip(
        _text("wait_list", asked), facets.wait_list, None, asked.link(has_room="" if on else WAIT_LIST, page=1), on
    )


def _text(name: str, asked: Asked) -> str:
    return say(f"desk.look_up.count.{name}", asked.lang)


def groups(facets: Facets, asked: Asked) -> tuple[Group, ...]:
    """The programs, plans and languages that the places found name, the most first; needs where none is asked."""
    made = (_needs(facets, asked), _programs(facets, asked), _plans(facets, asked), _languages(facets, asked))
    return tuple(group for group in made if group.chips)


def _needs(facets: Facets, asked: Asked) -> Group:
    names = {need.value: words.need_name(need, asked.lang) for need in rules.needs()}
    counts = {} if asked.what else {f"need:{id}": count for id, count in facets.needs.items() if id in names}
    return _group("needs", "what", counts, lambda value: names[value.partition(":")[2]], asked)


def _programs(facets: Facets, asked: Asked) -> Group:
    known = rules.programs()
    counts = {f"program:{id}": count for id, count in facets.programs.items() if id in known}
    if not asked.what:
        counts = {}
    return _group("programs", "what", counts, lambda value: _program(value, asked), asked)


def _program(value: str, asked: Asked) -> str:
    return words.program_name(value.partition(":")[2], asked.lang)


def _plans(facets: Facets, asked: Asked) -> Group:
    return _group("plans", "plan", facets.plans, words.plan_name, asked)


def _languages(facets: Facets, asked: Asked) -> Group:
    return _group("languages", "language", facets.languages, lambda code: words.language_name(code, asked.lang), asked)


def _group(title: str, field: str, counts: Mapping[str, int], name: Callable[[str], str], asked: Asked) -> Group:
    chosen = getattr(asked, field)
    shown = [id for id in counts if id == chosen] + [id for id in counts if id != chosen][:_MOST]
    made = (_named(words.capital(name(id)), counts[id], field, id, asked) for id in shown)
    return Group(say(f"desk.look_up.by.{title}", asked.lang), tuple(made))


def _named(text: str, count: int, field: str, id: str, asked: Asked) -> Chip:
    on = getattr(asked, field) == id
    return Chip(text, count, None, asked.link("/", **{field: _without(id) if on else id, "page": 1}), on)


def _without(id: str) -> str:
    """What is asked for when that choice is dropped: of a program, all of its need."""
    program = rules.programs().get(id.removeprefix("program:"))
    return f"need:{program.need.value}" if program and id.startswith("program:") else ""
