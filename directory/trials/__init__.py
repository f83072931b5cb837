"""A conversation to try Puente out: answered like a patient's, and kept in no count, no report and no task."""

from __future__ import annotations

from directory.trials.tokens import begun, conversation_id, is_conversation, is_trial

__all__ = ["begun", "conversation_id", "is_conversation", "is_trial"]
