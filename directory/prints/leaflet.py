"""The leaflet: a sheet of two halves, to fold or to cut; each half says it all in one language."""

from __future__ import annotations

from collections.abc import Iterator

from directory.model import Language
from directory.prints import colors
from directory.prints.drawing import LETTER, Box, Sheet, Style, largest
from directory.prints.facts import Facts
from directory.text.catalogue import say

__all__ = ["ASKED", "asked", "leaflet"]

ASKED = ("food", "calfresh", "ride", "rent", "bills")
"""The five messages that the leaflet shows; each is answered well, which a test says."""
_EDGE = 9.0


def asked(facts: Facts, language: Language) -> tuple[str, ...]:
    """The five messages as people would write them."""
    near = facts.near(language)
    first = say("leaflet.ask.near.food", language, place=near) if near else say("leaflet.ask.food", language)
    return (first, *(say(f"leaflet.ask.{id}", language) for id in ASKED[1:]))


def leaflet(facts: Facts, languages: tuple[Language, ...]) -> Sheet:
    """One sheet: both languages side by side, or one of them twice."""
    facts.reached()
    wide, high = LETTER[1], LETTER[0]
    titled = languages[0]
    sheet = Sheet((wide, high), say("leaflet.title", titled), titled.value, facts.day)
    sheet.add_page()
    if facts.demo:
        sheet.across(say("leaflet.demo", titled))
    for number, language in enumerate((languages[0], languages[-1])):
        _Half(sheet, facts, language, Box(number * wide / 2, 0, wide / 2, high)).draw()
    _fold(sheet, wide / 2, high)
    if facts.demo:
        sheet.warned(" / ".join(say("leaflet.demo_line", each) for each in Language))
    return sheet


def _fold(sheet: Sheet, x: float, high: float) -> None:
    """Where to fold or to cut: two short marks at the edge."""
    sheet.set_draw_color(*colors.GREY)
    sheet.set_line_width(0.2)
    sheet.line(x, 0, x, 3)
    sheet.line(x, high - 3, x, high)


class _Half:
    """One half of the sheet, in one language, from the top down."""

    def __init__(self, sheet: Sheet, facts: Facts, language: Language, page: Box) -> None:
        self.sheet, self.facts, self.language, self.page = sheet, facts, language, page
        self.left, self.width = page.x + _EDGE, page.w - 2 * _EDGE
        self.ink = colors.legible(facts.color)

    def say(self, key: str, **values: object) -> str:
        return say(f"leaflet.{key}", self.language, **values)

    def draw(self) -> None:
        """The whole half."""
        y = self._head()
        y = self._what(y)
        y = self._reach(y)
        y = self._examples(y)
        danger = self._danger()
        self._know(y, danger)

    def _head(self) -> float:
        band = Box(self.page.x, 0, self.page.w, 20)
        self.sheet.band(band, self.facts.color)
        left, width = self.left, self.width
        if self.facts.logo is not None:
            place = Box(self.left, 4.5, 24, 13.5)
            self.sheet.card(place, colors.WHITE, 1.5)
            self.sheet.picture(place.inside(1), self.facts.logo, self.facts.clinic(self.language))
            left, width = left + 27.5, width - 27.5
        style = Style(15, bold=True, color=colors.on(self.facts.color), leading=1.1)
        self.sheet.centered(Box(left, 5, width, 13), self.facts.clinic(self.language), style)
        return band.bottom + 4.5

    def _what(self, y: float) -> float:
        box = Box(self.left, y, self.width, 19)
        y = (
            self.sheet.text_in(box, self.say("headline"), Style(21, bold=True, color=self.ink, leading=1.08, even=True))
            + 1.5
        )
        box = Box(self.left, y, self.width, 14.5)
        self.sheet.text_in(box, self.say("what"), Style(10.5))
        return box.bottom + 1.2  # the same in both halves, so that they stand side by side as one

    def _reach(self, y: float) -> float:
        """Where to write: the page and, where the clinic has one, the number, each with its code."""
        ways = list(self._ways())
        card = Box(self.left, y, self.width, 43)
        self.sheet.card(card, colors.tint(self.facts.color, 0.09))
        gap = 4.0
        each = (card.w - gap * (len(ways) + 1)) / len(ways)
        for number, (title, shown, code, under) in enumerate(ways):
            box = Box(card.x + gap + number * (each + gap), card.y + 3, each, card.h - 5.5)
            (self._way if len(ways) > 1 else self._only_way)(box, title, shown, code, under)
        return card.bottom + 4

    def _ways(self) -> Iterator[tuple[str, str, str, str]]:
        text_to, text_link = self.facts.text_to, self.facts.text_link
        if text_to and text_link:
            yield self.say("text_us"), text_to, text_link, self.say("scan_to_text")
        if self.facts.chat and self.facts.web:
            yield self.say("open_page"), self.facts.web_lines or "", self.facts.chat, self.say("scan_to_chat")

    def _way(self, box: Box, title: str, shown: str, code: str, under: str) -> None:
        y = self.sheet.text_in(Box(box.x, box.y, box.w, 5), title, Style(9.5, color=colors.GREY, align="C"))
        size = Style(17 if box.w > 70 else 13.5, bold=True, align="C", leading=1.05)
        y = self.sheet.text_in(Box(box.x, y, box.w, 8), shown, size) + 0.6
        side = box.bottom - y - 4.2
        self.sheet.code(Box(box.x + (box.w - side) / 2, y, side, side), code)
        self.sheet.text_in(Box(box.x, y + side + 0.4, box.w, 4), under, Style(8.5, color=colors.GREY, align="C"))

    def _only_way(self, box: Box, title: str, shown: str, code: str, under: str) -> None:
        """One way alone has room for a large code beside its words."""
        self.sheet.code(Box(box.x - 1, box.y, box.h, box.h), code)
        x, width = box.x + box.h + 3, box.w - box.h - 3
        y = self.sheet.text_in(Box(x, box.y + 7, width, 5), title, Style(10.5, color=colors.GREY))
        y = self.sheet.text_in(Box(x, y, width, 12), shown, Style(20, bold=True, leading=1.08)) + 1
        self.sheet.text_in(Box(x, y, width, 8), under, Style(10, color=colors.GREY))

    def _examples(self, y: float) -> float:
        """The messages, as bubbles that stand side by side where they fit."""
        y = self._title(y, "ask_title")
        x, style, high = self.left, Style(10.5), 6.2
        for message in asked(self.facts, self.language):
            wide = min(self.width, self._wide(message, style) + 6.4)
            if x > self.left and x + wide > self.left + self.width:
                x, y = self.left, y + high + 1.4
            self.sheet.card(Box(x, y, wide, high), colors.tint(self.facts.color, 0.16), 2.8)
            self.sheet.centered(Box(x + 3, y, wide - 5.6, high), message, style)
            x += wide + 2.2
        return self.sheet.text_in(Box(self.left, y + high + 1.2, self.width, 5), self.say("own_place"), _SMALL) + 3

    def _wide(self, text: str, style: Style) -> float:
        self.sheet.set_font("Helvetica", size=style.size)
        return float(self.sheet.get_string_width(text))

    def _know(self, y: float, until: float) -> None:
        """What it is and is not; how to reach a person. All of it at one size."""
        y = self._title(y, "know_title")
        texts = tuple(self._known())
        style = self._style_for(texts, until - y)
        for text in texts:
            self.sheet.band(Box(self.left + 0.4, y + style.size * 0.15, 1.3, 1.3), self.ink)
            y = self.sheet.text_in(Box(self.left + 4, y, self.width - 4, 20), text, style) + 0.7

    def _style_for(self, texts: tuple[str, ...], high: float) -> Style:
        style = Style(10)
        return style.but(size=largest(10, style.least, lambda size: self._high(texts, style.but(size=size)) <= high))

    def _high(self, texts: tuple[str, ...], style: Style) -> float:
        return sum(self.sheet.height(self.width - 4, text, style) + 0.7 for text in texts)

    def _known(self) -> Iterator[str]:
        texting = self.facts.text_to is not None
        yield self.say("automated")
        yield self.say("privacy")
        yield self.say("decides")
        yield self.say("cost_texts" if texting else "cost")
        if texting:
            yield self.say("stop")
        if person := self._person():
            yield person

    def _person(self) -> str:
        if not self.facts.phone:
            return self.say("person_here")
        when, at = self.facts.hours(self.language), self.facts.settings.address
        parts = [f"{self.say('person')} {self.facts.phone}", self.say("hours", hours=when) if when else None, at]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."

    def _danger(self) -> float:
        """The foot of the half; where it begins."""
        foot = Box(self.page.x, self.page.h - 29, self.page.w, 29)
        self.sheet.band(foot, colors.tint(colors.RED, 0.1))
        self.sheet.band(Box(foot.x, foot.y, foot.w, 0.9), colors.RED)
        title = f"{self.say('danger_title')} {self.say('danger')}"
        y = self.sheet.text_in(
            Box(self.left, foot.y + 2.8, self.width, 6), title, Style(11.5, bold=True, color=colors.RED)
        )
        third = (self.width - 6) / 3
        for number, line in enumerate(("911", "988", "211")):
            x = self.left + number * (third + 3)
            below = self.sheet.text_in(Box(x, y + 0.8, third, 9), line, Style(19, bold=True, leading=1.05))
            about = self.say(f"danger_{line}")
            self.sheet.text_in(Box(x, below, third, foot.bottom - below - 4), about, Style(8.5, leading=1.12))
        return foot.y - 2

    def _title(self, y: float, key: str) -> float:
        style = Style(12, bold=True, color=self.ink)
        return self.sheet.text_in(Box(self.left, y, self.width, 6), self.say(key), style) + 1


_SMALL = Style(9, color=colors.GREY)
