"""An address that a list or a person wrote, before it becomes a link."""

from __future__ import annotations

from urllib.parse import urlsplit

__all__ = ["web"]


def web(text: str) -> str:
    """The address if it leads to the web, else nothing: a list may hold anything, also `javascript:`."""
    try:
        return text if urlsplit(text).scheme.lower() in ("http", "https") else ""
    except ValueError:
        return ""
