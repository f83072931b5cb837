"""The channels people reach the assistant through."""
