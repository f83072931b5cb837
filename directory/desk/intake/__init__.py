"""The intake: one page from what a person says to what they may get, where, and a list for them; nothing is kept."""

from __future__ import annotations

from directory.desk.intake.pages import ROUTES

__all__ = ["ROUTES"]
