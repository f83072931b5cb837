"""Which act a message is: what is certain goes before the classifier, and what is unsure is not understood."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bot.understanding.gazetteer import Found
from bot.understanding.text import LIMIT, plain, tokens, words_file

__all__ = ["FALLBACK", "Act", "decide"]

FALLBACK = "nlu_fallback"
_BARE_ANSWER = frozenset({"place", "zip", "plan", "person_about"})
_BARE_REQUEST = frozenset({"need", "program", "place", "zip", "plan", "when", "person_about"})
_MENU = re.compile(r"[1-9]")


@dataclass(frozen=True)
class Act:
    """An intent and how sure we are; `certain` ones come from a rule."""

    name: str
    confidence: float
    certain: bool = False


def decide(text: str, guess: Act, found: Found, *, crisis: bool, threshold: float, strange: bool = False) -> Act:
    """The act of `text`: crisis, then whole-message rules, then the classifier's guess when it is sure enough.

    A classifier is sure of anything, letters that say nothing too; a `strange` text is not understood.
    """
    if crisis:
        return Act("crisis", 1.0, certain=True)
    ruled = _by_rule(text, found)
    if ruled is not None:
        return Act(ruled, 1.0, certain=True)
    if strange or guess.confidence < threshold:
        return Act(FALLBACK, guess.confidence)
    return guess


def _by_rule(text: str, found: Found) -> str | None:
    said = _said(text)
    if not said:
        return FALLBACK
    whole = _whole_messages()
    if said in whole:
        return whole[said]
    if _MENU.fullmatch(said):
        return "inform"
    if _asks_language().match(said):
        return "change_language"
    return _by_names(found)


def _by_names(found: Found) -> str | None:
    """A message that is nothing but names: an answer, or a request when a need or program is among them."""
    if found.covers(_BARE_ANSWER):
        return "inform"
    if not found.covers(_BARE_REQUEST):
        return None
    return "find_provider" if found.values("need") or found.values("program") else None


def _said(text: str) -> str:
    """The words alone, folded, one space between."""
    return " ".join(token.text for token in tokens(plain(text)[:LIMIT]))


@functools.cache
def _whole_messages() -> dict[str, str]:
    lists = words_file("lists")
    phrases = {_said(str(phrase)): "opt_out" for phrase in lists["opt_out"]}
    return {**phrases, **{_said(str(phrase)): "followup" for phrase in lists["more"]}}


@functools.cache
def _asks_language() -> re.Pattern[str]:
    return re.compile(words_file("lists")["change_language"].strip().replace("|)? (", "|)?("))
