"""The words of the directory, in English and Spanish: a catalogue of texts and how a listing reads."""

from __future__ import annotations

__all__: list[str] = []
