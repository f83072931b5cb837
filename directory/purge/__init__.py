"""Deletes what is kept for longer than the inventory (`directory.privacy`) and the clinic's settings say."""

from __future__ import annotations

from directory.purge.amounts import Amount, amounts
from directory.purge.clock import Clock, look
from directory.purge.daily import Daily
from directory.purge.run import STEPS, Report, conversations_before, due, purge
from directory.purge.steps import Outcome

__all__ = [
    "STEPS",
    "Amount",
    "Clock",
    "Daily",
    "Outcome",
    "Report",
    "amounts",
    "conversations_before",
    "due",
    "look",
    "purge",
]
