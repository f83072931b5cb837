"""export: the published directory, or a part of it, as a file for others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from directory import store
from directory.errors import ExportError
from directory.exports import as_csv, as_hsds, as_tables
from directory.exports.aside import aside
from directory.exports.chosen import Choice, count, listings, most_phones, suspended
from directory.model import Listing

__all__ = ["FORMATS", "ExportReport", "Order", "export"]

FORMATS = ("hsds", "csv")
Watch = Callable[[Iterable[Listing], int], Iterable[Listing]]
Sources = Mapping[str, store.SourceRecord]


@dataclass(frozen=True)
class Order:
    """What to write: `tabular` is HSDS as a zip of CSV tables; a file that is there is only replaced with `force`."""

    format: str
    choice: Choice
    tabular: bool = False
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class ExportReport:
    """What was written where, from which publication and lists; `file` is None for a dry run."""

    format: str
    tabular: bool
    file: str | None
    listings: int
    confidential: int
    publication: str
    sources: tuple[str, ...]
    suspended: int = 0

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON."""
        return {**vars(self), "sources": list(self.sources)}

    def to_text(self) -> str:
        """The report for a person."""
        done = f"{self.listings} places were written to {self.file}" if self.file else f"{self.listings} places"
        hidden = f"; {self.confidential} of them confidential, without where they are" if self.confidential else ""
        lists = f"From publication {self.publication}, lists: {', '.join(self.sources) or 'none'}."
        left = f"\nLeft out: {self.suspended} suspended, shown to nobody for now." if self.suspended else ""
        use = "The file names the licence of each list; who uses it names these lists too."
        return f"{done}{hidden}.{left}\n{lists}\n{use}"


def export(order: Order, output: Path | BinaryIO, *, watch: Watch | None = None) -> ExportReport:
    """Writes the published listings that are wanted; ExportError (and nothing written) when that cannot be.

    `watch` is given the listings and how many there are, and hands them on: a progress bar.
    """
    with store.open_directory() as connection:
        lists = {item.id: item for item in store.sources(connection)}
        _refuse_unknown(order.choice.source, lists)
        total, tally = count(connection, order.choice), _Tally()
        found = tally.counted(listings(connection, order.choice))
        given = watch(found, total) if watch else found
        _give(order, output, given, lists, most_phones(connection))
        named = isinstance(output, Path) and not order.dry_run
        return ExportReport(
            order.format, order.tabular, str(output) if named else None, total, tally.confidential,
            store.publication(connection).id, tuple(sorted(tally.sources)), suspended(connection, order.choice),
        )  # fmt: skip


def _refuse_unknown(source: str | None, lists: Sources) -> None:
    if source and source not in lists:
        raise ExportError(
            f"Nothing of a list called {source!r} is published, so nothing was written. "
            f"Published lists: {', '.join(lists) or 'none'}."
        )


def _give(order: Order, output: Path | BinaryIO, found: Iterable[Listing], lists: Sources, phones: int) -> None:
    if order.dry_run:
        deque(found, maxlen=0)
    elif isinstance(output, Path):
        with aside(output, force=order.force) as file:
            _write(order, file, found, lists, phones)
    else:
        _write(order, output, found, lists, phones)


def _write(order: Order, file: BinaryIO, found: Iterable[Listing], lists: Sources, phones: int) -> None:
    if order.format == "csv":
        as_csv.write(file, found, lists, phones=phones)
    elif order.tabular:
        as_tables.write(file, found, lists)
    else:
        as_hsds.write(file, found, lists)


class _Tally:
    """What went through."""

    def __init__(self) -> None:
        self.confidential = 0
        self.sources: set[str] = set()

    def counted(self, found: Iterable[Listing]) -> Iterator[Listing]:
        for listing in found:
            self.confidential += listing.confidential
            self.sources.add(listing.provenance.source)
            yield listing
