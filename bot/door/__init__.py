"""The door: the one process that people reach. It answers with a sentence whatever is behind it, and holds no model."""
