"""What can be named, gathered from the directory's programs, plans and places and our word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.understanding.text import fold, words_file
from directory import places
from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.plans import plans

__all__ = ["Lexicon", "Together", "build"]

_NO_PROGRAMS = frozenset({"not_names", "together", "weak"})


@dataclass(frozen=True)
class Together:
    """What makes a program where none is named: a need, one of `words`, one of `also`, and none of `without`."""

    need: str
    words: re.Pattern[str]
    also: re.Pattern[str]
    without: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """What can be named, folded name -> value, by kind; `strict` are place names that are ordinary words too.

    Of those, `hardest` are so ordinary that standing beside a need makes them no place. `weak` are needs' words and
    programs that count only where nothing plainer is named, `also` is a second need that a name means (an eviction
    notice: legal help), `together` are programs that a need and one of some words make. `guides` are the names of
    guides, which leave what else is named in their words as it is. `served` are the counties of each plan; `large` the
    words of places that many people live in.
    """

    names: Mapping[str, Mapping[str, str]]
    strict: frozenset[str] = frozenset()
    hardest: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    also: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, Together] = field(default_factory=dict)
    need_of: Mapping[str, str] = field(default_factory=dict)
    guides: Mapping[str, str] = field(default_factory=dict)
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)
    large: frozenset[str] = frozenset()


def build() -> Lexicon:
    """The whole lexicon; reads every program, plan and place once."""
    lists, needs, extra, placed = (words_file(name) for name in ("lists", "needs", "programs", "places"))
    return Lexicon(
        names=_names(lists, extra, placed),
        strict=frozenset(fold(name) for name in {*places.STOP_NAMES, *placed["strict"]}),
        hardest=frozenset(placed["hardest"]),
        weak=frozenset(fold(str(word)) for word in [*needs["weak"], *extra["weak"]]),
        need_of={id: program.need.value for id, program in rules.programs().items()},
        also={fold(str(name)): need for need, names in needs["also"].items() for name in names},
        guides=_flat({id: [*guide.names["en"], *guide.names["es"]] for id, guide in guides().items()}),
        together={id: _together(said) for id, said in extra["together"].items()},
        served={id: frozenset(plan.counties) for id, plan in plans().items()},
        large=frozenset(word for name in places.large() for word in fold(name).split()),
    )


def _names(
    lists: Mapping[str, Any], extra: Mapping[str, Any], placed: Mapping[str, Any]
) -> dict[str, Mapping[str, str]]:
    needs = {need: [*words["en"], *words["es"]] for need, words in words_file("needs").items() if "en" in words}
    silent = {
        "staff": lists["staff"],
        "not_when": lists["not_when"],
        "no_name": [*placed["not_places"], *words_file("told")["no_names"]],
    }
    return {
        "program": _program_names(extra),
        "plan": _plan_names(),
        "need": _flat(needs),
        "place": _place_names(placed),
        "language_wanted": _flat(lists["language_wanted"]),
        "person_about": _flat(lists["person_about"]),
        "when": _flat(lists["when"]),
        "urgent": {fold(phrase): "urgent" for phrase in lists["urgent"]},
        "topic": _flat(lists["topic"]),
        **{kind: {fold(str(phrase)): "" for phrase in phrases} for kind, phrases in silent.items()},
    }


def _together(said: Mapping[str, Any]) -> Together:
    anything, nothing = re.compile(""), re.compile(r"(?!)")
    also, without = said.get("also"), said.get("without")
    return Together(
        said["need"], _any(said["words"]), _any(also) if also else anything, _any(without) if without else nothing
    )


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(fold(str(phrase))) for phrase in phrases)})\b")


def _flat(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(str(name)): value for value, names in groups.items() for name in names}


def _program_names(extra: Mapping[str, Any]) -> dict[str, str]:
    """Names by program; a name that two programs claim belongs to the first, our own words go before."""
    names = _flat({id: words for id, words in extra.items() if id not in _NO_PROGRAMS})
    unwanted = {fold(name) for name in extra["not_names"]}
    for id, program in rules.programs().items():
        shown = (program.official_name, program.short.en, program.short.es)
        for name in (*shown, *program.names["en"], *program.names["es"]):
            if fold(name) not in unwanted:
                names.setdefault(fold(name), id)
    return names


def _plan_names() -> dict[str, str]:
    extra = _flat({id: words for id, words in words_file("plans").items() if id != "several"})
    names = {fold(alias): id for id, plan in plans().items() for aliases in plan.aliases.values() for alias in aliases}
    return names | extra


def _place_names(placed: Mapping[str, Any]) -> dict[str, str]:
    never = {fold(name) for name in placed["never"]}
    known = places.names()
    names = {fold(name): value for name, value in known.items() if fold(name) not in never and not name.isdigit()}
    # "free food n richmond": people write n for in, more than for north.
    names = {name: value for name, value in names.items() if not name.startswith("n ")}
    short = {f"{fold(county)} {ending}": f"{county} County" for county in places.COUNTIES for ending in ("co", "cty")}
    return names | short | _flat(placed["spoken"])
