"""Rasa shell of `bot.understanding.crisis` and of its learned layer, `bot.understanding.crisis_guess`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Learner, text_of
from bot.understanding import choices
from bot.understanding.crisis import Kind
from bot.understanding.crisis_examples import examples
from bot.understanding.crisis_guess import THRESHOLD, Guesser, feeling

__all__ = ["CrisisComponent"]

_FILE = "crisis.npz"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class CrisisComponent(Learner):
    """Sets the property `crisis`: the kind of danger that a message speaks of, worry, or null."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": THRESHOLD}

    @staticmethod
    def read(folder: Path) -> Guesser:
        """The learned layer."""
        return Guesser.load(folder / _FILE)

    def write(self, folder: Path) -> None:
        """The learned layer, in one file."""
        self._learned.save(folder / _FILE)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from our own examples; every example of an intent or a program and our own choices are no danger."""
        ordinary = {example.get(TEXT) for example in training_data.intent_examples if example.get(TEXT)}
        return self.kept(Guesser.fit(examples(sorted({*ordinary, *choices.harmless()}))))

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads the text before any other component can bend it."""
        for message in messages:
            kind = self._danger(text_of(message))
            message.set("crisis", kind.value if kind else None, add_to_output=True)
        return messages

    def _danger(self, text: str) -> Kind | None:
        if choices.is_choice(text):  # the words of a button of ours, pressed or typed
            return None
        guess = self._learned.guess(text) if self._learned else None
        return feeling(text, guess, float(self.config["threshold"]))
