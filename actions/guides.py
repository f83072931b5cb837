"""Guides: what a thing is, what to do today, who is free to call; then the programs and places that go on from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from actions import asking, looking, things
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Want
from actions.steps import dated
from directory import plans
from directory.eligibility import rules
from directory.eligibility.guides import Contact, Guide, guide, guides
from directory.eligibility.strict import Text
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["OF_PRIVACY", "alone", "answered", "called", "here", "status", "tell", "today"]

_NEVER = ("opt_out", "talk_to_human", "change_language", "ask_privacy", "thanks", "goodbye")
"""Acts that a guide does not answer, whatever the message names."""

OF_PRIVACY = "public_charge"
"""The guide that a question of privacy may mean, and that answers whatever program is named beside it."""

_ABOUT_A_PROGRAM = ("program_info", "how_to_apply", "check_eligibility")

_MOST = 4
"""How many ways on are offered."""


def answered(turn: Turn) -> Known | None:
    """The guide that this message names, and what it asks for beside it; None when the goal is to answer."""
    found = next((guides()[name] for name in turn.heard.guides if name in guides()), None)
    if found is None or _turned_away(turn, found) or asking.picked(turn) or _for_the_goal(turn, found):
        return None
    known = looking.follow(turn)
    wants = _to_list(turn, found)
    if wants:
        return looking.find(turn, tell(turn, known, found, ways_on=False), wants)
    if turn.known.asked.about in asking.WAITING:
        tell(turn, known, found, ways_on=False)
        return asking.put_again(turn)
    return tell(turn, known, found)


def alone(turn: Turn) -> Known | None:
    """What is known after the guide of a message full of worry: it, and the places it is about, before the rest."""
    found = next((guides()[name] for name in turn.heard.guides if name in guides()), None)
    if found is None or found.id == OF_PRIVACY or _turned_away(turn, found) or asking.picked(turn):
        return None
    known = looking.follow(turn)
    if not known.place or not found.wants or found.wants[0] == Need.OTHER_HEALTH.value:
        return tell(turn, known, found)
    return looking.find(turn, tell(turn, known, found, ways_on=False), tuple(map(_want, found.wants[:1])))


def _turned_away(turn: Turn, found: Guide) -> bool:
    act = turn.heard.act
    return act in _NEVER and not (act == "ask_privacy" and found.id == OF_PRIVACY)


def _for_the_goal(turn: Turn, found: Guide) -> bool:
    """Whether the message asks about a program, or for places where we know where; the guide's words stand beside."""
    if found.urgent or found.id == OF_PRIVACY:
        return False
    if turn.heard.act == "check_eligibility" and set(turn.heard.beside) & set(rules.programs()):
        return True
    if things.of(turn):
        return False
    if turn.heard.act in _ABOUT_A_PROGRAM and _programs_beside(turn, found):
        return True
    return _asks_for_places(turn, found) and bool(turn.heard.places or turn.known.place)


def _asks_for_places(turn: Turn, found: Guide) -> bool:
    """Whether places of the guide's own need are looked for."""
    heard = turn.heard
    return heard.act == "find_provider" and found.need is not None and found.need.value in heard.needs


def _programs_beside(turn: Turn, found: Guide) -> tuple[str, ...]:
    return tuple(name for name in turn.heard.beside if name in rules.programs() and name not in found.programs)


def _to_list(turn: Turn, found: Guide) -> tuple[Want, ...]:
    """What is looked for after the guide: of a thing or near a place, where it is; and what else the message asks for.

    A program that is named without a place is one of the ways on instead: who was denied it does not look for it.
    """
    heard = turn.heard
    own = {found.need.value if found.need else None, *found.programs, *found.wants}
    programs = tuple(map(_want, _programs_beside(turn, found)))
    said = own | {_want(name).need for name in heard.beside if name in rules.programs()}
    needs = tuple(Want(name) for name in heard.needs if name in heard.beside and name not in said)
    named = (*programs, *needs) if heard.places else needs
    asked_for = named if heard.act in ("find_provider", "inform", "nlu_fallback") else ()
    if things.of(turn) or heard.places or (_asks_for_places(turn, found) and not found.urgent):
        return (*map(_want, found.wants[:1]), *asked_for)
    return asked_for


def _want(id: str) -> Want:
    program = rules.programs().get(id)
    return Want(program.need.value, program.id) if program else Want(id)


def tell(turn: Turn, known: Known, found: Guide, *, ways_on: bool = True) -> Known:
    """Tells of a guide in one message; with `ways_on` it ends with the places and programs to choose from."""
    first = _want(found.wants[0]) if found.wants else Want(found.need.value if found.need else None)
    known = known.having(need=first.need, program=first.program)
    choices = _ways_on(turn, found) if ways_on else ()
    numbered = (turn.say("program.next"), *asking.numbered(turn, known, choices)) if choices else ()
    lines = _by_text if turn.channel == "sms" else _lines
    turn.utter(
        "\n".join(lines(turn, found, known.county)),
        Reply(
            kind=Kind.GUIDE,
            need=found.need.value if found.need else None,
            place=known.place,
            county=known.county,
            plan=known.plan,
            choices=asking.buttons(turn, known, choices),
            phones=tuple(
                each.phone for each in (here(turn, found, who, known.county) for who in found.who) if each.phone
            ),
            sources=found.basis.sources,
        ),
        tail="\n".join(numbered),
        again=f"guide:{found.id}" if ways_on else f"guide_alone:{found.id}",
    )
    return known.having(asked=Asked(asking.OFFER if choices else None, choices, guide=found.id))


def today(turn: Turn, id: str) -> str:
    """What to do today, as running text."""
    return " ".join(guide(id).today.get(turn.language))


def status(turn: Turn) -> str:
    """The one dated answer to whoever speaks of immigration, as running text."""
    found, language = guide(OF_PRIVACY), turn.language
    careful = found.careful.get(language) if found.careful else ""
    return " ".join((found.what.get(language), found.today.get(language)[0], careful))


def _lines(turn: Turn, found: Guide, county: str | None) -> Iterator[str]:
    language = turn.language
    yield turn.say("guide.what", title=found.title.get(language), what=found.what.get(language))
    yield turn.say("guide.today")
    for step in found.today.get(language):
        yield turn.say("program.step", step=step)
    yield turn.say("guide.who")
    for contact in found.who:
        yield turn.say("program.step", step=called(turn, here(turn, found, contact, county)))
    if found.careful:
        yield found.careful.get(language)
    yield _dated(turn, found)


def _by_text(turn: Turn, found: Guide, county: str | None) -> Iterator[str]:
    """The same for a text message: what to do today and its date first, then whom to call, last what it is."""
    language = turn.language
    day, title = found.basis.checked_on, found.title.get(language)
    yield f"{title}." if _is_old(turn, found) else dated(turn, title, found.basis.status, day)
    if _is_old(turn, found):
        yield _dated(turn, found)
    for step in found.today.get(language):
        yield turn.say("program.step", step=step)
    hedge = found.hedge(turn.now.date())
    if hedge and not _is_old(turn, found):
        yield hedge.get(language)
    if found.careful:
        yield found.careful.get(language)
    yield turn.say("guide.who")
    for contact in found.who:
        yield turn.say("program.step", step=called(turn, here(turn, found, contact, county)))
    yield found.what.get(language)


def here(turn: Turn, found: Guide, contact: Contact, county: str | None) -> Contact:
    """The county's own office of that kind, where the table has one; its number verified only while that stands."""
    today = turn.now.date()
    office = plans.office(county, contact.office) if county and contact.office else None
    if office is None or office.county is None:
        return replace(contact, verified=found.phone_stands(contact, today))
    name = Text(office.name_en, office.name_es)
    return replace(contact, name=name, phone=office.phone, verified=office.stands(today))


def called(turn: Turn, contact: Contact) -> str:
    """Somebody to call: the number unless the name says it, a hedge where nobody has checked it, what to ask for."""
    name = contact.name.get(turn.language)
    if contact.phone is None or contact.phone in name:
        said = turn.say("guide.contact", name=name)
    else:
        key = "guide.contact_phone" if contact.verified else "guide.contact_unsure"
        said = turn.say(key, name=name, phone=contact.phone)
    return f"{said} {contact.ask.get(turn.language)}" if contact.ask else said


def _dated(turn: Turn, found: Guide) -> str:
    """The day it was looked at, said once: what is old says it itself."""
    day, hedge = rules.spoken(found.basis.checked_on, turn.language), found.hedge(turn.now.date())
    if hedge and _is_old(turn, found):
        return hedge.get(turn.language)
    noted = turn.say("guide.noted" if found.basis.status == "recalled" else "guide.checked", day=day)
    return f"{noted} {hedge.get(turn.language)}" if hedge else noted


def _is_old(turn: Turn, found: Guide) -> bool:
    today = turn.now.date()
    return today > found.basis.review_by or bool(found.valid_until and today > found.valid_until)


def _ways_on(turn: Turn, found: Guide) -> tuple[Choice, ...]:
    """The places worth listing first, then the programs that the message names and those of the guide, each once."""
    places = tuple(Choice("find" if id in rules.programs() else "need", id) for id in found.wants)
    named = dict.fromkeys((*_programs_beside(turn, found), *found.programs))
    programs = tuple(Choice("program", id) for id in named if id not in found.wants)
    return (*places, *programs)[:_MOST]
