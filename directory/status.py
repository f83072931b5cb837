"""What is published now: how many listings, of which lists, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import store
from directory.errors import DirectoryMissing

__all__ = ["SourceStatus", "Status", "kept_status", "status"]


@dataclass(frozen=True)
class SourceStatus:
    """One list, how many listings are told as its own, and how many that are told as another's it names too."""

    source: store.SourceRecord
    listings: int
    elsewhere: int = 0


@dataclass(frozen=True)
class Status:
    """The publication in force; `published_at` is None before the first one.

    `outdated`: another version of Puente published it, so it must be published anew before anybody can search it.
    """

    listings: int
    sources: tuple[SourceStatus, ...]
    published_at: datetime | None
    outdated: bool = False

    @property
    def demo(self) -> bool:
        """Whether any list is invented."""
        return any(item.source.demo for item in self.sources)


def status(path: Path | None = None) -> Status:
    """What is published now; nothing is an answer too."""
    try:
        with store.open_directory(path, any_layout=True) as connection:
            outdated = store.layout(connection) != store.LAYOUT
            counts = dict(connection.execute("SELECT source_id, count(*) FROM listing GROUP BY source_id").fetchall())
            publication = store.publication(connection)
            also = {} if outdated else dict(connection.execute(_ELSEWHERE).fetchall())
            sources = tuple(
                SourceStatus(source, counts.get(source.id, 0), also.get(source.id, 0))
                for source in store.sources(connection)
            )
    except DirectoryMissing:
        return Status(0, (), None)
    return Status(publication.listings, sources, publication.published_at, outdated)


_Identity = tuple[str, int, int, int, int]
_kept: dict[_Identity, Status] = {}


def kept_status(path: Path | None = None) -> Status:
    """The same, counted once for each publication: pages that stand on it are asked for all day."""
    file = path or store.directory_path()
    try:
        about = file.stat()
    except OSError:
        return status(file)
    identity = (str(file), about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
    if identity not in _kept:
        found = status(file)
        _kept.clear()
        _kept[identity] = found
    return _kept.get(identity) or status(file)


_ELSEWHERE = """
    SELECT said.source_id, count(DISTINCT said.listing) FROM said JOIN listing ON listing.rowid = said.listing
    WHERE said.source_id <> listing.source_id GROUP BY said.source_id
"""
