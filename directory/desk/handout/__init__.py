"""The list that is made for a patient: picked, put in order, in their language, on paper or under a code."""

from __future__ import annotations

from directory.desk.handout.pages import ROUTES

__all__ = ["ROUTES"]
