"""In a Spanish answer the words of a list may be English: it is said once, before the first of them."""

from __future__ import annotations

import re

from directory.model import Language
from directory.text.catalogue import say
from directory.text.everyday import common, in_spanish
from directory.text.of_month import of_month
from directory.text.own import clipped

__all__ = ["as_listed", "once", "quoted", "surely_english"]


def quoted(text: str, language: Language, length: int) -> str:
    """A place's own words in one line, at most so long; in Spanish with "(en inglés)" before what surely is English.

    What lists say most ("By appointment") is said in Spanish.
    """
    if language is Language.ES and (said := in_spanish(text) or of_month(text)):
        return clipped(said, length)
    short = clipped(text, length)
    if language is Language.ES and surely_english(short):
        return say("own.english", language, text=short)
    return short


def as_listed(text: str, language: Language) -> str:
    """A place's own words in one line; in Spanish introduced as words of the list where they surely are English."""
    if language is Language.ES and (said := in_spanish(text) or of_month(text)):
        return said
    plain = " ".join(text.split())
    if language is Language.ES and surely_english(plain):
        return say("own.list_english", language, text=plain)
    return plain


def once(text: str, language: Language) -> str:
    """The answer with only the first "(en inglés)" of it left."""
    if language is Language.EN:
        return text
    mark = say("own.english", language, text="")
    before, found, after = text.partition(mark)
    return before + found + after.replace(mark, "")


def surely_english(text: str) -> bool:
    """Whether the text has common English words and, but for names, no Spanish ones."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    english, spanish = (sum(word in known for word in words) for known in map(common, (Language.EN, Language.ES)))
    return english > 4 * spanish
