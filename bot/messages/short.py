"""The shorter form of a fixed reply for text messages, where it has one and the clinic worded no other."""

from __future__ import annotations

from functools import cache

from bot.messages import project
from directory import wording
from directory.model import Language
from directory.text.catalogue import say
from directory.text.ours import ours, reach

__all__ = ["form"]


def form(name: str, language: str, text: str) -> str:
    """What is said by text instead of `text`, the fixed reply of that name; the text itself where there is none."""
    if language not in wording.LANGUAGES:
        return text
    shipped, brief = _forms(language).get(name, ("", None))
    own = wording.words(f"bot.{name}.sms", language, brief) if brief else None
    reworded = bool(shipped) and wording.words(f"bot.{name}", language, shipped) != shipped
    if own is None or (reworded and own == brief):
        return text
    named, yours = reach(ours()), say("clinic.yours", Language(language))
    return own.replace(yours, named) if named else own


@cache
def _forms(language: str) -> dict[str, tuple[str, str | None]]:
    return {name: (each["text"], each.get("sms")) for name, each in project.messages(language).items()}
