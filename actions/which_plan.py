"""Which plan somebody has: what the words on a card mean in their county, and how to find out where nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import asking, looking, may
from actions.context import Turn
from actions.heard import fold
from actions.slots import Asked, Choice, Known
from actions.words import sign
from directory import places, plans
from directory.model import Place
from directory.plans import Meaning, Office, Plan
from directory.reply import Kind, Reply
from directory.text import offices
from directory.text.ours import ours

__all__ = ["answered", "county_of", "here", "not_known", "put_back"]

_ANY_COUNTY = places.COUNTIES[0]
"""Health Care Options is one line for the whole state."""

_CARD = ("card", "cards", "tarjeta", "tarjetas", "dice", "credencial", "carnet")
_BEFORE_IT = re.compile(r"\b(?:says|say|said|reads|dice|dise|aparece|is from|is|es de|es)\b", re.IGNORECASE)
_TAKES_BACK = {"not", "no", "isnt", "meant", "mean", "sorry", "wrong", "actually", "perdon", "digo", "sino"}
"""Words beside which one of two plans is the wrong one: "not Kaiser, Molina"."""
_NEVER = ("opt_out", "talk_to_human", "change_language", "ask_privacy", "ask_bot", "thanks", "goodbye")
_QUESTION = "in_medi_cal_plan"


def county_of(known: Known) -> str | None:
    """The county somebody is in, where it is settled."""
    return may.situation(known).county


def here(known: Known) -> Plan | None:
    """The plan that counts in the person's county: their own, or the one plan that its card means there."""
    plan, county = plans.plans().get(known.plan or ""), county_of(known)
    if plan is None or county is None or county in plan.counties:
        return plan
    meant = plans.plan_on_card(plan.name, county)
    return meant[0] if len(meant) == 1 else None


def put_back(turn: Turn) -> Known | None:
    """Who is asked by the rules for a plan and does not know it hears once where to look, and is asked again."""
    question = may.waiting(turn.known)
    asks = question is not None and _QUESTION in question.facts
    if not asks or turn.heard.plan or turn.known.asked.tries >= may.IN_OTHER_WORDS or not not_known(turn):
        return None
    put = asking.put_again(turn, before=turn.say("which_plan.brief"))
    return put.having(asked=replace(put.asked, tries=may.IN_OTHER_WORDS))


def answered(turn: Turn) -> Known | None:
    """What a card means, the plan picked of several, or where to find out; None for a message about none of these."""
    if turn.heard.act in _NEVER:
        return None
    choice = asking.picked(turn)
    if choice is not None:
        return _is(turn, looking.follow(turn), Meaning(plans.plan(choice.value or ""))) if _is_plan(choice) else None
    names_more = bool(turn.heard.needs or turn.heard.programs)
    if turn.known.asked.about == asking.ABOUT_CARD and turn.heard.places and turn.known.plan and not names_more:
        return _on_card(turn, plans.plan(turn.known.plan).name)
    if not_known(turn):
        return _nobody_knows(turn)
    if _place_makes_it_another(turn):
        return _on_card(turn, plans.plan(turn.known.plan or "").name)
    return _on_card(turn, _words_of(turn)) if _says_what_is_on_it(turn) else None


def _is_plan(choice: Choice) -> bool:
    return choice.goal == "plan"


def not_known(turn: Turn) -> bool:
    """Whether somebody says that they do not know their plan."""
    return not turn.heard.plan and sign("which_plan", turn.heard.text)


# What the card says


def _says_what_is_on_it(turn: Turn) -> bool:
    """Whether the message tells of a card, or names a plan that the county known does not have, and nothing else."""
    heard = turn.heard
    if set(heard.needs) - {"other_health"} or heard.programs:
        return False
    on_card = any(f" {word} " in fold(heard.text) for word in _CARD)
    if on_card:
        return bool(heard.plan or plans.plans_named(_shown(heard.text)))
    plan, county = plans.plans().get(heard.plan or ""), county_of(looking.follow(turn))
    waits = turn.known.asked.about in asking.BEFORE_A_LIST
    return plan is not None and county is not None and county not in plan.counties and not waits


def _place_makes_it_another(turn: Turn) -> bool:
    """Whether the county is only said now, and a card of the plan named before means another plan there."""
    heard, before = turn.heard, turn.known
    plan, county = plans.plans().get(before.plan or ""), county_of(looking.follow(turn))
    if plan is None or county is None or county_of(before) or heard.plan or heard.needs or heard.programs:
        return False
    waits = before.asked.about in asking.BEFORE_A_LIST
    return not waits and county not in plan.counties and bool(plans.plan_on_card(plan.name, county))


def _words_of(turn: Turn) -> str:
    """The words on the card where they name plans; else the name of the plan that was understood."""
    heard, words = turn.heard, _shown(turn.heard.text)
    named = {plan.id for plan in plans.plans_named(words)}
    takes_back = len(named) > 1 and bool(_TAKES_BACK & set(fold(words).split()))
    if heard.plan and (takes_back or heard.plan not in named):
        return plans.plan(heard.plan).name
    return words


def _shown(text: str) -> str:
    """What stands on the card: a part of a name is only known alone."""
    return _BEFORE_IT.split(text)[-1] if not plans.plans_named(text) else text


def _on_card(turn: Turn, words: str) -> Known:
    known = looking.follow(turn)
    county = county_of(known)
    shown = plans.plans_named(words)
    found = plans.meanings(words, county)
    if county is None and len(shown) == 1 and not _same_everywhere(shown[0]):
        return _ask_where(turn, known, shown[0])
    if len(found) == 1:
        return _is(turn, known, found[0])
    if found:
        return _several(turn, known, found)
    return _none_here(turn, known, shown[0], county) if county and shown else _nobody_knows(turn)


def _same_everywhere(plan: Plan) -> bool:
    """Whether a card with that name means that plan wherever the plan or the card is seen."""
    return all(plans.plan_on_card(plan.name, county) in ((plan,), ()) for county in places.COUNTIES)


def _ask_where(turn: Turn, known: Known, plan: Plan) -> Known:
    known = known.having(plan=plan.id)
    text = f"{turn.say('which_plan.is', plan=plan.short_name)} {turn.say('which_plan.where_card')}"
    return asking.ask(turn, known, Asked(asking.ABOUT_CARD), text=text)


def _is(turn: Turn, known: Known, meaning: Meaning) -> Known:
    """Says which plan it is and how to check, keeps it, and goes on with what was asked."""
    plan = meaning.plan
    known = known.having(plan=plan.id)
    first = meaning.why.get(turn.language) if meaning.why else turn.say("which_plan.is", plan=plan.short_name)
    key = "phone" if plan.phone_stands(turn.now.date()) else "phone_unsure"
    lines = (first, turn.say(f"which_plan.{key}", plan=plan.short_name, phone=plan.phone))
    turn.utter("\n".join(lines), _reply(known, (plan.phone,)))
    return _onward(turn, known)


def _onward(turn: Turn, known: Known) -> Known:
    """The question that waited is put again; with nothing in talk it is asked what is needed."""
    turn = replace(turn, known=known)
    if known.asked.about in (*asking.BEFORE_A_LIST, asking.ABOUT_FACT):
        return asking.put_again(turn)
    known = known.having(asked=Asked())
    return known if known.want.known else asking.ask_need(turn, known)


def _several(turn: Turn, known: Known, found: Sequence[Meaning]) -> Known:
    choices = tuple(Choice("plan", plan.id) for plan in _of_ours_first([meaning.plan for meaning in found]))
    asked = Asked(asking.ABOUT_CARD, choices)
    return asking.ask(turn, known.having(plan=None), asked, text=turn.say("which_plan.several"))


def _none_here(turn: Turn, known: Known, plan: Plan, county: str) -> Known:
    """The plan does not serve the county: it is said, and the county's own are there to pick."""
    before = turn.say("plan.not_here", plan=plan.short_name, county=county)
    text = f"{_of_county(turn, county)} {turn.say('which_plan.pick')}"
    choices = tuple(Choice("plan", each.id) for each in _of_ours_first(plans.plans_in(county)))
    return asking.ask(turn, known, Asked(asking.ABOUT_CARD, choices), text=text, before=before)


def _reply(known: Known, phones: tuple[str, ...]) -> Reply:
    return Reply(kind=Kind.PROGRAM, place=known.place, county=county_of(known), plan=known.plan, phones=phones)


# Nobody knows


def _nobody_knows(turn: Turn) -> Known:
    """Somebody does not know their plan: the card says it; the plans of the county, and who can tell."""
    known = looking.follow(turn)
    found = places.resolve(known.place) if known.place else None
    county = found.county if isinstance(found, Place) else None
    office = plans.office(county or _ANY_COUNTY, "plan_choice")
    phones = (office.phone,) if office.phone else ()
    lines = [turn.say("which_plan.card"), _of_county(turn, county)]
    lines.append(_office(turn, office))
    turn.utter("\n".join(lines), Reply(kind=Kind.PROGRAM, county=county, phones=phones))
    return asking.put_again(turn) if turn.known.asked.about in asking.BEFORE_A_LIST else known


def _office(turn: Turn, office: Office) -> str:
    if not office.stands(turn.now.date()):
        return offices.told(office, turn.language, turn.now.date())
    name, ask = office.name(turn.language), office.what_to_ask(turn.language)
    return turn.say("which_plan.office", name=name, phone=office.phone or "211", ask=ask)


def _of_county(turn: Turn, county: str | None) -> str:
    if county is None:
        return turn.say("which_plan.where")
    names = ", ".join(plan.short_name for plan in _of_ours_first(plans.plans_in(county)))
    return turn.say("which_plan.county", county=county, plans=names)


def _of_ours_first(found: Sequence[Plan]) -> list[Plan]:
    """Those that the clinic works with before the others: an order, never an answer that is taken for granted."""
    own = ours().plans
    return sorted(found, key=lambda plan: plan.id not in own)
