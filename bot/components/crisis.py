"""Rasa shell of `bot.understanding.crisis`."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.components._shell import Shell, text_of
from bot.understanding.crisis import detect

__all__ = ["CrisisComponent"]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class CrisisComponent(Shell):
    """Sets the property `crisis`: the kind of danger that a message speaks of, or null."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads the text before any other component can bend it."""
        for message in messages:
            kind = detect(text_of(message))
            message.set("crisis", kind.value if kind else None, add_to_output=True)
        return messages
