"""What is kept, where, for whom and how long, as data that the code obeys."""

from __future__ import annotations

from directory.privacy.in_force import days, minutes
from directory.privacy.inventory import Kept, inventory, of_file, slots

__all__ = ["Kept", "days", "inventory", "minutes", "of_file", "slots"]
