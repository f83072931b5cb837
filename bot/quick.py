"""The same answers of a trained model, sooner: words counted once for a message, and rules looked up once for an act.

Rasa's featurizers build a sparse matrix for each word of a message that our classifier never reads, and scikit-learn
copies all weights to multiply a few of them. Here a message's n-grams are numbers, and the classifier adds the weights
of those. Rules are tried anew by Rasa at every step, over all states of a conversation, although ours depend on the
act alone. Both stand aside where the pipeline or the rules are of another shape than they can answer for exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["quicken"]

_OURS = "bot.components."
_WORDS_REMEMBERED = 20_000
_ACTS_REMEMBERED = 2_000
_PASSING = frozenset({"slot", "bot", "user_featurization"})
"""Events after a message that no rule looks at, if no rule speaks of slots."""

Numbers = Callable[[str], Iterable[int]]


def quicken(nodes: Mapping[str, Any]) -> tuple[bool, bool]:
    """Makes the nodes of a loaded model quicker; whether it did for the classifier, and for the rules."""
    return _classify_at_once(nodes), _look_up_once(nodes)


# Words to an act


def _classify_at_once(nodes: Mapping[str, Any]) -> bool:
    reading = [node for node in nodes.values() if node._fn_name == "process"]
    featurizers = [node for node in reading if _is(node, "CountVectorsFeaturizer")]
    classifiers = [node for node in reading if _is(node, "LogisticRegressionClassifier")]
    others = [node for node in reading if node not in featurizers and node not in classifiers]
    if len(classifiers) != 1 or not all(map(_reads_no_features, others)):
        return False
    featurizers.sort(key=lambda node: int(re.findall(r"\d+$", node._node_name)[0]))
    learned = classifiers[0]._component
    counters = _counters([node._component for node in featurizers])
    if counters is None or not _adds_up(learned.clf, [node._component for node in featurizers]):
        return False
    for node in featurizers:
        node._fn = _as_they_are
    classifiers[0]._fn = _classifier(learned, counters)
    return True


def _reads_no_features(node: Any) -> bool:
    return type(node._component).__module__.startswith(_OURS) or _is(node, "RegexMessageHandler")


def _is(node: Any, name: str) -> bool:
    return type(node._component).__name__ == name


def _as_they_are(_: Any, messages: list[Any]) -> list[Any]:
    return messages


def _adds_up(learned: Any, featurizers: list[Any]) -> bool:
    """Whether the classifier is a softmax over exactly what the featurizers count."""
    several = learned.multi_class in ("auto", "multinomial") and learned.solver != "liblinear"
    columns = sum(len(featurizer.vectorizers["text"].vocabulary_) for featurizer in featurizers)
    return several and len(learned.classes_) > 2 and learned.coef_.shape == (len(learned.classes_), columns)


def _counters(featurizers: list[Any]) -> list[Callable[[Any], Iterable[int]]] | None:
    """For each featurizer, the numbers of the n-grams of a message, each as often as it stands there."""
    made: list[Callable[[Any], Iterable[int]]] = []
    start = 0
    for featurizer in featurizers:
        vectorizer = featurizer.vectorizers.get("text")
        if vectorizer is None or vectorizer.binary:
            return None
        numbers = {gram: int(number) + start for gram, number in vectorizer.vocabulary_.items()}
        made.append(_counter(featurizer, _by_word(vectorizer, numbers) or _by_text(vectorizer, numbers)))
        start += len(numbers)
    return made


def _counter(featurizer: Any, numbers: Numbers) -> Callable[[Any], Iterable[int]]:
    return lambda message: numbers(" ".join(featurizer._get_processed_message_tokens_by_attribute(message)))


def _by_text(vectorizer: Any, numbers: Mapping[str, int]) -> Numbers:
    grams = vectorizer.build_analyzer()
    return lambda text: [numbers[gram] for gram in grams(text) if gram in numbers]


def _by_word(vectorizer: Any, numbers: Mapping[str, int]) -> Numbers | None:
    """The pieces of each word are found once: no piece reaches over the end of its word."""
    if vectorizer.analyzer != "char_wb":
        return None
    plain = vectorizer.build_preprocessor()

    @lru_cache(maxsize=_WORDS_REMEMBERED)
    def of(word: str) -> tuple[int, ...]:
        return tuple(numbers[gram] for gram in vectorizer._char_wb_ngrams(word) if gram in numbers)

    return lambda text: [number for word in plain(text).split() for number in of(word)]


def _classifier(
    component: Any, counters: list[Callable[[Any], Iterable[int]]]
) -> Callable[[Any, list[Any]], list[Any]]:
    learned = component.clf
    weights: npt.NDArray[np.float64] = np.ascontiguousarray(learned.coef_.T)
    learned.coef_ = weights.T  # the same numbers, laid out so that an n-gram's stand together, and kept once
    names = [str(name) for name in learned.classes_]
    most = component.config["ranking_length"] or len(names)

    def process(_: Any, messages: list[Any]) -> list[Any]:
        for message in messages:
            found = [number for counter in counters for number in counter(message)]
            chances = _softmax(weights[found].sum(axis=0) + learned.intercept_)
            ranked = np.argsort(-chances, kind="stable")
            ranking = [{"name": names[place], "confidence": float(chances[place])} for place in ranked[:most]]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    return process


def _softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    chances: npt.NDArray[np.float64] = np.exp(scores - scores.max())
    chances /= chances.sum()
    return chances


# An act to an action


def _look_up_once(nodes: Mapping[str, Any]) -> bool:
    policies = [node._component for node in nodes.values() if _is(node, "RulePolicy")]
    if len(policies) != 1 or not all(_of_an_act(json.loads(key)) for key in policies[0].lookup["rules"]):
        return False
    policy, predict = policies[0], policies[0]._predict
    remembered: dict[tuple[str | None, ...], Any] = {}

    def looked_up(tracker: Any, domain: Any) -> Any:
        step = _step(tracker)
        if step is None:
            return predict(tracker, domain)
        if step not in remembered:
            if len(remembered) > _ACTS_REMEMBERED:
                remembered.clear()
            remembered[step] = predict(tracker, domain)
        return remembered[step]

    policy._predict = looked_up
    return True


def _of_an_act(states: list[dict[str, Any]]) -> bool:
    """Whether a rule asks for nothing but an act and the action right after it."""
    plain = all(set(state) == {"prev_action", "user"} and set(state["user"]) == {"intent"} for state in states)
    return plain and len(states) <= 2 and states[0]["prev_action"] == {"action_name": "action_listen"}


def _step(tracker: Any) -> tuple[str | None, ...] | None:
    """The act of the last message and the actions since; None where something else happened that a rule may look at."""
    if tracker.active_loop_name or tracker.latest_message is None:
        return None
    since: list[str] = []
    for event in reversed(tracker.events):
        if event.type_name == "action":
            since.append(event.action_name)
        elif event.type_name == "user":
            return (tracker.latest_message.intent.get("name"), *since)
        elif event.type_name not in _PASSING:
            return None
    return None
