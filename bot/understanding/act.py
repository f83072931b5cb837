"""Which act a message is: what is certain goes before the classifier, and what is unsure is not understood."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding import opt_out, orders
from bot.understanding.gazetteer import Found
from bot.understanding.text import LIMIT, plain, tokens, words_file

__all__ = ["FALLBACK", "Act", "Bar", "decide"]

FALLBACK = "nlu_fallback"
_BARE_ANSWER = frozenset({"place", "zip", "plan", "person_about"})
_BARE_REQUEST = frozenset({"need", "program", "place", "zip", "plan", "when", "person_about"})
_BARE_LANGUAGE = frozenset({"language_wanted"})
_ROLES = frozenset({"other_health", "legal"})
"""Needs that are named where the assistant is to be a doctor or a lawyer."""
_SAYS_NOTHING = re.compile(r"(?:(?:https?://|www\.)\S+|\d{6,}|(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])[A-Za-z0-9+/_=-]{16,})")
"""An address alone, a long number, letters that a machine wrote: whatever a classifier makes of them is a guess."""
_MENU = re.compile(r"[1-9]")
_CLOSES = frozenset(
    {"opt_out", "goodbye", "greet", "thanks", "ask_privacy", "report_problem", "report_outcome", "out_of_scope"}
)
"""Acts that end a talk or turn it aside: never the answer to somebody who is at the end of their strength."""

_TAKEN_BACK = frozenset({"report_problem", "report_outcome", "deny", "affirm", "inform", "followup", "out_of_scope"})
"""What "actually not the light bill, rent" sounds like, where one thing is taken back and another named."""

_SURE_IN_WORRY = 0.6
_SURE = 0.75
"""A guess as sure as this counts more than the names in a message."""


@dataclass(frozen=True)
class Act:
    """An intent and how sure we are; `certain` ones come from a rule."""

    name: str
    confidence: float
    certain: bool = False


@dataclass(frozen=True)
class Bar:
    """How sure a guess must be; `high` for the acts that are taken without one of their own words only above that."""

    least: float
    high: Mapping[str, float] = field(default_factory=dict)


def decide(
    text: str,
    guesses: Sequence[Act],
    found: Found,
    *,
    bar: Bar,
    crisis: bool = False,
    worry: bool = False,
    foreign: bool = False,
) -> Act:
    """The act of `text`: crisis, then whole-message rules, then the likeliest of `guesses` that passes its bar.

    A classifier is sure of anything: what a person feels sounds to it like a goodbye or a stop. So an act that ends or
    turns a talk aside needs a word of its own or a high bar; where it has neither, what the message names decides.
    """
    if crisis:
        return Act("crisis", 1.0, certain=True)
    if foreign:
        return Act(_in_another_language(found), 1.0, certain=True)
    bare = _is_bare_request(found, plainly=True) or _is_for_somebody(found)
    ruled = _by_rule(text, found) or ("find_provider" if bare else None)
    if ruled is not None:
        return Act(ruled, 1.0, certain=True)
    said = _said(text)
    likeliest = guesses[0] if guesses else Act(FALLBACK, 0.0)
    if found.denied and _names(found) and likeliest.name in _TAKEN_BACK:
        return Act("find_provider", likeliest.confidence)
    if likeliest.confidence < _SURE and _is_bare_request(found):
        return Act("find_provider", 1.0, certain=True)
    if likeliest.confidence < bar.least:
        return Act(FALLBACK, likeliest.confidence)
    if likeliest.name == "change_language":
        return Act(_spoken_there(said, found) or likeliest.name, likeliest.confidence)
    if worry:
        return _in_worry(likeliest, found)
    if _passes(likeliest, said, found, bar):
        return likeliest
    others = (other for other in guesses[1:] if other.confidence >= bar.least and _passes(other, said, found, bar))
    return next(others, _by_what_is_named(likeliest, found))


def _in_another_language(found: Found) -> str:
    """What can be told of a message in a language that we do not speak: what it names."""
    if _names(found):
        return "find_provider"
    return "inform" if set(_BARE_ANSWER) & {item.kind for item in found.sightings} else "change_language"


def _in_worry(likeliest: Act, found: Found) -> Act:
    if likeliest.name in _CLOSES or (likeliest.confidence < _SURE_IN_WORRY and not _names(found)):
        return _by_what_is_named(likeliest, found)
    return likeliest


def _passes(guess: Act, said: str, found: Found, bar: Bar) -> bool:
    if guess.name == "opt_out" and not opt_out.may_be(said):
        return False
    high = bar.high.get(guess.name)
    if high is None:
        return True
    if found.values("topic") and guess.name != "ask_privacy":
        return False
    if _own_words(guess.name).search(said):
        return True
    turns_aside = bool(found.values("guide")) and guess.name in _CLOSES
    return not turns_aside and guess.confidence >= high


def _by_what_is_named(likeliest: Act, found: Found) -> Act:
    if _names(found):
        return Act("find_provider", likeliest.confidence)
    if found.values("guide"):
        return Act("program_info", likeliest.confidence)
    name = "check_eligibility" if found.values("topic") else FALLBACK
    return Act(name, likeliest.confidence)


def _names(found: Found) -> bool:
    return bool(found.values("need") or found.values("program"))


def _by_rule(text: str, found: Found) -> str | None:
    said = _said(text)
    if not said or (_SAYS_NOTHING.fullmatch(text.strip()) and not found.sightings):
        return FALLBACK
    if opt_out.wanted(text):
        return "opt_out"
    if speaking := _wants_language(said, found):
        return speaking
    if orders.given(text) and not set(found.values("need")) - _ROLES and not found.values("program"):
        return "out_of_scope"
    if said in _more():
        return "followup"
    if _spoken("own_languages").search(said):
        return "ask_bot"
    if said in _bare_help():
        return "find_provider"
    if _MENU.fullmatch(said):
        return "inform"
    if _asks_language().match(said):
        return "change_language"
    if _names(found) and _asks_may().search(said):
        return "check_eligibility"
    if _names(found) and _asks_to_get().search(said):
        somebody_decides = _applied_for(found) or bool(set(found.values("need")) - _TO_GO_TO)
        return "check_eligibility" if somebody_decides or _ASKS_WHICH.search(said) else "find_provider"
    if _names(found) and (way := _ASKS_THE_WAY.match(said)):
        return "find_provider" if way["where"] else "how_to_apply"
    return "inform" if found.covers(_BARE_ANSWER, skip=_opener(found)) else None


def _is_bare_request(found: Found, *, plainly: bool = False) -> bool:
    """Whether a message is nothing but names, a need or a program among them.

    `plainly`: no word beside them ("calfresh"), or a place with them ("food in modesto").
    """
    opener = _opener(found)
    if not (_names(found) and found.covers(_BARE_REQUEST, skip=opener)):
        return False
    placed = bool(found.values("place") or found.values("zip"))
    return not plainly or placed or found.covers_all(_BARE_REQUEST, skip=opener)


def _is_for_somebody(found: Found) -> bool:
    """Whether a message is a need and for whom, with their age: "dentist for my son 6"; alone the rest is an answer."""
    ends = (item.last for item in found.sightings if item.kind in ("need", "program") and item.first == 0)
    return any(_FOR_SOMEBODY.fullmatch(" ".join(found.words[end:])) for end in ends)


def _opener(found: Found) -> int:
    """How many words "what about ..." takes: what follows is asked for as if it stood alone."""
    said = " ".join(found.words) + " "
    return max(
        (len(words.split()) for words in words_file("lists")["what_about"] if said.startswith(f"{words} ")), default=0
    )


def _wants_language(said: str, found: Found) -> str | None:
    """A language that we do not speak, or an interpreter: asked for oneself, it is answered whatever else is likely."""
    if _names(found):
        return None
    if _spoken("interpreter").search(said):
        return None if _spoken("of_them").search(said) else "change_language"
    others = set(found.values("language_wanted")) - {"en", "es"}
    if not others or not (_spoken("of_this_talk").search(said) or found.covers(_BARE_LANGUAGE)):
        return None
    if _spoken("anybody").match(said) and not _spoken("there").search(said):
        return "change_language"
    return _spoken_there(said, found) or "change_language"


def _spoken_there(said: str, found: Found) -> str | None:
    """A language that a place or a person speaks is no wish to go on in that language."""
    place = _spoken("of_a_place").search(said)
    if not found.values("language_wanted") or (_spoken("this_talk").search(said) and not place):
        return None
    if _names(found):
        return "find_provider"
    if place:
        return "followup"
    return "inform" if _spoken("of_a_person").search(said) else None


def _said(text: str) -> str:
    """The words alone, folded, one space between."""
    return " ".join(token.text for token in tokens(plain(text)[:LIMIT]))


@functools.cache
def _more() -> frozenset[str]:
    return frozenset(_said(str(phrase)) for phrase in words_file("lists")["more"])


@functools.cache
def _bare_help() -> frozenset[str]:
    return frozenset(words_file("lists")["bare_help"])


@functools.cache
def _asks_language() -> re.Pattern[str]:
    return re.compile(words_file("lists")["change_language"].strip().replace("|)? (", "|)?("))


@functools.cache
def _asks_may() -> re.Pattern[str]:
    """What somebody asks who wants to know whether they qualify themselves."""
    return re.compile("|".join(words_file("lists")["asks_may"]))


_TO_GO_TO = frozenset({"food", "housing", "other_health", "legal", "family", "work_school", "social"})
"""Needs that a place gives by itself; for the others somebody decides first."""
_FOR_SOMEBODY = re.compile(
    r"(?:(?:for|para|pa) )?(?:an?|my|our|unas?|una?|mis?) [a-z]+(?: [a-z]+)?"
    r"(?: (?:de|hes|shes|is|age|aged|who is))? \d{1,2}"
    r"(?: (?:years?|yrs?|yo|year old|years old|yrs old|months?|months old|anos?|meses))?"
)
_ASKS_WHICH = re.compile(r"\b(?:what|which|que|cuales?)\b")
_ASKS_THE_WAY = re.compile(
    r"(?:(?:hi|hello|hola|and|y|so|ok) )?(?:(?P<where>where|donde|adonde|a donde|en donde)|how|como) "
    r"(?:can|could|do|puedo|podemos|puede) (?:i |we |you )?(?:get|recibir|agarrar|conseguir|obtener)\b"
)


@functools.cache
def _asks_to_get() -> re.Pattern[str]:
    """The same, asked with "get"."""
    return re.compile("|".join(words_file("lists")["asks_to_get"]))


def _applied_for(found: Found) -> bool:
    """Whether a program is named that somebody decides about."""
    return bool(set(found.values("program")) - set(words_file("lists")["never_applied_for"]))


@functools.cache
def _own_words(act: str) -> re.Pattern[str]:
    """A word that only this act uses; an act without a list has none."""
    words = words_file("lists")["act_words"].get(act)
    return re.compile(rf"\b(?:{words.replace(', ', '|')})\b") if words else re.compile(r"(?!)")


@functools.cache
def _spoken(part: str) -> re.Pattern[str]:
    return re.compile("|".join(words_file("lists")["spoken"][part]))
