"""A source file tried on its list: every row is read and nothing is kept."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from directory.errors import SourceError
from directory.sync import confidential, fields
from directory.sync.normalize import normalize, row_id
from directory.sync.parse import RawRow, rows
from directory.sync.problems import Code, Problem, sentence
from directory.sync.source import Source, read

__all__ = ["Trial", "source_of", "try_on"]

_WORDS = 3


@dataclass(frozen=True)
class Trial:
    """How many rows the list has and how many would be shown; why others would not be, and what shown rows lost;
    `words` are a few things the list says there."""

    rows: int
    shown: int
    left_out: tuple[tuple[Code, int], ...]
    dropped: tuple[tuple[Code, int], ...]
    words: Mapping[Code, tuple[str, ...]] = field(default_factory=dict)

    def to_text(self) -> str:
        """The counts for a person."""
        hidden = self.rows - self.shown
        lines = [f"Of {self.rows} rows {self.shown} would be shown, {hidden} would not{':' if hidden else '.'}"]
        lines += [self._line(code, count) for code, count in self.left_out]
        if self.dropped:
            lines.append("In rows that are shown, something could not be read:")
            lines += [self._line(code, count) for code, count in self.dropped]
        return "\n".join(lines)

    def _line(self, code: Code, count: int) -> str:
        said = ", ".join(map(repr, self.words.get(code, ())))
        return f"  {count}: {sentence(code).means}{f' For example: {said}' if said else ''}"

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
        try:
            return read(path)
        except SourceError as error:  # the folder is gone when somebody reads this
            raise SourceError(str(error).replace(f"{path.parent}/", "")) from error


def try_on(source: Source, data: bytes, name: str, *, today: date) -> Trial:
    """What the list would become; ListError when the source does not fit it."""
    seen: set[str] = set()
    out: Counter[Code] = Counter()
    dropped: Counter[Code] = Counter()
    words: dict[Code, dict[str, None]] = defaultdict(dict)
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
            _remember(words, made, row)
            continue
        shown += 1
        dropped.update({problem.code for problem in made.problems})
        for problem in made.problems:
            _remember(words, problem, row)
    few = {code: tuple(said) for code, said in words.items()}
    return Trial(total, shown, tuple(out.most_common()), tuple(dropped.most_common()), few)


def _remember(words: dict[Code, dict[str, None]], problem: Problem, row: RawRow) -> None:
    """Keeps a few words to show; never of a row that may be a confidential place."""
    if not problem.value or len(words[problem.code]) >= _WORDS:
        return
    text = " ".join(row.cells.values())
    if not confidential.is_confidential(name=text[:400], texts=text, kinds=row.cells.values()):
        words[problem.code].setdefault(fields.excerpt(problem.value, 40))
