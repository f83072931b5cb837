"""Next month's list: is it still the one that its source file describes? Said, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from directory.errors import ChangedHeadings
from directory.sync import fields
from directory.sync.propose import names
from directory.sync.propose.content import EXPECTED, Content, content, said
from directory.sync.source import Source

__all__ = ["SAMPLE", "Checked", "candidates", "check", "renamed", "tops"]

SAMPLE = 60
"""Rows that are looked at for what the columns hold."""
_FEWEST = 5
_MOST_COLUMNS = 1_000
_MOST_NEW = 40
_SHIFTED, _ENOUGH, _OTHER = 0.2, 0.5, 0.7
_LIKE = 60
# Kinds of content that are never by chance what another column holds too.
_TELLING = ("phone", "zip", "email", "link", "npi", "latitude", "longitude", "hours", "full_address", "street")
_STRONG = ("email", "link", "npi", "zip", "phone", "day", "latitude", "longitude", "street", "full_address")
_TWIN = re.compile(r" \(\d+\)$")


@dataclass(frozen=True)
class Checked:
    """Headings of the list -> headings of the source file, where they differ; and the new ones that are not used."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def check(headings: Sequence[str], source: Source, sample: Sequence[Mapping[str, str]], *, name: str = "") -> Checked:
    """What of the headings is another name or not used; ChangedHeadings when the list is not surely that source's.

    `sample` are the cells of the first rows, as the list heads them.
    """
    other = renamed(headings, source)
    there = {other.get(heading, heading) for heading in headings}
    missing = sorted(tops(source, source.required) - there)
    if len(headings) > _MOST_COLUMNS:
        raise _changed(source, name, f"It has {len(headings)} columns: {_told(headings)}, which no list of places has.")
    known = tops(source, source.known)
    new = tuple(heading for heading in headings if other.get(heading, heading) not in known)
    if missing:
        raise _changed(source, name, _missing(missing, new, source, sample))
    if source.layout.nested:
        return Checked(other, new)
    told = _telling_news(new, source, sample, other) or _shifted(source, sample, other)
    if told:
        raise _changed(source, name, told)
    return Checked(other, new)


def renamed(headings: Iterable[str], source: Source) -> dict[str, str]:
    """The headings that the source file knows under another name: new -> used."""
    there = set(headings)
    return {
        new: used for used, others in source.also.items() if used not in there for new in others[:9] if new in there
    }


def tops(source: Source, paths: frozenset[str]) -> frozenset[str]:
    """The headings that the paths stand for: of a JSON path its first key."""
    return frozenset(re.split(r"[.\[]", path)[0] for path in paths) if source.layout.nested else paths


def _changed(source: Source, name: str, told: str) -> ChangedHeadings:
    return ChangedHeadings(
        f"{name}, line {source.layout.heading_row}: the headings are not those of {source.title}. Nothing was changed. "
        f"{told}"
    )


# A heading that is missing


def _missing(missing: list[str], new: Sequence[str], source: Source, sample: Sequence[Mapping[str, str]]) -> str:
    pairs = {used: list(candidates(used, new, source, sample)) for used in missing}
    if len({found[0] for found in pairs.values() if len(found) == 1}) == len(missing):
        lines = [f"{_q(used)} seems now to be called {_q(found[0])}." for used, found in pairs.items()]
        accepted = " ".join(f'--heading "{used}={found[0]}"' for used, found in pairs.items())
        return f"{' '.join(lines)} If that is so: puente source accept {source.id} {accepted}"
    lines = [f"Missing: {_told(missing)}." if len(missing) < len(source.required) else "None of its columns is there."]
    if new:
        lines.append(f"New: {_told(new)}.")
    lines.append(
        f"Compare with last time's list. If another list came by mistake, ask the sender; {_what_to_do(source)}"
    )
    return " ".join(lines)


def _what_to_do(source: Source) -> str:
    return (
        f'if a column is gone for good: puente source accept {source.id} --gone "COLUMN"; if it has another name: '
        f'puente source accept {source.id} --heading "OLD=NEW".'
    )


def candidates(used: str, new: Sequence[str], source: Source, sample: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The new columns that the missing one may be: the same kind of content, and a like name where any text fits."""
    wanted = [name for name, column in source.columns.items() if used in (part.path for part in column.parts)]
    marks = used in source.checks
    for heading in new[:_MOST_NEW]:
        what = _content(heading, sample)
        like = _like(used, heading) or bool(set(names.fields_of(heading)) & set(wanted))
        if marks and like and (not what.filled or what.share(["yes_no"]) >= _OTHER):
            yield heading
        for name in wanted:
            kinds = EXPECTED.get(name)
            share = what.share(kinds) if kinds and what.filled else 0.0
            if share >= (_ENOUGH if like else _OTHER) and (like or (kinds and kinds[0] in _TELLING)):
                yield heading
                break
            if not kinds and like and what.share(_STRONG) < _OTHER:
                yield heading
                break
        if not wanted and not marks and like:
            yield heading


def _like(one: str, two: str) -> bool:
    from rapidfuzz import fuzz

    return bool(fuzz.token_set_ratio(names.key(one), names.key(two)) >= _LIKE)


# A heading that is new


def _telling_news(
    new: Sequence[str], source: Source, sample: Sequence[Mapping[str, str]], other: Mapping[str, str]
) -> str | None:
    """What to say of a new column that may be one of those used; None when all of them may be left aside."""
    for heading in new[:_MOST_NEW]:
        base = _TWIN.sub("", heading)
        if base != heading and base in source.known:
            return f"Two columns are called {_q(base)}, and which one is meant is not known. {_keep(source, heading)}"
        what = _content(heading, sample)
        for name, column in source.columns.items():
            kinds = EXPECTED.get(name, ())
            used = [part.path for part in column.parts]
            if (
                what.filled
                and what.share(kinds[:1]) >= _OTHER
                and (kinds[0] in _TELLING or _empty(used, sample, other))
            ):
                return (
                    f"{_q(heading)} is new and holds {said(kinds[0])}, as {_q(used[0])} does; one of them may have "
                    f"taken the place of the other. {_keep(source, heading)}"
                )
    return None


def _keep(source: Source, heading: str) -> str:
    return f'Ask the sender; if it is only one more column: puente source accept {source.id} --ignore "{heading}".'


def _empty(used: Sequence[str], sample: Sequence[Mapping[str, str]], other: Mapping[str, str]) -> bool:
    """Whether a used column has hardly anything in it, so that the new one may stand in its place."""
    back = {old: new for new, old in other.items()}
    filled = max((_content(back.get(path, path), sample).filled for path in used), default=0)
    return len(sample) >= _FEWEST and filled <= len(sample) * _SHIFTED


# The same headings over other columns


def _shifted(source: Source, sample: Sequence[Mapping[str, str]], other: Mapping[str, str]) -> str | None:
    """What to say of a column that surely holds another thing than its field; None when all hold what they should."""
    back = {old: new for new, old in other.items()}
    for name, column in source.columns.items():
        if column.words or len(column.parts) > 1:
            continue
        path = column.parts[0].path
        kinds = EXPECTED.get(name, ())
        if not kinds and name not in ("organization", "name"):
            continue
        if kinds and _content(back.get(path, path), sample, kinds).share(kinds) >= _SHIFTED:
            continue
        what = _content(back.get(path, path), sample)
        kind, share = _strongest(what)
        if what.filled >= _FEWEST and kind not in kinds and share >= _OTHER:
            return (
                f"{_q(path)} now holds {said(kind)}; the columns may have slipped under their headings. "
                "Open the list, compare it with last time's, and ask the sender for it again."
            )
    return None


def _strongest(what: Content) -> tuple[str, float]:
    found = {kind: share for kind, share in what.shares.items() if kind in _STRONG}
    return max(found.items(), key=lambda item: item[1], default=("", 0.0))


def _content(heading: str, sample: Sequence[Mapping[str, str]], kinds: Iterable[str] = ()) -> Content:
    return content((cells.get(heading, "") for cells in sample[:SAMPLE]), kinds)


# For a person


def _q(heading: str) -> str:
    return f'"{fields.excerpt(heading, 40) or "(a heading without letters)"}"'


def _told(headings: Sequence[str]) -> str:
    """The headings for a person: a file that is no list may have thousands, each of any length."""
    told = ", ".join(map(_q, headings[:10]))
    return told + (f" and {len(headings) - 10} more" if len(headings) > 10 else "")
