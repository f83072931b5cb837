"""The invented demo lists and the script that makes them; nothing in them exists."""

from __future__ import annotations

__all__: list[str] = []
