"""What was wrong in a list: how often each kind of problem was met, and the first of each with its line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from directory.sync.problems import Code, Problem

__all__ = ["KEPT", "Tally", "from_json"]

KEPT = 1_000
"""Problems of one kind that are kept one by one; all are counted."""
_EXAMPLES = 3


class Tally:
    """Counts problems; `first` has those that were met first, of each kind no more than KEPT."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._counts: Counter[Code] = Counter()
        self._first: dict[Code, list[Problem]] = {}
        for problem in problems:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        self._counts[problem.code] += 1
        kept = self._first.setdefault(problem.code, [])
        if len(kept) < KEPT:
            kept.append(problem)

    @property
    def counts(self) -> dict[Code, int]:
        """How often each was met, the most frequent first."""
        return dict(self._counts.most_common())

    @property
    def first(self) -> tuple[Problem, ...]:
        """The problems that were kept, by line."""
        found = (problem for kept in self._first.values() for problem in kept)
        return tuple(sorted(found, key=lambda problem: problem.line))

    def to_json(self) -> str:
        """The counts and the first examples, as `run.problems` keeps them."""
        return json.dumps(
            [
                [code.value, count, [[p.line, p.field, p.value] for p in self._first[code][:_EXAMPLES]]]
                for code, count in self.counts.items()
            ],
            ensure_ascii=False,
        )


def from_json(text: str | None) -> Tally:
    """The inverse of `Tally.to_json`; no text is no problem."""
    found = Tally()
    for name, count, examples in json.loads(text or "[]"):
        code = Code(name)
        for line, field, value in examples:
            found.add(Problem(line, field, code, value))
        found._counts[code] = count
    return found
