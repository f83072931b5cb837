"""Which known list a file is, when it is given without the name of its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from directory.errors import ChangedHeadings, ListError, PuenteError, SourceError
from directory.sync import formats, recognize
from directory.sync.incoming import from_file
from directory.sync.propose.accepting import as_another
from directory.sync.propose.saving import own_path
from directory.sync.source import Layout, Source, ids, load

__all__ = ["Fit", "fits", "named", "only_fit"]

_NESTED_COVER = 0.8
_NEAR = 0.6


@dataclass(frozen=True)
class Fit:
    """A source that a file may be the list of: how many columns of it the source does not know, and, where the list is
    near but not surely it, what to say."""

    source_id: str
    title: str
    own: bool
    unknown: int
    problem: str | None = None


def fits(data: bytes, name: str) -> tuple[Fit, ...]:
    """The sources whose list this is, the best first; where none is, those that are near, with what is amiss."""
    tables = lru_cache(maxsize=None)(lambda layout: _head(data, layout, name))
    found = [fit for source in _sources() if (fit := _fit(source, tables(source.layout), name))]
    sure = [fit for fit in found if fit.problem is None]
    return tuple(sorted(sure or found, key=lambda fit: (not fit.own, fit.unknown, fit.source_id)))


def only_fit(data: bytes, name: str) -> str:
    """The id of the one source that fits; SourceError says which ones might, and what to write."""
    found = fits(data, name)
    sure = [fit for fit in found if fit.problem is None]
    best = [fit for fit in sure if (fit.own, fit.unknown) == (sure[0].own, sure[0].unknown)]
    if len(best) == 1:
        return best[0].source_id
    if best:
        several = ", ".join(fit.source_id for fit in best)
        raise SourceError(
            f"{name} has the columns of several lists: {several}. Nothing was changed. "
            f"Say which one it is: puente sync {best[0].source_id} --file LIST"
        )
    if found:
        raise SourceError(f"{found[0].problem} (The nearest known list is {found[0].source_id}.)")
    raise SourceError(
        f"{name} is none of the lists that Puente knows, so nothing was changed. "
        "For a list from a new sender: puente source new FILE. For the lists that are known: puente source list"
    )


def named(file: Path, as_id: str | None = None, *, dry_run: bool = False) -> str:
    """The id of the source whose list the file is; with `as_id` a list of its own that is read in the same way, which
    is made when there is none yet (not in a dry run)."""
    if as_id is not None and as_id in ids():
        return as_id
    found = only_fit(from_file(file).data, file.name)
    if as_id is None or dry_run:
        return found
    as_another(found, as_id)
    return as_id


def _sources() -> list[Source]:
    found = []
    for source_id in ids():
        try:
            source = load(source_id)
        except PuenteError:
            continue  # one broken source file must not hide the others; whoever names it is told
        if not source.demo:
            found.append(source)
    return found


@dataclass(frozen=True)
class _Head:
    headings: tuple[str, ...]
    sample: tuple[dict[str, str], ...]


def _head(data: bytes, layout: Layout, name: str) -> _Head | None:
    try:
        table = formats.read(data, layout, name)
        sample = tuple(cells for _, cells, damage in islice(table.rows, recognize.SAMPLE) if damage is None)
    except ListError:
        return None
    return _Head(table.headings, sample) if table.headings and sample else None


def _fit(source: Source, head: _Head | None, name: str) -> Fit | None:
    if head is None:
        return None
    there = set(head.headings)
    known = {heading for heading in there if heading in recognize.tops(source, source.known)}
    known |= set(recognize.renamed(head.headings, source))
    unknown = len(there - known)
    own = own_path(source.id).exists()
    if source.layout.nested and len(known) < _NESTED_COVER * len(there):
        return None
    try:
        recognize.check(head.headings, source, head.sample, name=name)
    except ChangedHeadings as error:
        wanted = recognize.tops(source, source.required)
        near = len(wanted & there) >= _NEAR * len(wanted)
        return Fit(source.id, source.title, own, unknown, str(error)) if near else None
    return Fit(source.id, source.title, own, unknown)
