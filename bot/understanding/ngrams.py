"""What the words of a message sound like: n-grams and a line for each label, learned from our own examples.

Words alone, in pairs, and at the edges of the message on one side, pieces of words on the other; each side weighted by
rarity and scaled to one length. A linear support vector machine parts each label from the rest, and one number, found
on examples it has not seen, makes chances of its distances. What is kept is a table of numbers: understanding a message
needs numpy and nothing else. Chosen by measurement (`bench/RESULTS.md`).
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Guesses", "NgramClassifier", "features"]

Floats = npt.NDArray[np.float32]
Guesses = tuple[tuple[str, float], ...]
"""Labels with their chances, the likeliest first."""

_PIECES = range(2, 6)
_LEAST = 2
"""In how many examples a feature must stand to be learned from."""
_STRICT = 0.5
_FOLDS = 4
_SHORT = 6
_MOST_KEPT = 4096
_LONGEST_KEPT = 16
_TEMPERATURES = np.geomspace(1.0, 12.0, 40)


def features(words: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """What is learned from, counted: of the words of a message, and of the pieces of its words."""
    return Counter(_of_words(words)), Counter(_of_pieces(words))


def _of_words(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in itertools.pairwise(words))
    for size in (1, 2, 3):
        yield f"^ {' '.join(words[:size])}"
    for size in (1, 2):
        yield f"{' '.join(words[-size:])} $"
    yield f"# {len(words) if len(words) < _SHORT else len(words) // 4 * 4}"


def _of_pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        bounded = f" {word} "
        for size in _PIECES:
            yield from (bounded[start : start + size] for start in range(max(1, len(bounded) - size + 1)))


@dataclass(frozen=True)
class NgramClassifier:
    """What was learned: for each side the number of each feature and its rarity; a row of weights for each feature."""

    labels: tuple[str, ...]
    numbers: tuple[Mapping[str, int], Mapping[str, int]]
    rarity: tuple[Floats, Floats]
    weights: tuple[npt.NDArray[np.floating[Any]], npt.NDArray[np.floating[Any]]]
    offsets: Floats
    temperature: float
    _kept: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def fit(cls, messages: Sequence[Sequence[str]], labels: Sequence[str]) -> NgramClassifier:
        """Learns from messages given as words, each with its label; deterministic, a few seconds for ten thousand."""
        counted = [features(words) for words in messages]
        numbers = tuple(_numbered([sides[side] for sides in counted]) for side in (0, 1))
        rarity = tuple(_rarity([sides[side] for sides in counted], numbers[side]) for side in (0, 1))
        rows = _matrix(counted, numbers, rarity)
        line = _separator().fit(rows, labels)
        cut = len(numbers[0])
        return cls(
            tuple(str(label) for label in line.classes_),
            (numbers[0], numbers[1]),
            (rarity[0], rarity[1]),
            (line.coef_[:, :cut].T.astype(np.float32), line.coef_[:, cut:].T.astype(np.float32)),
            line.intercept_.astype(np.float32),
            _temperature(rows, labels),
        )

    def guess(self, words: Sequence[str]) -> Guesses:
        """Every label with its chance, the likeliest first."""
        scores = self.offsets.copy()
        for side, counts in enumerate(self._counted(words)):
            if not counts:
                continue
            places = np.fromiter(counts, np.intp, len(counts))
            told = np.fromiter((1.0 + math.log(count) for count in counts.values()), np.float32, len(counts))
            told *= self.rarity[side][places]
            scores += (told @ self.weights[side][places].astype(np.float32)) / float(np.sqrt(told @ told))
        chances = _chances(scores[None, :], self.temperature)[0]
        return tuple((self.labels[place], float(chances[place])) for place in np.argsort(-chances, kind="stable"))

    def _counted(self, words: Sequence[str]) -> tuple[Counter[int], Counter[int]]:
        """The known features of a message by their numbers, as often as they stand in it; by side."""
        numbers = self.numbers[0]
        of_words = Counter(numbers[name] for name in _of_words(words) if name in numbers)
        return of_words, Counter(itertools.chain.from_iterable(map(self._pieces_in, words)))

    def _pieces_in(self, word: str) -> tuple[int, ...]:
        """The numbers of the known pieces of a word; of those met before, which are most words, they are kept."""
        kept = self._kept.get(word)
        if kept is None:
            numbers = self.numbers[1]
            kept = tuple(numbers[piece] for piece in _of_pieces((word,)) if piece in numbers)
            if len(word) <= _LONGEST_KEPT and len(self._kept) < _MOST_KEPT:
                self._kept[word] = kept
        return kept

    def save(self, folder: Path) -> None:
        """Writes what was learned below `folder`, in half precision."""
        folder.mkdir(parents=True, exist_ok=True)
        named = {"labels": self.labels, "words": list(self.numbers[0]), "pieces": list(self.numbers[1])}
        (folder / "ngrams.json").write_text(json.dumps({**named, "temperature": self.temperature}), encoding="utf-8")
        parts = {f"{name}{side}": getattr(self, name)[side] for name in ("rarity", "weights") for side in (0, 1)}
        parts = {name: part.astype(np.float16) for name, part in parts.items()}
        np.savez_compressed(folder / "ngrams.npz", offsets=self.offsets, **parts)

    @classmethod
    def load(cls, folder: Path) -> NgramClassifier:
        """Reads what `save` has written; OSError when there is nothing."""
        named = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        with np.load(folder / "ngrams.npz", allow_pickle=False) as parts:
            # The weights stay in half precision: they are most of what is held, and few rows are read for a message.
            read = {
                name: parts[name] if name.startswith("weights") else parts[name].astype(np.float32) for name in parts
            }
        return cls(
            tuple(named["labels"]),
            (_places(named["words"]), _places(named["pieces"])),
            (read["rarity0"], read["rarity1"]),
            (read["weights0"], read["weights1"]),
            read["offsets"],
            float(named["temperature"]),
        )


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _numbered(counted: Sequence[Mapping[str, int]]) -> dict[str, int]:
    standing = Counter(name for counts in counted for name in counts)
    return _places(sorted(name for name, times in standing.items() if times >= _LEAST))


def _rarity(counted: Sequence[Mapping[str, int]], numbers: Mapping[str, int]) -> Floats:
    standing = Counter(name for counts in counted for name in counts)
    times = np.fromiter((standing[name] for name in numbers), np.float64, len(numbers))
    return (np.log((1 + len(counted)) / (1 + times)) + 1).astype(np.float32)


def _matrix(counted: Sequence[Any], numbers: Sequence[Mapping[str, int]], rarity: Sequence[Floats]) -> Any:
    """A row for each message: both sides, each of length one."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.preprocessing import normalize

    sides = []
    for side in (0, 1):
        known = [
            [(numbers[side][name], n) for name, n in row[side].items() if name in numbers[side]] for row in counted
        ]
        columns = np.fromiter((place for row in known for place, _ in row), np.intp)
        told = np.fromiter((1.0 + math.log(n) for row in known for _, n in row), np.float32) * rarity[side][columns]
        ends = np.cumsum([0, *map(len, known)])
        sides.append(normalize(csr_matrix((told, columns, ends), shape=(len(known), len(numbers[side])))))
    return hstack(sides).tocsr()


def _separator() -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=_STRICT, random_state=42)


def _temperature(rows: Any, labels: Sequence[str]) -> float:
    """What the distances are multiplied with, so that of ten messages at 0.8 eight are right; from unseen examples."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=42)
    scores = cross_val_predict(_separator(), rows, labels, cv=folds, method="decision_function")
    names = sorted(set(labels))
    right = np.fromiter((names.index(label) for label in labels), np.intp, len(labels))
    at = np.arange(len(labels))
    losses = [-np.log(_chances(scores, each)[at, right] + 1e-9).mean() for each in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _chances(scores: Floats, temperature: float) -> Floats:
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) * temperature)
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances
