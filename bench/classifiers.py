"""Which classifier tells acts best: a table of accuracy, macro-F1 and cost on the third part of the development set.

    python -m bench.classifiers --save

Every candidate reads the same words (the gazetteer's, names by their kind) of the same examples in one run; none of
the development set is trained on. Rules and bars (`bot.understanding.act`) are left out: this compares guesses alone.
DIET is trained once with stock Rasa (`bench.run`), on the same examples, and its line is taken from there.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bench.results import options, tell
from bot.understanding import lexicon
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.ngrams import NgramClassifier
from bot.understanding.text import tokens

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[1]
DEVELOPMENT = ROOT / "tests" / "nlu" / "devset_third.jsonl"
Words = tuple[str, ...]
Guess = Callable[[Words], str]


@dataclass(frozen=True)
class Data:
    """Messages as words, with their act; `languages` are of the messages to be told."""

    learned: Sequence[Words]
    acts: Sequence[str]
    asked: Sequence[Words]
    right: Sequence[str]
    languages: Sequence[str]


def data() -> Data:
    """The examples, and what of the development set is neither a danger nor an example word for word."""
    examples = list(_examples())
    known = frozenset(token.text for text, _ in examples for token in tokens(text))
    gazetteer = Gazetteer(lexicon.build(), known=known)

    def words(text: str) -> Words:
        return gazetteer.find(text).masked() or ("xnothing",)

    trained = {text.casefold() for text, _ in examples}
    rows = [json.loads(line) for line in DEVELOPMENT.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["act"] != "crisis" and row["text"].casefold() not in trained]
    return Data(
        [words(text) for text, _ in examples],
        [act for _, act in examples],
        [words(row["text"]) for row in rows],
        [row["act"] for row in rows],
        [row["language"] for row in rows],
    )


def _examples() -> list[tuple[str, str]]:
    found = []
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for part in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = (line.strip() for line in part["examples"].splitlines())
            found += [(line.removeprefix("- "), part["intent"]) for line in lines if line.startswith("- ")]
    return found


def ours(given: Data) -> Guess:
    """Puente's: words, edges and pieces, a linear support vector machine."""
    learned = NgramClassifier.fit(given.learned, given.acts)
    return lambda words: learned.guess(words)[0][0]


def plain(make: Callable[[], Any], *, pieces: tuple[int, int], weighted: bool) -> Callable[[Data], Guess]:
    """Words in pairs and pieces of words, as Rasa's CountVectorsFeaturizer counts them, and a classifier of sklearn."""

    def fitted(given: Data) -> Guess:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

        kind = TfidfVectorizer if weighted else CountVectorizer
        sides = [kind(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b"), kind(analyzer="char_wb", ngram_range=pieces)]
        rows = hstack([side.fit_transform([" ".join(words) for words in given.learned]) for side in sides]).tocsr()
        line = make().fit(rows, given.acts)
        return lambda words: str(line.predict(hstack([side.transform([" ".join(words)]) for side in sides]).tocsr())[0])

    return fitted


def candidates() -> dict[str, Callable[[Data], Guess]]:
    """What is compared, by the name in the table."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    def regression(strictness: float) -> Callable[[], Any]:
        return lambda: LogisticRegression(C=strictness, max_iter=200, tol=0.001, random_state=42)

    def machine(strictness: float) -> Callable[[], Any]:
        return lambda: LinearSVC(C=strictness, random_state=42)

    return {
        "counted, logistic regression": plain(regression(1.0), pieces=(2, 4), weighted=False),
        "weighted, logistic regression": plain(regression(10.0), pieces=(2, 5), weighted=True),
        "counted, linear SVM": plain(machine(0.01), pieces=(2, 4), weighted=False),
        "weighted, linear SVM": plain(machine(0.3), pieces=(2, 5), weighted=True),
        "words, edges and pieces apart, linear SVM (kept)": ours,
    }


def measured(fit: Callable[[Data], Guess], given: Data) -> tuple[float, float, float, float, float]:
    """Accuracy in English and Spanish, macro-F1, seconds of training, milliseconds for a message."""
    from sklearn.metrics import f1_score

    began = time.process_time()
    guess = fit(given)
    trained = time.process_time() - began
    took, told = [], []
    for words in given.asked:
        began = time.process_time()
        told.append(guess(words))
        took.append(1000 * (time.process_time() - began))
    share = [_share(told, given, language) for language in ("en", "es")]
    return share[0], share[1], float(f1_score(given.right, told, average="macro")), trained, statistics.median(took)


def _share(told: Sequence[str], given: Data, language: str) -> float:
    pairs = [
        got == right
        for got, right, spoken in zip(told, given.right, given.languages, strict=True)
        if spoken == language
    ]
    return sum(pairs) / len(pairs)


def table(given: Data) -> str:
    """The table, one row for each candidate."""
    lines = ["| classifier | English | Spanish | macro-F1 | training, s | a message, ms |", "|---|---|---|---|---|---|"]
    for name, fit in candidates().items():
        english, spanish, score, trained, took = measured(fit, given)
        lines.append(f"| {name} | {english:.1%} | {spanish:.1%} | {score:.3f} | {trained:.1f} | {took:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Measures and prints; `--save` keeps the table in RESULTS.md."""
    wanted = options(__doc__).parse_args()
    given = data()
    text = table(given)
    tell(text, _section(given, text), keep=wanted.save)


def _section(given: Data, text: str) -> str:
    return (
        f"## The classifier of acts, {date.today().isoformat()}\n\n"
        f"`python -m bench.classifiers --save`: {len(given.learned):,} examples, {len(given.right)} messages of the\n"
        "third part of the development set, guesses alone (no rule, no bar), times of a processor. Examples were\n"
        "grown from its errors, which flatters all of them alike: what counts is the order.\n\n" + text
    )


if __name__ == "__main__":
    main()
