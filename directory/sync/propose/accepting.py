"""What a person accepts of a changed list, written into the clinic's own source file; a shipped one is copied first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.errors import SourceError
from directory.sync.propose.saving import own_path, save
from directory.sync.propose.trying import source_of
from directory.sync.source import Source, load, path_of

__all__ = ["Accepted", "accept", "as_another"]

_TOP = re.compile(r"^[A-Za-z_]+:", re.M)


@dataclass(frozen=True)
class Accepted:
    """The source file that was written, its text, and whether it is a copy of a shipped one."""

    path: Path
    text: str
    copied: bool


def accept(
    source_id: str,
    *,
    headings: Mapping[str, str],
    ignored: Sequence[str] = (),
    gone: Sequence[str] = (),
    dry_run: bool = False,
) -> Accepted:
    """Takes other names (`headings`: used -> new), new columns that are not used, and columns gone for good."""
    source = load(source_id)
    _refuse_unused(source, [*headings, *gone])
    text, copied = _own_text(source_id)
    also = {used: list(others) for used, others in source.also.items()}
    for used, new in headings.items():
        also.setdefault(used, []).append(new)
    if headings:
        text = _with_key(text, "also", _mapping({used: dict.fromkeys(others) for used, others in also.items()}))
    if ignored:
        known = [*sorted(source.known - source.required), *ignored]
        text = _with_key(text, "ignored", _sequence(dict.fromkeys(known)))
    if gone:
        text = _with_key(text, "required", _sequence(sorted(source.required.difference(gone))))
    source_of(source_id, text)  # SourceError, and nothing written, when the whole does not fit
    path = own_path(source_id) if dry_run else save(source_id, text, replace=True)
    return Accepted(path, text, copied)


def as_another(source_id: str, new_id: str, title: str | None = None) -> Path:
    """A source file of the clinic's own that reads as `source_id` does, under another id and title."""
    source = load(source_id)
    text, _ = _own_text(source_id)
    text = _with_key(_with_key(text, "id", new_id), "title", json.dumps(title or f"{source.title} ({new_id})"))
    source_of(new_id, text)
    return save(new_id, text)


def _refuse_unused(source: Source, headings: Iterable[str]) -> None:
    used = sorted(source.known)
    for heading in headings:
        if heading not in source.known:
            raise SourceError(
                f"{source.title} uses no column called {heading!r}. It uses: {', '.join(used)}. "
                "Nothing was changed. Write the name as it was before: --heading OLD=NEW."
            )


def _own_text(source_id: str) -> tuple[str, bool]:
    """The text of the source file, and whether it is a shipped one, whose file beside it is then named in full."""
    path = path_of(source_id)
    text = path.read_text(encoding="utf-8")
    if path == own_path(source_id):
        return text, False
    file = load(source_id).file
    return (_with_key(text, "file", json.dumps(str(file))) if file else text), True


def _with_key(text: str, key: str, value: str) -> str:
    """The file with that key at the top level, in the place of the old one or at the end; all else stays as it is."""
    line = f"{key}: {value}\n"
    found = re.search(rf"^{key}:", text, re.M)
    if found is None:
        return f"{text.rstrip()}\n{line}"
    following = _TOP.search(text, found.end())
    end = following.start() if following else len(text)
    comments = re.search(r"(?:^#.*\n|^\s*\n)+\Z", text[found.start() : end], re.M)
    if comments and following:
        end = found.start() + comments.start()
    return text[: found.start()] + line + text[end:]


def _sequence(items: Iterable[str]) -> str:
    return f"[{', '.join(json.dumps(item, ensure_ascii=False) for item in items)}]"


def _mapping(items: Mapping[str, Iterable[str]]) -> str:
    pairs = (f"{json.dumps(key, ensure_ascii=False)}: {_sequence(values)}" for key, values in items.items())
    return f"{{{', '.join(pairs)}}}"
