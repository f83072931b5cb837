"""The questions of `puente setup`, one after the other; each answer is checked, read back and kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

import click

from directory import hours, plans, settings
from directory.called import as_called
from directory.commands.setting_parts import Back, Removed, Stays, ask_parts, more, reason, typed
from directory.commands.telling import wrapped
from directory.errors import SettingsError
from directory.model import Language
from directory.settings.mistakes import Mistake
from directory.setup import draft as drafts
from directory.setup.answers import canonical, in_words, taken, value_of
from directory.setup.draft import Draft, mistakes_in
from directory.setup.questions import Question, asked
from directory.setup.suggesting import plan_options, suggestion, usual_days

__all__ = ["converse"]


class _Which(Enum):
    OPEN = "open"
    ALL = "all"


def converse(draft: Draft, only: Sequence[Question], *, today: date) -> Draft:
    """Asks these questions, else all or those without an answer; what was answered is kept however it ends."""
    _greet(draft)
    kept = 0
    try:
        chosen = only or _chosen(draft)
        at = 0
        while at < len(chosen):
            try:
                value = _ask(chosen[at], f"{at + 1} of {len(chosen)}", draft, today)
            except Back:
                at = max(0, at - 1)
                continue
            if isinstance(value, Removed) and draft.plain.get(chosen[at].key) is None:
                value = Stays()
            if not isinstance(value, Stays):
                value = None if isinstance(value, Removed) else value
                draft = drafts.as_it_stands(draft).having(chosen[at].key, value)
                drafts.save(draft, keep_former=not kept)
                kept += 1
            at += 1
        if draft.trouble and not kept:
            drafts.save(draft)
    except (click.Abort, KeyboardInterrupt):
        raise click.ClickException(_stopped(kept)) from None
    return draft


def _stopped(kept: int) -> str:
    said = f"{kept} answers are kept in {settings.file()}" if kept else "Nothing was changed"
    said = said.replace("1 answers are", "Your one answer is") if kept == 1 else said
    return f"Stopped. {said}. To go on where you were: puente setup"


def _greet(draft: Draft) -> None:
    if draft.trouble:
        click.echo(as_called(f"ATTENTION: {draft.trouble}"))
        click.echo(
            "\nThe first answer writes the file anew. What did not fit stands at its end behind a #; it has the "
            "value that was good before, if any. The file as it was is kept as settings.former.yml.\n"
        )
    click.echo(
        "Enter takes what stands in [brackets], or skips where nothing stands.\n"
        "  -  removes a value     <  goes back     ?  tells more     Ctrl-C stops\n"
        f"Each answer is kept at once, in {settings.file()}; all can be changed later."
    )


def _chosen(draft: Draft) -> Sequence[Question]:
    every = asked()
    unset = [question for question in every if draft.plain.get(question.key) is None or question.key in draft.doubtful]
    if len(unset) == len(every):
        click.echo(f"\n{len(every)} questions, about ten minutes.")
        return every
    if not unset:
        click.echo(f"\nAll {len(every)} questions are answered; here they are again.")
        return every
    click.echo(f"\n{len(every) - len(unset)} of {len(every)} questions are answered.")
    return unset if _which(len(unset)) is _Which.OPEN else every


def _which(unset: int) -> _Which:
    """What the person wants to be asked; an answer may be its first letter."""
    told = f"open asks only the {unset} without an answer; all asks each one again and shows what it has now."
    while True:
        try:
            said = typed("Ask the open ones, or all (open, all)", _Which.OPEN.value, told).casefold()
        except Back:
            click.echo("   This is the first question; nothing stands before it.")
            continue
        if found := next((each for each in _Which if said and each.value.startswith(said)), None):
            return found
        click.echo("   Type open or all.")


def _ask(question: Question, number: str, draft: Draft, today: date) -> object:
    click.echo(f"\n{number}. {question.ask}")
    click.echo("\n".join(wrapped(question.why, "   ", "   ")))
    if question.parts:
        return ask_parts(question, draft.plain.get(question.key), suggestion(question.key, draft.plain))
    return _ask_one(question, draft, today)


def _ask_one(question: Question, draft: Draft, today: date) -> object:
    present = draft.plain.get(question.key)
    offered = present if present is not None else suggestion(question.key, draft.plain)
    options, usual = plan_options(draft.plain) if question.kind == "plans" else (), usual_days(today)
    _list(question, options, usual)
    shown = in_words(question.key, offered)
    while True:
        said = typed("   Answer", shown, more(question))
        if said in ("", shown):
            return Stays() if offered is None or present is not None else offered
        if said == "-":
            return Removed()
        try:
            value = taken(said) if question.kind == "picture" else value_of(question, said, today, options)
        except SettingsError as why:
            told = f"It {why}" if question.kind == "picture" else str(why)
            click.echo("\n".join(wrapped(told, "   ", "   ")))
            continue
        if question.kind == "retention" and isinstance(present, dict) and isinstance(value, dict):
            value = {**present, **value}
        if wrong := mistakes_in(question.key, value):
            click.echo("\n".join(line for each in wrong for line in _reason(each)))
            continue
        return _read_back(question, said, canonical(question.key, value))


def _reason(mistake: Mistake) -> list[str]:
    return wrapped(reason(mistake, mistake.key.partition(".")[2]), "   ", "   ")


def _list(question: Question, options: Sequence[str], usual: Sequence[date]) -> None:
    """What there is to pick from."""
    if question.kind == "plans":
        click.echo("   Numbers with commas, or all:")
        for number, id in enumerate(options, start=1):
            click.echo(f"   {number:>3}  {plans.plans()[id].short_name}")
    if question.kind == "days":
        told = "; ".join(f"{day:%b} {day.day} {hours.holiday(day)}" for day in usual)
        click.echo("\n".join(wrapped(f"The word usual takes all of these: {told}.", "   ", "   ")))
    if question.kind == "retention":
        from directory.privacy import days, inventory

        told = ", ".join(f"{id} {days(id)}" for id, kept in inventory().items() if kept.days is not None)
        click.echo("\n".join(wrapped(f"Now, in days: {told}.", "   ", "   ")))


def _read_back(question: Question, said: str, value: object) -> object:
    """Says what was understood, where that is more than what was typed."""
    from directory.text.week import week  # loads the search too, which no other answer needs

    schedule = hours.parse(said) if question.key == "hours" else None
    understood = week(schedule, Language.EN) if schedule else _days(value) or in_words(question.key, value)
    if understood != said:
        click.echo("\n".join(wrapped(f"Understood: {understood}", "   ", "   ")))
    return value


def _days(value: object) -> str | None:
    """Many days, told by their number."""
    days = [day for day in value if isinstance(day, date)] if isinstance(value, list) else []
    return f"{len(days)} days, from {min(days):%a %b %d, %Y} to {max(days):%a %b %d, %Y}" if len(days) > 4 else None
