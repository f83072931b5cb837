"""Counts a search of staff that found nobody as one of a patient is counted: by need and county, without words."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import date

from directory import logs
from directory.eligibility import rules
from directory.model import Language
from directory.records.answer import Answer
from directory.records.file import File, path
from directory.reply import Kind
from directory.search import Query

__all__ = ["nobody_found"]

logger = logging.getLogger(__name__)


def nobody_found(query: Query, day: date, language: Language, *, channel: str) -> None:
    """Keeps that nobody was found for that need there; one by name or words alone is about no need, and is not kept.

    Whoever looked has an answer whatever becomes of the record: trouble is an event in the log.
    """
    program = rules.programs().get(query.program or "")
    need = query.need or (program.need if program else None)
    if need is None or query.text:
        return
    made = Answer(
        day,
        channel,
        Kind.NONE_FOUND.value,
        language.value,
        need=need.value,
        program=query.program,
        county=query.place.county if query.place else None,
    )
    try:
        with closing(File(path())) as records:
            records.insert((made,))
    except (sqlite3.Error, OSError) as error:
        logs.event(logger, "records.not_written", level=logging.WARNING, error=error)
