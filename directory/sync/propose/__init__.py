"""A list that nobody described yet: what its columns are, by name and by content, and the source file that follows."""

from __future__ import annotations
