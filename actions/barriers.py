"""What stands in the way (no car, no papers with a name, no kitchen, pets): remembered, ranked by, said back."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from actions import asking, looking, placing
from actions.context import Turn
from actions.heard import Heard, fold
from actions.in_the_way import counting, table
from actions.patterns import either
from actions.slots import Known
from directory.reply import Kind, Reply

__all__ = ["answered", "heard_in", "learning"]

_FILE = Path(__file__).with_name("barriers_like.yml")
_DENIALS = {"no", "not", "dont", "doesnt", "didnt", "never", "without", "nor", "isnt", "arent", "aint", "havent",
            "hasnt", "sin", "ni", "nunca", "tampoco", "cant", "cannot", "wont", "if", "si"}  # fmt: skip
"""Before a phrase they take back what it tells; "if i had a dog" tells of none."""

_ANY, _TEEN = "9", "15"
_NUMBERS = {**dict.fromkeys(("two", "three", "four", "five", "six", "dos", "tres", "cuatro", "cinco", "seis"), _ANY)}
_TEENS = {**dict.fromkeys(("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "doce", "trece",
                           "catorce", "quince", "dieciseis", "diecisiete"), _TEEN)}  # fmt: skip


def learning(turn: Turn) -> Turn:
    """The turn with what its message says stands in the way."""
    said = heard_in(turn.heard.text)
    if not said:
        return turn
    before = turn.known.barriers
    new = tuple(name for name, there in said.items() if there and name not in before)
    gone = {name for name, there in said.items() if not there}
    kept = tuple(name for name in before if name.partition("@")[0] not in gone)
    return replace(turn, known=turn.known.having(barriers=(*kept, *new)), heard=_asked_for(turn.heard, said))


def _asked_for(heard: Heard, said: Mapping[str, bool]) -> Heard:
    """What was heard, without what only names the barrier ("food, i have no car" asks for no ride)."""
    meant = _meant(said)
    needs = tuple(name for name in heard.needs if name not in meant)
    programs = tuple(name for name in heard.programs if name not in meant)
    if not (needs or programs) or set(heard.text.casefold().split()) & _RIDES:
        return heard
    return replace(heard, needs=needs, programs=programs)


def _meant(said: Mapping[str, bool]) -> set[str]:
    """The needs and programs that words of those barriers name by the way."""
    return {name for barrier in said for name in table()[barrier].get("means", ())}


_RIDES = {"ride", "rides", "lift", "van", "get", "getting", "raite", "viaje", "viajes", "llevar", "lleven", "llegar",
          "transporte", "transportation"}  # fmt: skip
"""Words with which a ride itself is asked for."""


def heard_in(text: str) -> dict[str, bool]:
    """What a text says stands in the way, and what it says does not."""
    said = _normal(text)
    found: dict[str, bool] = {}
    for name, phrases in _phrases().items():
        told = [there for phrase in phrases for there in _told(said, phrase)]
        told += [_so(said, match) for match in _patterns()[name].finditer(said)]
        if told:
            found[name] = all(told)
        if any(there for phrase in table()[name]["gone"] for there in _told(said, phrase)):
            found[name] = False
    return found


def _told(said: str, phrase: str) -> Iterator[bool]:
    """For each time a phrase is said, whether it is so: not after a denial, unless it is one itself."""
    at = said.find(f" {phrase} ")
    while at >= 0:
        before = said[:at].rpartition(" ")[2]
        yield phrase.split(" ", 1)[0] in _DENIALS or before not in _DENIALS
        at = said.find(f" {phrase} ", at + 1)


def _so(said: str, match: re.Match[str]) -> bool:
    """Whether what a pattern found is so: not after a denial, unless it begins with one."""
    before, words = said[: match.start()].split(), match[0].split()
    return words[0] in _LACKS or not before or before[-1] not in _DENIALS


_LACKS = {*_DENIALS, "out", "lost", "unable", "hard", "trouble", "ya", "broken", "broke", "stop"}


@functools.cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    plain = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: either(plain["patterns"].get(name, ["(?!)"]), plain["words"]) for name in table()}


def _normal(text: str) -> str:
    """Folded, without apostrophes, each number as a 9, an age of a teenager as 15."""
    said = fold(re.sub(r"(\d)(?=[a-z])", r"\1 ", re.sub(r"['’`´]", "", text)))
    return f" {' '.join(_number(word) for word in said.split())} "


def _number(word: str) -> str:
    if not word.isdecimal():
        return _TEENS.get(word) or _NUMBERS.get(word) or word
    return _TEEN if len(word) == 2 and "12" <= word <= "17" else _ANY


@functools.cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    return {name: (*entry["en"], *entry["es"]) for name, entry in table().items()}


_BEGINS = ("find_provider", "inform", "deny", "affirm", "followup", "nlu_fallback", "report_outcome", "greet", "thanks")
"""Acts for which a message that only tells what stands in the way may be taken."""
_AROUND = 6
"""How many words beside it such a message has at most."""


def answered(turn: Turn) -> Known | None:
    """What is known after a message that tells only of what stands in the way; None for any other."""
    said = heard_in(turn.heard.text)
    if not said or not _alone(turn, said):
        return None
    if turn.known.asked.about in asking.BEFORE_A_LIST:
        return asking.put_again(turn, before=turn.say("barriers.noted"), counts=False)
    shown = turn.known.shown
    if not shown.ids or turn.known.asked.about not in (None, asking.OFFER):
        return None
    known = looking.as_shown(turn.known)
    if not set(said) & set(counting(known)) and all(said.values()):
        turn.utter(turn.say("barriers.noted"), Reply(kind=Kind.SMALLTALK))
        return turn.known
    known, place = placing.settled(turn, known, (known.want,))
    if place is None:
        return known
    quiet = replace(turn, heard=replace(turn.heard, text=""))
    return looking.look(quiet, known, place, filters=shown.filters)


def _alone(turn: Turn, said: Mapping[str, bool]) -> bool:
    """Whether a message asks for nothing beside it: what its words name beyond that, it does not ask for."""
    heard = turn.heard
    if heard.act not in _BEGINS or "?" in heard.text or heard.places or heard.plan or heard.guides:
        return False
    return (
        not {*heard.needs, *heard.programs} - _meant(said) and not _wishes(heard.text) and _rest(heard.text) <= _AROUND
    )


_WISHES = {"need", "needs", "want", "looking", "find", "where", "who", "how", "what", "which", "can", "ride", "rides",
           "lift", "necesito", "ocupo", "quiero", "busco", "donde", "quien", "como", "cual", "raite", "viaje", "ayuda",
           "help"}  # fmt: skip


def _wishes(text: str) -> bool:
    return bool(set(_without_phrases(text)) & _WISHES)


def _rest(text: str) -> int:
    return len(_without_phrases(text))


def _without_phrases(text: str) -> list[str]:
    said = _normal(text)
    every = (phrase for name, entry in table().items() for phrase in (*_phrases()[name], *entry["gone"]))
    for phrase in sorted((one for one in every if f" {one} " in said), key=len, reverse=True):
        said = said.replace(f" {phrase} ", "  ")
    return said.split()
