"""A page for staff: a title over a line, sections, lines to tick or to read, all at the largest size that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.model import Language
from directory.prints import colors
from directory.prints.drawing import LETTER, Box, Sheet, Style, largest
from directory.prints.facts import Facts
from directory.text.catalogue import say
from directory.text.day import day_text

__all__ = ["Part", "StaffPage", "sheet_for", "written_on"]

_EDGE = 17.0
_GAP = 1.5
_BETWEEN = 3.4


@dataclass(frozen=True)
class Part:
    """A section: its title, its lines, ticked or with a dot; `alarm` is in red, `spoken` without a mark and large."""

    title: str
    lines: tuple[str, ...]
    ticked: bool = True
    alarm: bool = False
    spoken: bool = False


def sheet_for(facts: Facts, title: str, language: Language, size: tuple[float, float] = LETTER) -> Sheet:
    """An empty document for staff."""
    return Sheet(size, title, language.value, facts.day)


def written_on(day: date, key: str, language: Language) -> str:
    """The line at the foot."""
    return say(key, language, day=day_text(day, language))


class StaffPage:
    """One page in one language, from the top down."""

    def __init__(self, sheet: Sheet, facts: Facts, language: Language) -> None:
        self.sheet, self.facts, self.language = sheet, facts, language
        self.ink = colors.legible(facts.color)
        self.left, self.width = _EDGE, sheet.w - 2 * _EDGE

    def draw(self, title: str, parts: Sequence[Part], foot: str, lead: str | None = None) -> None:
        """Title, an opening line, the sections and the foot."""
        self.sheet.add_page()
        y = self.head(title, lead)
        foot_y = self.sheet.h - 13
        style = self._style_for(parts, foot_y - 3 - y)
        between = self._between(parts, style, foot_y - 3 - y)
        for part in parts:
            y = self._part(part, y, style) + between
        self.foot(foot, foot_y)

    def head(self, title: str, lead: str | None = None) -> float:
        """The clinic's name and the title; where the rest begins."""
        name = self.facts.clinic(self.language)
        if self.facts.demo:
            self.sheet.across(say("leaflet.demo", self.language))
        self.sheet.band(Box(0, 0, self.sheet.w, 5), self.facts.color)
        y = self.sheet.text_in(Box(self.left, 9, self.width, 6), name, Style(10, bold=True, color=colors.GREY))
        style = Style(21, bold=True, color=self.ink, leading=1.1)
        y = self.sheet.text_in(Box(self.left, y + 0.5, self.width, 18), title, style) + 1.5
        if lead:
            y = self.sheet.text_in(Box(self.left, y, self.width, 10), lead, Style(11)) + 1
        self.sheet.rule(self.left, y + 0.6, self.width, self.ink, 0.6)
        return y + 4

    def foot(self, text: str, y: float) -> None:
        """The last line; in the demo, the word over the page too."""
        self.sheet.text_in(Box(self.left, y, self.width, 5), text, Style(9, color=colors.GREY))
        if self.facts.demo:
            self.sheet.warned(say("leaflet.demo_line", self.language))

    def _part(self, part: Part, y: float, style: Style) -> float:
        color = colors.RED if part.alarm else self.ink
        title = style.but(size=style.size * 1.2, bold=True, color=color)
        top = y
        y = self.sheet.text_in(Box(self.left + 4, y, self.width - 4, 9), part.title, title) + _GAP * 0.6
        for line in part.lines:
            y = self._line(part, line, y, style) + _GAP
        self.sheet.band(Box(self.left, top, 1.2, y - _GAP - top), color)
        return y - _GAP

    def _line(self, part: Part, line: str, y: float, style: Style) -> float:
        x, width = self._place(part)
        if part.ticked:
            self.sheet.tick(self.left + 4, y + style.size * 0.05)
        elif not part.spoken:
            self.sheet.band(Box(self.left + 4.4, y + style.size * 0.16, 1.4, 1.4), self.ink)
        spoken = style.but(size=style.size * 1.12) if part.spoken else style
        return self.sheet.text_in(Box(x, y, width, 60), line, spoken)

    def _place(self, part: Part) -> tuple[float, float]:
        indent = 4.0 if part.spoken else 10.0 if part.ticked else 8.5
        return self.left + indent, self.width - indent

    def _style_for(self, parts: Sequence[Part], high: float) -> Style:
        style = Style(12.5, leading=1.25)
        room = high - _BETWEEN * (len(parts) - 1)
        size = largest(style.size, style.least, lambda size: self._high(parts, style.but(size=size)) <= room)
        return style.but(size=size)

    def _between(self, parts: Sequence[Part], style: Style, high: float) -> float:
        spare = high - self._high(parts, style)
        return min(8.0, max(_BETWEEN, spare / max(1, len(parts) - 1)))

    def _high(self, parts: Sequence[Part], style: Style) -> float:
        return sum(self._part_high(part, style) for part in parts)

    def _part_high(self, part: Part, style: Style) -> float:
        title = self.sheet.height(self.width - 4, part.title, style.but(size=style.size * 1.2, bold=True))
        spoken = style.but(size=style.size * 1.12) if part.spoken else style
        width = self._place(part)[1]
        return title + _GAP * 0.6 + sum(self.sheet.height(width, line, spoken) + _GAP for line in part.lines) - _GAP
