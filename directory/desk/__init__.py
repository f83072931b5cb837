"""The desk: pages for staff, drawn on the server, on this machine only."""

from __future__ import annotations

__all__: list[str] = []
