"""publish: directory.db is built aside, checked, and swapped whole; the last publications stay for undo."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import settings, store
from directory.errors import PublishError
from directory.publication import change_report, moment, shelf, undo
from directory.publication.brake import brake
from directory.publication.change_report import Head
from directory.publication.prepare import Prepared, Progress, prepare
from directory.publication.shelf import KEPT, Record
from directory.sync import stage
from directory.sync.hand_rows import HAND
from directory.sync.lock import alone
from directory.sync.report import PublicationReport

__all__ = ["KEPT", "Published", "demo_present", "publish"]


@dataclass(frozen=True)
class Published(PublicationReport):
    """One publication, and what it changed; `unchanged`: there was nothing new, so the former one stays in force."""

    unchanged: bool = False
    new: int = 0
    changed: int = 0
    gone: int = 0
    whole: bool = True

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON."""
        counts = {"new": self.new, "changed": self.changed, "gone": self.gone}
        return {**super().to_json(), "unchanged": self.unchanged, **counts, "whole": self.whole}

    def to_text(self) -> str:
        """The report for a person."""
        if self.unchanged:
            return f"Nothing has changed since the last publication, so nothing was published. Places: {self.listings}."
        head, _, rest = super().to_text().partition("\n")
        counts = f"  New: {self.new}. Changed: {self.changed}. No longer shown: {self.gone}."
        return "\n".join(filter(None, (head, counts, rest)))


def publish(
    now: datetime,
    *,
    allow_empty: bool = False,
    accept_gone: bool = False,
    anyway: bool = False,
    whole: bool = False,
    who: str | None = None,
    seen: str | None = None,
    patience: float = 0,
    progress: Progress | None = None,
) -> Published:
    """Publishes what is staged; PublishError (and the old directory untouched) when it does not pass its checks.

    `accept_gone` (or `allow_empty`) lets the brake pass; `anyway` publishes although that brings back what was undone;
    `whole` builds everything anew whatever changed; `seen` is the `moment.mark` of what was looked at, and Overtaken
    is raised when it is not so any more; `patience` is how many seconds another run is waited for.
    """
    with alone(patience), stage.open_work() as work:
        moment.refuse_other_mark(work, seen, now)
        with prepare(work, now, whole=whole, progress=progress) as made:
            return _published(work, made, now, who, (accept_gone or allow_empty, anyway or allow_empty, allow_empty))


def _published(
    work: sqlite3.Connection, made: Prepared, now: datetime, who: str | None, let: tuple[bool, bool, bool]
) -> Published:  # fmt: skip
    accept_gone, anyway, allow_empty = let
    settings.refuse_demo_with_sender(demo=any(item.demo for item in made.sources))
    _refuse_demo_beside_real(made)
    if made.unchanged:
        shelf.cover(work, made.base, made.through)
        return _report(made, now)
    _refuse_empty(made, allow_empty)
    _refuse_undone(work, made, anyway)
    if not accept_gone:
        brake(made)
    _put_in_force(work, made, now, who)
    return _report(made, now)


def _refuse_demo_beside_real(made: Prepared) -> None:
    """PublishError when invented places would stand beside those of a real list; what was entered by hand is none."""
    invented = {item.id for item in made.sources if item.demo}
    real = [source for source, _ in made.by_source if source not in invented and source != HAND]
    if real and any(source in invented for source, _ in made.by_source):
        raise PublishError(
            f"Invented places ({', '.join(sorted(invented))}) would stand beside real ones ({', '.join(real)}): "
            "somebody could be sent to a door that does not exist. What people see stays as it was. "
            "`puente demo remove` takes the invented ones out and publishes the rest."
        )


def _put_in_force(work: sqlite3.Connection, made: Prepared, now: datetime, who: str | None) -> None:
    digest = made.checked()
    ids = json.dumps([item.id for item in made.sources])
    record = Record(made.name, now.isoformat(), made.listings, digest, ids, "publish", made.name, *made.through, who)
    lists = change_report.lists_used(work, made.sources, dict(made.by_source))
    head = Head(made.name, "publish", record.published_at, who, made.listings, lists)
    change_report.clear_left_over({item.id for item in shelf.records(work)})
    try:
        with shelf.noted(work, record):
            change_report.write(head, made.changes)
            shelf.swap(made.path, made.name)
    except BaseException:
        change_report.take_away(made.name)
        raise
    shelf.prune(made.name)


def _refuse_undone(work: sqlite3.Connection, made: Prepared, anyway: bool) -> None:
    """PublishError when publishing would only bring back what somebody has just undone."""
    found = undo.state(work)
    if found and not found.newer and not anyway and made.old is not None:
        raise PublishError(
            f"{found.sentence()} Nothing newer was read or decided, so nothing was changed. "
            "If people should see it again: puente publish --anyway"
        )


def _refuse_empty(made: Prepared, allow_empty: bool) -> None:
    if not made.listings and not allow_empty:
        raise PublishError(
            "There is nothing to publish: no list has been read yet, or every row was left out. "
            "What people see stays as it was. Run `puente sync SOURCE` first."
        )


def _report(made: Prepared, now: datetime) -> Published:
    kinds = Counter(change.kind.value for change in made.changes)
    return Published(
        id=made.base.file if made.unchanged and made.base else made.name,
        published_at=now,
        listings=made.listings,
        confidential=made.confidential,
        sources=made.by_source,
        demo=any(item.demo for item in made.sources),
        unchanged=made.unchanged,
        new=kinds["new"],
        changed=kinds["changed"],
        gone=kinds["gone"],
        whole=made.whole,
    )


def demo_present(path: Path | None = None) -> bool:
    """Whether the published directory holds invented data; no directory holds none."""
    file = path or store.directory_path()
    if not file.exists():
        return False
    with store.open_directory(file) as connection:
        return any(item.demo for item in store.sources(connection))
