"""A restore or an upgrade that was cut off half way."""

from __future__ import annotations

from collections.abc import Iterator

from directory.backup import cut_off, swap
from directory.backup.unfinished import UPGRADE
from directory.doctor.finding import Finding, Look

__all__ = ["unfinished"]


def unfinished(look: Look) -> Iterator[Finding]:
    """What was begun and not ended; the next start ends it or takes it back."""
    restoring = swap.pending(look.home)
    if restoring:
        text = "A restore was cut off half way; any command ends it. If this stays, look at the disk."
        yield Finding("restore.half", "mend", text, "puente status")
    if cut_off.half_done(look.home / UPGRADE):
        text = "An upgrade was stopped half way, or is under way. If nobody is at it, take it back; the former runs on."
        yield Finding("upgrade.half", "mend", text, "puente upgrade --back")
    aside = sorted(look.home.glob(f"{swap.ASIDE}*"))
    if aside and not restoring:
        text = f"What a restore replaced still lies in {aside[-1].name}. When all is well, it can go."
        yield Finding("restore.aside", "look", text, f"rm -r {aside[-1]}")
