"""A record for each answer, without words and without whoever asked: the raw material of every report."""

from __future__ import annotations

from directory.records.answer import DANGERS, Answer
from directory.records.counting import BY, Count, counts, without_result
from directory.records.file import path, purge
from directory.records.making import answers
from directory.records.searching import nobody_found
from directory.records.versions import rule_version
from directory.records.writing import Recorder, close, recorder

__all__ = [
    "BY",
    "DANGERS",
    "Answer",
    "Count",
    "Recorder",
    "answers",
    "close",
    "counts",
    "nobody_found",
    "path",
    "purge",
    "recorder",
    "rule_version",
    "without_result",
]
