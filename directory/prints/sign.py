"""The sign for the waiting room: read from two meters, a code for every phone, both languages on one page."""

from __future__ import annotations

from directory.model import Language
from directory.prints import colors
from directory.prints.drawing import LETTER, Box, Sheet, Style
from directory.prints.facts import Facts
from directory.text.catalogue import say

__all__ = ["sign"]


def sign(facts: Facts, languages: tuple[Language, ...], size: tuple[float, float] = LETTER) -> Sheet:
    """One page of that size; all its measures are parts of the page."""
    facts.reached()
    titled = languages[0]
    sheet = Sheet(size, " / ".join(say("sign.title", each) for each in languages), titled.value, facts.day)
    sheet.add_page()
    if facts.demo:
        sheet.across(say("leaflet.demo", titled))
    _Sign(sheet, facts, languages).draw()
    if facts.demo:
        sheet.warned(" / ".join(say("leaflet.demo_line", each) for each in languages))
    return sheet


class _Sign:
    """The page from the top down; `unit` is a hundredth of its width, `high` of its height."""

    def __init__(self, sheet: Sheet, facts: Facts, languages: tuple[Language, ...]) -> None:
        self.sheet, self.facts, self.languages = sheet, facts, languages
        self.unit, self.high = sheet.w / 100, sheet.h / 100
        self.left, self.width = 7 * self.unit, 86 * self.unit
        self.ink = colors.legible(facts.color)

    def points(self, size: float) -> float:
        """A size in points on a letter-size page, as it is on this one."""
        return size * self.sheet.w / LETTER[0]

    def said(self, key: str) -> tuple[str, ...]:
        return tuple(say(f"sign.{key}", language) for language in self.languages)

    def draw(self) -> None:
        """The whole page."""
        y = self._head()
        y = self._headline(y)
        foot = self._danger()
        self._middle(y, foot)

    def _head(self) -> float:
        band = Box(0, 0, self.sheet.w, 8.8 * self.high)
        self.sheet.band(band, self.facts.color)
        left, width = self.left, self.width
        name = self.facts.clinic(self.languages[0])
        if self.facts.logo is not None:
            place = Box(left, 1.6 * self.high, 22 * self.unit, 6 * self.high)
            self.sheet.card(place, colors.WHITE)
            self.sheet.picture(place.inside(1.2), self.facts.logo, name)
            left, width = left + 25 * self.unit, width - 25 * self.unit
        style = Style(self.points(30), bold=True, color=colors.on(self.facts.color), leading=1.08)
        self.sheet.centered(Box(left, 1.6 * self.high, width, 6 * self.high), name, style)
        return band.bottom + 1.8 * self.high

    def _headline(self, y: float) -> float:
        lines = self.said("headline")
        each = 22 * self.high / len(lines)
        style = Style(self.points(43), bold=True, color=self.ink, align="C", leading=1.04, even=True)
        style = self.sheet.size_for(self.width, each, lines, style)
        for number, line in enumerate(lines):
            shown = style if number == 0 else style.but(color=colors.BLACK)
            y = self.sheet.text_in(Box(self.left, y, self.width, each), line, shown) + 0.9 * self.high
        return y

    def _middle(self, y: float, until: float) -> None:
        """The code and beside it what to do with it, the address below, then what it is."""
        notes = [
            f"{free}\n{automated}" for free, automated in zip(self.said("free"), self.said("automated"), strict=True)
        ]
        style = Style(self.points(16), align="C", leading=1.12)
        style = self.sheet.size_for(self.width, 5.2 * self.high, tuple(notes), style)
        top = until - sum(self.sheet.height(self.width, text, style) + 0.5 * self.high for text in notes)
        web = top - (7.3 * self.high if self.facts.web else 1.5 * self.high)
        self._code(y, web)
        if self.facts.web:
            self._web(Box(self.left, web, self.width, 6.8 * self.high))
        for text in notes:
            top = self.sheet.text_in(Box(self.left, top, self.width, 8 * self.high), text, style) + 0.5 * self.high

    def _code(self, y: float, until: float) -> None:
        """The code at the left, as large as there is room; at the right the words to it and the number to text."""
        side = min(until - y, 52 * self.unit)
        y += max(0.0, (until - y - side) / 2)
        self.sheet.code(Box(self.left - 2 * self.unit, y, side, side), self.facts.chat or self.facts.text_link or "")
        right = Box(self.left + side, y + 0.08 * side, self.width - side, side * 0.84)
        texts = self.said("scan")
        share = 0.5 if self.facts.text_to else 0.9
        style = Style(self.points(25), bold=True, leading=1.12, even=True)
        style = self.sheet.size_for(right.w, right.h * share / len(texts), texts, style)
        below = right.y if self.facts.text_to else right.y + 0.12 * side
        for text in texts:
            below = self.sheet.text_in(Box(right.x, below, right.w, right.h), text, style) + 1.2 * self.high
        if self.facts.text_to:
            self._number(Box(right.x, below + self.high, right.w, right.bottom - below), self.facts.text_to)

    def _number(self, box: Box, number: str) -> None:
        style = Style(self.points(17), color=colors.GREY, leading=1.1)
        below = self.sheet.text_in(box, "\n".join(self.said("or_text")), style)
        style = Style(self.points(40), bold=True, color=self.ink, leading=1.05)
        self.sheet.text_in(Box(box.x, below, box.w, box.h), number, style)

    def _web(self, box: Box) -> None:
        style = Style(self.points(17), color=colors.GREY, align="C", leading=1.05)
        below = self.sheet.text_in(Box(box.x, box.y, box.w, 0.35 * box.h), " / ".join(self.said("or_web")), style)
        style = Style(self.points(36), bold=True, color=self.ink, align="C", leading=1.05)
        self.sheet.text_in(Box(box.x, below, box.w, box.bottom - below), self.facts.web_lines or "", style)

    def _danger(self) -> float:
        """The foot: who to call in danger, and the clinic; where it begins."""
        foot = Box(0, 85.6 * self.high, self.sheet.w, 14.4 * self.high)
        self.sheet.band(foot, colors.RED)
        third = (self.width - 6 * self.unit) / 3
        top = foot.y + 1.2 * self.high
        for number, line in enumerate(("911", "988", "211")):
            x = self.left + number * (third + 3 * self.unit)
            style = Style(self.points(38), bold=True, color=colors.WHITE, leading=1.02)
            y = self.sheet.text_in(Box(x, top, third, 6 * self.high), line, style)
            about = "\n".join(say(f"leaflet.danger_{line}", language) for language in self.languages)
            style = Style(self.points(12.5), color=colors.WHITE, leading=1.1)
            self.sheet.text_in(Box(x, y, third, foot.bottom - 3.6 * self.high - y), about, style)
        self._clinic(Box(self.left, foot.bottom - 3.3 * self.high, self.width, 2 * self.high))
        return foot.y - 1.4 * self.high

    def _clinic(self, box: Box) -> None:
        if not self.facts.phone:
            return
        who = f"{self.facts.clinic(self.languages[0])}: {self.facts.phone}"
        self.sheet.text_in(box, who, Style(self.points(12.5), bold=True, color=colors.WHITE))
