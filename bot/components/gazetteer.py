"""Rasa shell of `bot.understanding.gazetteer`; at training it learns which words are ordinary."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Shell, add_entities, entity_of, gazetteer, keep_found, keep_strange, text_of
from bot.understanding.spelling import ordinary
from bot.understanding.text import tokens

__all__ = ["GazetteerComponent"]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class GazetteerComponent(Shell):
    """Registered as a featurizer, because only those also read the examples before the classifier is trained.

    Sets the property `urgent` and adds the entities of design section 4, each with a canonical id as its value.
    """

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, known: frozenset[str]
    ) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._known = known

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerComponent:
        del execution_context
        return cls(config, model_storage, resource, frozenset())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> GazetteerComponent:
        del execution_context
        with model_storage.read_from(resource) as folder:
            known = frozenset(json.loads((folder / "known.json").read_text(encoding="utf-8")))
        loaded = cls(config, model_storage, resource, known)
        gazetteer(known)
        return loaded

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the words of the examples that are words, and not slips in writing a name."""
        texts = (text_of(example) for example in training_data.intent_examples)
        counts = Counter(token.text for text in texts for token in tokens(text))
        self._known = ordinary(counts, gazetteer().vocabulary)
        with self._storage.write_to(self._resource) as folder:
            (folder / "known.json").write_text(json.dumps(sorted(self._known)), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Finds names in the examples too, so that the classifier learns of them as kinds."""
        finder = gazetteer(self._known)
        for example in training_data.training_examples:
            keep_found(example, finder.find(text_of(example)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Finds names in each message."""
        finder = gazetteer(self._known)
        for message in messages:
            found = finder.find(text_of(message))
            keep_found(message, found)
            keep_strange(message, finder.strange(text_of(message)))
            message.set("urgent", found.urgent, add_to_output=True)
            add_entities(message, [entity_of(sighting) for sighting in found.sightings])
        return messages
