"""Logs that carry what happened and where, never what a person wrote."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from directory.errors import origin

__all__ = ["quiet_logs"]


class _Quiet(logging.Formatter):
    """Writes what happened and where, but of other packages' records nothing that could hold a person's words."""

    def format(self, record: logging.LogRecord) -> str:
        error = origin(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        ours = record.name.partition(".")[0] in _OURS
        said = record.getMessage() if ours else f"{record.module}:{record.lineno}"
        return " ".join(part for part in (self.formatTime(record), record.levelname, record.name, said, error) if part)


_OURS = frozenset({"actions", "bot", "directory"})


def quiet_logs(level: int | None = None) -> None:
    """One handler on stderr; Rasa, Sanic and rasa-sdk never below WARNING: at DEBUG they log texts and slots."""
    import structlog

    level = level or logging.getLevelName(os.environ.get("PUENTE_LOG_LEVEL", "WARNING").upper())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Quiet())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    # Rasa logs messages and slots through structlog too, some with the exception of what failed: nothing of it is kept
    # but the name of the event.
    structlog.configure(
        processors=[_name_of_event],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _name_of_event(_: Any, __: str, event: dict[str, Any]) -> str:
    return str(event.get("event", ""))[:60]
