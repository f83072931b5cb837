"""What our graph components share: a shell, one that also learns, and what they pass to each other."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding import lexicon
from bot.understanding.gazetteer import Found, Gazetteer, Sighting

__all__ = [
    "Learner",
    "Shell",
    "add_entities",
    "entity_of",
    "found_in",
    "gazetteer",
    "is_strange",
    "keep_found",
    "keep_strange",
    "text_of",
]

_FOUND = "found"
_STRANGE = "strange"


class Shell(GraphComponent):  # type: ignore[misc]
    """A component that keeps nothing between messages but its configuration."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Shell:
        del model_storage, resource, execution_context
        return cls(config)


class Learner(Shell):
    """A component that learns from the examples and is loaded with what it learned."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, learned: Any = None) -> None:
        super().__init__(config)
        self._storage = storage
        self._resource = resource
        self._learned = learned

    @staticmethod
    def read(folder: Path) -> Any:
        """What `write` has written."""
        raise NotImplementedError

    def write(self, folder: Path) -> None:
        """Writes what was learned below `folder`."""
        self._learned.save(folder)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Learner:
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
    ) -> Learner:
        """A model without what was learned is refused: half of what people write would go by, and nobody would know."""
        del execution_context
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, cls.read(folder))

    def kept(self, learned: Any) -> Resource:
        """Keeps what was learned, here and in the model."""
        self._learned = learned
        with self._storage.write_to(self._resource) as folder:
            self.write(folder)
        return self._resource


def text_of(message: Message) -> str:
    """What the person wrote, or an empty text."""
    return message.get(TEXT) or ""


def add_entities(message: Message, entities: list[dict[str, Any]]) -> None:
    """Adds to the entities of `message` those that no component before has found."""
    message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)


def entity_of(sighting: Sighting) -> dict[str, Any]:
    """A sighting as Rasa holds it."""
    return {
        "entity": sighting.kind,
        "value": sighting.value,
        "start": sighting.start,
        "end": sighting.end,
        "extractor": "GazetteerComponent",
    }


def keep_found(message: Message, found: Found) -> None:
    """Keeps what the gazetteer found for the components after it; it is no part of the parse."""
    message.set(_FOUND, found)


def found_in(message: Message) -> Found:
    """What the gazetteer found, or nothing where it did not look."""
    return message.get(_FOUND) or Found()


def keep_strange(message: Message, strange: bool) -> None:
    """Keeps whether no word of the message is known."""
    message.set(_STRANGE, strange)


def is_strange(message: Message) -> bool:
    """Whether no word of the message is known."""
    return bool(message.get(_STRANGE))


@functools.cache
def gazetteer(known: frozenset[str] = frozenset()) -> Gazetteer:
    """The gazetteer over the whole lexicon; one for all components of a process that know the same words."""
    return Gazetteer(lexicon.build(), known=known)
