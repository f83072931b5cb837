"""The key that signs chats: damaged now, or set aside lately."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from directory import keys
from directory.doctor.finding import Finding, Look

__all__ = ["key"]


def key(look: Look) -> Iterator[Finding]:
    """A key that cannot be used: who runs goes on with what is in memory, the next start makes a new one."""
    path = look.home / "secret.key"
    if keys.is_damaged():
        text = (
            "The key of the chats (secret.key) is damaged. The next start makes a new one, and the chats that are open "
            "then end: the page begins a new one by itself. Taking the damaged file away now does the same."
        )
        yield Finding("key.damaged", "mend", text, f"rm {shlex.quote(str(path))}")
        return
    if moved := keys.aside():
        text = (
            f"The key of the chats was damaged and lies in {moved[-1].name}; a new one was made, and the chats that "
            "were open ended. If that comes again, the disk may be failing. The damaged one can go."
        )
        yield Finding("key.aside", "look", text, f"rm {' '.join(shlex.quote(str(each)) for each in moved)}")
    elif path.exists():
        yield Finding("key", "ok", "The key of the chats can be used.")
