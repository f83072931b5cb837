"""Rasa shell of `bot.understanding.act`; stands after the classifier, the crisis component and the gazetteer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.components._shell import Shell, found_in, is_strange, keep_found, text_of
from bot.understanding import choices
from bot.understanding.act import FALLBACK, Act, Bar, decide
from bot.understanding.crisis import Kind
from bot.understanding.text import words_file

__all__ = ["ActComponent"]

_RANKING = "intent_ranking"
_ASKED = frozenset({"need", "program"})
_ASKS_FOR_NOTHING = frozenset(
    {
        "affirm",
        "ask_bot",
        "ask_privacy",
        "deny",
        "goodbye",
        "greet",
        "opt_out",
        "out_of_scope",
        "thanks",
        "talk_to_human",
    }
)
"""Acts beside which a need is only told: "will my boss know that I asked for food"."""
_SURE = 0.6


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class ActComponent(Shell):
    """Settles the intent: crisis, what is certain by rule, then the classifier above its threshold."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.3, "high": {}}

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrules the classifier where a rule is certain; its ranking is kept behind."""
        for message in messages:
            act = self._decided(message)
            if act.name in _ASKS_FOR_NOTHING and act.confidence >= _SURE:
                _let_go_of_needs(message)
            elif act.name == "report_outcome":
                _let_go_of_needs(message, named=words_file("lists")["sent_away"])
            settled = {"name": act.name, "confidence": act.confidence}
            message.set(INTENT, settled, add_to_output=True)
            others = [each for each in message.get(_RANKING) or [] if each.get("name") != act.name]
            message.set(_RANKING, [settled, *others], add_to_output=True)
        return messages

    def _decided(self, message: Message) -> Act:
        if choices.is_answer(text_of(message)):
            return Act("inform", 1.0)
        crisis = message.get("crisis")
        worry = crisis == Kind.WORRY.value
        return decide(
            text_of(message),
            _guesses(message),
            found_in(message),
            bar=Bar(float(self.config["threshold"]), self.config["high"]),
            crisis=bool(crisis) and not worry,
            worry=worry,
            foreign=message.get("language") not in (None, "en", "es"),
        )


def _guesses(message: Message) -> list[Act]:
    """What the classifier takes the message for, the likeliest first; nothing where no word of it is known."""
    if is_strange(message):
        return []
    ranked = message.get(_RANKING) or [message.get(INTENT) or {}]
    return [Act(each.get("name") or FALLBACK, float(each.get("confidence") or 0.0)) for each in ranked]


def _let_go_of_needs(message: Message, *, named: Collection[str] = ()) -> None:
    """Takes out all that is asked for, or only what is `named` so."""
    found = found_in(message)
    gone = {item for item in found.sightings if item.kind in _ASKED and (not named or item.name in named)}
    if named and not gone:
        return
    left = tuple(item for item in found.sightings if item not in gone)
    keep_found(message, replace(found, sightings=left))
    values = {(item.kind, item.value) for item in gone} - {(item.kind, item.value) for item in left}
    kept = [each for each in message.get(ENTITIES, []) if (each["entity"], each["value"]) not in values]
    message.set(ENTITIES, kept, add_to_output=True)
