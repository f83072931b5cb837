"""Adds notes to the clinic's file: one writer at a time, checked before it is written, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml

from directory import whole_files
from directory.eligibility import guides, rules
from directory.eligibility.strict import refuse
from directory.errors import RulesError
from directory.locks import locked
from directory.overlay.gathering import standing_values
from directory.overlay.hostile import refuse_hostile
from directory.overlay.keeping import content_of, good_entries, look_again, overlay_file
from directory.overlay.onto_guides import onto_guides
from directory.overlay.onto_rules import onto_rules
from directory.overlay.reading import Names, plain_entries, read_notes
from directory.overlay.shapes import Note
from directory.plans import load
from directory.plans.noted import onto_plans

__all__ = ["as_text", "record"]

_HEADER = """\
# What this clinic checked or changed of Puente's rules, tables, plans, offices and offers. It wins over what ships; of
# two notes the newer counts. Write it with `puente rules check` and `puente rules change`, or by hand; then look at it
# with `puente rules`. Each note says who, on which day, and from which source.
"""


def record(entries: Sequence[Mapping[str, object]], *, today: date, dry_run: bool = False) -> tuple[Note, ...]:
    """Adds notes and returns them; RulesError, and nothing is written, when one does not fit or finds no place."""
    path = overlay_file()
    if dry_run:
        return _joined(path, entries, today)[1]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(path.with_name("overlay.lock")):
        content, notes = _joined(path, entries, today)
        for part in path.parent.glob(f"{path.name}.*{whole_files.PART}"):  # of a writer that was killed
            part.unlink(missing_ok=True)
        whole_files.write(path, content)
    look_again()
    return notes


def _joined(path: Path, entries: Sequence[Mapping[str, object]], today: date) -> tuple[bytes, tuple[Note, ...]]:
    """The file with the new notes below, its own remarks untouched; and these notes as any reader will find them."""
    text = _before(path)
    indent = re.search(r"^( *)- ", text, re.MULTILINE)
    added = "".join(f"{indent[1] if indent else ''}{line}\n" for line in as_text(entries).splitlines())
    content = f"{text.rstrip()}\n\n{added}".encode()
    known = rules.everything()
    names = Names(frozenset(known.conditions), frozenset(known.definitions))
    written = len(plain_entries(text.encode(), path))
    try:
        new = read_notes(content, path, names, before=good_entries(path))[written:]
    except RulesError as why:
        raise _of_new(why, path, written) from None
    for note in new:
        if note.on > today:
            raise refuse(path, f"{note.number}.on", f"{note.on} has not come yet (today is {today}). Mend the day.")
    _refuse_homeless(new)
    _refuse_late(new)
    return content, new


def _of_new(why: RulesError, path: Path, written: int) -> RulesError:
    """Of a note that is not in the file yet, the file is not named."""
    found = re.match(rf"{re.escape(str(path))}, (\d+)\.?(?:changed\.)?", str(why))
    if found is None or int(found[1]) <= written:
        return why
    return RulesError(f"Nothing was written: {str(why)[found.end() :].removeprefix(': ')}")


def _before(path: Path) -> str:
    """What stands there; the header where nothing does. A file that was lost is not begun anew over its good copy."""
    good = good_entries(path)
    if not path.exists() and not good:
        return _HEADER
    content = content_of(path)
    if content.strip() == b"[]" or not (content.strip() or good):
        return _HEADER
    refuse_hostile(content, path)
    return content.decode("utf-8")


def _refuse_homeless(notes: Sequence[Note]) -> None:
    """What a reader would only warn of is refused while somebody is there to mend it."""
    for _, warnings in (
        onto_rules(rules.everything(), notes),
        onto_plans(load.loaded(), notes),
        onto_guides(guides.guides(), notes),
    ):
        if warnings:
            raise RulesError(f"Nothing was written: {warnings[0].partition(': ')[2].partition('. This note')[0]}.")


def _refuse_late(notes: Sequence[Note]) -> None:
    """A check from before the last look at a value adds nothing to it."""
    for note in notes:
        seen = {value.target.partition("@")[0]: value.checked_on for value in standing_values(note.on)}
        for target in note.checked:
            last = seen.get(str(target))
            if last and last > note.on:
                late = f"'{target}' was looked at later, on {last}, so a check of {note.on} adds nothing"
                raise RulesError(f"Nothing was written: {late}.")


def as_text(entries: Sequence[Mapping[str, object]]) -> str:
    """Notes as they stand in the file; `on` without the quotes that YAML would like, for whoever writes by hand."""
    text = yaml.dump(
        [dict(entry) for entry in entries],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
        default_flow_style=None,
    )
    return re.sub(r"^  'on': ", "  on: ", text, flags=re.MULTILINE)


class _Dumper(yaml.SafeDumper):
    """Never writes `&` and `*`, which the reader refuses."""

    def ignore_aliases(self, data: object) -> bool:
        return True
