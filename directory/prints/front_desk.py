"""One page behind the front desk: what to say, what to show, what not to promise, and what to do in danger."""

from __future__ import annotations

from collections.abc import Iterator

from directory.model import Language
from directory.prints.drawing import Sheet
from directory.prints.facts import Facts
from directory.prints.leaflet import asked
from directory.prints.staff import Part, StaffPage, sheet_for, written_on
from directory.text.catalogue import say

__all__ = ["front_desk"]


def front_desk(facts: Facts, language: Language) -> Sheet:
    """The page in that language."""
    facts.reached()
    title = say("paper.front.title", language)
    sheet = sheet_for(facts, title, language)
    foot = written_on(facts.day, "paper.front.foot", language)
    StaffPage(sheet, facts, language).draw(title, tuple(_Parts(facts, language).all()), foot)
    return sheet


class _Parts:
    """The sections, each left shorter by what the clinic has not said."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts, self.language = facts, language

    def say(self, key: str, **values: object) -> str:
        return say(f"paper.front.{key}", self.language, **values)

    def all(self) -> Iterator[Part]:
        """The sections in their order."""
        yield Part(self.say("say_title"), (self.say("say"),), ticked=False, spoken=True)
        yield Part(self.say("show_title"), tuple(self._show()), ticked=False)
        promises = ("promise_qualify", "promise_open", "promise_status", "promise_type")
        yield Part(self.say("promise_title"), tuple(self.say(key) for key in promises), ticked=False)
        yield Part(self.say("danger_title"), tuple(self._danger()), ticked=False, alarm=True)
        yield Part(self.say("wrong_title"), tuple(self._wrong()), ticked=False)

    def _show(self) -> Iterator[str]:
        if self.facts.web:
            yield self.say("show_scan", web=self.facts.web)
        if self.facts.text_to:
            yield self.say("show_text", number=self.facts.text_to)
        yield self.say("show_write", example=asked(self.facts, self.language)[0])
        yield self.say("show_none")
        yield self.say("show_call")

    def _danger(self) -> Iterator[str]:
        said, line = self.facts.settings, self.facts.line
        yield self.say("danger_911")
        yield self.say("danger_988")
        yield self.say("danger_call", line=line(said.on_call)) if said.on_call else self.say("danger_empty")
        if said.crisis_line:
            yield self.say("danger_crisis", line=line(said.crisis_line))
        violence = [line(said.violence_line)] if said.violence_line else []
        yield self.say("danger_violence", line="; ".join([*violence, self.say("danger_national")]))
        if said.shelter_line:
            yield self.say("danger_shelter", line=line(said.shelter_line))

    def _wrong(self) -> Iterator[str]:
        admin = self.facts.settings.admin
        who = admin.name if admin else self.say("wrong_anybody")
        named = f"{who} ({admin.email})" if admin and admin.email else who
        yield self.say("wrong_note", who=named)
        yield self.say("wrong_pause", who=admin.name if admin else self.say("wrong_somebody"))
        if self.facts.phone:
            yield self.say("person", phone=self.facts.phone)
