"""How a choice reads, drawn anew each time: what it does is kept, its words are of the language of the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.naming import need_name, place_name, program_name
from actions.slots import Choice, Known
from directory import places, plans
from directory.eligibility import questions
from directory.model import Language, Need, Place, PlaceKind
from directory.text import catalogue, listing

__all__ = ["GOALS", "label", "labels"]


def label(choice: Choice, known: Known, language: Language) -> str:
    """The words of a choice in that language."""
    return _LABELS[choice.goal](choice.value or "", known, language)


def labels(choice: Choice, known: Known) -> tuple[str, ...]:
    """The words of a choice in every language: a person may press a button of before the language changed."""
    return tuple(label(choice, known, language) for language in Language)


def _fixed(key: str) -> Callable[[str, Known, Language], str]:
    return lambda value, known, language: catalogue.say(f"assistant.{key}", language)


def _need(need: str, _: Known, language: Language) -> str:
    return need_name(Need(need), language)


def _program(program: str, _: Known, language: Language) -> str:
    return program_name(program, language)


def _near(_: str, known: Known, language: Language) -> str:
    place = place_name(known, language)
    if place is None:
        return catalogue.say("assistant.program.choice_places_near_me", language)
    return catalogue.say("assistant.program.choice_places", language, place=place)


def _county(place: str, _: Known, language: Language) -> str:
    return catalogue.say("assistant.county_name", language, county=_place_of(place).county)


def _place(text: str, known: Known, language: Language) -> str:
    place = _place_of(text)
    if place.kind is PlaceKind.COUNTY:
        return _county(text, known, language)
    if place.kind is PlaceKind.ZIP:
        return listing.place_name(place, language)
    county = _county(text, known, language)
    return catalogue.say("assistant.city_in_county", language, city=place.name, county=county)


def _place_of(text: str) -> Place:
    found = places.resolve(text)
    if not isinstance(found, Place):
        raise ValueError("a choice of places holds a text that is not one place")
    return found


def _answer(value: str, _: Known, language: Language) -> str:
    return catalogue.say(f"verdict.choice.{value}", language)


def _resume(value: str, _: Known, language: Language) -> str:
    return catalogue.say(f"assistant.returning.{value}", language)


def _call(value: str, _: Known, language: Language) -> str:
    return catalogue.say(f"assistant.call_back.choice.{value}", language)


def _remind(value: str, _: Known, language: Language) -> str:
    return catalogue.say(f"assistant.remind.choice.{value}", language)


def _fact(picked: str, _: Known, language: Language) -> str:
    fact, _, value = picked.partition("=")
    short = f"assistant.short.pick.{fact}.{value}"
    if catalogue.is_by_text() and short in catalogue.keys(language):
        return catalogue.say(short, language)
    return questions.choice_label(fact, value).get(language)


def _plan(plan: str, _: Known, language: Language) -> str:
    return plans.plan(plan).short_name


def _later(value: str, _: Known, language: Language) -> str:
    return catalogue.say(f"assistant.after.choice.{value}", language)


_LABELS: Mapping[str, Callable[[str, Known, Language], str]] = {
    "person": _fixed("menu.person"),
    "need": _need,
    "find": _program,
    "near": _near,
    "program": _program,
    "steps": _program,
    "how": _fixed("program.choice_steps"),
    "may": _program,
    "place": _place,
    "county": _county,
    "answer": _answer,
    "call": _call,
    "remind": _remind,
    "fact": _fact,
    "resume": _resume,
    "screen": _need,
    "plan": _plan,
    "later": _later,
}
"""By the goal of a choice; `near` is `find` and `how` is `steps`, said of the program that was just told of."""

GOALS = frozenset(_LABELS)
"""Everything a choice may do."""
