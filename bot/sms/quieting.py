"""After violence, abuse or self-harm nothing more is sent to that phone, also while the assistant cannot answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from directory import logs
from directory.dangers import HUSHED
from directory.errors import PuenteError

__all__ = ["hush"]

logger = logging.getLogger(__name__)


async def hush(who: str, danger: Sequence[Mapping[str, Any]]) -> None:
    """Keeps quiet towards that one where the words of such a danger are said; they are said in any case."""
    if not any((message.get("custom") or {}).get("crisis") in HUSHED for message in danger):
        return
    from directory.inbox import quiet

    try:
        await asyncio.to_thread(quiet.hush, who, datetime.now(timezone.utc))
    except (PuenteError, OSError) as error:
        logs.event(logger, "sms.quiet.failed", level=logging.ERROR, error=error)
