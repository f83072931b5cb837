"""The last run of each list: when, how many of its rows were left out, and the most frequent reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from directory.sync import stage
from directory.sync.problems import Code
from directory.sync.tally import from_json

__all__ = ["LastRun", "last_runs"]

_MOST = 3


@dataclass(frozen=True)
class LastRun:
    """A list and its last run that was taken; `stopped` says why a later one was not, None where none was stopped."""

    source: str
    title: str
    at: datetime
    rows: int
    left_out: int
    reasons: tuple[tuple[Code, int], ...]
    stopped: str | None

    @property
    def share(self) -> int:
        """The percentage of its rows that were left out."""
        return round(100 * self.left_out / self.rows) if self.rows else 0


def last_runs() -> tuple[LastRun, ...]:
    """One for each list that was ever taken, the worst share of left-out rows first."""
    if not stage.work_path().exists():
        return ()
    return tuple(sorted(_runs(), key=lambda run: (run.stopped is None, -run.share, run.title)))


_LAST = """
    SELECT run.source_id, coalesce(source.title, run.source_id) AS title, run.started_at, run.records, run.refused,
           run.problems,
           (SELECT later.why FROM run AS later WHERE later.source_id = run.source_id AND later.number > run.number
            AND later.kind = 'stopped' ORDER BY later.number DESC LIMIT 1) AS stopped
    FROM run LEFT JOIN source ON source.id = run.source_id
    WHERE run.number IN (SELECT max(number) FROM run WHERE kind = 'sync' GROUP BY source_id)
      AND NOT EXISTS (SELECT 1 FROM run AS gone WHERE gone.source_id = run.source_id AND gone.number > run.number
                      AND gone.kind = 'removed')
"""


def _runs() -> Iterator[LastRun]:
    with stage.open_work() as work:
        for row in work.execute(_LAST):
            counts = from_json(row["problems"]).counts
            reasons = [(code, count) for code, count in counts.items() if code.refuses][:_MOST]
            yield LastRun(
                row["source_id"],
                row["title"],
                datetime.fromisoformat(row["started_at"]),
                row["records"],
                row["refused"],
                tuple(reasons),
                row["stopped"],
            )
