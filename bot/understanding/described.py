"""Programs and needs that a message describes without their name: "a van with a lift", "somebody to bathe my mom".

People seldom know what a program is called. Where the gazetteer finds no name, what is described is guessed from
examples of ours (`words/described.*.yml`), of the whole message and of each of its clauses; and where it finds an
everyday word that is only told ("i work nights"), a sure guess that nothing is asked takes it out again.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.understanding.crisis import detect
from bot.understanding.found import Found, Sighting
from bot.understanding.ngrams import NgramClassifier
from bot.understanding.text import LIMIT, Token, plain, tokens, words_file

__all__ = ["NONE", "Bars", "Described", "examples", "label_of", "words_of"]

NONE = "none"
_ASKING = frozenset({"find_provider", "check_eligibility", "program_info", "how_to_apply"})
_NEED = "need:"
_MASKED = {kind: f"x{kind}" for kind in ("place", "zip", "plan", "when")}
_PARTS = frozenset({"and", "y", "also", "tambien", "plus", "but", "pero", "ademas", "aparte", "then", "luego"})
_HELD = frozenset({"medi_cal", "info_211", "chw_services"})
"""What is mostly told beside a wish: "she has medi-cal"."""
_BY_FAR = 0.6
"""How much of a need's chance one program has that is meant rather than its need."""
_LEAST_WORDS = 3
_LONG = 14
"""A message of more words than this is guessed by its clauses too: what is asked is a small part of it."""


@dataclass(frozen=True)
class Bars:
    """How sure a guess must be: of a whole message, of a program where a need is named, of one clause, beside something
    named, and to take a word out."""

    whole: float = 0.35
    narrower: float = 0.5
    clause: float = 0.6
    beside: float = 0.8
    nothing: float = 0.7


def examples(languages: Iterable[str] = ("en", "es")) -> Iterator[tuple[str, str]]:
    """Each message of the files with the program, `need:<need>` or `none` that it means."""
    for language in languages:
        for label, messages in words_file(f"described.{language}").items():
            yield from ((str(message), str(label)) for message in messages)


def label_of(found: Found, act: str) -> str | None:
    """What an example of an act means by the names in it; None where that is not certain.

    A request without a name may describe one, and a word told in an answer asks for nothing: neither is learned from.
    """
    programs, needs = found.values("program"), found.values("need")
    if act not in _ASKING:
        return None if programs or needs else NONE
    if len(programs) > 1 or (not programs and len(needs) != 1):
        return None
    return programs[0] if programs else f"{_NEED}{needs[0]}"


def words_of(found: Found) -> tuple[str, ...]:
    """The words of a message with places, plans and times by their kind and all else as it was said."""
    return tuple(word for word, _ in _masked(found, 0, len(found.words)))


def _masked(found: Found, first: int, last: int) -> Iterator[tuple[str, int]]:
    marks = {item.first: item for item in (*found.sightings, *found.silent) if item.kind in _MASKED}
    denied = {index for item in found.denied for index in range(item.first, item.last)}
    until = first
    for index in range(first, last):
        if index in denied:
            continue
        if index in marks and index >= until:
            until = marks[index].last
            yield _MASKED[marks[index].kind], index
        elif index >= until:
            yield found.words[index], index


@dataclass(frozen=True)
class Described:
    """What was learned of descriptions, and the need of each program."""

    classifier: NgramClassifier
    need_of: Mapping[str, str]
    bars: Bars = Bars()

    @classmethod
    def fit(cls, learned: Sequence[tuple[Sequence[str], str]], need_of: Mapping[str, str]) -> Described:
        """Learns from messages given as words, each with its label."""
        return cls(NgramClassifier.fit([words for words, _ in learned], [label for _, label in learned]), need_of)

    def save(self, folder: Path) -> None:
        """Writes what was learned below `folder`."""
        self.classifier.save(folder)

    def added_to(self, found: Found, text: str, *, in_danger: bool = False) -> Found:
        """What was found, with what is described and without everyday words that are only told.

        Words of a danger describe nothing: "me duele el pecho" asks for no help with nursing.
        """
        words = words_of(found)
        if not words:
            return found
        label, chance = self._likeliest(words)
        if found.values("program"):
            return self._with(found, self._beside(found, text))
        wishes = (
            found.urgent or found.denied or _wishes() & set(found.words) or _asks_on(found, tokens(plain(text)[:LIMIT]))
        )
        if label == NONE and chance >= self.bars.nothing and not wishes:
            return _without_needs(found)
        if in_danger:
            calm = [] if found.values("need") else self._of_clauses(found, text, self.bars.clause, calm=True)
            return self._with(found, calm)
        bar = self.bars.narrower if found.values("need") else self.bars.whole
        told = [label] if label != NONE and chance >= bar else []
        if not told or len(words) > _LONG:
            told += self._of_clauses(found, text, self.bars.clause)
        return self._with(found, [label for label in told if not self._is_held(label, found)])

    def _likeliest(self, words: Sequence[str]) -> tuple[str, float]:
        """The likeliest label; where programs of one need share the chance, the need, or the first of them by far."""
        guesses = self.classifier.guess(words)
        first, chance = guesses[0]
        if first == NONE or chance >= self.bars.narrower:
            return first, chance
        shares: dict[str, float] = {}
        for label, share in guesses:
            need = self._need(label)
            shares[need] = shares.get(need, 0.0) + share
        need = self._need(first)
        if chance >= shares[need] * _BY_FAR or shares[need] < self.bars.narrower:
            return first, max(chance, shares[need] * chance)
        return f"{_NEED}{need}", shares[need]

    def _need(self, label: str) -> str:
        return self.need_of.get(label, label.removeprefix(_NEED))

    def _beside(self, found: Found, text: str) -> list[str]:
        """What clauses without a name describe, of another need than what is named."""
        needs = set(found.values("need"))
        told = self._of_clauses(found, text, self.bars.beside)
        asked = (label for label in told if label not in _HELD)
        return [label for label in asked if self._need(label) not in needs]

    def _is_held(self, label: str, found: Found) -> bool:
        """Whether `label` is told beside another need that is named: "mi seguro es ..., necesito comida"."""
        needs = found.values("need")
        return label in _HELD and bool(needs) and self._need(label) not in needs

    def _of_clauses(self, found: Found, text: str, bar: float, *, calm: bool = False) -> list[str]:
        """What the clauses describe where there are several; `calm`: only those that speak of no danger."""
        clauses = _clauses(found, tokens(plain(text)[:LIMIT]))
        if len(clauses) < 2:
            return []
        meant = (clause for clause in clauses if not (calm and detect(" ".join(clause))))
        guesses = (self._likeliest(clause) for clause in meant)
        return [label for label, chance in guesses if label != NONE and chance >= bar]

    def _with(self, found: Found, labels: Sequence[str]) -> Found:
        programs = [label for label in dict.fromkeys(labels) if label in self.need_of]
        needs = [self.need_of[label] for label in programs]
        if not (found.values("need") or programs):
            needs += [label.removeprefix(_NEED) for label in labels if label.startswith(_NEED)]
        held = found if not programs or found.values("program") else _without_needs(found, keep=frozenset(needs))
        named = set(held.values("need"))
        new = [
            *(("program", each) for each in programs),
            *(("need", each) for each in dict.fromkeys(needs) if each not in named),
        ]
        sightings = tuple(Sighting(kind, value, 0, 0, 0, 0, value) for kind, value in new)
        return replace(held, sightings=(*held.sightings, *sightings)) if sightings else held


@functools.cache
def _wishes() -> frozenset[str]:
    return frozenset(word for words in words_file("wishes").values() for word in words)


def _asks_on(found: Found, words: Sequence[Token]) -> bool:
    """Whether the last clause is nothing but a request: "ok thanks. and food", "gracias, y la luz?"."""
    cuts = [index for index, word in enumerate(words) if index and (word.after_stop or word.after_comma)]
    joined = (index for index, word in enumerate(words) if index and word.text in _PARTS)
    last = max((*cuts, *joined), default=0)
    inside = {index for item in found.sightings if item.kind == "need" for index in range(item.first, item.last)}
    rest = range(last, len(words))
    return (
        bool(last and inside & set(rest))
        and len(words) == len(found.words)
        and all(index in inside or words[index].text in _ASKING_ON for index in rest)
    )


_ASKING_ON = _PARTS | frozenset(
    words
    for phrase in (
        "what about how for a an some the too please me us my kids",
        "que hay de para el la los las un una unos unas porfa mi nosotros mis ninos",
    )
    for words in phrase.split()
)


def _without_needs(found: Found, keep: frozenset[str] = frozenset()) -> Found:
    kept = tuple(item for item in found.sightings if item.kind != "need" or item.value in keep)
    return replace(found, sightings=kept)


def _clauses(found: Found, words: Sequence[Token]) -> list[tuple[str, ...]]:
    """The parts of a message between stops, commas and words such as "and", as words; those that hold no program."""
    cuts = [
        index
        for index, word in enumerate(words)
        if index and (word.after_stop or word.after_comma or word.text in _PARTS)
    ]
    named = [item for item in found.sightings if item.kind == "program"]
    parts = []
    for first, last in itertools.pairwise((0, *cuts, len(words))):
        if last - first < _LEAST_WORDS or any(item.first < last and first < item.last for item in named):
            continue
        parts.append(tuple(word for word, _ in _masked(found, first, last)))
    return parts
