"""Rules that nobody looked at in time, phones that nobody confirmed, and Spanish that no translator signed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from directory.doctor.finding import Finding, Look
from directory.eligibility import guides
from directory.eligibility import rules as known_rules
from directory.overlay.gathering import standing_values
from directory.overlay.keeping import look_again
from directory.overlay.standing import Standing, State
from directory.plans import load
from directory.text.register import every
from directory.text.register.review import State as Reviewed
from directory.text.register.review import review, signed

__all__ = ["notes", "phones", "rules", "spanish"]

_NAMED = 3
_READ_FIRST = ("bot", "sign", "leaflet")
"""What most people read, the words for danger among it: few texts, and the first for a translator."""
_OF_PHONES = frozenset({"phone", "office", "line"})
_values = lru_cache(maxsize=1)(standing_values)


def rules(look: Look) -> Iterator[Finding]:
    """Rules and figures that are over or overdue, and those that nobody saw in a source."""
    values = [value for value in _values(look.today) if _kind(value) not in _OF_PHONES]
    late = [value for value in values if _is_late(value, look)]
    if late:
        text = (
            f"{_count(late, 'rule or figure', 'rules and figures')} should have been looked at again: {_first(late)}."
        )
        yield Finding("rules.overdue", "look", f"{text} Until then answers say to ask first.", "puente rules --overdue")
    unseen = [value for value in values if value.state(look.today) is State.RECALLED]
    if unseen:
        text = (
            f"{_count(unseen, 'rule or figure', 'rules and figures')} that came with Puente nobody has compared with "
            f"the official page yet. Answers say so, and to ask first. Begin with: {_first(unseen, 1)}."
        )
        yield Finding("rules.unverified", "look", text, _compared(unseen[0], look))
    if not late and not unseen:
        yield Finding("rules", "ok", "Every rule was looked at in time.")


def _is_late(value: Standing, look: Look) -> bool:
    """As `puente rules --overdue` has it: what ended and nothing hangs on needs nobody."""
    state = value.state(look.today)
    return state is State.OVERDUE or (state is State.ENDED and bool(value.programs))


def notes(look: Look) -> Iterator[Finding]:
    """Notes of the clinic on rules that do not count."""
    look_again()  # the notes may have changed since this process read them
    overlay = known_rules.overlay()
    if overlay.trouble:
        yield Finding("rules.notes", "mend", str(overlay.said), "puente rules")
    found = (*known_rules.overlay_warnings(), *load.overlay_warnings(), *guides.overlay_warnings())
    if found:
        text = f"{len(found)} of your notes on rules do not count. The first: {found[0]}"
        yield Finding("rules.warnings", "look", text, "puente rules")


def phones(look: Look) -> Iterator[Finding]:
    """Numbers of plans and county offices in the clinic's own counties that nobody confirmed."""
    counties = set(look.settings.counties)
    if not counties:
        return
    mine = [value for value in _values(look.today) if _kind(value) in _OF_PHONES and _is_of(value, counties)]
    open_ = [value for value in mine if value.state(look.today) in (State.RECALLED, State.OVERDUE, State.ENDED)]
    if open_:
        text = (
            f"{len(open_)} phone numbers of plans and offices of your counties were never confirmed: {_first(open_)}."
        )
        if len(open_) == 1:
            text = f"A phone number of a plan or office of your counties was never confirmed: {_first(open_)}."
        yield Finding("phones.unverified", "look", f"{text} Call each once.", _called(open_[0], look))
    else:
        yield Finding("phones", "ok", "The phones of your counties' plans and offices were confirmed.")


def _compared(value: Standing, look: Look) -> str:
    """The command that says of a rule that it holds, once somebody saw it on an official page."""
    command = value.mend(look.today)
    return f'{command} --source "PAGE"' if " check " in command else command


def _called(value: Standing, look: Look) -> str:
    """The command that says of a number that it holds, once somebody called it."""
    command = value.mend(look.today)
    return f'{command} --source "called it"' if " check " in command else command


def _is_of(value: Standing, counties: set[str]) -> bool:
    """Whether a number is one that people of these counties may be given."""
    kind, _, rest = value.target.partition(":")
    name = rest.partition("@")[0]
    if kind == "phone":
        plan = load.plans().get(name.partition("/")[0])
        return plan is not None and bool(set(plan.counties) & counties)
    where = name.partition("/")[0].replace("_", " ").casefold()
    return kind == "line" or where == "statewide" or where in {county.casefold() for county in counties}


def _kind(value: Standing) -> str:
    return value.target.partition(":")[0]


def _count(values: list[Standing], one: str, more: str) -> str:
    return f"{len(values)} {one if len(values) == 1 else more}"


def _first(values: list[Standing], most: int = _NAMED) -> str:
    named = ", ".join(value.label for value in values[:most])
    return f"{named}, and more" if len(values) > most > 1 else named


def spanish(look: Look) -> Iterator[Finding]:
    """Texts in Spanish that no translator has signed off."""
    known, texts = signed(), list(every.every_text())
    states = [review(text, "es", known).state for text in texts]
    drafts = [text for text, state in zip(texts, states, strict=True) if state is not Reviewed.REVIEWED]
    if drafts:
        room = next((room for room in _READ_FIRST if any(text.room == room for text in drafts)), None)
        part = f"the {sum(text.room == room for text in drafts)} of the part `{room}`" if room else "what is left"
        text = (
            f"{len(drafts)} of {len(texts)} Spanish texts are drafts: no qualified translator has read them yet. "
            f"Begin with {part}; the command writes the sheet for the translator."
        )
        only = f" --room {room}" if room else ""
        yield Finding(
            "spanish.unreviewed", "look", text, f"puente texts export {room or 'texts'}.xlsx --unreviewed{only}"
        )
    else:
        yield Finding("spanish", "ok", "Every Spanish text is signed off.")
