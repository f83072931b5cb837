"""Speaking the other language; everything else stays as it was."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, clinic_asked, details, interpreting, looking, people, safety, shape, telling
from actions.asked_shown import followup, shape_said
from actions.context import Goal, Turn
from actions.slots import Known
from actions.words import sign
from directory.reply import Kind, Reply

__all__ = ["ChangeLanguage"]


class ChangeLanguage(Goal):
    action = "action_change_language"

    def answer(self, turn: Turn) -> Known:
        if turn.heard.other:  # the line in that language is said; there is nothing else that we understood
            return turn.known
        if sign("interpreter", turn.heard.text) and turn.heard.wanted_language in (None, "en", "es"):
            interpreting.facts(turn)
            return turn.known
        if details.about_shown(turn) and followup(turn.heard.text) == "languages":
            return details.tell(turn)
        simpler = shape.answered(turn)
        if simpler is not None:
            return simpler
        wanted = turn.heard.wanted_language
        if wanted and turn.known.shown.ids and sign("who_speaks", turn.heard.text):
            return details.narrowed(turn)
        if wanted and wanted not in ("en", "es"):
            interpreting.for_language(turn, wanted)
            if staff := _staff(turn):
                turn.utter(staff, Reply(kind=Kind.LANGUAGE))
            return turn.known
        known = turn.known.having(language=wanted or _other(turn.known.language))
        turn = replace(turn, known=known, heard=replace(turn.heard, wanted_language=None))
        if shape_said(turn.heard.text) == "summary" and (told := shape.answered(turn)) is not None:
            return told  # "a summary in Spanish for my mom"
        if known.asked.crisis:
            safety.say(turn, known.asked.crisis)
        changed = _changed(turn)
        if known.asked.about and known.asked.about != asking.OFFER:
            return asking.put_again(turn, before=changed, kind=Kind.LANGUAGE)
        turn.utter(changed, Reply(kind=Kind.LANGUAGE))
        return _said_again(turn)


def _changed(turn: Turn) -> str:
    """That it goes on in that language, and what the clinic's staff speak where that was asked."""
    return "\n".join(part for part in (turn.say("language.changed"), _staff(turn)) if part)


def _staff(turn: Turn) -> str | None:
    """What the clinic's staff speak, for who asks whether anybody there speaks a language."""
    return people.staff_speak(turn) if clinic_asked.who_speaks(turn.heard.text) else None


def _said_again(turn: Turn) -> Known:
    """What was said last, in the new language: the program, what there is instead of a list, or the list."""
    known = turn.known
    offered = {choice.goal for choice in known.asked.choices}
    if "near" in offered and known.program:
        return telling.tell(turn, known, known.program, "program" if "how" in offered else "steps")
    if offered:
        return looking.find(turn, known, (known.want,))
    if known.shown.ids:
        return looking.again(turn, offset=known.shown.offset, filters=known.shown.filters)
    return known


def _other(language: str) -> str:
    return "en" if language == "es" else "es"
