"""All that is proposed for one list, and the answers a person gives to it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from directory.almanac import month_names
from directory.errors import ListError
from directory.model import Language
from directory.plans import plan_by_alias
from directory.sync import confidential, fields
from directory.sync.propose import names, services
from directory.sync.propose.columns import Placed, Role, place
from directory.sync.propose.days import day_of
from directory.sync.propose.identity import Identity, identify
from directory.sync.propose.looking import Sheet, see
from directory.sync.propose.services import Service

__all__ = ["Proposal", "propose", "refuse_members", "slug"]

_MOST_SERVICES = 400
_EXAMPLES = 3
_MEMBERS = 2
_LONGEST_TITLE = 60
_NO_TITLE = re.compile(
    r"(?:last )?(?:updated|as of|revised|effective|page|confidential|note|actualizado)\b|[^A-Za-z]*$", re.I
)

_NUMBERS = re.compile(r"\b20\d\d \d\d(?: \d\d)?\b")


@dataclass(frozen=True)
class Proposal:
    """The source file as far as it is known: what is doubtful stands in `placed` with the role `ask`, service names
    that nobody could place in `services` without anything they stand for; `plan_named` is what the file name says."""

    id: str
    title: str
    file: str
    sheet: Sheet
    placed: tuple[Placed, ...]
    services: tuple[Service, ...]
    split: str | None
    identity: Identity
    closed: tuple[str, ...] = ()
    halted: tuple[str, ...] = ()
    plan: str | None = None
    plan_named: str | None = None
    as_of: date | None = None
    as_of_why: str = ""
    hidden: tuple[bool, ...] = ()

    def of(self, field: str) -> tuple[str, ...]:
        """The headings of a field."""
        return tuple(item.heading for item in self.placed if item.role == Role.FIELD and item.field == field)

    def with_role(self, role: str) -> tuple[Placed, ...]:
        """The columns of a role."""
        return tuple(item for item in self.placed if item.role == role)

    @property
    def nameless(self) -> bool:
        """Whether no column is surely the name of a place, so that no row could be one."""
        return bool(self.placed) and not (self.of("organization") or self.of("name"))

    @property
    def status(self) -> str | None:
        """The heading of the column that says whether a row is in force."""
        return next((item.heading for item in self.with_role(Role.STATUS) if item.content.filled), None)

    def examples(self, heading: str) -> tuple[str, ...]:
        """Up to three different texts of a column; never one of a row that may be a confidential place."""
        texts = (fields.excerpt(text, 28) for text, hidden in self._cells(heading) if not hidden)
        return tuple(dict.fromkeys(text for text in texts if text))[:_EXAMPLES]

    def _cells(self, heading: str) -> Iterable[tuple[str, bool]]:
        return zip(self.sheet.columns[heading], self.hidden, strict=True)

    def answered(self, heading: str, field: str | None) -> Proposal:
        """The same with that column taken as the field; None leaves it out."""
        return self.all_answered({heading: field})

    def all_answered(self, said: Mapping[str, str | None]) -> Proposal:
        """The same with each of those columns taken as its field, at one go: what follows is worked out once."""
        there = {item.heading for item in self.placed}
        for heading in said:
            if heading not in there:
                raise ListError(
                    f"{self.file} has no column called {heading!r}. Its columns: {', '.join(self.sheet.headings)}. "
                    "Nothing was saved. Write the heading as it stands in the list."
                )
        placed = (_said(item, said[item.heading]) if item.heading in said else item for item in self.placed)
        return _completed(replace(self, placed=tuple(placed)))

    def marked(self, heading: str, stands: str | None) -> Proposal:
        """The same with marks in that column standing for a program or need; None leaves it out."""
        role = Role.CHECK if stands else Role.UNUSED
        placed = (
            replace(item, role=role, stands=(stands,) if stands else (), why="you said so")
            if item.heading == heading
            else item
            for item in self.placed
        )
        return replace(self, placed=tuple(placed))

    def told(self, value: str, *stands: str) -> Proposal:
        """The same with that service name standing for programs and needs, or for `leave_out:...`."""
        said = (replace(item, stands=stands, near=()) if item.value == value else item for item in self.services)
        return replace(self, services=tuple(said))


def propose(
    data: bytes, name: str, *, source_id: str | None = None, title: str | None = None, plan: str | None = None,
    carry_down: tuple[str, ...] = (),
) -> Proposal:  # fmt: skip
    """What the list seems to be; ListError when it is none, or a list of patients."""
    sheet = see(data, name, carry_down=carry_down)
    refuse_members(sheet.headings, name)
    placed = place(sheet.columns)
    day, why = day_of(name, sheet.above)
    stem = Path(name).stem
    made = Proposal(
        source_id or slug(stem),
        title or _title(sheet.above) or _undated(" ".join(re.split(r"[\s_-]+", stem)).strip().capitalize()),
        name, sheet, placed, (), None, Identity(None, (), 0, ""), plan=plan,
        plan_named=_plan(name, sheet), as_of=day, as_of_why=why,
    )  # fmt: skip
    return _completed(made)


def _said(item: Placed, field: str | None) -> Placed:
    return replace(item, role=Role.FIELD if field else Role.UNUSED, field=field, why="you said so")


def _completed(made: Proposal) -> Proposal:
    """What follows from the columns: service names, identity, closed rows."""
    headings = (*made.of("programs"), *made.of("topics"))
    cells = [text for heading in headings for text in made.sheet.texts(heading)]
    split = services.split_at(cells) if cells else None
    known = {item.value: item for item in made.services}
    found = services.all_services(cells, split)[:_MOST_SERVICES]
    closed, halted = _closed(made)
    return replace(
        made,
        services=tuple(known.get(item.value, item) for item in found),
        split=split,
        identity=identify(made.sheet.columns, made.placed, one_each=not (split or made.with_role(Role.CHECK))),
        closed=closed,
        halted=halted,
        hidden=_hidden(made),
    )


def _closed(made: Proposal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the status column that surely mean closed, and those that may."""
    if made.status is None:
        return (), ()
    found = sorted({fields.clean(text).casefold() for text in made.sheet.columns[made.status]})
    active = names.key(made.status) in ("active", "is active")
    off = {word for word in found if word in names.role_words("closed") or (active and fields.tri(word) == "no")}
    return tuple(sorted(off)), tuple(word for word in found if word in names.role_words("halted"))


def _hidden(made: Proposal) -> tuple[bool, ...]:
    """Of each row whether it may be a confidential place."""
    rows = list(zip(*made.sheet.columns.values(), strict=True))
    marked = made.of("confidential")
    yes = zip(*(made.sheet.columns[heading] for heading in marked), strict=True) if marked else iter(())
    said = [any(not fields.blank(text) for text in cells) for cells in yes]
    texts = [" ".join(cells) for cells in rows]
    found = [
        confidential.is_confidential(name=text[:400], texts=text, kinds=cells)
        for text, cells in zip(texts, rows, strict=True)
    ]
    return tuple(one or two for one, two in zip(found, said or found, strict=True))


def refuse_members(headings: Iterable[str], name: str) -> None:
    """ListError when the columns are those of a list of patients."""
    people = [heading for heading in headings if names.has_role(heading, "members")]
    if len(people) >= _MEMBERS:
        raise ListError(
            f"{name}: this looks like a list of patients, not of places (columns: {', '.join(people[:4])}). "
            "Patient data must not come into Puente, so nothing was read or kept. "
            "Ask the sender for the list of providers alone."
        )


def slug(text: str) -> str:
    """An id from a file name: small letters and underscores, without the day in it."""
    words = re.findall(r"[a-z]+|\d+", names.words(text))
    kept = [word for word in words if not word.isdigit() and word not in _months()]
    return ("_".join(kept) or "list")[:40].strip("_")


@functools.cache
def _months() -> frozenset[str]:
    """The months of a list's name, whole or as three letters."""
    names = [name.casefold() for name in month_names(Language.EN)]
    return frozenset([*names, *(name[:3] for name in names)])


@functools.cache
def _a_day() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:as of |updated |revised |effective )?(?:{'|'.join(sorted(_months(), reverse=True))})"
        r"\.?,?(?: \d{1,2},?)? (?:of )?20\d\d\b",
        re.I,
    )


def _undated(text: str) -> str:
    """The name of a file without its month, for next month's has another; the whole where nothing else is left."""
    bare = _NUMBERS.sub(" ", _a_day().sub(" ", text))
    return " ".join(bare.split()).strip(" -–—|,:;()") or text


def _title(above: tuple[str, ...]) -> str | None:
    """The first line above the headings that reads as a title; of a long one its last part; without the month of this
    list, for next month's has another."""
    for line in above:
        text = fields.clean(line)
        if len(text) > _LONGEST_TITLE:
            parts = [part for part in re.split(r"\s[-–—|]\s", text) if _a_day().sub("", part).strip(" ,.")]
            text = parts[-1] if parts else text
        text = " ".join(_a_day().sub(" ", text).split()).strip(" -–—|,:;()")
        if len(text.split()) >= 2 and len(text) <= _LONGEST_TITLE and not _NO_TITLE.match(text):
            return text
    return None


def _plan(name: str, sheet: Sheet) -> str | None:
    """The plan that the file name or a line above the headings names, when it is one."""
    if any(item for item in sheet.headings if "plans" in names.fields_of(item)):
        return None
    words = names.key(" ".join((Path(name).stem, *sheet.above))).split()
    runs = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + 5, len(words)) + 1)
    }
    found = {plan for run in runs if len(run) > 3 and (plan := plan_by_alias(run))}
    return found.pop() if len(found) == 1 else None
