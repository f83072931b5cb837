"""Reads all that a text message may need, so that an upgrade under our feet takes nothing away and nobody waits."""

from __future__ import annotations

import importlib

from bot.sms import signature, texts
from directory import pause
from directory.errors import PuenteError
from directory.inbox import who
from directory.model import Language
from directory.reply import Kind

__all__ = ["warm"]


def warm() -> None:
    """Where text messages can come at all: a home without them is spared the room that the inbox takes."""
    if signature.lacking() is not None:
        return
    importlib.import_module("directory.inbox.opt_outs")
    try:
        who.seal(who.conversation("nobody"))
    except (PuenteError, OSError):  # no key can be read: the log says so with the first session
        pass
    for spoken in (None, *(each.value for each in Language)):
        texts.help_told(spoken)
        texts.fixed("busy", spoken, Kind.FALLBACK)
        texts.paused(pause.Paused("Closed."), spoken)
        texts.danger("I want to die", spoken)
