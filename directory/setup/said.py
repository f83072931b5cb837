"""Single values said on the command line: `phone=209-555-0140`, `admin.name=Ana Luna`; an empty one takes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from directory.errors import SettingsError
from directory.setup.answers import canonical, taken, value_of
from directory.setup.draft import Draft, mistakes_in
from directory.setup.questions import Question, questions
from directory.setup.suggesting import plan_options

__all__ = ["with_said"]


def with_said(draft: Draft, said: Iterable[str]) -> Draft:
    """The draft with these values; SettingsError tells everything that does not fit, and nothing is changed."""
    changed: dict[str, None] = {}
    for each in said:
        name, sign, value = each.partition("=")
        key, _, part = name.strip().partition(".")
        if not sign or key not in questions():
            raise SettingsError(f"--set {each!r}: write KEY=VALUE. Known keys: {', '.join(questions())}.")
        draft = draft.having(key, _value(draft, questions()[key], part, value.strip()))
        changed[key] = None
    mistakes = [mistake for key in changed if key in draft.plain for mistake in mistakes_in(key, draft.plain[key])]
    if mistakes:
        raise SettingsError("\n  - ".join(["Nothing was changed, because this does not fit:", *map(str, mistakes)]))
    for key in changed:
        if key in draft.plain:
            draft = draft.having(key, canonical(key, draft.plain[key]))
    return draft


def _value(draft: Draft, question: Question, part: str, said: str) -> object:
    if part:
        return _with_part(draft.plain.get(question.key), part, said)
    if not said:
        return None
    if question.parts:
        parts = ", ".join(f"{question.key}.{each.name}=..." for each in question.parts)
        raise SettingsError(f"--set {question.key}={said!r}: it has several values. Write {parts}.")
    if question.kind == "none":
        return _typed(said)
    if question.kind == "picture":
        return taken(said)
    return value_of(question, said, plan_options(draft.plain) if question.kind == "plans" else ())


def _with_part(held: object, part: str, said: str) -> Mapping[str, object] | None:
    name, _, deeper = part.partition(".")
    before = held if isinstance(held, dict) else {}
    kept = {key: value for key, value in before.items() if key != name}
    value = _with_part(before.get(name), deeper, said) if deeper else _typed(said) if said else None
    return (kept if value is None else {**kept, name: value}) or None


def _typed(said: str) -> object:
    """A number of days and a truth as such; all else as text."""
    if said.isdecimal() and len(said) < 6:
        return int(said)
    return {"yes": True, "true": True, "no": False, "false": False}.get(said.casefold(), said)
