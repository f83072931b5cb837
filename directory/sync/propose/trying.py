"""A source file tried on its list: every row is read and nothing is kept."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.sync.normalize import Draft, normalize, row_id
from directory.sync.parse import rows
from directory.sync.problems import Code, Problem, sentence
from directory.sync.source import Source, read

__all__ = ["Trial", "source_of", "try_on"]


@dataclass(frozen=True)
class Trial:
    """How many rows the list has and how many would be shown; why others would not be, and what shown rows lost."""

    rows: int
    shown: int
    left_out: tuple[tuple[Code, int], ...]
    dropped: tuple[tuple[Code, int], ...]

    def to_text(self) -> str:
        """The counts for a person."""
        hidden = self.rows - self.shown
        lines = [f"Of {self.rows} rows {self.shown} would be shown, {hidden} would not{':' if hidden else '.'}"]
        lines += [f"  {count}: {sentence(code).means}" for code, count in self.left_out]
        if self.dropped:
            lines.append("In rows that are shown, something could not be read:")
            lines += [f"  {count}: {sentence(code).means}" for code, count in self.dropped]
        return "\n".join(lines)

    def to_json(self) -> dict[str, object]:
        """The counts as plain JSON."""
        return {
            "rows": self.rows,
            "shown": self.shown,
            "left_out": {code.value: count for code, count in self.left_out},
            "dropped": {code.value: count for code, count in self.dropped},
        }


def source_of(source_id: str, text: str) -> Source:
    """The source that this file text describes; SourceError when it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{source_id}.yml"
        path.write_text(text, encoding="utf-8")
        return read(path)


def try_on(source: Source, data: bytes, name: str, *, today: date) -> Trial:
    """What the list would become; ListError when the source does not fit it."""
    seen: set[str] = set()
    out: Counter[Code] = Counter()
    dropped: Counter[Code] = Counter()
    total = shown = 0
    for row in rows(data, source, name=name):
        total += 1
        identity = f"line-{row.line}" if row.damage else row_id(row, source)
        if identity is None or identity in seen:
            out[Code.NO_ROW_ID if identity is None else Code.REPEATED_ID] += 1
            continue
        seen.add(identity)
        made = normalize(row, source, identity=identity, today=today)
        if isinstance(made, Problem):
            out[made.code] += 1
            continue
        shown += 1
        dropped.update(_codes(made))
    return Trial(total, shown, tuple(out.most_common()), tuple(dropped.most_common()))


def _codes(made: Draft) -> set[Code]:
    return {problem.code for problem in made.problems}
