"""Rasa shell of `bot.understanding.ngrams`; stands after the gazetteer, whose names it learns from as kinds."""

from __future__ import annotations

from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Learner, found_in
from bot.understanding.ngrams import NgramClassifier

__all__ = ["IntentsComponent"]

NOTHING = "xnothing"
"""The only word of a message without words."""
_RANKING = "intent_ranking"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentsComponent(Learner):
    """Ranks the acts of a message by its words, "food in Lodi" read as "food in xplace"."""

    @staticmethod
    def read(folder: Path) -> NgramClassifier:
        """The classifier."""
        return NgramClassifier.load(folder)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example of an intent."""
        examples = [example for example in training_data.intent_examples if example.get(INTENT)]
        words, acts = [_words(each) for each in examples], [each.get(INTENT) for each in examples]
        return self.kept(NgramClassifier.fit(words, acts))

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the acts of each message."""
        if self._learned is None:
            return messages
        for message in messages:
            ranked = [{"name": act, "confidence": chance} for act, chance in self._learned.guess(_words(message))]
            message.set(INTENT, ranked[0], add_to_output=True)
            message.set(_RANKING, ranked, add_to_output=True)
        return messages


def _words(message: Message) -> tuple[str, ...]:
    return found_in(message).masked() or (NOTHING,)
