"""Reads all that a text message may need, so that an upgrade under our feet takes nothing away and nobody waits."""

from __future__ import annotations

import importlib
from contextlib import suppress

from bot.sms import fitting, signature, texts
from directory import pause
from directory.errors import PuenteError
from directory.inbox import who
from directory.model import Language

__all__ = ["warm"]


def warm() -> None:
    """Where text messages can come at all: a home without them is spared the room that the inbox takes."""
    if signature.lacking() is not None:
        return
    with suppress(PuenteError, OSError):  # no key or store that can be read: the log says so once somebody writes
        nobody = who.conversation("nobody")
        who.seal(nobody)
        importlib.import_module("directory.inbox.opt_outs").is_out(nobody)
    for spoken in (None, *(each.value for each in Language)):
        said = [texts.help_told(spoken), texts.fixed("busy", spoken), texts.paused(pause.Paused("Closed."), spoken)]
        fitting.fitted([*texts.danger("I want to die", spoken), *said], accents="keep")
