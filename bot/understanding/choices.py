"""The words of the choices we offer to questions of the rules: said as they stand, they answer and alarm nobody.

So do the short words for "I don't know", which is a choice of every question ("idk" alone is no cry for help).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from bot.understanding.text import fold, plain, words_file
from directory.eligibility import questions, rules
from directory.eligibility.strict import Text
from directory.model import Language
from directory.text import catalogue

__all__ = ["harmless", "is_answer", "is_choice", "labels"]


def labels() -> tuple[str, ...]:
    """Every choice as a person reads it, in both languages."""
    fixed = [
        catalogue.say(key, language)
        for language in Language
        for key in sorted(catalogue.keys(language))
        if key.startswith("verdict.choice.")
    ]
    return tuple(dict.fromkeys((*_of_questions(), *fixed)))


def _of_questions() -> tuple[str, ...]:
    """The choices that only one question has; "Yes", "No" and "More" mean something elsewhere too."""
    texts = [choice.label for choice in questions.group_choices()]
    texts += [choice.label for condition in rules.conditions().values() for choice in condition.choices]
    return _both(texts)


def harmless() -> tuple[str, ...]:
    """The choices that are no danger in anybody's words; having nowhere to sleep may be one."""
    where = {text for choice in questions.group_choices("where_you_sleep") for text in _both([choice.label])}
    return tuple(label for label in (*labels(), *_unsure()) if label not in where)


def is_choice(text: str) -> bool:
    """Whether a message is one of our choices, word for word, or only says that somebody does not know."""
    return _folded(text) in _known()


def is_answer(text: str) -> bool:
    """Whether a message is a choice of one question of ours, which nothing else would be said with."""
    return _folded(text) in _answers()


def _both(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(words for text in texts for words in (text.en, text.es))


def _folded(text: str) -> str:
    return " ".join(fold(plain(text)).strip(" .!,").split())


@functools.cache
def _unsure() -> tuple[str, ...]:
    return tuple(str(words) for words in words_file("unsure")["unsure"])


@functools.cache
def _answers() -> frozenset[str]:
    return frozenset(map(_folded, _of_questions()))


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(map(_folded, (*labels(), *_unsure())))
