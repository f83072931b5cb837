"""The register of every text that a patient can see: where it stands, who reviewed it, out to a sheet and back."""

from __future__ import annotations

__all__: list[str] = []
