"""Takes one note out of the clinic's file, and leaves every other line of it as it was."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import yaml

from directory import whole_files
from directory.eligibility import rules
from directory.errors import RulesError
from directory.locks import locked
from directory.overlay.hostile import refuse_hostile
from directory.overlay.keeping import content_of, good_entries, look_again, overlay_file
from directory.overlay.reading import Names, read_notes
from directory.overlay.shapes import Note, changed_things

__all__ = ["note_mark", "take_back"]

_NONE = b"[]\n"
"""What a file holds whose last note was taken back: were it gone, the last good notes would stay in force."""


def note_mark(note: Note) -> str:
    """What stands for exactly this note, so that nobody takes back another one that moved to its number."""
    things = (*note.checked, *changed_things(note))
    said = "\n".join([note.who, note.on.isoformat(), note.source, *map(str, things), _values(note)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def take_back(number: int, mark: str) -> Note:
    """Takes that note out and returns it; RulesError, and nothing is written, where it is gone or another one."""
    path = overlay_file()
    if not path.parent.is_dir():
        raise _gone()
    with locked(path.with_name("overlay.lock")):
        content = content_of(path)
        notes = _read(content, path)
        found = next((note for note in notes if note.number == number), None)
        if found is None or note_mark(found) != mark:
            raise _gone()
        left = _without(content, number, path)
        _read(left, path)  # what is left must be a good file
        whole_files.write(path, left)
    look_again()
    return found


def _gone() -> RulesError:
    return RulesError(
        "This note is not there any more, or is another one by now, so nothing was taken back. Somebody may have been "
        "faster. Look at the notes again."
    )


def _read(content: bytes, path: Path) -> tuple[Note, ...]:
    known = rules.everything()
    names = Names(frozenset(known.conditions), frozenset(known.definitions))
    return read_notes(content, path, names, before=good_entries(path))


def _without(content: bytes, number: int, path: Path) -> bytes:
    """The file without the lines of that entry; what is remarked above the next one stays with that."""
    refuse_hostile(content, path)
    text = content.decode("utf-8")
    entries = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(entries, yaml.SequenceNode) or entries.flow_style:
        raise RulesError(f"{path} is not written as a list of lines, so no note can be cut out. Delete it by hand.")
    if len(entries.value) == 1:
        return _NONE
    lines = text.splitlines(keepends=True)
    starts = [_first_line(lines, entry) for entry in entries.value]
    end = starts[number] if number < len(starts) else len(lines)
    while _is_idle(lines[end - 1]):
        end -= 1
    return "".join([*lines[: starts[number - 1]], *lines[end:]]).encode()


def _first_line(lines: list[str], entry: yaml.Node) -> int:
    """The line of the dash before an entry, which may stand above it."""
    first = int(entry.start_mark.line)
    while not lines[first].lstrip().startswith("-"):
        first -= 1
    return first


def _is_idle(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _values(note: Note) -> str:
    """The new values, as text: two notes of one day and source may differ in a figure alone."""
    change = note.changed
    if change is None:
        return ""
    told = {name: value for name, value in vars(change).items() if name != "when"}
    return repr([(name, value.isoformat() if isinstance(value, date) else str(value)) for name, value in told.items()])
