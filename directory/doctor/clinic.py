"""What the clinic has not said of itself, and what still stands there from the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from directory import privacy, settings, wording
from directory.doctor.finding import Finding, Look
from directory.settings import Backups, Settings
from directory.setup.questions import asked

__all__ = ["file", "invented", "retention", "unset"]

_EXAMPLE = re.compile(r"555\D{0,2}01\d\d$")
_LATER = 4


def file(look: Look) -> Iterator[Finding]:
    """A damaged settings file, in whose place the last good one counts; damaged words of the clinic's own."""
    path = settings.file()
    if look.settings.mended:
        text = " ".join(look.settings.mended.split())
        yield Finding("settings.damaged", "mend", text, "puente setup")
    elif not path.exists():
        yield Finding("settings.none", "mend", "The clinic has not said anything of itself yet.", "puente setup")
    else:
        yield Finding("settings.file", "ok", "The settings can be read.")
    if slip := wording.slip():
        yield Finding("texts.damaged", "mend", " ".join(slip.split()), "puente texts")


def unset(look: Look) -> Iterator[Finding]:
    """Each weighty question without an answer, then the others in one line."""
    empty = [question for question in asked() if _is_unset(look.settings, question.key)]
    for question in (each for each in empty if each.first):
        text = f"Not set: {question.ask}. Until then {question.without}."
        level = "mend" if question.key in _NEEDED else "look"
        yield Finding(f"settings.{question.key}", level, text, f"puente setup {question.key}")
    later = [each for each in empty if not each.first and each.key not in _ELSEWHERE]
    if later:
        named = "; ".join(each.ask for each in later[:_LATER])
        more = f" and {len(later) - _LATER} more" if len(later) > _LATER else ""
        keys = " ".join(each.key for each in later)
        yield Finding("settings.later", "look", f"Not set either: {named}{more}.", f"puente setup {keys}")
    if not any(each.first for each in empty) and not later:
        yield Finding("settings.said", "ok", "The clinic has said all of itself that people are told.")


_NEEDED = ("clinic", "phone", "counties")
"""Without these an answer says less than it should, or checks look at nothing."""
_ELSEWHERE = ("sms", "public_address", "desk_address", "demo", "retention", "backups")
"""These have checks of their own, or nobody needs to say them."""


def _is_unset(said: Settings, key: str) -> bool:
    if said.invented and key in ("clinic", "phone"):
        return True
    return getattr(said, key, None) in (None, (), "", {}, Backups())


def invented(look: Look) -> Iterator[Finding]:
    """Invented lists, beside real ones or alone, and numbers that nobody answers."""
    demo = [item.source.id for item in look.status.sources if item.source.demo]
    if demo and look.real:
        text = f"Invented places ({', '.join(demo)}) are shown beside real ones: somebody may go to a door that is not"
        yield Finding("demo.beside", "mend", f"{text} there.", "puente demo remove")
    elif demo:
        yield Finding("demo.alone", "look", "All places are invented: this is the demo.", "puente demo remove")
    elif look.settings.demo:
        text = "`demo` is true in the settings, so invented data may stand in for what is missing."
        yield Finding("demo.flag", "mend" if look.real else "look", text, "puente setup --set demo=")
    said = look.settings
    lines = ("crisis_line", "violence_line", "shelter_line", "on_call")
    numbers = {"phone": said.phone, **{key: line.phone for key in lines if (line := getattr(said, key))}}
    wrong = [key for key, number in numbers.items() if number and _EXAMPLE.search(number) and not said.invented]
    for key in wrong:
        text = f"`{key}` is an example number (555-01..), and nobody answers it."
        yield Finding(f"demo.{key}", "mend", text, f"puente setup {key}")
    if not (demo or look.settings.demo or wrong):
        yield Finding("demo.none", "ok", "Nothing invented is told to anybody.")


def retention(look: Look) -> Iterator[Finding]:
    """What the clinic keeps longer than is advised."""
    longer = [
        (id, days, kept.days)
        for id, days in look.settings.retention.items()
        if (kept := privacy.inventory().get(id)) and kept.days is not None and days > kept.days
    ]
    for id, days, advised in longer:
        text = f"{id} are kept {days} days; {advised} are advised. Less kept is less that can get out."
        yield Finding(f"retention.{id}", "look", text, f"puente setup --set retention.{id}={advised}")
    if not longer:
        yield Finding("retention", "ok", "Nothing is kept longer than advised.")
