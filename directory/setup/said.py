"""Single values said on the command line: `phone=209-555-0140`, `admin.name=Ana Luna`; an empty one takes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from directory.errors import SettingsError
from directory.setup.answers import canonical, taken, value_of
from directory.setup.draft import Draft, mistakes_in
from directory.setup.questions import Question, questions
from directory.setup.suggesting import plan_options

__all__ = ["with_said"]


def with_said(draft: Draft, said: Iterable[str], today: date, *, dry_run: bool = False) -> Draft:
    """The draft with these values; SettingsError tells what does not fit, and nothing is changed.

    A picture is copied into Puente's folder when all else fits, and never where `dry_run` is on.
    """
    changed: dict[str, None] = {}
    pictures: dict[str, str] = {}
    for each in said:
        key, part, value = _parted(each)
        if questions()[key].kind == "picture" and value and not part:
            pictures[key] = value
            continue
        draft = draft.having(key, _value(draft, questions()[key], part, value, today))
        changed[key] = None
    wrong = [mistake for key in changed if key in draft.plain for mistake in mistakes_in(key, draft.plain[key])]
    refused = [*map(str, wrong), *_refused(pictures)]
    if refused:
        raise SettingsError("\n  - ".join([f"{_UNCHANGED}, because this does not fit:", *refused]))
    for key in changed:
        if key in draft.plain:
            draft = draft.having(key, canonical(key, draft.plain[key]))
    for key, value in pictures.items():
        draft = draft.having(key, taken(value, dry_run=dry_run))
    return draft


_WITH_FIGURES = ("retention", "backups", "sender", "none")
"""Kinds whose parts may be a number or a truth."""
_UNCHANGED = "Nothing was changed"


def _parted(said: str) -> tuple[str, str, str]:
    """Key, part and value of `KEY.PART=VALUE`."""
    name, sign, value = said.partition("=")
    key, _, part = name.strip().partition(".")
    if not sign or key not in questions():
        known = ", ".join(questions())
        raise SettingsError(f"--set {said!r}: write KEY=VALUE. Known keys: {known}. {_UNCHANGED}.")
    return key, part, value.strip()


def _refused(pictures: Mapping[str, str]) -> Iterator[str]:
    """What keeps a file from being a picture of ours."""
    for key, value in pictures.items():
        try:
            taken(value, dry_run=True)
        except SettingsError as why:
            yield f"`{key}` {why}"


def _value(draft: Draft, question: Question, part: str, said: str, today: date) -> object:
    if part:
        read = _typed if question.kind in _WITH_FIGURES else str  # 911 as a phone is text
        return _with_part(draft.plain.get(question.key), part, said, read)
    if not said:
        return None
    if question.parts:
        parts = ", ".join(f"{question.key}.{each.name}=..." for each in question.parts)
        raise SettingsError(f"--set {question.key}={said!r}: it has several values. Write {parts}. {_UNCHANGED}.")
    if question.kind == "none":
        return _typed(said)
    try:
        return value_of(question, said, today, plan_options(draft.plain) if question.kind == "plans" else ())
    except SettingsError as why:
        raise SettingsError(f"--set {question.key}={said!r}: {why} {_UNCHANGED}.") from why


def _with_part(held: object, part: str, said: str, read: Callable[[str], object]) -> Mapping[str, object] | None:
    name, _, deeper = part.partition(".")
    before = held if isinstance(held, dict) else {}
    kept = {key: value for key, value in before.items() if key != name}
    value = _with_part(before.get(name), deeper, said, read) if deeper else read(said) if said else None
    return (kept if value is None else {**kept, name: value}) or None


def _typed(said: str) -> object:
    """A number of days and a truth as such; all else as text."""
    if said.isdecimal() and len(said) < 6:
        return int(said)
    return {"yes": True, "true": True, "no": False, "false": False}.get(said.casefold(), said)
