"""The letter that asks a plan for its list each month: a page for each plan, and the same as text for an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from directory import plans
from directory.model import Language
from directory.prints.drawing import Box, Sheet, Style, largest
from directory.prints.facts import Facts
from directory.prints.first_month import our_plans
from directory.prints.staff import sheet_for
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.names import joined

__all__ = ["letter", "letter_text"]

_FIELDS = tuple(f"fields_{number}" for number in range(1, 9))
_EDGE = 25.0
_MOST = 10
"""Plans that get a page of their own; more are asked with the same text."""


def letter(facts: Facts, language: Language) -> Sheet:
    """A page for each plan of the clinic; one with a line to fill in where none is known."""
    sheet = sheet_for(facts, say("paper.letter.title", language), language)
    for plan in our_plans(facts)[:_MOST] or (None,):
        _page(sheet, facts, language, plan)
    return sheet


def letter_text(facts: Facts, language: Language) -> str:
    """The letter without a plan's name, to be copied into an e-mail."""
    said = _Words(facts, language)
    fields = "\n".join(f"- {field}" for field in said.fields())
    return (
        "\n\n".join((said.say("subject"), *said.before(), f"{said.say('fields_title')}\n{fields}", *said.after()))
        + "\n"
    )


class _Words:
    """The paragraphs."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts, self.language = facts, language

    def say(self, key: str, **values: object) -> str:
        return say(f"paper.letter.{key}", self.language, **values)

    def before(self) -> Iterator[str]:
        """What stands before the fields."""
        yield self.say("hello")
        yield self.say("who", clinic=self.facts.settings.clinic or "____")
        counties = self.facts.settings.counties
        named = self.say("counties", counties=joined(counties, self.language)) if counties else self.say("here")
        yield self.say("please", counties=named)
        yield self.say("format")

    def fields(self) -> tuple[str, ...]:
        """What is needed of each place."""
        return tuple(self.say(key) for key in _FIELDS)

    def after(self) -> Iterator[str]:
        """What stands after them."""
        yield self.say("secret")
        yield self.say("none")
        yield self.say("where") + " " + (self._where() or "_" * 40)
        yield self.say("thanks")
        admin = self.facts.settings.admin
        yield "\n".join(part for part in (admin.name if admin else None, *self._clinic()) if part)

    def _where(self) -> str | None:
        admin = self.facts.settings.admin
        return admin.email if admin else None

    def _clinic(self) -> tuple[str | None, ...]:
        return self.facts.clinic(self.language), self.facts.settings.address, self.facts.phone


def _page(sheet: Sheet, facts: Facts, language: Language, plan: plans.Plan | None) -> None:
    said = _Words(facts, language)
    sheet.add_page()
    if facts.demo:
        sheet.across(say("leaflet.demo", language))
    sheet.band(Box(0, 0, sheet.w, 5), facts.color)
    to = said.say("to", plan=plan.name) if plan else said.say("to_blank")
    style = _size(sheet, said)
    y = _write(sheet, 14, (day_text(facts.day, language), to), style)
    y = _write(sheet, y + 2, (said.say("subject"),), style.but(bold=True))
    y = _write(sheet, y + 2, tuple(said.before()), style)
    y = _write(sheet, y, (said.say("fields_title"),), style.but(bold=True)) - 1
    for field in said.fields():
        sheet.band(Box(_EDGE + 2, y + style.size * 0.16, 1.3, 1.3), facts.color)
        y = sheet.text_in(Box(_EDGE + 6, y, sheet.w - 2 * _EDGE - 6, 20), field, style) + 0.7
    _write(sheet, y + 2.5, tuple(said.after()), style)
    if facts.demo:
        sheet.warned(say("leaflet.demo_line", language))


def _size(sheet: Sheet, said: _Words) -> Style:
    """The size at which the letter is one page."""
    style, wide = Style(11, leading=1.28), sheet.w - 2 * _EDGE
    texts, fields = (*said.before(), *said.after()), said.fields()

    def fits(size: float) -> bool:
        tried = style.but(size=size)
        high = sum(sheet.height(wide, text, tried) + 2.6 for text in texts)
        high += sum(sheet.height(wide - 6, field, tried) + 0.7 for field in fields)
        return high + 8 * size * 0.45 < sheet.h - 40

    return style.but(size=largest(style.size, style.least, fits))


def _write(sheet: Sheet, y: float, texts: tuple[str, ...], style: Style) -> float:
    for text in texts:
        y = sheet.text_in(Box(_EDGE, y, sheet.w - 2 * _EDGE, sheet.h - 10 - y), text, style) + 2.6
    return y
