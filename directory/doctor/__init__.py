"""What is unset, old, unreviewed, unreachable or unsafe here, in plain words, each with the command that mends it.

A check is a function that takes a `Look` and yields findings; it stands in `directory.doctor.registry`, and other
packages add theirs through the entry point `puente.checks`. Checks change nothing.
"""

from __future__ import annotations

from directory.doctor.finding import LEVELS, Check, Finding, Look
from directory.doctor.registry import CHECKS, checks

__all__ = ["CHECKS", "LEVELS", "Check", "Finding", "Look", "checks"]
