"""A sheet of paper: text that is made to fit its box, a band, a QR code, a logo, a box to tick. Lengths are mm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timezone
from typing import Any

from fpdf import FPDF, ViewerPreferences

from directory import squares as qr
from directory.called import as_called
from directory.prints import colors
from directory.prints.latin import latin
from directory.settings.contrast import Color

__all__ = ["LETTER", "TABLOID", "Box", "Sheet", "Style", "largest"]

LETTER = (215.9, 279.4)
TABLOID = (279.4, 431.8)
_POINT = 25.4 / 72
_LEADING = 1.22
_MEASURED = 100
_LEAST = 5.0
"""Points; nothing is set smaller, so that it can be read at all."""


@dataclass(frozen=True)
class Box:
    """A part of the page: left, top, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.h

    @property
    def right(self) -> float:
        """Where it ends at the side."""
        return self.x + self.w

    def inside(self, by: float) -> Box:
        """The box without so much of its edge."""
        return Box(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)


@dataclass(frozen=True)
class Style:
    """How words look: size in points (made smaller where they do not fit), bold, color, side, leading.

    `even`: the lines are made about as long as each other, so that no last word stands alone.
    """

    size: float
    bold: bool = False
    color: Color = colors.BLACK
    align: str = "L"
    least: float = _LEAST
    leading: float = _LEADING
    even: bool = False

    def but(self, **changes: Any) -> Style:
        """The same style with some of it changed."""
        return replace(self, **changes)


class Sheet(FPDF):
    """A document of pages that are drawn by hand: no margin, no page break by itself."""

    def __init__(self, size: tuple[float, float], title: str, language: str, day: date) -> None:
        super().__init__(unit="mm", format=size)
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self._widths: dict[tuple[str, bool], float] = {}
        self.set_title(latin(title))
        self.set_lang({"en": "en-US", "es": "es-US"}[language])
        self.set_creator("Puente")
        self.set_producer("Puente")
        self.set_creation_date(datetime.combine(day, time(12), timezone.utc))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def text_in(self, box: Box, text: str, style: Style) -> float:
        """Writes the text into the box, as large as the style says or as fits; where it ends.

        What does not fit at the smallest size is cut, so that it never stands over something else.
        """
        shown, style = self._fitting(box, _letters(text), style)
        self._use(style)
        height = style.size * _POINT * style.leading
        lines = self._lines(box.w, shown, style)
        for number, line in enumerate(lines):
            self.set_xy(box.x, box.y + number * height)
            self.cell(box.w, height, line, align=style.align)
        return box.y + len(lines) * height

    def centered(self, box: Box, text: str, style: Style) -> float:
        """The same in the middle of the height of the box."""
        shown, fitted = self._fitting(box, _letters(text), style)
        spare = box.h - self._height(box.w, shown, fitted)
        return self.text_in(Box(box.x, box.y + max(0, spare / 2), box.w, box.h - max(0, spare / 2)), text, fitted)

    def height(self, width: float, text: str, style: Style) -> float:
        """How high the text is at that width, without making it smaller."""
        return self._height(width, _letters(text), style)

    def size_for(self, width: float, height: float, texts: tuple[str, ...], style: Style) -> Style:
        """The style at one size at which each of the texts fits a box so large."""
        fits = [self._fitting(Box(0, 0, width, height), _letters(text), style)[1].size for text in texts]
        return style.but(size=min(fits, default=style.size))

    def band(self, box: Box, color: Color) -> None:
        """A box full of color."""
        self.set_fill_color(*color)
        self.rect(box.x, box.y, box.w, box.h, style="F")

    def card(self, box: Box, fill: Color, radius: float = 2.5) -> None:
        """A box of color with round corners."""
        self.set_fill_color(*fill)
        self.rect(box.x, box.y, box.w, box.h, style="F", round_corners=True, corner_radius=radius)

    def tick(self, x: float, y: float, side: float = 3.4) -> None:
        """A box to tick with a pen."""
        self.set_draw_color(*colors.BLACK)
        self.set_line_width(0.3)
        self.rect(x, y, side, side)

    def rule(self, x: float, y: float, width: float, color: Color = colors.PALE, thick: float = 0.25) -> None:
        """A line across."""
        self.set_draw_color(*color)
        self.set_line_width(thick)
        self.line(x, y, x + width, y)

    def code(self, box: Box, text: str) -> None:
        """A QR code as large as the box, its white edge included, and a link for whoever reads it on a screen."""
        rows = qr.matrix(text)
        module = min(box.w, box.h) / (len(rows) + 2 * qr.QUIET)
        self.band(box, colors.WHITE)
        self.set_fill_color(0, 0, 0)
        for column, row, width in qr.runs(rows):
            left, top = box.x + (column + qr.QUIET) * module, box.y + (row + qr.QUIET) * module
            self.rect(left, top, width * module, module + 0.01, style="F")
        self.link(box.x, box.y, box.w, box.h, text, alt_text=text)

    def picture(self, box: Box, picture: Any, text: str) -> None:
        """A picture, whole, in the middle of the box."""
        scale = min(box.w / picture.width, box.h / picture.height)
        w, h = picture.width * scale, picture.height * scale
        self.image(picture, box.x + (box.w - w) / 2, box.y + (box.h - h) / 2, w, h, alt_text=_letters(text))

    def across(self, text: str) -> None:
        """A pale word over the whole page, under all else: nobody takes this page for a real one."""
        self._use(Style(size=self.w / _POINT / 4.2, bold=True))
        with self.local_context(fill_opacity=0.2), self.rotation(50, self.w / 2, self.h / 2):
            self.set_text_color(*colors.RED)
            self.text((self.w - self.get_string_width(text)) / 2, self.h / 2 + self.font_size / 3, text)

    def warned(self, line: str) -> None:
        """A line at the upper edge of the page, over all else."""
        self.band(Box(0, 0, self.w, 5), colors.WHITE)
        self.text_in(Box(8, 0.8, self.w - 16, 4), line, Style(8, bold=True, color=colors.RED, align="C"))

    def _use(self, style: Style) -> None:
        self.set_font("Helvetica", "B" if style.bold else "", style.size)
        self.set_text_color(*style.color)

    def _fitting(self, box: Box, text: str, style: Style) -> tuple[str, Style]:
        size = largest(style.size, style.least, lambda size: self._fits(box, text, style.but(size=size)))
        style = style.but(size=size)
        while len(text) > 4 and self._height(box.w, text, style) > box.h + 0.01:
            text = text[: len(text) * 9 // 10].rstrip(" .,") + "..."
        return text, style

    def _fits(self, box: Box, text: str, style: Style) -> bool:
        longest = max((self._wide(word, style) for word in text.split()), default=0)
        return longest <= box.w and self._height(box.w, text, style) <= box.h + 0.01

    def _height(self, width: float, text: str, style: Style) -> float:
        return len(self._lines(width, text, style)) * style.size * _POINT * style.leading

    def _lines(self, width: float, text: str, style: Style) -> list[str]:
        found = self._broken(width, text, style)
        if not style.even or len(found) < 2:
            return found
        narrower = (self._broken(width * share / 100, text, style) for share in range(55, 100, 3))
        return next((lines for lines in narrower if len(lines) == len(found)), found)

    def _broken(self, width: float, text: str, style: Style) -> list[str]:
        """The text in lines at spaces; a word that is wider than the column is cut."""
        lines: list[str] = []
        space = self._wide(" ", style)
        for paragraph in text.split("\n"):
            line, at = "", 0.0
            for word in (part for whole in paragraph.split() for part in self._cut(whole, width, style)):
                wide = self._wide(word, style)
                if line and at + space + wide > width:
                    lines.append(line)
                    line, at = "", 0.0
                at += wide + (space if line else 0.0)
                line = f"{line} {word}" if line else word
            lines.append(line)
        return lines

    def _cut(self, word: str, width: float, style: Style) -> list[str]:
        if self._wide(word, style) <= width or len(word) < 2:
            return [word]
        most = max(1, sum(self._wide(word[: end + 1], style) <= width for end in range(len(word))))
        return [word[:most], *self._cut(word[most:], width, style)] if word[most:] else [word]

    def _wide(self, word: str, style: Style) -> float:
        """How wide a word is; measured once and scaled, because a page is tried at many sizes."""
        known = self._widths.get((word, style.bold))
        if known is None:
            self.set_font("Helvetica", "B" if style.bold else "", _MEASURED)
            known = self._widths[word, style.bold] = float(self.get_string_width(word)) / _MEASURED
        return known * style.size


def _letters(text: str) -> str:
    """What is drawn of a text: commands as they are typed here, in letters that the fonts have."""
    return latin(as_called(text))


def largest(most: float, least: float, fits: Callable[[float], bool]) -> float:
    """The largest size at which it fits, to a tenth; the least one where none does."""
    if most <= least or fits(most):
        return most
    while most - least > 0.1:
        middle = (most + least) / 2
        most, least = (most, middle) if fits(middle) else (middle, least)
    return least
