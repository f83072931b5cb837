"""How it went at a place, by the words: nobody answered, full, turned away, moved, helped; a guess by none of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from actions.context import Turn
from actions.heard import fold
from actions.openings import Opened
from actions.patterns import either
from actions.tried_meant import named
from actions.words import phrases, sign

__all__ = ["GONE", "GOOD", "TELLS", "how_it_went", "kinds_told", "of_a_program"]

_FILE = Path(__file__).with_name("tried.yml")
GONE, GOOD = "gone", "good"
_BAD = ("no_answer", "others", "full", "empty", "refused", "waiting", "failed", "went")
"""How it went, the first that fits: "their mailbox is full" is no answer."""

TELLS = ("report_outcome", "report_problem")
"""Acts that tell of a place, whatever the words."""


def kinds_told(text: str) -> frozenset[str]:
    """Every kind of which a text tells."""
    return frozenset(kind for clause in _clauses(text) for kind in _told(clause))


def how_it_went(turn: Turn) -> str | None:
    """How it went at a place, by the words; None when none tells of it."""
    kinds = kinds_told(turn.heard.text)
    if GONE in kinds and (turn.heard.act == "report_problem" or not kinds & {*_BAD, GOOD}):
        return GONE
    bad = next((kind for kind in _BAD if kind in kinds and _tells(turn, kind)), None)
    if bad:
        return bad
    if GOOD in kinds:
        return GOOD
    return "failed" if turn.heard.act == "report_outcome" and _denies(turn) else None


def _tells(turn: Turn, kind: str) -> bool:
    """Whether somebody tells whom a place takes, and asks for none such: "women only" alone narrows the list."""
    said = set(fold(turn.heard.text).split())
    if kind != "others" or turn.heard.act in TELLS or said & set(phrases("tried_subject")):
        return True
    if turn.known.shown.focus and sign("tried_only_does", turn.heard.text):
        return True
    return bool(turn.known.shown.ids) and len(named(turn, turn.heard.text)) == 1


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, folded, and whether each ends as a question."""
    bare = _SHORT.sub(lambda word: _WHOLE[word[0].casefold()], re.sub(r"['’`´]", "", text))
    for part, end in re.findall(r"([^.,;!?\n]+)([.,;!?\n]?)", bare):
        yield fold(part), end == "?"


_WHOLE = {"q": "que", "ke": "que", "qe": "que", "pa": "para"}
_SHORT = re.compile(rf"\b(?:{'|'.join(_WHOLE)})\b", re.IGNORECASE)
"""Spanish words as they are written on a phone."""


def _told(clause: tuple[str, bool]) -> Iterator[str]:
    """The kinds of which a clause tells; a question or a supposition tells of none."""
    said, asks = clause
    for phrase in phrases("tried_aside"):
        said = said.replace(f" {phrase} ", "  ")
    said = _patterns()["aside"].expression.sub(" ", said)
    for kind in (GONE, *_BAD, GOOD):
        at = _where(said, kind)
        if at >= 0 and not _supposed(said, at) and not (asks and _first(said[at:], phrases("tried_asks_on")) < 0):
            yield kind


def _where(said: str, kind: str) -> int:
    """Where a clause tells of that kind; below 0 where it does not."""
    at = _first(said, phrases(f"tried_{kind}"))
    if at < 0 and (found := _patterns()[kind].search(said)):
        at = found.start()
    if kind == GOOD and at >= 0 and said[:at].rpartition(" ")[2] in phrases("tried_denies"):
        return -1
    return _denied_room(said) if at < 0 and kind == "full" else at


@functools.cache
def _patterns() -> Mapping[str, Opened]:
    plain = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    never = either([r"(?!)"], {})
    made = {kind: either(found, plain["words"]) for kind, found in plain["patterns"].items()}
    return {**dict.fromkeys((GONE, *_BAD, GOOD), never), **made}


def _first(said: str, wanted: tuple[str, ...]) -> int:
    words = set(said.split())  # a phrase whose first word is not said is not looked for
    standing = (phrase for first, phrases in _by_first_word(wanted) if first in words for phrase in phrases)
    return min((at for phrase in standing if (at := said.find(phrase)) >= 0), default=-1)


@functools.cache
def _by_first_word(wanted: tuple[str, ...]) -> Sequence[tuple[str, Sequence[str]]]:
    """Phrases by the word they begin with, a space around each."""
    table: dict[str, list[str]] = {}
    for phrase in wanted:
        table.setdefault(phrase.partition(" ")[0], []).append(f" {phrase} ")
    return tuple(table.items())


def _supposed(said: str, at: int) -> bool:
    """Whether what stands at that letter is asked or supposed: "what if they say no"."""
    before = _first(said, phrases("tried_supposes"))
    return 0 <= before <= at


_NEAR = 5
"""How many words may stand between a denial and the room that it denies."""


def _denied_room(said: str) -> int:
    """Where a clause denies room ("none of those had space"); below 0 where it does not."""
    words = said.split()
    for here, word in enumerate(words):
        before = words[max(here - _NEAR, 0) : here]
        if word in phrases("tried_room") and set(before) & set(phrases("tried_denial")):
            wishes = _first(f" {' '.join(before)} ", phrases("tried_wish")) >= 0
            return -1 if wishes else len(" ".join(words[:here]))
    return -1


def _denies(turn: Turn) -> bool:
    """Whether an outcome that no phrase names went badly, by a denial in it; who is to come back was not refused."""
    said = fold(re.sub(r"['’`´]", "", turn.heard.text))
    return bool(set(said.split()) & set(phrases("tried_denies"))) and not sign("tried_calling_back", said)


def of_a_program(turn: Turn) -> bool:
    """Whether it is told of a program that somebody asked for, not of a place: "they said no to my ihss"."""
    heard = turn.heard
    if "denial_and_appeal" in heard.guides:
        return True
    named_ones = set(heard.programs) - {turn.known.shown.want.program}
    return bool(named_ones) and not named_ones & _OF_PLACES


_OF_PLACES = {"food_bank", "emergency_shelter", "coordinated_entry", "oaa_center_meals", "cs_recuperative_care",
              "cs_sobering", "cs_stphh", "info_211", "cbas", "nmt", "nemt"}  # fmt: skip
"""Programs whose names people use for the place: "the shelter said no"."""
