"""This week's calls on one page: what to say, ten places as we tell them now, boxes to tick, what to type then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory import phones
from directory.model import Language, Listing
from directory.prints import colors
from directory.prints.choosing import FIRST, voice
from directory.prints.drawing import LETTER, Box, Sheet, Style
from directory.prints.facts import Facts, county_name
from directory.prints.staff import StaffPage, sheet_for, written_on
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.names import capital, joined, need_name
from directory.text.week import known_week, week

__all__ = ["call_sheet", "checked"]

_ANSWERS = ("right", "changed", "nobody", "closed")
_AFTER = (
    ("after_right", "puente edit ID --checked"),
    ("after_changed", 'puente edit ID --hours "Mon-Fri 9am-1pm" --checked'),
    ("after_closed", 'puente decide ID closed --why "called, closed"'),
    ("after_publish", "puente publish"),
)
_COLUMNS = (0.28, 0.38, 0.2, 0.14)
"""Parts of the width: the place, what we say now, what to tick, notes."""
_GAP = 3.0


def call_sheet(facts: Facts, language: Language, places: Sequence[Listing]) -> Sheet:
    """The page in that language, lying on its side."""
    title = say("paper.calls.title", language)
    sheet = sheet_for(facts, title, language, (LETTER[1], LETTER[0]))
    sheet.add_page()
    _Calls(sheet, facts, language).draw_all(title, places)
    return sheet


def checked(record: Listing, language: Language) -> str:
    """When somebody last looked at it, else of which day the list is that names it."""
    if record.assured_on:
        return say("paper.calls.checked", language, day=day_text(record.assured_on, language))
    if as_of := record.provenance.as_of:
        return say("paper.calls.dated", language, day=day_text(as_of, language))
    return say("paper.calls.never", language)


class _Calls(StaffPage):
    """The page: what to say above, a row for each place, what to type below."""

    def say(self, key: str, **values: object) -> str:
        return say(f"paper.calls.{key}", self.language, **values)

    def draw_all(self, title: str, places: Sequence[Listing]) -> None:
        """The whole page."""
        self.left, self.width = 12.0, self.sheet.w - 24.0
        y = self._script(self.head(title) - 2)
        after = self.sheet.h - 26
        high = min(17.0, (after - 2 - y) / max(1, len(places)))
        for number, record in enumerate(places, 1):
            self._row(number, record, Box(self.left, y, self.width, high))
            y += high
        self.sheet.rule(self.left, y, self.width)
        self._after(max(y + 2, after))
        self.foot(f"{self._why()} {written_on(self.facts.day, 'paper.calls.foot', self.language)}", self.sheet.h - 8)

    def _script(self, y: float) -> float:
        script = self.say("script", clinic=self.facts.settings.clinic or "____")
        style = Style(10.5)
        label = Style(10.5, bold=True, color=self.ink)
        self.sheet.text_in(Box(self.left, y, 12, 6), self.say("script_title"), label)
        y = self.sheet.text_in(Box(self.left + 13, y, self.width - 13, 15), script, style)
        return self.sheet.text_in(Box(self.left + 13, y, self.width - 13, 6), self.say("thanks"), style) + 2

    def _row(self, number: int, record: Listing, row: Box) -> None:
        self.sheet.rule(row.x, row.y, row.w)
        place, listed, answers, notes = self._cells(row)
        self._who(number, record, place)
        self._listed(record, listed)
        self._ticks(answers)
        self.sheet.rule(notes.x, notes.y + notes.h * 0.5, notes.w, colors.GREY, 0.15)
        self.sheet.rule(notes.x, notes.y + notes.h * 0.95, notes.w, colors.GREY, 0.15)

    def _cells(self, row: Box) -> Iterator[Box]:
        x = row.x
        for part in _COLUMNS:
            yield Box(x, row.y + 1, row.w * part - _GAP, row.h - 1.6)
            x += row.w * part

    def _who(self, number: int, record: Listing, box: Box) -> None:
        self.sheet.text_in(Box(box.x, box.y, 6, 6), f"{number}", Style(11, bold=True, color=self.ink))
        name = Box(box.x + 6.5, box.y, box.w - 6.5, box.h - 3.6)
        self.sheet.text_in(name, _named(record), Style(10, bold=True, leading=1.12))
        under = Box(name.x, box.bottom - 3.4, name.w, 3.4)
        self.sheet.text_in(under, record.id, Style(7, color=colors.GREY))

    def _listed(self, record: Listing, box: Box) -> None:
        number = voice(record)
        shown = phones.display(number) if number else self.say("no_phone")
        self.sheet.text_in(Box(box.x, box.y, 40, 5), shown, Style(11.5, bold=True))
        needs = sorted(record.needs, key=lambda need: need not in FIRST)[:2]
        beside = capital(", ".join(need_name(need, self.language) for need in needs))
        self.sheet.text_in(Box(box.x + 41, box.y + 0.8, box.w - 41, 4), beside, Style(9, color=self.ink))
        rest = Box(box.x, box.y + 5, box.w, box.h - 5)
        self.sheet.text_in(rest, " · ".join(self._said(record)), Style(9, leading=1.12))

    def _said(self, record: Listing) -> Iterator[str]:
        if address := record.address:
            yield ", ".join(part for part in (address.address_1, address.city) if part)
        known = known_week(record)
        yield week(known, self.language) if known else (record.hours_text or self.say("no_hours"))
        yield checked(record, self.language)

    def _ticks(self, box: Box) -> None:
        for number, answer in enumerate(_ANSWERS):
            x = box.x + (number % 2) * box.w / 2
            y = box.y + (number // 2) * 5.6
            self.sheet.tick(x, y + 0.4)
            self.sheet.text_in(Box(x + 5, y + 0.3, box.w / 2 - 6, 4.4), self.say(answer), Style(9.5))

    def _after(self, y: float) -> None:
        self.sheet.text_in(
            Box(self.left, y, self.width, 5), self.say("after_title"), Style(10, bold=True, color=self.ink)
        )
        half = self.width / 2
        for number, (key, command) in enumerate(_AFTER):
            x, top = self.left + (number % 2) * half, y + 5 + (number // 2) * 4.8
            self.sheet.text_in(Box(x, top, 34, 4.6), self.say(key), Style(9))
            self.sheet.text_in(Box(x + 35, top, half - 38, 4.6), command, Style(9, bold=True))

    def _why(self) -> str:
        names = [county_name(county, self.language) for county in self.facts.settings.counties]
        return self.say("why", counties=joined(names, self.language) if names else self.say("everywhere"))


def _named(record: Listing) -> str:
    if record.organization and record.organization not in record.name:
        return f"{record.name} ({record.organization})"
    return record.name
