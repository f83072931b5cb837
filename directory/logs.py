"""Logs as JSON lines that say what happened and where: `at level process event`, ids and numbers, never words.

`event` refuses at the call every text that was not deliberately marked as an id of ours, so nobody logs a message by
mistake. Of records that come another way (other packages, `logger.error("...")`) only the place in the code is written.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import warnings
from datetime import datetime, timezone
from enum import Enum
from types import TracebackType
from typing import Any, TextIO

from directory.errors import origin

__all__ = ["Id", "configure", "event"]

_OURS = ("actions", "bot", "directory")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+@/-]{0,79}")
_PHONE = re.compile(r"(?:\d[-.:/+]?){10,15}")
_OWN = frozenset({"at", "level", "process", "event", "error", "logger"})
_CODE = re.compile(r"[A-Za-z0-9_.<>-]{1,80}")

Value = int | float | Enum | BaseException | None
"""What may stand in a line beside an `Id`; of an error only its kind and our line of code are written."""


class Id(str):
    """A text that is an id of ours (a listing, a publication, a source): ValueError for what does not look like one.

    Whoever writes `Id(...)` says that no person wrote it.
    """

    def __new__(cls, value: str) -> Id:
        if not _ID.fullmatch(value) or _PHONE.fullmatch(value):
            raise ValueError("what was to be logged does not look like an id; log its number or its kind instead")
        return super().__new__(cls, value)


def event(logger: logging.Logger, name: str, *, level: int = logging.INFO, **ids: Id | Value) -> None:
    """Writes one line; `name` is a fixed `room.what.happened`. TypeError when a value is a plain text."""
    if not _NAME.fullmatch(name):
        raise ValueError("the name of an event is lower case words with dots, fixed in the code")
    values = {key: _plain(key, value) for key, value in ids.items()}
    if logger.isEnabledFor(level):
        plain = " ".join((name, *(f"{key}={value}" for key, value in values.items())))
        logger.log(level, "%s", plain, extra={"puente": {"event": name, **values}}, stacklevel=2)


def configure(process: str, *, level: int | None = None, stream: TextIO | None = None) -> None:
    """Lets this process write its lines, to stderr unless told otherwise: ours from `level` on, others' from WARNING.

    Without `level` it is PUENTE_LOG_LEVEL, else WARNING. What nobody caught is logged by its kind and place as well:
    Python itself would print its text.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines(process))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a record that cannot be written would be printed with all that is in it
    for name in _OURS:
        logging.getLogger(name).setLevel(_level() if level is None else level)
    _catch_the_rest()


def _level() -> int:
    found = logging.getLevelName(os.environ.get("PUENTE_LOG_LEVEL", "WARNING").strip().upper())
    return found if isinstance(found, int) else logging.WARNING


def _plain(key: str, value: object) -> object:
    if key in _OWN - {"error"}:
        raise ValueError(f"'{key}' stands in each line already")
    if isinstance(value, BaseException):
        return origin(value)
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | Id):
        return value
    raise TypeError(f"'{key}' is a {type(value).__name__}; only numbers, enums, errors and Id(...) go into a log")


class _Lines(logging.Formatter):
    """One JSON object a line; never the message of a record that `event` did not make."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "process": self._process}
        values = getattr(record, "puente", None)
        if isinstance(values, dict):
            line |= values
        else:
            line |= {
                "event": "unnamed",
                "logger": _code(record.name),
                "where": f"{_code(record.module)}:{record.lineno}",
            }
        if record.exc_info and record.exc_info[1]:
            line.setdefault("error", origin(record.exc_info[1]))
        return json.dumps(line, default=str)


def _code(name: str) -> str:
    return name if _CODE.fullmatch(name) else "?"


def _catch_the_rest() -> None:
    logger = logging.getLogger(__name__)

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            event(logger, "process.failed", level=logging.CRITICAL, error=error)

    def in_thread(args: Any) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            event(logger, "thread.failed", level=logging.ERROR, error=args.exc_value)

    def unraisable(args: Any) -> None:
        if args.exc_value is not None:
            event(logger, "thread.failed", level=logging.ERROR, error=args.exc_value)

    sys.excepthook = uncaught
    sys.unraisablehook = unraisable
    threading.excepthook = in_thread
    warnings.showwarning = _unheard


def _unheard(*_: object, **__: object) -> None:
    """A warning may quote what it warns of; no line of a log is worth that."""
