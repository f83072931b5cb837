"""Text messages, without Rasa: what must be right while the assistant is away or paused."""
