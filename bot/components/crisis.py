"""Rasa shell of `bot.understanding.crisis` and of its learned layer, `bot.understanding.crisis_guess`."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components._shell import Shell, text_of
from bot.understanding import choices
from bot.understanding.crisis import Kind
from bot.understanding.crisis_guess import THRESHOLD, Guesser, examples, feeling

__all__ = ["CrisisComponent"]

_FILE = "crisis.npz"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class CrisisComponent(Shell):
    """Sets the property `crisis`: the kind of danger that a message speaks of, worry, or null."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, guesser: Guesser | None = None
    ) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._guesser = guesser

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": THRESHOLD}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CrisisComponent:
        del execution_context
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CrisisComponent:
        """A model without the learned layer is refused: half the dangers would go by unseen, and nobody would know."""
        del execution_context, kwargs
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Guesser.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from our own examples; every example of an intent or a program and our own choices are no danger."""
        ordinary = {example.get(TEXT) for example in training_data.intent_examples if example.get(TEXT)}
        self._guesser = Guesser.fit(examples(sorted({*ordinary, *choices.harmless()})))
        with self._storage.write_to(self._resource) as folder:
            self._guesser.save(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads the text before any other component can bend it."""
        for message in messages:
            kind = self._danger(text_of(message))
            message.set("crisis", kind.value if kind else None, add_to_output=True)
        return messages

    def _danger(self, text: str) -> Kind | None:
        if choices.is_choice(text):  # the words of a button of ours, pressed or typed
            return None
        guess = self._guesser.guess(text) if self._guesser else None
        return feeling(text, guess, float(self.config["threshold"]))
