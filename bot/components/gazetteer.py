"""Rasa shell of `bot.understanding.gazetteer`; at training it learns which words are ordinary."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Learner, add_entities, entity_of, gazetteer, keep_found, keep_strange, text_of
from bot.understanding.spelling import ordinary
from bot.understanding.text import tokens

__all__ = ["GazetteerComponent"]

_FILE = "known.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class GazetteerComponent(Learner):
    """Registered as a featurizer, because only those also read the examples before the classifier is trained.

    Sets the property `urgent` and adds the entities of design section 4, each with a canonical id as its value.
    """

    @staticmethod
    def read(folder: Path) -> frozenset[str]:
        """The ordinary words; the gazetteer that knows them is built at once, before anybody writes."""
        known = frozenset(json.loads((folder / _FILE).read_text(encoding="utf-8")))
        gazetteer(known)
        return known

    def write(self, folder: Path) -> None:
        """The ordinary words, in one file."""
        (folder / _FILE).write_text(json.dumps(sorted(self._learned)), encoding="utf-8")

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the words of the examples that are words, and not slips in writing a name."""
        texts = (text_of(example) for example in training_data.intent_examples)
        counts = Counter(token.text for text in texts for token in tokens(text))
        return self.kept(ordinary(counts, gazetteer().vocabulary))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Finds names in the examples too, so that the classifier learns of them as kinds."""
        finder = gazetteer(self._learned or frozenset())
        for example in training_data.training_examples:
            keep_found(example, finder.find(text_of(example)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Finds names in each message."""
        finder = gazetteer(self._learned or frozenset())
        for message in messages:
            found = finder.find(text_of(message))
            keep_found(message, found)
            keep_strange(message, finder.strange(text_of(message)))
            message.set("urgent", found.urgent, add_to_output=True)
            add_entities(message, [entity_of(sighting) for sighting in found.sightings])
        return messages
