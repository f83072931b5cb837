"""The first thing in a backup: which Puente made it when, and every file with its size and hash; read with distrust."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from directory.errors import BackupError

__all__ = ["FORMAT", "LARGEST", "NAME", "File", "Manifest"]

FORMAT = 1
"""How this file and the archive around it are laid out; a greater number is a newer Puente's."""
NAME = "manifest.json"
LARGEST = 16 << 20
"""Bytes that a manifest may have: a hundred thousand files."""
_HASH = re.compile(r"[0-9a-f]{64}")
_ODD = re.compile("[\x00-\x1f\x7f\\\\]")


@dataclass(frozen=True)
class File:
    """One file below PUENTE_HOME; `same_as` names one before it with the same bytes, which then stand there only."""

    path: str
    size: int
    sha256: str
    mtime: int
    same_as: str | None = None


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    `directory` is the layout of the published directory, `work` the migrations of work.db, `publication` what people
    saw then; `counts` is what `directory.backup.counts` found; `damaged` names the databases that are not in it.
    """

    puente: str
    made_at: datetime
    files: tuple[File, ...]
    directory: int | None = None
    work: tuple[str, ...] = ()
    publication: str | None = None
    counts: Mapping[str, int] | None = None
    damaged: tuple[str, ...] = ()

    @property
    def unpacked(self) -> int:
        """How many bytes the files take when they are unpacked."""
        return sum(file.size for file in self.files)

    def to_bytes(self) -> bytes:
        """The manifest as it stands in the archive."""
        plain = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(plain, indent=1, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """The inverse; BackupError for a newer Puente's and for what no Puente wrote."""
        try:
            plain = json.loads(data)
            _refuse_newer(plain["format"])
            return cls(
                str(plain["puente"]), datetime.fromisoformat(plain["made_at"]), tuple(map(_file, plain["files"])),
                None if plain["directory"] is None else int(plain["directory"]), tuple(map(str, plain["work"])),
                plain["publication"] and str(plain["publication"]),
                {str(name): int(number) for name, number in (plain["counts"] or {}).items()},
                tuple(map(str, plain.get("damaged") or ())),
            ).checked()  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as why:
            raise BackupError(
                "This is no backup that Puente wrote, or it was changed since: its list of contents does not fit. "
                "Nothing was changed. Take another one: puente backups"
            ) from why

    def checked(self) -> Manifest:
        """This one; ValueError when two files share a name or one refers to nothing."""
        seen: dict[str, File] = {}
        for file in self.files:
            first = seen.get(file.same_as) if file.same_as else file
            if file.path in seen or first is None or (first.sha256, first.size) != (file.sha256, file.size):
                raise ValueError("a file stands twice, or refers to one that is not before it")
            seen[file.path] = file
        if self.made_at.tzinfo is None:
            raise ValueError("a time without a zone")
        return self


def _refuse_newer(number: object) -> None:
    if not isinstance(number, int) or number < 1:
        raise ValueError("no format")
    if number > FORMAT:
        raise BackupError(
            "A newer Puente made this backup, and this one cannot read it. Nothing was changed. "
            "Upgrade first (puente upgrade), then restore."
        )


def _file(plain: Mapping[str, Any]) -> File:
    path, size, sha256 = plain["path"], plain["size"], plain["sha256"]
    if not _safe(path) or not isinstance(size, int) or size < 0 or not _HASH.fullmatch(sha256):
        raise ValueError("a file that cannot be one of ours")
    return File(path, size, sha256, max(0, int(plain["mtime"])), plain["same_as"])


def _safe(path: str) -> bool:
    """Whether a path stays below the folder it is unpacked into, and is written in one way only."""
    parts = PurePosixPath(path).parts
    return bool(parts) and "/".join(parts) == path and ".." not in parts and path != NAME and not _ODD.search(path)
