"""Words as they were meant: glued words parted, split and spelled-out ones joined, misspelled ones corrected.

Only what no vocabulary knows is touched, and of a long message only the first such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.text import Token

__all__ = ["Speller", "Vocabulary", "by_ear", "ordinary"]

_MOST_FUZZY = 16
"""Words of one message that are compared with all names: each costs some hundredths of a millisecond."""

_MOST_LETTERS = 6
_MOST_PARTED = 12
_MOST_SPLIT = 3
_LONGEST_GLUED = 26
_SHORT = 5
_LETTERS_FOR_DIGITS = str.maketrans("013457", "oieast")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_SPANISH_S = re.compile(r"es[bcdfghklmnpqtvw]")
_SMALL_WORDS = "in me my to en de mi la el no at of is ca un pa al the for and near"
_SMALL = frozenset(_SMALL_WORDS.split())
_EAR = (
    (re.compile("ph"), "f"),
    (re.compile("(?:ck|qu(?=[eiy])|k)"), "c"),
    (re.compile("gu(?=[ei])"), "g"),
    (re.compile("c(?=[eiy])|z"), "s"),
    (re.compile("(?<![cs])h"), ""),
    (re.compile("ll"), "y"),
    (re.compile("v"), "b"),
    (re.compile("j(?=[ei])"), "g"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_ALIKE = frozenset(
    {"bv", "vb", "ck", "kc", "cs", "sc", "zs", "sz", "qc", "kq", "gj", "jg", "jh", "hj", "yi", "pf", "fp"}
)
_OFTEN = 4
"""How often a word that is near a name stands in the examples if it is a word of its own."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of names: `places` are corrected to where a place may stand, `large` places and all others anywhere.

    `glued` are names of several words written as one, `alone` names of one word, `pairs` neighbors in names, `known`
    ordinary words.
    """

    others: frozenset[str]
    places: frozenset[str]
    large: frozenset[str]
    glued: Mapping[str, tuple[str, ...]]
    alone: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    known: frozenset[str]
    before_place: frozenset[str] = frozenset()
    after_place: frozenset[str] = frozenset()
    words: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", self.others | self.places)

    def has(self, word: str) -> bool:
        return word in self.words or word in self.known


class Speller:
    """Reads the words of messages over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._anywhere = _long(vocabulary.others | vocabulary.large)
        self._placed = _long(vocabulary.words)
        self._by_ear = {by_ear(word): word for word in sorted(_long(vocabulary.words), reverse=True)}
        self._by_letters = {
            swapped: word for word in vocabulary.alone if len(word) < _SHORT for swapped in _swaps(word)
        }

    def parted(self, words: Sequence[Token]) -> list[Token]:
        """The words with spelled-out and split ones joined and glued ones parted."""
        whole = list(self._joined(self._spelled_out(words)))
        glued = [index for index, word in enumerate(whole) if self._may_be_glued(word.text)][:_MOST_PARTED]
        return [
            part for index, word in enumerate(whole) for part in (self._unglued(word) if index in glued else (word,))
        ]

    def corrected(self, words: Sequence[Token]) -> tuple[str, ...]:
        """What each word was meant to be, one for one."""
        meant = [word.text for word in words]
        budget = _MOST_FUZZY
        for index, word in enumerate(meant):
            if self._vocabulary.has(word) or len(word) < _SHORT - 1 or word.isdecimal():
                continue
            plainer = self._plainer(word)
            if plainer is None and budget:
                budget -= 1
                plainer = self._nearest(word, meant, index, words)
            meant[index] = plainer or word
        return tuple(meant)

    def _spelled_out(self, words: Sequence[Token]) -> list[Token]:
        """ "i h s s", and "i need i h s s": the longest run of letters that is a name."""
        found: list[Token] = []
        at = 0
        while at < len(words):
            end = at
            while end < min(len(words), at + _MOST_LETTERS) and len(words[end].text) == 1 and words[end].text.isalpha():
                end += 1
            last = next((to for to in range(end, at + 2, -1) if _glue(words[at:to]) in self._vocabulary.others), None)
            found.append(_one(words[at:last]) if last else words[at])
            at = last or at + 1
        return found

    def _joined(self, words: Sequence[Token]) -> Iterator[Token]:
        strange = [not self._vocabulary.has(word.text) and word.text.isalpha() for word in words]
        at, budget = 0, [_MOST_SPLIT]
        while at < len(words):
            count = next(
                (n for n in (3, 2) if any(strange[at : at + n]) and self._is_split(words[at : at + n], n, budget)), 1
            )
            yield _one(words[at : at + count]) if count > 1 else words[at]
            at += count

    def _is_split(self, run: Sequence[Token], count: int, budget: list[int]) -> bool:
        """ "mo desto", "sta ckton": pieces that make a name where one of them alone is no word."""
        if len(run) < count or any(word.after_comma or word.after_stop or not word.text.isalpha() for word in run[1:]):
            return False
        strange = [not self._vocabulary.has(word.text) for word in run]
        together = _glue(run)
        if not any(strange) or len(together) < 6 or max(len(word.text) for word in run) > len(together) - 2:
            return False
        if together in self._vocabulary.words or together in self._vocabulary.glued:
            return True
        if not strange[-1] or count > 2 or len(together) < 7 or run[0].text in _SMALL or not budget[0]:
            return False
        budget[0] -= 1
        near = (each for each in self._near(together, self._placed) if each[0] == together[0])
        first = run[0].text if not strange[0] else ""
        return any(OSA.distance(together, each) == 1 and each.startswith(first[:2]) for each in near)

    def _may_be_glued(self, text: str) -> bool:
        return 7 <= len(text) <= _LONGEST_GLUED and text.isalpha() and not self._vocabulary.has(text)

    def _unglued(self, word: Token) -> Iterator[Token]:
        text = word.text
        parts = self._vocabulary.glued.get(text) or self._segments(text)
        at = word.start
        for number, part in enumerate(parts):
            start, at = at, at + len(part)
            end = word.end if number == len(parts) - 1 else at
            yield replace(word, text=part, start=start, end=end) if number == 0 else Token(part, start, end)
        if not parts:
            yield word

    def _segments(self, text: str) -> tuple[str, ...]:
        """Two or three known words that are glued, of which one is of a name; nothing where there are none."""
        two = ((text[:cut], text[cut:]) for cut in range(2, len(text) - 1))
        three = (
            (text[:cut], text[cut:then], text[then:])
            for cut in range(2, len(text) - 3)
            if self._is_piece(text[:cut])
            for then in range(cut + 2, len(text) - 1)
        )
        for parts in (*two, *(three if len(text) >= 11 else ())):
            if all(map(self._is_piece, parts)) and any(self._is_core(part) for part in parts):
                return parts
        return ()

    def _is_piece(self, part: str) -> bool:
        return part in _SMALL if len(part) < 4 else self._vocabulary.has(part) or part in self._vocabulary.glued

    def _is_core(self, part: str) -> bool:
        return len(part) >= 4 and (part in self._vocabulary.alone or part in self._vocabulary.glued)

    def _plainer(self, word: str) -> str | None:
        """The word without drawn-out letters ("foooood") or with letters for digits ("f00d"), where that is known."""
        readings = [_DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)]
        if not word.isalpha() and not word.isdigit() and not word[0].isdigit():
            readings.append(word.translate(_LETTERS_FOR_DIGITS))
        return next((each for each in readings if each != word and self._vocabulary.has(each)), None)

    def _nearest(self, word: str, meant: Sequence[str], index: int, words: Sequence[Token]) -> str | None:
        if not word.isalpha():
            return None
        if len(word) < _SHORT:
            return self._by_letters.get(word)
        beside = (meant[index - 1] if index else "", meant[index + 1] if index + 1 < len(meant) else "")
        heard = self._by_ear.get(by_ear(word))
        placed = self._may_be_placed(index, beside, words)
        if heard is not None and len(word) >= 5 and (placed or heard in self._vocabulary.others):
            return heard
        names = self._placed if placed and len(word) > _SHORT else self._anywhere
        near = [each for each in self._near(word, names) if _begins_alike(word, each)]
        if not near and _SPANISH_S.match(word):  # "estocton"
            rest = word[1:]
            near = [rest] if rest in self._vocabulary.words else self._near(rest, names)
        fitting = [each for each in near if {(beside[0], each), (each, beside[1])} & self._vocabulary.pairs]
        return next(iter([*fitting, *near]), None)

    def _may_be_placed(self, index: int, beside: tuple[str, str], words: Sequence[Token]) -> bool:
        alone = words[index].after_comma and (index + 1 == len(words) or words[index + 1].after_comma)
        names = self._vocabulary
        return len(words) <= 3 or alone or beside[0] in names.before_place or beside[1] in names.after_place

    def _near(self, word: str, names: Sequence[str]) -> list[str]:
        """Names within a slip of `word`, two or three where it is long; nearest first, the same first letter first."""
        slips = 1 if len(word) < 8 else 2 if len(word) < 12 else 3
        found = process.extract(word, names, scorer=OSA.distance, score_cutoff=slips, limit=12)
        return [match[0] for match in sorted(found, key=lambda each: (each[1], each[0][0] != word[0]))]

    def is_near(self, word: str) -> bool:
        """Whether `word`, standing alone, would be taken for a name that is written otherwise."""
        return self.corrected((Token(word, 0, len(word)),)) != (word,)


def by_ear(word: str) -> str:
    """How a word sounds to those who write it as they hear it: alverge and albergue are one."""
    for pattern, sound in _EAR:
        word = pattern.sub(sound, word)
    return word


def ordinary(counts: Mapping[str, int], vocabulary: Vocabulary) -> frozenset[str]:
    """The words of examples that are words: seen often, or near no name. A slip is written once or twice."""
    speller = Speller(vocabulary)
    return frozenset(
        word for word, count in counts.items() if count >= _OFTEN or vocabulary.has(word) or not speller.is_near(word)
    )


def _long(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if len(word) >= _SHORT and word.isalpha())


def _begins_alike(word: str, name: str) -> bool:
    return word[0] == name[0] or word[0] + name[0] in _ALIKE or word[:2] == name[1] + name[0]


def _swaps(word: str) -> Iterator[str]:
    """Four letters of which two neighbors are swapped, not the first: "fodo"."""
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _glue(words: Sequence[Token]) -> str:
    return "".join(word.text for word in words)


def _one(words: Sequence[Token]) -> Token:
    first = words[0]
    return replace(first, text=_glue(words), end=words[-1].end)
