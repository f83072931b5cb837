"""Rasa shell of `bot.understanding.ngrams`; stands after the gazetteer, whose names it learns from as kinds."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Shell, found_in
from bot.understanding.ngrams import NgramClassifier

__all__ = ["IntentsComponent"]

NOTHING = "xnothing"
"""The only word of a message without words."""
_RANKING = "intent_ranking"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentsComponent(Shell):
    """Ranks the acts of a message by its words, "food in Lodi" read as "food in xplace"."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, intents: NgramClassifier | None = None
    ) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._intents = intents

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentsComponent:
        del execution_context
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> IntentsComponent:
        del execution_context
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, NgramClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example of an intent."""
        examples = [example for example in training_data.intent_examples if example.get(INTENT)]
        self._intents = NgramClassifier.fit(
            [_words(each) for each in examples], [each.get(INTENT) for each in examples]
        )
        with self._storage.write_to(self._resource) as folder:
            self._intents.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the acts of each message."""
        if self._intents is None:
            return messages
        for message in messages:
            ranked = [{"name": act, "confidence": chance} for act, chance in self._intents.guess(_words(message))]
            message.set(INTENT, ranked[0], add_to_output=True)
            message.set(_RANKING, ranked, add_to_output=True)
        return messages


def _words(message: Message) -> tuple[str, ...]:
    return found_in(message).masked() or (NOTHING,)
