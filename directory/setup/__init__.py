"""What `puente setup` asks, how an answer is read, and the settings file that comes of it."""

from __future__ import annotations

__all__: list[str] = []
