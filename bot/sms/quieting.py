"""After violence, self-harm, drugs or a minor's words nothing is sent later, also while the assistant is away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from bot.sms import moment
from bot.sms.words import said
from directory.dangers import HUSHED

__all__ = ["hush", "hush_unread"]

_HARD = re.compile(
    r"\b(?:drugs?|meth|fentanyl|heroin|cocaine|opioids?|overdos\w+|rehab|detox|relaps\w+|addict\w*|narcan|suboxone"
    r"|methadone|sober|alcoholi[cs]\w*|drogas?|drogadict\w+|adict[oa]|adiccion\w*|cristal|heroina|fentanilo|cocaina"
    r"|sobredosis|metadona|recai\w*|violencia|violence|abus(?:e|ed|ive|er|o|a|an)|maltrat\w+|restraining order"
    r"|orden de restriccion|soy menor|im a minor"
    r"|(?:im|i am|tengo) (?:only |solo )?1[0-7](?: anos| years? old)?(?= *$| and | y ))\b"
)
"""The plainest of the words after which the assistant itself would be quiet (actions/signs/later.yml)."""


async def hush(who: str, danger: Sequence[Mapping[str, Any]]) -> None:
    """Keeps quiet towards that one where the words of such a danger are said; they are said in any case."""
    if any((message.get("custom") or {}).get("crisis") in HUSHED for message in danger):
        await _kept(who)


async def hush_unread(who: str, text: str) -> None:
    """The same for a message that the assistant does not read, by its words alone."""
    if _HARD.search(said(text)):
        await _kept(who)


async def _kept(who: str) -> None:
    from directory.inbox import quiet

    await moment.done(lambda: quiet.hush(who, datetime.now(timezone.utc)))
