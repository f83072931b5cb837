"""The list made for a patient, as PDF: one column of large type, no place over two pages, good on a grey printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from directory.handout import Line, Paper, Shared, Spot, Way
from directory.prints import colors
from directory.prints.drawing import LETTER, Box, Sheet, Style
from directory.settings import Settings
from directory.text.catalogue import say

__all__ = ["handout"]

_EDGE, _TOP, _BOTTOM = 16.0, 12.0, 15.0
_LABEL = 0.19
"""Of the width: what a line is about; the rest tells it."""
_LEADING = 1.13
_SQUARE = 40.0


@dataclass(frozen=True)
class _Part:
    """Words below each other; with a label, which stands left of them; `gap` mm are left free after it."""

    text: str
    style: Style
    label: str = ""
    gap: float = 0.5


@dataclass(frozen=True)
class _Block:
    """What stands on one page: a rule above it, a title for the list of contents, parts, a square code at its right.

    `keeps_next` is a heading, which goes with the block after it; `follows` goes on with the block before.
    """

    parts: tuple[_Part, ...]
    title: str = ""
    level: int = 1
    ruled: bool = False
    square: str | None = None
    keeps_next: bool = False
    follows: bool = False


def handout(paper: Paper, shared: Shared | None, clinic: Settings, day: date) -> bytes:
    """The PDF; where the paper is empty, a page that says nothing but whom to call."""
    sheet = Sheet(LETTER, paper.title, paper.language.value, day)
    _Drawing(sheet, paper, shared, clinic).draw()
    return bytes(sheet.output())


class _Drawing:
    """Blocks are measured first and put on pages, then drawn: the order of the drawing is the order of the reading."""

    def __init__(self, sheet: Sheet, paper: Paper, shared: Shared | None, clinic: Settings) -> None:
        self.sheet, self.paper, self.shared = sheet, paper, shared
        self.width = sheet.w - 2 * _EDGE
        self.ink = colors.legible(colors.of(clinic.color))
        self.plain = Style(paper.size, leading=_LEADING)
        self.bold = self.plain.but(bold=True)

    def say(self, key: str, **values: object) -> str:
        return say(f"handout.{key}", self.paper.language, **values)

    def draw(self) -> None:
        """Every page."""
        pages = self._pages([part for block in self._blocks() for part in self._parted(block)])
        for number, blocks in enumerate(pages, 1):
            self.sheet.add_page()
            y = _TOP
            for block in blocks:
                y = self._block(block, y, first=block is blocks[0])
            self._foot(number, len(pages))

    def _foot(self, number: int, of: int) -> None:
        box = Box(_EDGE, self.sheet.h - 12, self.width, 7)
        if of > 1:
            self.sheet.text_in(box, self.say("page", page=number, pages=of), Style(14, color=colors.GREY, align="R"))
        if self.paper.demo:
            half = Box(box.x, box.y, box.w * 0.72, box.h)
            self.sheet.text_in(half, self.paper.demo, Style(14, bold=True, color=colors.RED, least=9))

    # What stands on it

    def _blocks(self) -> Iterator[_Block]:
        paper = self.paper
        yield self._head()
        if paper.ways:
            yield self._heading("ways")
            yield from (block for way in paper.ways for block in self._way(way))
        if paper.places:
            yield self._heading("places", paper.say)
            yield from (self._spot(number, spot) for number, spot in enumerate(paper.places, 1))
        if self.shared:
            yield self._code(self.shared)
        yield self._help()

    def _head(self) -> _Block:
        big = Style(self.paper.size + 10, bold=True, color=self.ink, leading=1.1)
        notes = [_Part(note, self.plain) for note in self.paper.notes]
        return _Block((_Part(self.paper.title, big, gap=1.5), _Part(self.paper.dated, self.plain), *notes))

    def _heading(self, key: str, said: str | None = None) -> _Block:
        title = self.say(key)
        parts = [_Part(title, Style(self.paper.size + 4, bold=True, color=self.ink, leading=1.1), gap=1.2)]
        if said:
            parts.append(_Part(said, self.plain, label=self.say("label.say_all")))
        return _Block(tuple(parts), title, 0, keeps_next=True)

    def _way(self, way: Way) -> Iterator[_Block]:
        """In two blocks: what it is and the steps, then whom to call; only a place stays whole."""
        parts = [_Part(way.name, self._name()), _Part(way.what, self.plain), _Part(way.may, self.plain)]
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(way.steps, 1))
        if steps:
            parts.append(_Part(steps, self.plain, label=self.say("steps")))
        yield _Block(tuple(parts), way.name, ruled=True)
        hedge = [_Part(way.hedge, self.plain)] if way.hedge else []
        yield _Block((*self._labeled(way.lines), *hedge), follows=True)

    def _spot(self, number: int, spot: Spot) -> _Block:
        parts = [_Part(f"{number}. {spot.name}", self._name())]
        if spot.warn:
            parts.append(_Part(spot.warn, self.bold))
        parts.append(_Part(spot.what, self.plain))
        large = Style(self.paper.size + 9, bold=True, leading=1.1)
        parts += [_Part(" ".join(filter(None, (line.text, _aside(line.label)))), large) for line in spot.phones]
        parts += self._labeled(spot.lines)
        if spot.say:
            parts.append(_Part(spot.say, self.plain, label=self.say("label.say")))
        parts.append(_Part(spot.dated, self.plain))
        return _Block(tuple(parts), spot.name, ruled=True)

    def _code(self, shared: Shared) -> _Block:
        title = self.say("code.title")
        lines = [
            shared.by_text,
            shared.by_chat,
            shared.by_link,
            self.say("code.scan") if shared.link else None,
            shared.until,
        ]
        parts = [_Part(title, self._name()), _Part(shared.code, Style(self.paper.size + 14, bold=True, leading=1.1))]
        parts += [_Part(line, self.plain) for line in lines if line]
        return _Block(tuple(parts), title, 0, ruled=True, square=shared.link)

    def _help(self) -> _Block:
        title = self.say("help")
        clinic = [self.paper.clinic] if self.paper.clinic else []
        parts = [_Part(title, self._name()), *(_Part(f"{line.label}. {line.text}", self.bold) for line in clinic)]
        parts += self._labeled(self.paper.lines)
        return _Block(tuple(parts), title, 0, ruled=True)

    def _name(self) -> Style:
        return Style(self.paper.size + 4, bold=True, leading=1.1)

    def _labeled(self, lines: Sequence[Line]) -> list[_Part]:
        return [_Part(line.text, self.plain, label=line.label) for line in lines]

    # Where it stands

    def _parted(self, block: _Block) -> Iterator[_Block]:
        """The block; one that no page holds goes on over the next, a part at a time."""
        if self._high(block, first=True) <= self.sheet.h - _TOP - _BOTTOM:
            yield block
            return
        yield replace(block, parts=block.parts[:1])
        yield from (_Block((part,), follows=True) for part in block.parts[1:])

    def _pages(self, blocks: list[_Block]) -> list[list[_Block]]:
        """The blocks by page; a heading goes with what it is the heading of."""
        pages: list[list[_Block]] = [[]]
        y = _TOP
        for number, block in enumerate(blocks):
            high = self._high(block, first=not pages[-1])
            after = blocks[number + 1] if block.keeps_next and number + 1 < len(blocks) else None
            wanted = high + (self._high(after, first=False) if after else 0.0)
            if pages[-1] and y + wanted > self.sheet.h - _BOTTOM:
                pages.append([])
                y, high = _TOP, self._high(block, first=True)
            pages[-1].append(block)
            y += high
        return pages

    def _high(self, block: _Block, *, first: bool) -> float:
        width = self._wide(block)
        words = sum(self._part_high(part, width) + part.gap for part in block.parts)
        return max(words, _SQUARE if block.square else 0.0) + self._above(block, first=first)

    def _above(self, block: _Block, *, first: bool) -> float:
        return 0.0 if first or block.follows else 4.6 if block.ruled else 3.0

    def _wide(self, block: _Block) -> float:
        return self.width - (_SQUARE + 4 if block.square else 0.0)

    def _part_high(self, part: _Part, width: float) -> float:
        if not part.label:
            return self.sheet.height(width, part.text, part.style)
        beside, left = self._columns(width)
        label = self.sheet.height(left, part.label, self.bold)
        return max(label, self.sheet.height(beside, part.text, part.style))

    def _columns(self, width: float) -> tuple[float, float]:
        """How wide the words are, and the label left of them."""
        left = self.width * _LABEL
        return width - left, left - 2

    def _block(self, block: _Block, y: float, *, first: bool) -> float:
        sheet, width = self.sheet, self._wide(block)
        if block.title:
            sheet.start_section(block.title, level=block.level)
        if block.ruled and not first:
            sheet.rule(_EDGE, y + 2.2, self.width, colors.GREY, 0.4)
        top = y = y + self._above(block, first=first)
        for part in block.parts:
            high = self._part_high(part, width)
            self._part(part, Box(_EDGE, y, width, high))
            y += high + part.gap
        if block.square:
            sheet.code(Box(_EDGE + width + 4, top, _SQUARE, _SQUARE), block.square)
            y = max(y, top + _SQUARE)
        return y

    def _part(self, part: _Part, box: Box) -> None:
        if not part.label:
            self.sheet.text_in(box, part.text, part.style)
            return
        beside, left = self._columns(box.w)
        self.sheet.text_in(Box(box.x, box.y, left, box.h), part.label, self.bold)
        self.sheet.text_in(Box(box.right - beside, box.y, beside, box.h), part.text, part.style)


def _aside(label: str) -> str:
    return f"({label})" if label else ""
