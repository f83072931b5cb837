"""Who may get which help: dated rules with their sources, and what the assistant says of each program."""

from __future__ import annotations

__all__: list[str] = []
