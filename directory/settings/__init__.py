"""The clinic: what it says of itself in `$PUENTE_HOME/settings.yml`, and whether this is the demo."""

from __future__ import annotations

from directory.settings.reading import DEMO_CLINIC, DEMO_PHONE, file, refuse_demo_with_sender, settings
from directory.settings.shape import Admin, Attested, Backups, Line, Notice, Sender, Settings
from directory.settings.writing import save

__all__ = [
    "DEMO_CLINIC",
    "DEMO_PHONE",
    "Admin",
    "Attested",
    "Backups",
    "Line",
    "Notice",
    "Sender",
    "Settings",
    "file",
    "refuse_demo_with_sender",
    "save",
    "settings",
]
