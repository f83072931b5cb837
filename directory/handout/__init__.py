"""The list that staff make for a patient: what was picked, how it reads on paper, and the code that opens it again."""

from __future__ import annotations

from directory.handout.drafts import LIMITS, SIZES, Around, Draft, Drafts, drafts
from directory.handout.paper import Line, Paper, Spot, Way, gone, paper
from directory.handout.sharing import Shared, share, shared

__all__ = [
    "LIMITS", "SIZES", "Around", "Draft", "Drafts", "Line", "Paper", "Shared", "Spot", "Way", "drafts", "gone", "paper",
    "share", "shared",
]  # fmt: skip
