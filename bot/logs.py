"""The assistant's logs: the lines of `directory.logs`, and nothing of what Rasa says through structlog."""

from __future__ import annotations

import logging
from typing import Any

from directory import logs

__all__ = ["quiet_logs"]


def quiet_logs(process: str = "assistant", level: int | None = None) -> None:
    """One handler on stderr; Rasa, Sanic and rasa-sdk never below WARNING: at DEBUG they log texts and slots."""
    import structlog

    logs.configure(process, level=level)
    # Rasa logs messages and slots through structlog too, some with the exception of what failed: nothing of it is kept
    # but that something was said, and where.
    structlog.configure(
        processors=[_nothing],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _nothing(_: Any, __: str, ___: dict[str, Any]) -> str:
    return ""
