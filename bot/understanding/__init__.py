"""What a message means, in plain functions that know no Rasa: language, danger, words, act, and one shape for all."""

from __future__ import annotations

__all__: list[str] = []
