"""Where the columns of a list are not those it had: what is missing, what is new, and which may be which."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from directory.sync import fields, formats, recognize
from directory.sync.incoming import Incoming
from directory.sync.source import Source

__all__ = ["Missing", "News", "differing"]

_EXAMPLES = 3
_MOST = 60


@dataclass(frozen=True)
class News:
    """A column that the list did not have before, with examples of what stands under it."""

    heading: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """A column that the list had and has no more, what it was read as, and the new columns that it may be."""

    heading: str
    fields: tuple[str, ...]
    perhaps: tuple[str, ...]


def differing(found: Incoming, source: Source) -> tuple[tuple[Missing, ...], tuple[News, ...]]:
    """Missing and new columns; ListError when the bytes have no columns at all."""
    table = formats.read(found.data, source.layout, found.name)
    sample = [cells for _, cells, _ in islice(table.rows, recognize.SAMPLE)]
    other = recognize.renamed(table.headings, source)
    there = {other.get(heading, heading) for heading in table.headings}
    known = recognize.tops(source, source.known)
    new = [heading for heading in table.headings if other.get(heading, heading) not in known][:_MOST]
    missing = sorted(recognize.tops(source, source.required) - there)[:_MOST]
    return (
        tuple(
            Missing(used, _fields(source, used), tuple(recognize.candidates(used, new, source, sample)))
            for used in missing
        ),
        tuple(News(heading, _examples(heading, sample)) for heading in new),
    )


def _fields(source: Source, used: str) -> tuple[str, ...]:
    return tuple(name for name, column in source.columns.items() if used in (part.path for part in column.parts))


def _examples(heading: str, sample: list[dict[str, str]]) -> tuple[str, ...]:
    texts = (fields.excerpt(cells.get(heading, ""), 40) for cells in sample)
    return tuple(dict.fromkeys(text for text in texts if text))[:_EXAMPLES]
