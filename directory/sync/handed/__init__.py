"""A list that somebody handed in at the desk: kept aside until it is taken or dropped, with what was answered of it."""

from __future__ import annotations

__all__: list[str] = []
