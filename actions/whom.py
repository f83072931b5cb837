"""For whom the help is, and the questions of the rules as they are asked about somebody else than who writes."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from actions.context import Turn
from actions.heard import Heard
from actions.openings import Opened
from actions.patterns import either
from actions.said.plain import plain
from actions.slots import Known
from directory.eligibility import questions, strict
from directory.eligibility.facts import INCOME, SIZE, Facts
from directory.eligibility.questions import Question
from directory.model import Language
from directory.text import catalogue
from directory.text.verdict import filled

__all__ = ["ANOTHER", "beside", "following", "meant", "question_words"]

ANOTHER = "another"
"""Somebody of whom nothing more is said than "she"."""
_FILE = Path(__file__).with_name("whom.yml")
_OF_THE_HOME = ("child", "children", "spouse")
"""Who most often lives with the one who writes: what is known of the home is true of both."""
_ELSEWHERE = ("mother", "father", "parents", "grandparent", "sibling", "other_family", "neighbor", "patient")
_NAMED = ("mother", "father", "child", "spouse", "patient")


def following(turn: Turn) -> Known:
    """What is known with whom this message asks for; what was said of one person is not taken for another's."""
    known, heard = turn.known, turn.heard
    about = _asked_for(heard, known.about)
    if about == known.about or (known.about == ANOTHER and about):
        return known.having(about=about)
    if known.about is None and not (known.asked.told or known.asked.check):
        return known.having(about=about)
    return known.having(about=about, facts=_shared(known.facts, (known.about, about)))


def _asked_for(heard: Heard, before: str | None) -> str | None:
    said = f" {plain(heard.text)} "
    if _fits("another", said):
        return before if beside(heard, before) else heard.about or before or ANOTHER
    if _fits("oneself", said):
        return None
    told = heard.about in _ELSEWHERE and not _fits("speaker", said) and not beside(heard, before)
    return heard.about if told else before


def beside(heard: Heard, before: str | None) -> bool:
    """Whether the person named is only with whom somebody in talk lives, or who cares for them."""
    return before is not None and _fits("beside", f" {plain(heard.text)} ")


def _shared(facts: Facts, between: tuple[str | None, str | None]) -> Facts:
    """What stays true when somebody else is spoken of: where they live, and what a home has in common."""
    one_home = all(whose is None or whose in _OF_THE_HOME for whose in between)
    kept = (questions.PLACE, *((SIZE, INCOME) if one_home else ()))
    return {fact: value for fact, value in facts.items() if fact in kept}


def question_words(question: Question, known: Known, language: Language, *, again: bool = False) -> str:
    """A question of the rules in words that fit whom it is about; `again` in other words."""
    short = f"assistant.short.ask.{question.id}"
    text = (question.again if again else question.text).get(language)
    if (
        catalogue.is_by_text()
        and (not again or question.kind in ("choice", "group"))
        and short in catalogue.keys(language)
    ):
        text = catalogue.say(short, language)
    own = known.about is None or (known.about in _OF_THE_HOME and question.facts[0] in (SIZE, INCOME))
    return filled(text if own else _of_another(question, known, text, language, again=again), question.line,
                  known.facts, language)  # fmt: skip


def meant(known: Known, language: Language) -> str:
    """One line that says whom "you" means in an answer about somebody else than who writes."""
    return catalogue.say("of_another.you", language, who=_who(known, language))


def _who(known: Known, language: Language) -> str:
    return catalogue.say(f"of_another.who.{known.about if known.about in _NAMED else 'any'}", language)


def _of_another(question: Question, known: Known, text: str, language: Language, *, again: bool) -> str:
    who = _who(known, language)
    own_words = again and question.again != question.text
    key = f"of_another.{question.id}_again" if own_words else f"of_another.{question.id}"
    if key in catalogue.keys(language):
        said = catalogue.say(key, language, who=who, limit="{limit}", size="{size}")
        return said[:1] + said[1:2].upper() + said[2:] if said.startswith("¿") else said
    if question.kind not in ("yes_no", "group"):
        return text
    return f"{catalogue.say('of_another.about', language, who=who)} {text}"


def _fits(name: str, said: str) -> bool:
    return _patterns()[name].search(said) is not None


@functools.cache
def _patterns() -> Mapping[str, Opened]:
    tables = _tables()
    return {name: either(tables[name], tables["words"]) for name in ("another", "oneself", "speaker", "beside")}


@functools.cache
def _tables() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
