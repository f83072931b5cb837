"""Each column of a list -> the field it surely is, or the choices a person has; nothing is taken on a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from directory.sync.propose import names, services
from directory.sync.propose.content import EXPECTED, KINDS, Content, content, said
from directory.sync.source import FIELDS

__all__ = ["Placed", "Role", "choices_for", "place"]

_ENOUGH = 0.5
_TWIN = re.compile(r" \(\d+\)$")
_CLEAR = 0.7
_SEVERAL = frozenset({"phones", "faxes", "ttys"})
_STRONG = ("email", "link", "npi", "zip", "phone", "day", "latitude", "longitude", "yes_no")
_FEW = 12
_PART = 500
"""The rank of a column that only a part of its heading names."""
# Fields of marks that a column of yes and no without a telling name may be.
_MARKS = ("taking_referrals", "wheelchair", "walk_in", "by_appointment", "confidential")


class Role:
    """What a column is for."""

    FIELD, CHECK, ROW_ID, STATUS, UNUSED, ASK = "field", "check", "row_id", "status", "unused", "ask"


@dataclass(frozen=True)
class Placed:
    """One column: its role, its field (of a doubtful one the likeliest), what a check mark in it stands for, how it was
    known (`why`), and the fields a person may choose from when the role is `ask`."""

    heading: str
    role: str
    content: Content
    field: str | None = None
    stands: tuple[str, ...] = ()
    why: str = ""
    choices: tuple[str, ...] = ()
    rank: int = 0

    @property
    def sure(self) -> bool:
        """Whether nobody needs to be asked."""
        return self.role != Role.ASK


def place(columns: Mapping[str, Sequence[str]]) -> tuple[Placed, ...]:
    """What each column is: heading -> its cells."""
    found = [_alone(heading, content(cells)) for heading, cells in columns.items()]
    return tuple(_together(found, columns))


# One column by itself


def _alone(heading: str, what: Content) -> Placed:
    exact = names.fields_of(heading)
    fitting = [field for field in exact if _fits(field, what)]
    if fitting:
        field = next((field for field in fitting if _primary(field, what) >= _ENOUGH), fitting[0])
        return Placed(heading, Role.FIELD, what, field, why=_why(field, what), rank=names.rank(field, heading))
    return _with_role(heading, what) or _check(heading, what) or _doubtful(heading, what, exact)


def _with_role(heading: str, what: Content) -> Placed | None:
    for role, of in (
        ("row_id", Role.ROW_ID),
        ("status", Role.STATUS),
        ("position", Role.UNUSED),
        ("unused", Role.UNUSED),
    ):
        if names.has_role(heading, role):
            return Placed(heading, of, what, why=_ROLES[role])
    return None


_ROLES = {
    "row_id": "the heading says that it is the row's number",
    "status": "the heading says whether a row is in force",
    "position": "only the place in the list",
    "unused": "nothing that a person who looks for help needs",
}


def _check(heading: str, what: Content) -> Placed | None:
    stands = services.read(heading)
    if stands and (not what.filled or what.share(["yes_no"]) >= 0.9):
        return Placed(heading, Role.CHECK, what, stands=(stands,), why="the heading is a service, the cells are marks")
    return None


def _doubtful(heading: str, what: Content, exact: tuple[str, ...]) -> Placed:
    part = () if names.strange(heading) else names.part_of(heading)
    for field in part:
        if field in EXPECTED and what.filled and what.share(EXPECTED[field]) >= _CLEAR and not _value(field, heading):
            return Placed(heading, Role.FIELD, what, field, why=f"part of the heading; {_why(field, what)}", rank=_PART)
    choices = tuple(dict.fromkeys((*exact, *_by_content(what), *(field for field in part if _fits(field, what)))))
    if exact:
        why = f"the heading says {exact[0]}, but the cells do not look like it{_looks(what)}"
    elif what.filled:
        why = f"the heading is not known{_looks(what)}"
    else:
        return Placed(heading, Role.UNUSED, what, why="the heading is not known, and nothing stands under it")
    return Placed(heading, Role.ASK, what, choices[0] if choices else None, why=why, choices=choices)


def _value(field: str, heading: str) -> bool:
    """Whether the heading is itself such as stands below it, so that the row of headings may be a row of the list."""
    return any(KINDS[kind](heading) for kind in EXPECTED[field])


def _looks(what: Content) -> str:
    kind, share = what.best()
    return f"; they look like {said(kind)}" if share >= _CLEAR else ""


def choices_for(placed: Placed) -> tuple[str, ...]:
    """The fields to offer first for a doubtful column, at most five."""
    return placed.choices[:5]


def _by_content(what: Content) -> Iterator[str]:
    """The fields that a column of this content may be, the likeliest first."""
    ordered = sorted(what.shares.items(), key=lambda item: -item[1])
    for kind, share in ordered:
        if share < _CLEAR:
            return
        if kind == "yes_no":
            yield from _MARKS
        else:
            yield from (field for field, kinds in EXPECTED.items() if kinds[0] == kind and field in FIELDS)


def _primary(field: str, what: Content) -> float:
    return what.share(EXPECTED[field][:1]) if field in EXPECTED else 0.0


def _fits(field: str, what: Content) -> bool:
    """Whether the cells may be of the field: an empty column may, another kind of content may not."""
    if not what.filled:
        return True
    if field in ("programs", "topics"):
        return _is_service(what)
    if field == "hours_text":  # hours are written in any way; what is surely something else is none
        return what.share(_STRONG) < _ENOUGH
    if field in EXPECTED:
        return what.share(EXPECTED[field]) >= _ENOUGH
    return what.share(_STRONG) < _ENOUGH


def _is_service(what: Content) -> bool:
    """Services that are known, or at least the same few words again and again."""
    if what.share(_STRONG) >= _ENOUGH:
        return False
    few = what.distinct <= _FEW and 2 * what.distinct <= what.filled
    return what.share(["service"]) >= (0.2 if few else _ENOUGH)


def _why(field: str, what: Content) -> str:
    if not what.filled:
        return "the heading says so; the column is empty"
    kinds = EXPECTED.get(field)
    if not kinds:
        return "the heading says so"
    count = round(what.share(kinds) * what.filled)
    return f"the heading says so, and {count} of {what.filled} cells read as such"


# All columns together


def _together(found: list[Placed], columns: Mapping[str, Sequence[str]]) -> Iterator[Placed]:
    """The columns in their order; of two for one field the better named one has it, the other its second name or a
    person's word, unless it only fills what the first one leaves empty."""
    winners: dict[str, Placed] = {}
    for item in sorted((item for item in found if item.role == Role.FIELD), key=lambda item: item.rank):
        if item.field and item.field not in _SEVERAL:
            winners.setdefault(item.field, item)
    for item in found:
        if item.role != Role.FIELD or item.field in _SEVERAL or winners.get(item.field or "") is item:
            yield item
        else:
            yield _second(item, winners, columns)


def _second(item: Placed, winners: dict[str, Placed], columns: Mapping[str, Sequence[str]]) -> Placed:
    taken = winners[item.field or ""].heading
    if _TWIN.sub("", item.heading) == _TWIN.sub("", taken):
        why = f"two columns are called {_TWIN.sub('', taken)!r}"
        return replace(item, role=Role.ASK, why=why, choices=(item.field or "",))
    if item.rank < _PART and _apart(columns[taken], columns[item.heading]):
        return replace(item, why=f"the heading says so, and it is filled only where {taken!r} is empty")
    other = next(
        (field for field in names.fields_of(item.heading) if field not in winners and _fits(field, item.content)), None
    )
    if other:
        named = replace(item, field=other, why=f"the heading says so, and {taken!r} is the better {item.field}")
        winners[other] = named
        return named
    why = f"{taken!r} is already taken as {item.field}"
    return replace(item, role=Role.ASK, why=why, choices=(item.field or "",))


def _apart(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether both columns say something and never in the same row."""
    pairs = [(bool(left.strip()), bool(right.strip())) for left, right in zip(one, two, strict=True)]
    return (True, True) not in pairs and (True, False) in pairs and (False, True) in pairs
