"""What was asked for, in words, and what a place says of it."""

from __future__ import annotations

from dataclasses import dataclass

from directory.eligibility import rules
from directory.model import Capacity, Language, Tri
from directory.search import Hit, Query, Relaxed
from directory.text.catalogue import say
from directory.text.names import language_name, need_name, plan_name, program_name

__all__ = ["Answer", "answers", "filters_wanted", "relaxed_line", "states_of", "what_asked", "words_asked"]


@dataclass(frozen=True)
class Answer:
    """What a place says of one filter: `key` is plan, language, referrals or room; `text` says it in words."""

    key: str
    state: Tri
    text: str


def answers(hit: Hit, query: Query, language: Language) -> tuple[Answer, ...]:
    """What this place says of each filter asked for, whether it is open apart."""
    states = states_of(hit, query)
    return tuple(
        Answer(key, states[step], say(f"fact.{_told(key, hit)}.{states[step].value}", language, **names))
        for step, key, names in filters_wanted(query, language)
        if step is not Relaxed.OPEN_NOW
    )


def _told(key: str, hit: Hit) -> str:
    """Who has room says so, also where a waiting list would do."""
    return "room" if key == "waits" and hit.room is Tri.YES else key


def what_asked(query: Query, language: Language) -> str:
    """The program, need or words asked for; "places" when none was."""
    if query.program:
        return program_name(query.program, language)
    if query.need:
        return need_name(query.need, language)
    if query.text:
        return say("what.words", language, text=query.text)
    return say("what.places", language)


def words_asked(query: Query, language: Language) -> str:
    """The words asked for beside a need or a program."""
    return say("filter.words", language, text=query.text) if query.text and (query.program or query.need) else ""


def filters_wanted(query: Query, language: Language) -> list[tuple[Relaxed, str, dict[str, str]]]:
    """The filters asked for, in the order in which they are said: each with its key and the names its texts need."""
    spoken = {"language": language_name(query.language or "", language)}
    filters: tuple[tuple[object, Relaxed, str, dict[str, str]], ...] = (
        (query.plan, Relaxed.PLAN, "plan", {"plan": plan_name(query.plan or "")}),
        (query.language, Relaxed.LANGUAGE, "language", spoken),
        (query.open_now, Relaxed.OPEN_NOW, "open_now", {}),
        (query.taking_referrals, Relaxed.TAKING_REFERRALS, "referrals", {}),
        (query.has_room, Relaxed.CAPACITY, "waits" if query.wait_list else "room", {}),
    )
    return [(step, key, names) for asked, step, key, names in filters if asked]


def states_of(hit: Hit, query: Query) -> dict[Relaxed, Tri]:
    """Whether this place fits each filter, unknown where it does not say."""
    waits = query.wait_list and hit.listing.capacity is Capacity.WAIT_LIST
    return {
        Relaxed.PLAN: _among(query.plan, hit.listing.plans),
        Relaxed.LANGUAGE: _among(query.language, hit.listing.languages),
        Relaxed.OPEN_NOW: hit.open,
        Relaxed.TAKING_REFERRALS: hit.listing.taking_referrals,
        Relaxed.CAPACITY: Tri.YES if waits else hit.room,
    }


def _among(wanted: str | None, stated: tuple[str, ...]) -> Tri:
    if not stated:
        return Tri.UNKNOWN
    return Tri.YES if wanted in stated else Tri.NO


def relaxed_line(step: Relaxed, query: Query, language: Language) -> str:
    """What was given up, in words."""
    if step is Relaxed.LANGUAGE:
        return say("relaxed.language", language, language=language_name(query.language or "", language))
    if step is Relaxed.PLAN:
        return say("relaxed.plan", language, plan=plan_name(query.plan or ""))
    if step is Relaxed.CAPACITY and query.wait_list:
        return say("relaxed.waits", language)
    if step is not Relaxed.PROGRAM:
        return say(f"relaxed.{step.value}", language)
    program = rules.program(query.program or "")
    names = {"program": program.short.get(language), "need": need_name(query.need or program.need, language)}
    return say("relaxed.program", language, **names)
