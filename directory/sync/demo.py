"""The invented lists: loaded where no real list is, and taken out again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from directory import settings, store
from directory.errors import PublishError
from directory.publication.publish import publish
from directory.status import status
from directory.sync import stage
from directory.sync.lock import alone
from directory.sync.pipeline import run
from directory.sync.report import PublicationReport, RunReport

__all__ = ["DEMO", "DemoReport", "load_demo", "refuse_demo_beside_real", "remove_demo"]

DEMO = ("demo_plan_roster", "demo_partner_matrix", "demo_county_guide", "demo_county_list", "demo_referral_feed")


@dataclass(frozen=True)
class DemoReport:
    """The runs of the demo lists (none when they were removed), how many rows ended, and the publication."""

    runs: tuple[RunReport, ...]
    ended: int
    publication: PublicationReport

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON."""
        runs = [item.to_json() for item in self.runs]
        return {"runs": runs, "ended": self.ended, "publication": self.publication.to_json()}


def load_demo(now: datetime) -> DemoReport:
    """Reads the invented lists that ship with Puente and publishes them; PublishError where there is a real list."""
    settings.refuse_demo_with_sender(demo=True)
    refuse_demo_beside_real()
    runs = tuple(run(source_id, now=now, accept_gone=True) for source_id in DEMO)
    return DemoReport(runs, 0, publish(now))


def refuse_demo_beside_real(command: str = "demo load") -> None:
    """PublishError when a real list is published or staged: nobody may be sent to a door that does not exist."""
    real = set(_real_published())
    if stage.work_path().exists():
        with stage.open_work() as work:
            real |= set(stage.real_sources(work))
    if real:
        raise PublishError(
            f"{store.home()} holds real lists ({', '.join(sorted(real))}), and invented places must not stand beside "
            "them: somebody could be sent to a door that does not exist. Nothing was changed. "
            f"To try the demo, give it a home of its own: PUENTE_HOME=var/demo puente {command}"
        )


def _real_published() -> list[str]:
    try:
        return [item.source.id for item in status().sources if not item.source.demo]
    except sqlite3.DatabaseError:  # a damaged directory shows nobody anything, and a publication puts a whole one there
        return []


def remove_demo(now: datetime) -> DemoReport:
    """Ends every invented row and publishes what is left, also when that is nothing."""
    with alone(), stage.open_work() as work:
        ended = sum(
            stage.end_source(work, source_id, now=now, why="demo removed", invented=True)
            for source_id in stage.demo_sources(work)
        )
    return DemoReport((), ended, publish(now, allow_empty=True))
