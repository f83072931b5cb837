"""Settings that hold several values, asked one after the other; and the words with which every question is left."""

from __future__ import annotations

from dataclasses import dataclass

import click

from directory.commands.telling import now, wrapped
from directory.settings.mistakes import Mistake
from directory.setup.answers import in_words, no_folder, part_of, with_part
from directory.setup.draft import mistakes_in
from directory.setup.questions import Part, Question

__all__ = ["Back", "Removed", "Stays", "ask_parts", "more", "reason", "typed"]


class Back(Exception):
    """The person wants the question before."""


@dataclass(frozen=True)
class Stays:
    """Nothing changes."""


@dataclass(frozen=True)
class Removed:
    """The value is taken out."""


def typed(label: str, shown: str, told: str) -> str:
    """What the person types; `?` tells more and asks again, `<` goes back."""
    while True:
        said = str(click.prompt(label, default=shown, show_default=bool(shown))).strip()
        if said == "<":
            raise Back
        if said != "?":
            return "-" if said.casefold() in _NOTHING else said
        click.echo("\n".join(wrapped(told, "   ", "   ")))


def more(question: Question) -> str:
    """What `?` tells: an example, how else it may be written, and what happens without an answer."""
    example = f"Such as: {in_words(question.key, question.example)}."
    return " ".join(filter(None, (example, question.more, f"While nobody answers: {question.without}.")))


def reason(mistake: Mistake, called: str = "") -> str:
    """A mistake as one says it to who has just typed it; `called` is the part of the answer that it is about."""
    said = f"{called or 'It'} {mistake.needs}."
    for in_file, at_screen in _AT_SCREEN:
        said = said.replace(in_file, at_screen)
    return said


_AT_SCREEN = ((" in quotes", ""), ('"', ""), ("true or false", "yes or no"))
_NOTHING = frozenset({"none", "nothing", "n/a", "skip", "ninguno", "ninguna"})
"""What people type who have nothing to say there."""


def ask_parts(question: Question, present: object, offered: object) -> object:
    """The value of a setting with several parts; Enter at the first one skips or keeps the whole."""
    if question.kind == "notice":
        drafted = _notice(question, present, offered)
        if drafted is not None:
            return drafted
    held: dict[str, object] = dict(present) if isinstance(present, dict) else {}
    before = dict(held)
    for number, part in enumerate(question.parts):
        answer = _ask_part(question, part, held, alone=number == 0)
        if isinstance(answer, Stays | Removed):
            return answer
        held = with_part(held, part.name, answer)
    return held if held and held != before else Stays()


def _notice(question: Question, present: object, offered: object) -> object:
    """Shows the notice that stands or is offered; None where the person writes an own one."""
    standing = present if present is not None else offered
    if not isinstance(standing, dict):
        click.echo("   Puente offers a draft once it knows the clinic's name and phone.")
        said = typed("   Enter skips, w writes your own", "", question.without)
    else:
        for language in ("en", "es"):
            click.echo("\n".join(wrapped(str(standing.get(language, "")), f"   {language}: ", "       ")))
        head = "Enter keeps it" if present is not None else "Enter takes this draft (have it reviewed)"
        said = typed(f"   {head}, w writes your own, - none", "", question.without)
    if said == "-":
        return Removed()
    if said.casefold() in ("w", "write"):
        return None
    return Stays() if present is not None or not isinstance(standing, dict) else standing


def _ask_part(question: Question, part: Part, held: dict[str, object], *, alone: bool) -> object:
    """One part: its value, None for none; Stays or Removed end the whole question."""
    shown = part_of(held, part.name) or ""
    standing = _held(held, part.name)
    while True:
        said = typed(
            f"   {part.ask}", shown, f"{question.more or ''} While nobody answers: {question.without}.".strip()
        )
        if said == "-" and (alone or part.needed):
            return Removed()
        if said in ("", shown):
            if said == "" and alone and part.needed:
                return Stays()
            if said == "" and part.needed:
                click.echo("   Without it the rest is no use. Type it, or - to leave all of this out.")
                continue
            return standing
        if said == "-":
            return None
        value = _read(part.name, said)
        alone_said = with_part({}, part.name, value)
        wrong = [each for each in mistakes_in(question.key, alone_said) if each.key.endswith(f".{part.name}")]
        if not wrong:
            if part.name == "folder" and (why := no_folder(said)):
                click.echo("\n".join(wrapped(f"It is kept, but {why}", "   ", "   ")))
            return value
        for each in wrong:
            click.echo("\n".join(wrapped(reason(each), "   ", "   ")))


def _held(held: object, part: str) -> object:
    for name in part.split("."):
        held = held.get(name) if isinstance(held, dict) else None
    return held


def _read(part: str, said: str) -> object:
    """What a part means that is typed as yes, today or a word."""
    if part.startswith("attested.") and said.casefold() in ("yes", "y", "today", "sí", "si", "hoy"):
        return now().date()
    return _flag(said) if part == "encrypted" else said


def _flag(said: str) -> object:
    return {"yes": True, "y": True, "no": False, "n": False, "true": True, "false": False}.get(said.casefold(), said)
