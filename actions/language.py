"""Speaking the other language; everything else stays as it was."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, details
from actions.context import Goal, Turn
from actions.slots import Known
from actions.words import followup
from directory.reply import Kind, Reply

__all__ = ["ChangeLanguage"]


class ChangeLanguage(Goal):
    action = "action_change_language"

    def answer(self, turn: Turn) -> Known:
        if details.about_shown(turn) and followup(turn.heard.text) == "languages":
            return details.tell(turn)
        wanted = turn.heard.wanted_language
        if wanted and wanted not in ("en", "es"):
            turn.utter(turn.say("language.other"), Reply(kind=Kind.LANGUAGE, phones=("211",)))
            return turn.known
        known = turn.known.having(language=wanted or _other(turn.known.language))
        turn = replace(turn, known=known)
        turn.utter(turn.say("language.changed"), Reply(kind=Kind.LANGUAGE))
        return asking.put_again(turn) if known.asked.about else known


def _other(language: str) -> str:
    return "en" if language == "es" else "es"
