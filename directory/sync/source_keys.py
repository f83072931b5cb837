"""Reads the keys of a source file one by one; what does not fit is refused with file and key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from directory import plans
from directory.errors import SourceError
from directory.sync.problems import Code
from directory.sync.source_shapes import FIELDS, KINDS, Column, Filter, Layout, Part, Source

__all__ = ["SourceFile"]

_KEYS = (
    "id", "title", "plan", "url", "fetch", "allow_private", "file", "licence", "attribution", "as_of", "demo", "format",
    "row_id", "columns", "checks", "defaults", "leave_out", "required", "ignored", "also",
    "gone_share",
)  # fmt: skip
_CHOICES = {"hidden": ("leave_out", "read"), "broken_rows": ("report", "join")}


class SourceFile:
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

    def mapping(self, key: str) -> dict[str, Any]:
        plain = self.plain.get(key) or {}
        if not isinstance(plain, dict):
            raise self.refuse(key, "must be a mapping.")
        return plain

    def text(self, key: str) -> str | None:
        return self.a_text(key, self.plain[key]) if self.plain.get(key) is not None else None

    def a_text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, f"must be a text, not {value!r}. Put it in quotes if it is one.")
        return value

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.refuse(key, f"must be a list of texts, not {value!r}.")
        return tuple(self.a_text(f"{key}.{number}", item) for number, item in enumerate(value, start=1))

    def source(self, definition: str) -> Source:
        """All that the file says; `definition` is its hash."""
        self.check_keys()
        columns = self.columns()
        checks = {str(k): self.words(v) for k, v in self.mapping("checks").items()}
        row_id, row_hash = self.row_id()
        filters = self.filters()
        used = {part.path for column in columns.values() for part in column.parts}
        used |= {*row_id, *row_hash, *checks, *(item.path for item in filters)}
        used |= {beside for column in columns.values() for part in column.parts for beside in _beside(part)}
        required, ignored = self.plain.get("required"), self.plain.get("ignored") or []
        return Source(
            id=self.plain["id"],
            title=self.a_text("title", self.plain["title"]),
            layout=self.layout(),
            columns=columns,
            row_id=row_id,
            row_hash=row_hash,
            definition=definition,
            plan=self.plan(),
            url=self.text("url"),
            fetch=self.text("fetch"),
            allow_private=self.flag("allow_private"),
            file=self.file(),
            licence=self.text("licence"),
            attribution=self.text("attribution"),
            as_of=self.day(),
            demo=self.flag("demo"),
            defaults={k: str(v) for k, v in self.only(self.mapping("defaults"), FIELDS, "defaults").items()},
            checks=checks,
            filters=filters,
            required=frozenset(used if required is None else self.texts("required", required)),
            known=frozenset({*used, *self.texts("ignored", ignored)}),
            also=self.also(used),
            gone_share=self.gone_share(),
        )

    def check_keys(self) -> None:
        self.only(self.plain, _KEYS, "")
        for key in ("id", "title", "format", "row_id", "columns"):
            if not self.plain.get(key):
                raise self.refuse(key, "is missing.")
        own = self.plain["id"]
        if own != self.path.stem:
            raise self.refuse("id", f"is {own!r}, but the file is called {self.path.name}; make them the same.")

    def plan(self) -> str | None:
        plan = self.text("plan")
        if plan is not None and plan not in plans.plans():
            raise self.refuse("plan", f"{plan!r} is no plan that we know: {', '.join(plans.plans())}.")
        return plan

    def flag(self, key: str) -> bool:
        said = self.plain.get(key, False)
        if not isinstance(said, bool):
            raise self.refuse(key, "must be true or false.")
        return said

    def gone_share(self) -> float:
        share = self.plain.get("gone_share", 0.3)
        if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
            raise self.refuse("gone_share", "must be a share between 0 and 1, such as 0.3.")
        return float(share)

    def layout(self) -> Layout:
        plain = dict(self.only(self.plain["format"], Layout.__dataclass_fields__, "format"))
        if plain.get("kind") not in KINDS:
            raise self.refuse("format.kind", f"must be one of {', '.join(KINDS)}.")
        for key in ("encoding", "delimiter", "sheet", "sheet_column", "records"):
            if plain.get(key) is not None and not isinstance(plain[key], str):
                raise self.refuse(f"format.{key}", "must be a text.")
        if len(plain.get("delimiter") or ",") != 1:
            raise self.refuse("format.delimiter", 'must be one character, such as ";" or "\\t".')
        self.check_choices(plain)
        if plain.get("sheets") is not None:
            everything = plain["sheets"] == "all"
            plain["sheets"] = () if everything else self.texts("format.sheets", plain["sheets"])
            if plain.get("sheet") or not (everything or plain["sheets"]):
                raise self.refuse("format.sheets", "must be `all` or a list of sheets, and stands instead of `sheet`.")
        plain["carry_down"] = self.texts("format.carry_down", plain.get("carry_down") or [])
        return Layout(**plain)

    def check_choices(self, plain: dict[str, Any]) -> None:
        row = plain.get("heading_row", 1)
        if isinstance(row, bool) or not isinstance(row, int) or row < 1:
            raise self.refuse("format.heading_row", "must be a number from 1.")
        if type(plain.get("heading_rows", 1)) is not int or plain.get("heading_rows", 1) not in (1, 2):
            raise self.refuse("format.heading_rows", "must be 1 or 2.")
        for key, words in _CHOICES.items():
            if plain.get(key, words[0]) not in words:
                raise self.refuse(f"format.{key}", f"must be {' or '.join(words)}.")

    def columns(self) -> dict[str, Column]:
        plain = self.only(self.plain["columns"], FIELDS, "columns")
        if not {"organization", "name"} & plain.keys():
            raise self.refuse("columns", "needs organization or name.")
        return {name: self.column(name, spec) for name, spec in plain.items()}

    def column(self, name: str, spec: object) -> Column:
        if not isinstance(spec, dict):
            return Column(self.parts(name, spec))
        own = ("generic",) if name == "name" else ()
        plain = self.only(spec, ("from", "split", "join", "words", "others", *own), f"columns.{name}")
        if plain.get("others", "read") not in ("read", "ignore", "report"):
            raise self.refuse(f"columns.{name}.others", "must be read, ignore or report.")
        table = plain.get("words") or {}
        if not isinstance(table, dict):
            raise self.refuse(f"columns.{name}.words", "must be a mapping of words to what they stand for.")
        for key in ("split", "join"):
            if plain.get(key) is not None and not isinstance(plain[key], str):
                raise self.refuse(f"columns.{name}.{key}", "must be a text.")
        words = {str(k).casefold(): self.words(v) for k, v in table.items()}
        return Column(
            self.parts(name, plain.get("from")), plain.get("split"), plain.get("join"), words,
            plain.get("others", "read"), self.texts(f"columns.{name}.generic", plain.get("generic") or []),
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
        return Part(**{key: self.a_text(f"columns.{name}.{key}", value) for key, value in plain.items()})

    def words(self, spec: object) -> tuple[str, ...]:
        if spec is None:
            return ()
        if isinstance(spec, bool):
            return ("yes" if spec else "no",)
        return tuple(str(item) for item in spec) if isinstance(spec, list) else (str(spec),)

    def row_id(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        plain = self.only(self.plain["row_id"], ("column", "hash"), "row_id")
        column = (self.a_text("row_id.column", plain["column"]),) if plain.get("column") else ()
        hashed = self.texts("row_id.hash", plain.get("hash") or [])
        if not (column or hashed):
            raise self.refuse("row_id", "needs a column, or the columns to hash.")
        return column, hashed

    def also(self, used: set[str]) -> dict[str, tuple[str, ...]]:
        found = {str(k): self.texts(f"also.{k}", v) for k, v in self.mapping("also").items()}
        for heading, others in found.items():
            if heading not in used:
                raise self.refuse(f"also.{heading}", "is another name for a column that is not used.")
            if taken := used.intersection(others):
                raise self.refuse(f"also.{heading}", f"{', '.join(sorted(taken))} is a column that is used itself.")
        return found

    def filters(self) -> tuple[Filter, ...]:
        items = self.plain.get("leave_out") or []
        if not isinstance(items, list):
            raise self.refuse("leave_out", "must be a list.")
        return tuple(self.filter(item, number) for number, item in enumerate(items, start=1))

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
        return Filter(reason, self.a_text(f"{key}.column", plain["column"]), words, how)

    def file(self) -> Path | None:
        name = self.text("file")
        return (self.path.parent / name).resolve() if name else None

    def day(self) -> date | None:
        value = self.plain.get("as_of")
        if value is not None and type(value) is not date:
            raise self.refuse("as_of", "must be a day like 2026-11-01 (a column with the day goes under columns).")
        return value


def _beside(part: Part) -> list[str]:
    return [path for path in (part.label, part.extension) if path]
