"""What a run and a publication did, for programs (JSON) and for a person at the end of a long day (text)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from directory.model import Language
from directory.sync.changes import Places
from directory.sync.diff import Change
from directory.sync.linking import Linked
from directory.sync.list_day import ListDay
from directory.sync.problems import Code, Problem, sentence

__all__ = ["PublicationReport", "RunReport"]

_EXAMPLES = 3
_NAMED = 10
"""Rows that are left out for one reason, in the text for a person."""


@dataclass(frozen=True)
class RunReport:
    """One run of one list. `drafts` + `refused` = `rows`; problems are refusals and what drafts had to drop.

    `added`, `changed` and `gone` are row ids; `places` says the same by listing id and name. `linked` are the rows that
    are a place of another list, or may be one. `counts` says how often each problem was met, the most frequent first;
    `problems` has the first thousand of each kind. `described` tells what kind of file it was, `day` which day the list
    bears and what tells it.
    """

    source: str
    title: str
    file: str
    sha256: str
    started_at: datetime
    as_of: date | None
    dry_run: bool
    unchanged: bool
    rows: int
    drafts: int
    added: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[str, ...] = ()
    places: Places = field(default_factory=Places)
    linked: Linked = field(default_factory=Linked)
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    counts: Mapping[Code, int] = field(default_factory=dict)
    described: str = ""
    day: ListDay = field(default_factory=ListDay)

    @property
    def refused(self) -> int:
        """How many rows were left out."""
        return self.rows - self.drafts

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON: every place that came, changed or went; of each problem the first examples."""
        return {
            "source": self.source,
            "title": self.title,
            "file": self.file,
            "described": self.described,
            "sha256": self.sha256,
            "started_at": self.started_at.isoformat(),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "dry_run": self.dry_run,
            "unchanged": self.unchanged,
            "rows": self.rows,
            "drafts": self.drafts,
            "refused": self.refused,
            "added": len(self.added),
            "changed": len({change.row for change in self.changed}),
            "gone": len(self.gone),
            "problems": [self._problem_json(code, count) for code, count in self.counts.items()],
            "warning": self.places.warning(),
            "places": self.places.to_json(),
            **self.linked.to_json(),
        }

    def _problem_json(self, code: Code, count: int) -> dict[str, object]:
        return {
            "code": code.value,
            "refuses": code.refuses,
            "count": count,
            "en": vars(sentence(code, Language.EN)),
            "es": vars(sentence(code, Language.ES)),
            "examples": [{"line": p.line, "field": p.field, "value": p.value} for p in self._examples(code)],
        }

    def _examples(self, code: Code) -> list[Problem]:
        """Every row that is left out, as far as they were kept; of cells that were not understood a few."""
        found = [problem for problem in self.problems if problem.code == code]
        return found if code.refuses else found[:_EXAMPLES]

    def to_text(self) -> str:
        """The report for a person: what was read, what changed, what was left out and why, what to do next."""
        changed = len({change.row for change in self.changed})
        if self.unchanged:
            head = f"{self.title}: this is the same list as last time, so there was nothing to do."
        else:
            head = f"{self.title}: rows read from {self.file}: {self.rows}."
        lines = [
            head,
            *([f"  The file: {self.described}."] if self.described else []),
            *([f"  {self.day.to_line()}"] if self.day.why and not self.unchanged else []),
            f"  Kept: {self.drafts}. Left out: {self.refused}.",
            f"  New: {len(self.added)}. Changed: {changed}. No longer listed: {len(self.gone)}.",
        ]
        lines += ["", warning] if (warning := self.places.warning()) else []
        lines += self.places.to_lines()
        lines += self.linked.to_lines()
        lines += self._group("Left out", refuses=True) + self._group("Kept, but look at", refuses=False)
        return "\n".join([*lines, "", self._next()])

    def _group(self, heading: str, *, refuses: bool) -> list[str]:
        codes = [(code, count) for code, count in self.counts.items() if code.refuses == refuses]
        lines = ["", f"{heading}:"] if codes else []
        for code, count in codes:
            said = sentence(code)
            lines.append(f"  {count:>5}  {said.means} {said.do}")
            lines += (
                self._rows(code, count) if code.refuses else [f"         for example {_at(self._examples(code)[0])}"]
            )
        return lines

    def _rows(self, code: Code, count: int) -> list[str]:
        kept = self._examples(code)
        lines = [f"         {_at(problem)}" for problem in kept[:_NAMED]]
        left = count - len(lines)
        more = " (--json names them)" if len(kept) > _NAMED else ""
        return [*lines, f"         and {left} more{more}"] if left else lines

    def _next(self) -> str:
        if self.dry_run:
            return "This was a trial: nothing was changed. Run it again without --dry-run to keep it."
        if self.unchanged:
            return "Next: nothing. If patients should see this list and do not, run `puente publish`."
        if self.places.warning():
            return "Next: see the warning above; when all is right, `puente publish` shows this list to patients."
        if self.linked.asked:
            return "Next: `puente review` for the doubtful places; `puente publish` shows these places to patients."
        return "Next: `puente publish` shows these places to patients."


def _at(problem: Problem) -> str:
    return f"line {problem.line}" + (f": {problem.value!r}" if problem.value else "")


@dataclass(frozen=True)
class PublicationReport:
    """One publication: how many places of which lists people see from now on."""

    id: str
    published_at: datetime
    listings: int
    confidential: int
    sources: tuple[tuple[str, int], ...]
    demo: bool

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON."""
        return {
            "id": self.id,
            "published_at": self.published_at.isoformat(),
            "listings": self.listings,
            "confidential": self.confidential,
            "sources": [{"id": source, "listings": count} for source, count in self.sources],
            "demo": self.demo,
        }

    def to_text(self) -> str:
        """The report for a person."""
        lines = [f"Published. Places: {self.listings}. Lists: {len(self.sources)}."]
        lines += [f"  {count:>6}  {source}" for source, count in self.sources]
        if len(self.sources) > 1:
            lines.append(
                "  A place that several lists name is counted once, with one of them; `puente status` with each."
            )
        if self.confidential:
            lines.append(f"  {self.confidential} of them are confidential: published without address, city or map.")
        if self.demo:
            lines.append("  Part of it is invented demo data; `puente demo remove` takes all of that out.")
        return "\n".join(lines)
