"""What a message says of the person: facts volunteered, answers to a question just put, corrections."""

from __future__ import annotations

from actions.said.answers import answer_to, nonsense
from actions.said.reading import corrects, facts_in

__all__ = ["answer_to", "corrects", "facts_in", "nonsense"]
