"""What a message says of the person: facts volunteered, answers to a question just put, corrections."""

from __future__ import annotations

from actions.said.reading import corrects, facts_in

__all__ = ["corrects", "facts_in"]
