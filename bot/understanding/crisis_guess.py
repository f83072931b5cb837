"""The learned layer of crisis detection: how likely a message speaks of danger that no pattern names.

A logistic regression for each kind over hashed words, pairs of words, pieces of words and shared meanings
(`words/crisis_concepts.yml`). scikit-learn is needed to fit, only numpy to guess. A long message is read in windows,
so that a danger in its middle weighs as much as one said alone.
"""

from __future__ import annotations

import functools
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding.crisis import DANGERS, Kind, denied, detect, words_of, worried
from bot.understanding.crisis_examples import Example
from bot.understanding.text import words_file

__all__ = ["DOUBT", "THRESHOLD", "Guess", "Guesser", "danger", "feeling"]

THRESHOLD = 0.3
"""How likely danger must be to be answered as one: set for recall, a false alarm costs one message."""

IN_A_STORY = 0.5
"""The same of a message longer than one window: the most alarming of many parts always alarms a little."""

IN_A_WORD = 0.7
"""The same of three words or fewer ("i'm 16", "got a dog"): the patterns know what so few words say of danger."""

IN_A_LINE = 0.45
"""The same of six words or fewer ("next client, food in merced")."""

AGREED = 0.15
"""How likely a worry or a danger must be, together, for a danger less likely than not to be answered as one."""

DOUBT = 0.05
"""Words of a danger in a message less likely than this ("no im not going to kill myself") are taken for a worry."""

NOTHING = 0.02
"""Such words where a worry is less likely than this ("this paperwork is suicide lol") are taken for a saying."""

SURE = 0.85
"""How likely danger must be where the words are known for a worry ("i cant take it anymore")."""

WORRY = 0.35
"""How likely a worry or a danger must be, together, to be answered with a kind word before the answer."""

WORRY_IN_A_WORD = 0.5
"""The same of three words or fewer."""

_BITS = 17
_WINDOW = 18
_STEP = 9
_FEW = 3
_LINE = 6
_EVEN = 0.5
_NOTHING_ELSE = 2
_PIECES = range(3, 6)
_APART = 6
_ONCE = 3.0
_SILENCE = -4.0
_KIND_COLUMNS = slice(1, 1 + len(DANGERS))

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Guess:
    """The likeliest kind of danger, how likely any is, how likely it or a worry; `bar`: how sure danger must be."""

    kind: Kind
    likely: float
    concern: float = 0.0
    bar: float = 0.0


@dataclass(frozen=True)
class Guesser:
    """What was learned: a row of weights for each hashed feature, a column for any danger, each kind, any concern."""

    weights: Floats
    rarity: Floats
    offsets: Floats

    @classmethod
    def fit(cls, learned: Sequence[Example]) -> Guesser:
        """Learns from `learned`, which must hold every kind and plenty of None; deterministic."""
        rows = [_features(words_of(example.text)) for example in learned]
        kinds = [example.kind for example in learned]
        alarming = np.array([kind in DANGERS for kind in kinds])
        rarity = _rarity(rows)
        # What people ask for every day is said by hand, once each; our own lines are said in several variants.
        counts = np.array([_ONCE if example.line == example.text else 1.0 for example in learned])
        matrix = _matrix(rows, rarity)
        columns = [_separate(matrix, alarming, counts)]
        # Which danger it is, is learned from the dangers alone.
        chosen = np.array([DANGERS.index(kind) if kind in DANGERS else -1 for kind in kinds])
        columns += [
            _separate(matrix[alarming], chosen[alarming] == each, counts[alarming]) for each in range(len(DANGERS))
        ]
        # A worry and a danger share their words: what parts both from everyday talk is learned from both.
        columns += [_separate(matrix, np.array([kind is not None for kind in kinds]), counts)]
        weights = np.stack([column[:-1] for column in columns], axis=1) * rarity[:, None]
        return cls(weights.astype(np.float32), rarity, np.array([column[-1] for column in columns], np.float32))

    def guess(self, text: str) -> Guess:
        """The likeliest danger of `text`, taken from its most alarming window, with and without the sayings in it."""
        words, without = words_of(text), words_of(text, sayings=False)
        said = self._most_alarming(words)
        # Of a saying and next to nothing else, the word or two that are left mean nothing.
        meant = said if without == words else self._most_alarming(without if len(without) > _NOTHING_ELSE else ())
        likely = _chance((said + meant) / 2)
        return Guess(DANGERS[int(said[_KIND_COLUMNS].argmax())], float(likely[0]), float(likely[-1]), _bar(len(words)))

    def _most_alarming(self, words: Sequence[str]) -> Floats:
        scores = [self._scores(window) for window in _windows(words)]
        alarming = max(scores, key=lambda each: float(each[0])).copy()
        alarming[-1] = max(float(each[-1]) for each in scores)
        return alarming

    def _scores(self, words: Sequence[str]) -> Floats:
        found = _features(words)
        if not len(found):
            return np.full(len(self.offsets), _SILENCE, np.float32)
        length = float(np.sqrt(np.square(self.rarity[found]).sum()))
        scores: Floats = self.weights[found].sum(axis=0) / length + self.offsets
        return scores

    def save(self, path: Path) -> None:
        """Writes what was learned to `path` (.npz), in half precision: about 1 MB."""
        parts = {"weights": self.weights, "rarity": self.rarity, "offsets": self.offsets}
        np.savez_compressed(path, **{name: part.astype(np.float16) for name, part in parts.items()})

    @classmethod
    def load(cls, path: Path) -> Guesser:
        """Reads what `save` has written; OSError when there is nothing."""
        with np.load(path, allow_pickle=False) as parts:
            return cls(*(parts[name].astype(np.float32) for name in ("weights", "rarity", "offsets")))


def danger(certain: Kind | None, guess: Guess | None, threshold: float) -> Kind | None:
    """The kind a message is answered by: what a pattern is certain of, else what is likelier than `threshold`."""
    if certain is not None or guess is None:
        return certain
    alone = guess.concern < AGREED and guess.likely < _EVEN  # what knows of worries hears none: a word was misheard
    return guess.kind if guess.likely >= max(threshold, guess.bar) and not alone else None


def feeling(text: str, guess: Guess | None, threshold: float = THRESHOLD) -> Kind | None:
    """The kind `text` is answered by, worry too: a danger first; words of worry need a surer guess to be a danger."""
    certain = _unless_denied(text, guess)
    if certain is not None and guess is not None and guess.likely < DOUBT:
        return _doubted(certain, guess)
    said = certain is None and worried(text)
    kind = danger(certain, guess, max(threshold, SURE) if said else threshold)
    learned = guess is not None and guess.concern >= (WORRY_IN_A_WORD if guess.bar == IN_A_WORD else WORRY)
    return kind or (Kind.WORRY if said or learned else None)


def _unless_denied(text: str, guess: Guess | None) -> Kind | None:
    """What a pattern is certain of; of "I don't want to die, I'm just tired" a worry, unless all else alarms."""
    certain = detect(text)
    sure = guess is not None and guess.likely >= SURE
    return Kind.WORRY if certain is Kind.SELF_HARM and not sure and denied(text) else certain


def _doubted(certain: Kind, guess: Guess) -> Kind | None:
    """What words of a danger are taken for that sound like none: a saying, or a worry; the body's danger stays one."""
    if guess.concern < NOTHING and certain is not Kind.WORRY:
        return None
    return certain if certain is Kind.MEDICAL and guess.concern >= WORRY else Kind.WORRY


def _chance(scores: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-scores))
    return chance


def _bar(words: int) -> float:
    """How likely danger must be in a message of so many words, above what is asked of all."""
    if words > _WINDOW:
        return IN_A_STORY
    return IN_A_WORD if words <= _FEW else IN_A_LINE if words <= _LINE else 0.0


def _windows(words: Sequence[str]) -> Iterator[Sequence[str]]:
    yield words[:_WINDOW]
    for start in range(_STEP, len(words) - _WINDOW + _STEP, _STEP):
        yield words[start : start + _WINDOW]


def _features(words: Sequence[str]) -> npt.NDArray[np.intp]:
    found: set[int] = set()
    for word in words:
        found.update(_word_features(word))
    for first, second in itertools.pairwise(("^", *words, "$")) if words else ():
        found.add(_hashed(f"2 {first} {second}"))
    found.update(_hashed(f"s {first} {second}") for first, second in zip(words, words[2:], strict=False))
    meant = [meaning for meaning in map(_meanings, words) if meaning]
    for place, first_meaning in enumerate(meant):
        for second_meaning in meant[place + 1 : place + 1 + _APART]:
            found.update(_hashed(f"+ {a} {b}") for a in first_meaning for b in second_meaning)
    return np.fromiter(found, np.intp, len(found))


@functools.lru_cache(maxsize=8192)
def _word_features(word: str) -> tuple[int, ...]:
    bounded = f" {word[:30]} "
    pieces = {bounded[start : start + size] for size in _PIECES for start in range(len(bounded) - size + 1)}
    named = [f"1 {word}", *(f"c {piece}" for piece in pieces), *(f"m {meaning}" for meaning in _meanings(word))]
    return tuple(_hashed(name) for name in named)


@functools.lru_cache(maxsize=65536)
def _hashed(name: str) -> int:
    return zlib.crc32(name.encode()) & ((1 << _BITS) - 1)


@functools.lru_cache(maxsize=8192)
def _meanings(word: str) -> tuple[str, ...]:
    whole, begun = _concepts()
    found = {*whole.get(word, ()), *(name for size in range(2, len(word) + 1) for name in begun.get(word[:size], ()))}
    return tuple(sorted(found))


@functools.cache
def _concepts() -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for name, words in words_file("crisis_concepts").items():
        for word in str(words).split():
            (begun if word.endswith("*") else whole).setdefault(word.rstrip("*"), []).append(name)
    return whole, begun


def _rarity(rows: Sequence[npt.NDArray[np.intp]]) -> Floats:
    counts = np.bincount(np.concatenate(rows), minlength=1 << _BITS)
    rarity: Floats = (np.log((1 + len(rows)) / (1 + counts)) + 1).astype(np.float32)
    return rarity


def _matrix(rows: Sequence[npt.NDArray[np.intp]], rarity: Floats) -> Any:
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    columns = np.concatenate(rows)
    ends = np.cumsum([0, *map(len, rows)])
    return normalize(csr_matrix((rarity[columns], columns, ends), shape=(len(rows), 1 << _BITS)))


def _separate(matrix: Any, wanted: npt.NDArray[np.bool_], counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The weights, then the offset, of the line that parts what is wanted from the rest."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=20.0, class_weight="balanced", solver="liblinear", random_state=42)
    fitted.fit(matrix, wanted, counts)
    return np.concatenate([fitted.coef_[0], fitted.intercept_])
