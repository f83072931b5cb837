"""What a worker's terse line holds that no list was looked through for: said back, so that nobody counts on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions import narrowing, said
from actions.asked_shown import filters_said, request_said
from actions.barriers_heard import heard_in
from actions.context import Turn
from actions.heard import fold
from actions.words import sign
from directory.reply import Kind, Reply

__all__ = ["said_back"]

_LISTED = (Kind.LISTINGS.value, Kind.NONE_FOUND.value)
_WHO = re.compile(r" (?:\d{1,3} ?(?:yo ?)?[mfh]|[mfh] ?\d{1,3}|\d{1,3} ?yo) ")
"""An age with m or f: who it is, no wish."""


def said_back(turn: Turn) -> None:
    """One line after the lists on what was not used; only wishes are repeated, nothing of the person ever is."""
    unused = tuple(_unused(turn)) if _of_a_worker(turn) else ()
    kinds = {(message.get("custom") or {}).get("kind") for message in turn.dispatcher.messages}
    if not unused or not kinds & set(_LISTED):
        return
    wishes = tuple(piece for piece in unused if sign("unused_wishes", piece, alone=True))
    key = "unused.both" if wishes and len(wishes) < len(unused) else "unused.wishes" if wishes else "unused.person"
    what = ", ".join(fold(wish).strip() for wish in wishes) or "-"
    turn.utter(turn.say(key, what=what), Reply(kind=Kind.SMALLTALK))


def _of_a_worker(turn: Turn) -> bool:
    text = turn.heard.text
    return (
        turn.heard.about == "patient"
        or bool(turn.known.cases)
        or _WHO.search(fold(text)) is not None
        or len(request_said(text)) > 1
    )


def _unused(turn: Turn) -> Iterator[str]:
    for piece in turn.unnamed:
        heard = said.facts_in(piece) or heard_in(piece) or request_said(piece) or filters_said(piece)
        timed = narrowing.names_a_time(piece, turn.now)
        if not (heard or timed or _WHO.search(fold(piece)) or sign("unused_plain", piece, alone=True)):
            yield piece
