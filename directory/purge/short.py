"""What to do when the disk has little room and nothing is old enough to go: what is big, what may be done with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from directory import privacy
from directory.purge.amounts import Amount, amounts

__all__ = ["told"]

MB = 1_000_000
_LITTLE = 500 * MB
_NOTHING = MB
_MOST = 5
_BY_HAND = {
    "backups": "Copy older ones to another disk and delete them here; the newest must stay. puente backups lists them.",
    "models": "The newest one answers; older ones may be deleted. One that is missing is trained again.",
    "before_restore": "May be deleted by hand once all is as it should be after the restore.",
    "damaged": "May be deleted by hand.",
    "raw_lists": "Copy older ones to another disk and delete them here: a list that came is not fetched again.",
}
_DAYS = "Or keep fewer days: `retention:` with `{id}: {least}` (now {days}) in settings.yml, then puente purge."
_IN_USE = "In use; it has to stay."


def told(home: Path) -> list[str]:
    """Lines for staff: how little room there is, the biggest things that Puente keeps, and what may be done with each.

    Nothing where there is room enough.
    """
    disk = shutil.disk_usage(home)
    if disk.free >= _LITTLE and _files_left(home):
        return []
    there = amounts(home)
    big = sorted((id for id in there if there[id].bytes), key=lambda id: -there[id].bytes)[:_MOST]
    return [_how_full(home, disk.free, disk.total), *_whose(there, disk.used), *(_line(id, there[id]) for id in big)]


def _files_left(home: Path) -> bool:
    found = os.statvfs(home)
    return not found.f_files or found.f_favail > 0


def _how_full(home: Path, free: int, whole: int) -> str:
    if not _files_left(home):
        return (
            "The disk is full: it takes no more files, although it may have room. Delete small files that nobody needs."
        )
    if free < _NOTHING:
        return f"The disk is full ({_size(whole)}): nothing can be kept, no list can be published, no backup made."
    return f"The disk has little room: {_size(free)} of {_size(whole)} are free."


def _whose(there: Mapping[str, Amount], used: int) -> list[str]:
    ours = sum(amount.bytes for amount in there.values())
    if ours < used // 2:
        rest = f"Puente keeps {_size(ours)} of the {_size(used)} that are used; most of it is not Puente's."
        return [f"{rest} Look there first: du -xh / | sort -h | tail -20"]
    return ["The biggest things that Puente keeps, and what may be done with each:"]


def _line(id: str, amount: Amount) -> str:
    item = privacy.inventory()[id]
    many = f" in {amount.count:,} files" if item.purged != "rows" and amount.count > 1 else ""
    return f"- {item.what.en}: {_size(amount.bytes)}{many}. {_what_to_do(id)}"


def _what_to_do(id: str) -> str:
    days, least = privacy.days(id), privacy.inventory()[id].least
    words = _DAYS if id in _BY_HAND else _DAYS.replace("Or keep", "Keep")
    fewer = words.format(id=id, least=least, days=days) if days and least and days > least else ""
    said = " ".join(part for part in (_BY_HAND.get(id), fewer) if part)
    return said or _IN_USE


def _size(count: int) -> str:
    return f"{count / 1_000_000_000:.1f} GB" if count >= 1_000_000_000 else f"{count / MB:.1f} MB"
