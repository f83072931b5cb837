"""What the gazetteer can name, gathered from the directory's programs, plans and places and our word lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.understanding.gazetteer import Lexicon
from bot.understanding.text import fold, words_file
from directory import places
from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.plans import plans

__all__ = ["build"]

_NO_PROGRAMS = frozenset({"not_names", "together"})


def build() -> Lexicon:
    """The whole lexicon; reads every program, plan and place once."""
    lists = words_file("lists")
    programs = rules.programs()
    extra = words_file("programs")
    return Lexicon(
        names={
            "program": _program_names(extra),
            "plan": _plan_names(),
            "need": _flat(
                {need: [*words["en"], *words["es"]] for need, words in words_file("needs").items() if "en" in words}
            ),
            "place": _place_names(),
            "language_wanted": _flat(lists["language_wanted"]),
            "person_about": _flat(lists["person_about"]),
            "when": _flat(lists["when"]),
            "urgent": {fold(phrase): "urgent" for phrase in lists["urgent"]},
            "staff": {fold(phrase): "" for phrase in lists["staff"]},
            "not_when": {fold(phrase): "" for phrase in lists["not_when"]},
            "topic": _flat(lists["topic"]),
        },
        strict=frozenset(fold(name) for name in {*places.STOP_NAMES, *words_file("places")["strict"]}),
        weak=frozenset(fold(str(word)) for word in [*words_file("needs")["weak"], "medi_cal"]),
        need_of={id: program.need.value for id, program in programs.items()},
        also={fold(str(name)): need for need, names in words_file("needs")["also"].items() for name in names},
        guides=_flat({id: [*guide.names["en"], *guide.names["es"]] for id, guide in guides().items()}),
        together={id: (said["need"], frozenset(said["words"])) for id, said in extra["together"].items()},
    )


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
    return {fold(alias): id for id, plan in plans().items() for aliases in plan.aliases.values() for alias in aliases}


def _place_names() -> dict[str, str]:
    never = {fold(name) for name in words_file("places")["never"]}
    return {
        fold(name): value for name, value in places.names().items() if fold(name) not in never and not name.isdigit()
    }
