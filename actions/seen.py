"""Whoever writes after our text has read it: from then on a bare digit is no answer to it any more."""

from __future__ import annotations

import logging
from datetime import datetime

from directory import logs

__all__ = ["noted"]

logger = logging.getLogger(__name__)


def noted(who: str, reach: str | None, now: datetime) -> None:
    """Keeps that the person wrote after the follow-up's text; nothing on the web, and nothing where none is open."""
    if not reach:
        return
    try:
        from directory.inbox import followups

        question = followups.open_question(who, now)
        if question is not None and not question.seen:
            followups.seen(question.id, now)
    except Exception as error:  # an inbox that cannot be written stops no answer
        logs.event(logger, "inbox.not_kept", level=logging.ERROR, error=error)
