"""The face that listens: Rasa channels, graph components, the tracker store, and how they are started."""

from __future__ import annotations

__all__: list[str] = []
