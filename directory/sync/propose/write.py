"""The source file of a proposal: YAML that a person can read and change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from directory.eligibility import rules
from directory.sync.propose import names
from directory.sync.propose.columns import Role
from directory.sync.propose.looking import BRING_THEIR_OWN
from directory.sync.propose.proposal import Proposal
from directory.sync.source import Layout

__all__ = ["as_yaml"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/.()?-]*(?: [A-Za-z0-9_/.()?-]+)*")
_WORDS = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null", "none", "~"))
# Names of one place of several, which need the organization before them.
_SITES = frozenset(
    names.key(word)
    for word in ("site name", "program site", "location name", "site", "branch", "branch name", "office", "office name",
                 "nombre del sitio", "sitio", "sede", "sucursal")
)  # fmt: skip
_ORDER = (
    "organization", "name", "npi", "programs", "topics", "plans", "counties", "county", "address", "address_1", "city",
    "state", "postal_code", "latitude", "longitude", "phones", "ttys", "faxes", "url", "email", "hours_text",
    "languages", "wheelchair", "taking_referrals", "capacity", "wait_list", "capacity_on", "capacity_by",
    "eligibility_text", "fees_text", "fee", "id_asked", "walk_in", "by_phone", "by_appointment", "how_to_apply",
    "documents", "description", "confidential", "assured_on", "edited_on", "as_of", "tags",
)  # fmt: skip


def as_yaml(made: Proposal) -> str:
    """The whole file."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Proposal) -> Iterator[str]:
    yield f"# How Puente reads the list {made.title!r}."
    yield "# You may change this file; docs/source_files.md explains the keys."
    yield f"# Try a change with: puente sync {made.id} --file LIST --dry-run"
    yield f"id: {quoted(made.id)}"
    yield f"title: {quoted(made.title)}"
    if made.plan:
        yield f"plan: {made.plan}  # given to every place of the list"
    if made.as_of:
        yield f"as_of: {made.as_of.isoformat()}  # the day of the list, {made.as_of_why}"
    yield f"format: {_layout(made.sheet.layout)}"
    if made.sheet.layout.kind in BRING_THEIR_OWN:
        yield "# This format brings its columns along; name one under `columns` to read it otherwise."
        return
    yield "# What a row is known by: the same row in next month's list is the same place, in whatever order."
    yield f"# {made.identity.why}."
    yield f"row_id: {_row_id(made)}"
    yield "# field: the column it is read from"
    yield "columns:"
    for field in _ORDER:
        yield from _field(made, field)
    yield from _checks(made)
    yield from _leave_out(made)
    yield from _others(made)


def quoted(text: str) -> str:
    """The text as one YAML scalar."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and text.isascii():
        return text
    return json.dumps(text, ensure_ascii=False)


def _flow(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_item, texts))}]"


def _item(text: str) -> str:
    """A scalar inside brackets, where a comma or bracket of its own would be read as YAML's."""
    return quoted(text) if re.fullmatch(r"[\w ./-]+", text) else json.dumps(text, ensure_ascii=False)


def _layout(layout: Layout) -> str:
    usual = Layout(layout.kind)
    parts = [f"kind: {layout.kind}"]
    for key in Layout.__dataclass_fields__:
        value = getattr(layout, key)
        if key != "kind" and value != getattr(usual, key):
            parts.append(f"{key}: {_value(key, value)}")
    return f"{{{', '.join(parts)}}}"


def _value(key: str, value: object) -> str:
    if key == "sheets" and value == ():
        return "all"
    if isinstance(value, tuple):
        return _flow(map(str, value))
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _row_id(made: Proposal) -> str:
    parts = [f"column: {_item(made.identity.column)}"] if made.identity.column else []
    if made.identity.hashed:
        parts.append(f"hash: {_flow(made.identity.hashed)}")
    return f"{{{', '.join(parts)}}}"


def _field(made: Proposal, field: str) -> Iterator[str]:
    headings = made.of(field)
    if field == "programs":
        yield from _programs(made, headings)
    elif field == "topics":
        yield from _topics(made, (*headings, *made.of("programs")), only_topics=bool(headings))
    elif field == "name":
        yield from _name(made, headings)
    elif field in ("plans",) and headings:
        yield f'  {field}: {{from: {_flow(headings)}, split: ";|,"}}'
    elif headings:
        yield f"  {field}: {quoted(headings[0]) if len(headings) == 1 else _flow(headings)}"


def _name(made: Proposal, headings: Sequence[str]) -> Iterator[str]:
    organization = made.of("organization")
    if not headings:
        return
    if organization and names.key(headings[0]) in _SITES and not _repeats(made, organization[0], headings[0]):
        yield f'  name: {{from: {_flow((organization[0], headings[0]))}, join: ", "}}'
    else:
        yield f"  name: {quoted(headings[0])}"


def _repeats(made: Proposal, organization: str, name: str) -> bool:
    """Whether the names of sites mostly hold the organization's name already."""
    pairs = list(zip(made.sheet.columns[organization], made.sheet.columns[name], strict=True))
    named = [(owner, site) for owner, site in pairs if owner.strip() and site.strip()]
    return 3 * sum(owner.casefold() in site.casefold() for owner, site in named) > len(named)


def _programs(made: Proposal, headings: Sequence[str]) -> Iterator[str]:
    if not headings:
        return
    yield "  # each service as the list writes it, and the program it is (null: no program; see topics)"
    yield "  programs:"
    yield from _from(headings, made.split)
    yield "    others: read"
    known = {
        item.value: tuple(one for one in item.stands if one in rules.programs())
        for item in made.services
        if item.stands
    }
    yield from _words(known)
    for item in made.services:
        if not item.stands:
            yield f"      # not placed, so reported with each list: {quoted(item.value)} ({item.count} rows)"


def _topics(made: Proposal, headings: Sequence[str], *, only_topics: bool) -> Iterator[str]:
    needs = {item.value: tuple(one for one in item.stands if one not in rules.programs()) for item in made.services}
    known = {value: stands for value, stands in needs.items() if stands}
    if only_topics:
        known = {item.value: item.stands for item in made.services if item.stands}
    if not headings or not (known or only_topics):
        return
    yield "  # services that are a kind of help (a need) and no program of their own"
    yield "  topics:"
    yield from _from(headings, made.split)
    yield f"    others: {'report' if only_topics and not made.of('programs') else 'ignore'}"
    yield from _words(known)


def _from(headings: Sequence[str], split: str | None) -> Iterator[str]:
    yield f"    from: {quoted(headings[0]) if len(headings) == 1 else _flow(headings)}"
    if split:
        yield f"    split: {json.dumps(split)}"


def _words(known: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if not known:
        return
    yield "    words:"
    for value, stands in known.items():
        said = "null" if not stands else stands[0] if len(stands) == 1 else f"[{', '.join(stands)}]"
        yield f"      {json.dumps(value.casefold(), ensure_ascii=False)}: {said}"


def _checks(made: Proposal) -> Iterator[str]:
    checks = made.with_role(Role.CHECK)
    if checks:
        yield "# columns with check marks, and what a mark stands for"
        yield "checks:"
        for item in checks:
            yield f"  {quoted(item.heading)}: {item.stands[0]}"


def _leave_out(made: Proposal) -> Iterator[str]:
    if made.status is None:
        return
    yield "# rows that the list itself calls closed"
    yield "leave_out:"
    words = dict.fromkeys((*made.closed, "closed", "inactive"))
    yield f"  - {{column: {_item(made.status)}, is: {_flow(words)}, reason: closed}}"


def _others(made: Proposal) -> Iterator[str]:
    nested = made.sheet.layout.nested
    if nested:
        yield f"required: {_flow([*made.of('organization'), *made.of('name')][:1])}"
    used = {*made.identity.hashed, made.identity.column, made.status}
    used |= {item.heading for item in made.placed if item.role in (Role.FIELD, Role.CHECK)}
    left = [item for item in made.placed if item.heading not in used]
    headings = dict.fromkeys(_top(item.heading) if nested else item.heading for item in left)
    if headings:
        yield "# columns that may be there and are not used"
        yield f"ignored: {_flow(headings)}"
    yield from (f"#   {item.heading}: {item.why}" for item in left if item.role == Role.ASK)


def _top(path: str) -> str:
    return re.split(r"[.\[]", path)[0]
