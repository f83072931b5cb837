"""A source file describes one list wholly; the loader refuses what it does not know, with file and key."""

from __future__ import annotations

import difflib
import hashlib
import re
from pathlib import Path
from typing import Any, cast

from directory import store
from directory.eligibility import strict
from directory.errors import SourceError
from directory.sync.source_keys import SourceFile
from directory.sync.source_shapes import FIELDS, KINDS, OWN_MAPPING, Column, Filter, Layout, Part, Source

__all__ = ["FIELDS", "KINDS", "Column", "Filter", "Layout", "Part", "Source", "ids", "load", "path_of", "read"]

_SHIPPED = Path(__file__).parent / "sources"
_FORMATS = Path(__file__).parent / "formats"
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def ids() -> tuple[str, ...]:
    """The ids of all sources: the clinic's own in `PUENTE_HOME/sources` and those that ship."""
    return tuple(sorted({path.stem for folder in _folders() for path in folder.glob("*.yml")}))


def load(source_id: str) -> Source:
    """The source with that id; SourceError names file and key of what it refuses, or the ids that exist."""
    return read(path_of(source_id))


def path_of(source_id: str) -> Path:
    """Where the source file stands; the clinic's own wins over one that ships. SourceError when there is none."""
    if _ID.fullmatch(source_id):
        for folder in _folders():
            path = folder / f"{source_id}.yml"
            if path.exists():
                return path
    near = difflib.get_close_matches(source_id.casefold(), ids(), n=1)
    named = [name for name in ids() if not name.startswith("demo_")]  # those come by `puente demo load`
    raise SourceError(
        f"There is no source called {source_id!r}. Nothing was changed. "
        + (f"Did you mean {near[0]}? " if near else "For a list from a new sender: puente source new FILE. ")
        + f"Known sources: {', '.join(named)}."
    )


def _folders() -> tuple[Path, Path]:
    return store.home() / "sources", _SHIPPED


def read(path: Path) -> Source:
    """The source that the file describes."""
    plain = strict.plain(path, SourceError)
    if not isinstance(plain, dict):
        raise SourceError(f"{path} is empty or not a mapping. A source file needs id, title, format and columns.")
    own = _own_mapping(plain)
    return SourceFile(path, _mapped(plain, own)).source(_hash(path, own))


def _hash(path: Path, own: dict[str, Any]) -> str:
    return hashlib.sha256(path.read_bytes() + (repr(own).encode() if own else b"")).hexdigest()


def _own_mapping(plain: dict[str, Any]) -> dict[str, Any]:
    """The mapping that comes with a format whose fields are always called the same; empty for every other format."""
    layout = plain.get("format")
    kind = layout.get("kind") if isinstance(layout, dict) else None
    if kind not in OWN_MAPPING:
        return {}
    return cast("dict[str, Any]", strict.plain(_FORMATS / kind / "columns.yml"))


def _mapped(plain: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """What the source file says, over what its format brings along; a field it names is the source file's alone."""
    columns = plain.get("columns") or {}
    if not own or not isinstance(columns, dict):
        return plain
    known = {field: column for field, column in own["columns"].items() if field in FIELDS}
    return {
        **plain,
        "columns": {**known, **columns},
        "row_id": plain.get("row_id") or own["row_id"],
        "leave_out": [*own["leave_out"], *(plain.get("leave_out") or [])],
        "required": plain.get("required") or [],
    }
