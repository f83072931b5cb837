"""Backups: all of a home that cannot be made again, in one file, and back from there; nothing is imported here."""
