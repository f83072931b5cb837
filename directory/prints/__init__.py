"""Papers for day one, as PDF from the settings: leaflet, sign, front desk, first month, calls, the letter to a plan."""

from __future__ import annotations

from directory.prints.facts import Facts, facts
from directory.prints.making import PAPERS, Paper, make, make_all

__all__ = ["PAPERS", "Facts", "Paper", "facts", "make", "make_all"]
