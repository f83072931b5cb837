"""match: is this row a place we know? Never guessed: the same, different, or a person is asked."""

from __future__ import annotations

from directory.sync.match import organizations
from directory.sync.match.matcher import Matcher
from directory.sync.match.outcome import Candidate, Match, Outcome, Reason

__all__ = ["Candidate", "Match", "Matcher", "Outcome", "Reason", "organizations"]
