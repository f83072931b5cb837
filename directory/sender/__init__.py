"""Text messages that we begin: who is to be asked what, when, and over whose account; each goes out once."""

from __future__ import annotations

__all__: list[str] = []
