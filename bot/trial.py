"""Whether this version could serve people: everything it runs is imported, the model loaded, a few messages answered.

Asked by an upgrade in a process of its own before the service is let go, so that nobody meets a version that breaks.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from bot import runtime, works
from bot.loading import answers, load
from directory.errors import AssistantError, origin

__all__ = ["PARTS", "imported", "serves"]

PARTS = ("bot.channels", "bot.door.serving", "bot.recording", "bot.supervisor.__main__", "directory.desk.app")
"""What `puente up` starts beside the actions, of each package all modules."""


def serves(model: Path) -> None:
    """AssistantError says what keeps this version from answering people."""
    runtime.prepare()
    for name in ("actions", *PARTS):
        imported(name)
    if fault := works.wrong(load(model, store=None), answers):
        raise AssistantError(f"This version does not answer as it should: {fault}.")


def imported(name: str) -> None:
    """Imports a module, and all below it when it is a package; AssistantError names the one that does not import."""
    try:
        found = importlib.import_module(name)
        below = [f"{name}.{each.name}" for each in pkgutil.iter_modules(getattr(found, "__path__", []))]
    except Exception as error:  # a syntax error, a name that is gone: whatever a broken version may hold
        raise AssistantError(f"{name} of this version cannot be imported ({origin(error)}).") from error
    for each in below:
        imported(each)
