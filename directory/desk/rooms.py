"""The rooms of the desk, and with them every page that it has."""

from __future__ import annotations

from directory.desk import look_up
from directory.desk.frame import Page

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (*look_up.ROUTES,)
