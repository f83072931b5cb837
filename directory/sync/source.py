"""A source file describes one list wholly; the loader refuses what it does not know, with file and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from directory import store
from directory.errors import SourceError
from directory.sync.problems import Code

__all__ = ["FIELDS", "Column", "Filter", "Layout", "Part", "Source", "ids", "load"]

_SHIPPED = Path(__file__).parent / "sources"
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")

FIELDS = frozenset(
    {
        *(
            "organization",
            "name",
            "description",
            "topics",
            "tags",
            "hints",
            "last_hints",
            "programs",
            "plans",
            "counties",
        ),
        *("address", "address_1", "city", "postal_code", "state", "latitude", "longitude"),
        *("phones", "faxes", "ttys", "url", "email", "hours_text", "languages", "wheelchair"),
        *("eligibility_text", "fees_text", "how_to_apply", "documents", "taking_referrals", "capacity", "capacity_on"),
        *("assured_on", "as_of", "confidential"),
    }
)


@dataclass(frozen=True)
class Layout:
    """How to read the bytes: `heading_row` counts from 1; `sheet` None is the first sheet."""

    kind: str
    encoding: str | None = None
    delimiter: str = ","
    sheet: str | None = None
    heading_row: int = 1


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
    alone (`others: ignore`) or reported (`others: report`).
    """

    parts: tuple[Part, ...]
    split: str | None = None
    join: str | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: str = "read"


@dataclass(frozen=True)
class Filter:
    """Rows to leave out: those whose cell is one of these words, has one of them, or lacks all of them."""

    reason: Code
    path: str
    words: frozenset[str]
    how: str


@dataclass(frozen=True)
class Source:
    """One list, as its file describes it; `definition` is the hash of that file."""

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
    gone_share: float = 0.3


def ids() -> tuple[str, ...]:
    """The ids of all sources: the clinic's own in `PUENTE_HOME/sources` and those that ship."""
    return tuple(sorted({path.stem for folder in _folders() for path in folder.glob("*.yml")}))


def load(source_id: str) -> Source:
    """The source with that id; SourceError names file and key of what it refuses, or the ids that exist."""
    if _ID.fullmatch(source_id):
        for folder in _folders():
            path = folder / f"{source_id}.yml"
            if path.exists():
                return read(path)
    raise SourceError(
        f"There is no source called {source_id!r}. Known sources: {', '.join(ids()) or 'none'}. "
        f"Choose one of them, or put {source_id}.yml into {store.home() / 'sources'}."
    )


def _folders() -> tuple[Path, Path]:
    return store.home() / "sources", _SHIPPED


class _Loader(yaml.CSafeLoader):
    """The safe loader, refusing a key that stands twice in one mapping."""


def _unique(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise SourceError(
                f"{key.start_mark.name}, line {key.start_mark.line + 1}: {key.value!r} stands twice. Keep one."
            )
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique)


def read(path: Path) -> Source:
    """The source that the file describes."""
    text = path.read_bytes()
    try:
        with path.open("rb") as stream:
            plain = yaml.load(stream, _Loader)  # a safe loader, only stricter
    except yaml.YAMLError as error:
        raise SourceError(f"{path} is not readable YAML: {error}. Mend the file; nothing was loaded.") from error
    if not isinstance(plain, dict):
        raise SourceError(f"{path} is empty or not a mapping. A source file needs id, title, format and columns.")
    return _Reader(path, plain).source(hashlib.sha256(text).hexdigest())


class _Reader:
    """Turns the plain mapping of one file into a Source, naming file and key of what does not fit."""

    def __init__(self, path: Path, plain: dict[str, Any]) -> None:
        self.path = path
        self.plain = plain

    def refuse(self, key: str, why: str) -> SourceError:
        return SourceError(f"{self.path}, key '{key}': {why} The list cannot be read before this is mended.")

    def only(self, plain: object, allowed: Iterable[str], key: str) -> dict[str, Any]:
        if not isinstance(plain, dict):
            raise self.refuse(key, "must be a mapping.")
        for name in plain:
            if name not in set(allowed):
                raise self.refuse(f"{key}.{name}".lstrip("."), f"unknown; known are {', '.join(sorted(allowed))}.")
        return plain

    def source(self, definition: str) -> Source:
        plain = self.only(self.plain, _KEYS, "")
        for key in ("id", "title", "format", "row_id", "columns"):
            if not plain.get(key):
                raise self.refuse(key, "is missing.")
        if plain["id"] != self.path.stem:
            raise self.refuse("id", f"is {plain['id']!r}, but the file is called {self.path.name}; make them the same.")
        layout, columns = self.layout(), self.columns()
        checks = {str(k): self.words(v) for k, v in (plain.get("checks") or {}).items()}
        row_id, row_hash = self.row_id()
        filters = tuple(self.filter(item, n) for n, item in enumerate(plain.get("leave_out") or (), start=1))
        used = {part.path for column in columns.values() for part in column.parts}
        used |= {*row_id, *row_hash, *checks, *(item.path for item in filters)}
        used |= {beside for column in columns.values() for part in column.parts for beside in _beside(part)}
        required, ignored = plain.get("required"), plain.get("ignored") or ()
        return Source(
            id=plain["id"],
            title=plain["title"],
            layout=layout,
            columns=columns,
            row_id=row_id,
            row_hash=row_hash,
            definition=definition,
            plan=plain.get("plan"),
            url=plain.get("url"),
            fetch=plain.get("fetch"),
            file=self.file(),
            licence=plain.get("licence"),
            attribution=plain.get("attribution"),
            as_of=self.day(),
            demo=bool(plain.get("demo")),
            defaults={k: str(v) for k, v in self.only(plain.get("defaults") or {}, FIELDS, "defaults").items()},
            checks=checks,
            filters=filters,
            required=frozenset(used if required is None else required),
            known=frozenset(used | set(ignored)),
            gone_share=float(plain.get("gone_share", 0.3)),
        )

    def layout(self) -> Layout:
        plain = self.only(self.plain["format"], Layout.__dataclass_fields__, "format")
        if plain.get("kind") not in ("csv", "xlsx", "jsonl"):
            raise self.refuse("format.kind", "must be csv, xlsx or jsonl.")
        return Layout(**plain)

    def columns(self) -> dict[str, Column]:
        plain = self.only(self.plain["columns"], FIELDS, "columns")
        if not {"organization", "name"} & plain.keys():
            raise self.refuse("columns", "needs organization or name.")
        return {name: self.column(name, spec) for name, spec in plain.items()}

    def column(self, name: str, spec: object) -> Column:
        if not isinstance(spec, dict):
            return Column(self.parts(name, spec))
        plain = self.only(spec, ("from", "split", "join", "words", "others"), f"columns.{name}")
        if plain.get("others", "read") not in ("read", "ignore", "report"):
            raise self.refuse(f"columns.{name}.others", "must be read, ignore or report.")
        words = {str(k).casefold(): self.words(v) for k, v in (plain.get("words") or {}).items()}
        return Column(
            self.parts(name, plain.get("from")), plain.get("split"), plain.get("join"), words,
            plain.get("others", "read"),
        )  # fmt: skip

    def parts(self, name: str, spec: object) -> tuple[Part, ...]:
        items: list[Any] = spec if isinstance(spec, list) else [spec]
        if not items or not all(isinstance(item, (str, dict)) for item in items):
            raise self.refuse(f"columns.{name}", "must name a column, or a list of columns.")
        return tuple(Part(item) if isinstance(item, str) else self.part(name, item) for item in items)

    def part(self, name: str, item: dict[str, Any]) -> Part:
        plain = self.only(item, Part.__dataclass_fields__, f"columns.{name}")
        if "path" not in plain:
            raise self.refuse(f"columns.{name}", "a part needs its path.")
        return Part(**plain)

    def words(self, spec: object) -> tuple[str, ...]:
        if spec is None:
            return ()
        if isinstance(spec, bool):
            return ("yes" if spec else "no",)
        return tuple(str(item) for item in spec) if isinstance(spec, list) else (str(spec),)

    def row_id(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        plain = self.only(self.plain["row_id"], ("column", "hash"), "row_id")
        column = (plain["column"],) if plain.get("column") else ()
        return column, tuple(plain.get("hash") or ())

    def filter(self, item: object, number: int) -> Filter:
        key = f"leave_out.{number}"
        plain = self.only(item, ("reason", "column", "is", "has", "lacks"), key)
        how = next((how for how in ("is", "has", "lacks") if how in plain), None)
        if how is None or "column" not in plain:
            raise self.refuse(key, "needs a column and one of is, has, lacks.")
        try:
            reason = Code(plain.get("reason"))
        except ValueError:
            raise self.refuse(f"{key}.reason", "must be a known problem code.") from None
        if not reason.refuses:
            raise self.refuse(f"{key}.reason", "must be a code that leaves the row out.")
        words = frozenset(word.casefold() for word in self.words(plain[how]))
        return Filter(reason, plain["column"], words, how)

    def file(self) -> Path | None:
        return (self.path.parent / self.plain["file"]).resolve() if self.plain.get("file") else None

    def day(self) -> date | None:
        value = self.plain.get("as_of")
        if value is not None and not isinstance(value, date):
            raise self.refuse("as_of", "must be a day like 2026-11-01 (a column with the day goes under columns).")
        return value


def _beside(part: Part) -> list[str]:
    return [path for path in (part.label, part.extension) if path]


_KEYS = (
    "id", "title", "plan", "url", "fetch", "file", "licence", "attribution", "as_of", "demo", "format", "row_id",
    "columns", "checks", "defaults", "leave_out", "required", "ignored", "gone_share",
)  # fmt: skip
