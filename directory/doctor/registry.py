"""All checks in one list, and the run over them: a check that breaks is a finding too and ends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import entry_points

from directory import store
from directory.doctor import (
    backups,
    clinic,
    clock,
    desk,
    inbox,
    key,
    knowledge,
    lists,
    machine,
    outside,
    process,
    sender,
    unfinished,
)
from directory.doctor.finding import LEVELS, Check, Finding, Look
from directory.errors import PuenteError, origin

__all__ = ["CHECKS", "checks", "others"]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("the settings", clinic.file),
    ("what the clinic says of itself", clinic.unset),
    ("the demo", clinic.invented),
    ("how long things are kept", clinic.retention),
    ("the directory", lists.directory),
    ("what was mended", lists.healed),
    ("the lists", lists.ages),
    ("what is not published yet", lists.unpublished),
    ("the working database", lists.work),
    ("the rules", knowledge.rules),
    ("the clinic's notes on the rules", knowledge.notes),
    ("phones of plans and offices", knowledge.phones),
    ("Spanish", knowledge.spanish),
    ("the disk", machine.disk),
    ("the memory", machine.memory),
    ("who may read the files", machine.permissions),
    ("the key of the chats", key.key),
    ("the logs", machine.logs),
    ("the clock", clock.clock),
    ("the public address", outside.address),
    ("the ports", process.ports),
    ("whether Puente runs", process.up),
    ("a pause", process.paused),
    ("the daily purge", process.purge),
    ("backups", backups.backups),
    ("text messages", sender.sender),
    ("the inbox", inbox.inbox),
    ("who can sign in at the desk", desk.accounts),
    ("the address of the desk", desk.address),
    ("a restore or an upgrade", unfinished.unfinished),
)
"""What is looked at, in words that follow "could not look at", and the check."""


def checks(
    now: datetime, *, online: bool = False, others: Iterable[tuple[str, Check]] = (), look: Look | None = None
) -> tuple[Finding, ...]:
    """Every finding, the worst first; `others` are the checks of other packages."""
    look = look or Look(store.home(), now, online)
    found = [finding for name, check in (*CHECKS, *others) for finding in _looked(name, check, look)]
    return tuple(sorted(found, key=lambda finding: LEVELS.index(finding.level)))


def others() -> Iterator[tuple[str, Check]]:
    """The checks that other packages bring."""
    for found in entry_points(group="puente.checks"):
        yield from found.load()


def _looked(name: str, check: Check, look: Look) -> list[Finding]:
    try:
        return list(check(look))
    except PuenteError as error:
        why = " ".join(str(error).split())
    except Exception as error:  # a broken check must not hide what the others see
        why = origin(error)
    return [Finding("doctor.broken", "look", f"Could not look at {name}: {why}", None)]
