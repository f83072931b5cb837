"""The words that the classifier sees: folded, spoken forms, with names replaced by their kind."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components._shell import found_in

__all__ = ["NamesTokenizer"]

NOTHING = "xnothing"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class NamesTokenizer(Tokenizer):  # type: ignore[misc]
    """Splits a message into words after the gazetteer has read it: "food in Lodi" becomes "food in xplace"."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Rasa asks for intents and responses too; they are split at spaces."""
        words = found_in(message).masked() if attribute == TEXT else tuple(str(message.get(attribute)).split())
        # Without a word there are no features, and the classifier fails instead of being unsure.
        words = words or (NOTHING,)
        tokens: list[Token] = []
        start = 0
        for word in words:
            tokens.append(Token(word, start))
            start += len(word) + 1
        return tokens
