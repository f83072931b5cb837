"""What a source file says of one list, as values: how its bytes are laid out, where fields stand, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from directory.sync.problems import Code

__all__ = ["FIELDS", "KINDS", "OWN_MAPPING", "Column", "Filter", "Layout", "Part", "Source"]

FIELDS = frozenset({
    "organization", "name", "description", "topics", "tags", "hints", "last_hints", "programs", "plans", "counties",
    "address", "address_1", "city", "postal_code", "state", "latitude", "longitude",
    "phones", "faxes", "ttys", "url", "email", "hours_text", "languages", "wheelchair",
    "eligibility_text", "fees_text", "how_to_apply", "documents", "taking_referrals", "capacity", "capacity_on",
    "assured_on", "as_of", "edited_on", "confidential", "demo", "alert", "alert_until",
    "npi", "fee", "id_asked", "walk_in", "by_phone", "by_appointment", "wait_list", "capacity_by", "county",
})  # fmt: skip
"""What a column can be read as."""

KINDS = ("csv", "xlsx", "pdf", "jsonl", "json", "hsds", "fhir")
"""The formats that `directory/sync/formats` has a reader for."""

OWN_MAPPING = ("hsds", "fhir")
"""The formats that need no `columns`: `formats/<kind>/columns.yml` says where each field stands."""


@dataclass(frozen=True)
class Layout:
    """How to read the bytes; docs/source_files.md says what each key means.

    `heading_row` counts from 1; `sheet` None is the first sheet, `sheets` empty is all of them; `encoding` and
    `delimiter` None are found out from the bytes.
    """

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int = 1
    heading_rows: int = 1
    sheets: tuple[str, ...] | None = None
    sheet_column: str | None = None
    hidden: str = "leave_out"
    carry_down: tuple[str, ...] = ()
    broken_rows: str = "report"
    records: str | None = None

    @property
    def nested(self) -> bool:
        """Whether a heading is the first key of a path such as `phones[0].number`."""
        return self.kind in ("jsonl", "json", "hsds", "fhir")


@dataclass(frozen=True)
class Part:
    """One column (or path) that a field is read from; for phones also what stands beside the number."""

    path: str
    label: str | None = None
    extension: str | None = None


@dataclass(frozen=True)
class Column:
    """Where a field comes from: the parts in order, how cells are cut, and what words in it stand for.

    `words` maps a lower-cased word to what is read instead of it; a word that is not there is read as it is, left
    alone (`others: ignore`) or reported (`others: report`). `generic` are names (`*` any text) that say too little
    without their organization.
    """

    parts: tuple[Part, ...]
    split: str | None = None
    join: str | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: str = "read"
    generic: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """Rows to leave out: those whose cell is one of these words, has one of them, or lacks all of them."""

    reason: Code
    path: str
    words: frozenset[str]
    how: str


@dataclass(frozen=True)
class Source:
    """One list, as its file describes it; `definition` is the hash of that file.

    `also` are other names that a heading was accepted under: the heading that `columns` uses -> its other names.
    """

    id: str
    title: str
    layout: Layout
    columns: Mapping[str, Column]
    row_id: tuple[str, ...]
    row_hash: tuple[str, ...]
    definition: str
    plan: str | None = None
    url: str | None = None
    fetch: str | None = None
    allow_private: bool = False
    file: Path | None = None
    licence: str | None = None
    attribution: str | None = None
    as_of: date | None = None
    demo: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filters: tuple[Filter, ...] = ()
    required: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone_share: float = 0.3
