"""What no honest hand writes into a file of notes is refused before it is taken apart: it could fill the memory."""

from __future__ import annotations

from pathlib import Path

import yaml

from directory.eligibility.strict import refuse
from directory.overlay.malformed import no_day, slip_of

__all__ = ["LARGEST", "refuse_hostile"]

LARGEST = 1_000_000
_DEEPEST = 40
_LONGEST = 2_000


def refuse_hostile(content: bytes, path: Path) -> str:
    """The text of the file; RulesError when it is too large, too deep, no UTF-8, or points back at parts of itself."""
    if len(content) > LARGEST:
        raise refuse(path, "", f"more than {LARGEST:,} bytes are no file of notes. Restore it.")
    if not content.strip():
        raise refuse(path, "", "the file is empty, as after a full disk. Restore it; write [] if there is nothing.")
    try:
        text = content.decode("utf-8")
        _look_through(text, path)
    except UnicodeDecodeError as why:
        raise refuse(path, "", f"byte {why.start} is no UTF-8. Save the file as UTF-8 text.") from None
    except yaml.YAMLError as why:
        if slip := slip_of(why, text):
            raise refuse(path, f"line {slip[0]}", slip[1]) from None
        said = " ".join(str(why).split())[:300]
        raise refuse(path, "", f"this is not valid YAML. Mend what follows: {said}.") from None
    return text


def _look_through(text: str, path: Path) -> None:
    depth, before = 0, ""
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if why := _odd(event, depth, before):
            raise refuse(path, f"line {event.start_mark.line + 1}" if event.start_mark else "", why)
        before = event.value if isinstance(event, yaml.ScalarEvent) else ""


def _odd(event: yaml.Event, depth: int, before: str) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return "'*' repeats another part of the file, which can grow without end. Write the part out."
    if depth > _DEEPEST:
        return f"this is nested deeper than {_DEEPEST} levels. Restore the file."
    if isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST:
        return f"a text of {len(event.value):,} letters is no note; {_LONGEST:,} are the most. Shorten it."
    return no_day(event, before) if isinstance(event, yaml.ScalarEvent) else None
