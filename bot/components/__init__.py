"""Rasa graph components: thin shells around `bot.understanding`."""

from __future__ import annotations

__all__: list[str] = []
