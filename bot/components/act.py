"""Rasa shell of `bot.understanding.act`; stands after the classifier, the crisis component and the gazetteer."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.components._shell import Shell, found_in, is_strange, text_of
from bot.understanding.act import Act, decide

__all__ = ["ActComponent"]

_RANKING = "intent_ranking"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class ActComponent(Shell):
    """Settles the intent: crisis, what is certain by rule, then the classifier above its threshold."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.3}

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrules the classifier where a rule is certain; its ranking is kept behind."""
        for message in messages:
            guess = message.get(INTENT) or {}
            act = decide(
                text_of(message),
                Act(guess.get("name") or "nlu_fallback", float(guess.get("confidence") or 0.0)),
                found_in(message),
                crisis=bool(message.get("crisis")),
                threshold=float(self.config["threshold"]),
                strange=is_strange(message),
            )
            settled = {"name": act.name, "confidence": act.confidence}
            message.set(INTENT, settled, add_to_output=True)
            others = [each for each in message.get(_RANKING) or [] if each.get("name") != act.name]
            message.set(_RANKING, [settled, *others], add_to_output=True)
        return messages
