"""The clinic's own dated notes on rules, tables, plans, offices and offers: what was checked, what was changed."""

from __future__ import annotations

__all__: list[str] = []
