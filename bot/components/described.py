"""Rasa shell of `bot.understanding.described`; stands after the act is guessed and before it is decided."""

from __future__ import annotations

from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Learner, entity_of, found_in, gazetteer, keep_found, text_of
from bot.understanding import lexicon
from bot.understanding.crisis import Kind
from bot.understanding.described import Described, examples, label_of, words_of
from bot.understanding.ngrams import NgramClassifier

__all__ = ["DescribedComponent"]

_ASKS = frozenset({"need", "program"})
_NO_DANGER = frozenset({None, Kind.WORRY.value, Kind.UNSAFE_TONIGHT.value})
"""What lets a message describe what it looks for; nowhere to go tonight is a danger and a wish in one."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class DescribedComponent(Learner):
    """Adds the programs and needs that a message describes, and takes out needs that it only tells."""

    @staticmethod
    def read(folder: Path) -> Described:
        """What is known of descriptions."""
        return Described(NgramClassifier.load(folder), lexicon.build().need_of)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the descriptions, and from every example of an intent what its names mean."""
        finder = gazetteer(frozenset())
        learned = [(words_of(finder.find(text)), label) for text, label in examples()]
        told = ((found_in(each), str(each.get(INTENT))) for each in training_data.intent_examples)
        learned += [(words_of(found), label) for found, act in told if (label := label_of(found, act)) is not None]
        learned = [(words, label) for words, label in learned if words]
        return self.kept(Described.fit(learned, lexicon.build().need_of))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds to each message what it describes."""
        if self._learned is None:
            return messages
        for message in messages:
            before = found_in(message)
            endangered = message.get("crisis") not in _NO_DANGER
            after = self._learned.added_to(before, text_of(message), in_danger=endangered)
            if after.sightings == before.sightings:
                continue
            keep_found(message, after)
            others = [each for each in message.get(ENTITIES, []) if each["entity"] not in _ASKS]
            asked = [entity_of(item) for item in after.sightings if item.kind in _ASKS]
            message.set(ENTITIES, [*others, *asked], add_to_output=True)
        return messages
