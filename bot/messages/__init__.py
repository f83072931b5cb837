"""Fixed replies chosen by rules, in both languages; `project` turns them into the responses that Rasa reads."""

from __future__ import annotations

__all__: list[str] = []
