"""Rasa shell of `bot.understanding.language`."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.components._shell import Shell, add_entities, found_in, is_strange, text_of
from bot.understanding import other_language
from bot.understanding.language import detect

__all__ = ["LanguageComponent"]

_NAMES = frozenset({"place", "zip", "plan"})


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class LanguageComponent(Shell):
    """Sets the property `language` (en, es, null, or another that we do not speak) and an entity that fills the slot.

    The slot is filled where the message is in a language of ours, else with that of the page, if any.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Stands after the gazetteer: a message of names alone has no language but that of the page, if any."""
        for message in messages:
            only_names = found_in(message).covers(_NAMES)
            other = None if only_names else other_language.detect(text_of(message), strange=is_strange(message))
            # Letters that say nothing lean to neither language.
            guessed = only_names or is_strange(message)
            language = None if other else detect(text_of(message), only_names=guessed)
            message.set("language", other or language, add_to_output=True)
            spoken = language or (message.get("metadata") or {}).get("language")
            if spoken:
                whole = {"entity": "language", "value": spoken, "start": 0, "end": len(text_of(message))}
                add_entities(message, [{**whole, "extractor": "LanguageComponent"}])
        return messages
