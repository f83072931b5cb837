"""Rasa shell of `bot.understanding.language`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.components._shell import Shell, add_entities, found_in, is_strange, keep_found, text_of
from bot.understanding import other_language
from bot.understanding.found import Found, Sighting
from bot.understanding.language import detect

__all__ = ["LanguageComponent"]

_COMPARED = frozenset({"place", "need", "program", "plan", "guide", "topic"})
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
            if other:
                _only_as_written(message, other)
            message.set("language", other or language, add_to_output=True)
            spoken = language or (message.get("metadata") or {}).get("language")
            if spoken:
                whole = {"entity": "language", "value": spoken, "start": 0, "end": len(text_of(message))}
                add_entities(message, [{**whole, "extractor": "LanguageComponent"}])
        return messages


def _only_as_written(message: Message, code: str) -> None:
    """Of a message in another language, only the names that stand there letter for letter: "lus" is no "luz"."""
    found = found_in(message)
    kept = tuple(item for item in found.sightings if item.kind not in _COMPARED or _is_written(item, found, code))
    keep_found(message, replace(found, sightings=kept))
    names = {(item.kind, item.value) for item in kept}
    sighted = {(item.kind, item.value) for item in found.sightings}
    entities = [each for each in message.get(ENTITIES, []) if _key(each) not in sighted or _key(each) in names]
    message.set(ENTITIES, entities, add_to_output=True)


def _is_written(item: Sighting, found: Found, code: str) -> bool:
    written = found.words[item.first : item.last]
    if written and all(other_language.is_own(word, code) for word in written):
        return False
    return not item.name or " ".join(written) == item.name


def _key(entity: dict[str, Any]) -> tuple[str, str]:
    return entity["entity"], entity["value"]
