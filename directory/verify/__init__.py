"""Calling places to look whether what we show is still right: whom first, what to ask, and what was said.

Import the module that is needed: `queue` (whom to call), `calling` (one call), `script` (what to say).
"""

from __future__ import annotations

__all__: list[str] = []
