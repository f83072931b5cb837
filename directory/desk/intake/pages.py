"""The page of the intake: sent by POST, answered at once, and not kept: no address, log, audit line or file has it."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from directory import places, plans
from directory.desk.frame import Form, Page, Visit, change, read
from directory.desk.handout.adding import is_there
from directory.desk.intake.asks import Asking, answered, base
from directory.desk.intake.nearest import Nearest
from directory.desk.intake.told import Told, told
from directory.desk.intake.verdicts import Answer, answer
from directory.desk.look_up.asked import language_codes
from directory.eligibility import rules
from directory.handout import Around, drafts
from directory.model import Language, Need
from directory.text import place as place_words
from directory.text.names import capital, language_name, need_name
from directory.text.ours import ours

__all__ = ["ROUTES"]


def blank(visit: Visit) -> Response:
    """The empty form."""
    return _page(visit, told(Form()), Answer())


def checked(visit: Visit) -> Response:
    """The form as it was sent, with what it says."""
    return _answered(visit, told(visit.form))


def _answered(visit: Visit, known: Told, *, untouched: bool = False) -> Response:
    nearest = Nearest(known, visit.lang, visit.now, visit.desk.path())
    shown = answer(known, Asking(known, visit.lang), nearest, visit.lang, visit.today)
    return _page(visit, known, shown, asked=True, untouched=untouched)


def to_list(visit: Visit) -> Response:
    """Puts what is ticked on the list; of the rest of the form only plan, county and language go along."""
    known = told(visit.form)
    programs = [id for id in known.programs if id in rules.programs()]
    ids = [id for id in known.ids if is_there(id, visit)]
    if not (programs or ids):
        return _answered(visit, known, untouched=True)
    draft = drafts().of(visit.session, visit.now)
    county = known.place.county if known.place else draft.around.county
    need = known.needs[0].value if len(known.needs) == 1 else None
    around = Around(need=need, plan=known.plan or draft.around.plan, place=county, county=county)
    spoken = Language(known.speaks) if known.speaks in tuple(Language) else draft.language
    drafts().keep(visit.session, replace(draft, around=around, language=spoken).with_more(ids, programs), visit.now)
    return visit.go("/handout")


def _page(visit: Visit, known: Told, shown: Answer, asked: bool = False, untouched: bool = False) -> Response:
    return visit.page(
        "intake/intake.html",
        told=known,
        asked=asked,
        untouched=untouched,
        base=base(known, visit.lang),
        answered=answered(known, visit.lang),
        needs=[(need.value, capital(need_name(need, visit.lang)), need in known.needs) for need in Need],
        plans=_plans(),
        languages=sorted((capital(language_name(code, visit.lang)), code) for code in language_codes()),
        problem=place_words.problem(known.where, visit.lang) if known.where else None,
        options=_options(known, visit.lang),
        elsewhere=_elsewhere(known, visit),
        shown=shown,
        glance=_glance(shown),
        demo=any(
            near.demo for one in shown.needs for near in (*one.also, *(n for each in one.open for n in each.near))
        ),
    )


def _plans() -> list[tuple[str, str]]:
    """All plans, those that the clinic works with first."""
    own = ours().plans
    named = ((plan.short_name, plan.id) for plan in plans.plans().values())
    return sorted(named, key=lambda one: (one[1] not in own, one))


def _options(known: Told, language: Language) -> list[tuple[str, str]]:
    """For a text that may be several places: what to press."""
    if not isinstance(known.where, places.Ambiguous | places.OverCountyLine):
        return []
    return [(place_words.option_name(one, language), places.text_for(one)) for one in known.where.options]


def _elsewhere(known: Told, visit: Visit) -> str:
    """That the plan does not serve the county: people move, and cards are old."""
    plan = plans.plans().get(known.plan or "")
    if plan is None or known.place is None or known.place.county in plan.counties:
        return ""
    return visit.say("check.not_here", plan=plan.short_name, county=known.place.county)


def _glance(shown: Answer) -> dict[str, list[tuple[str, str]]]:
    """The programs by outcome, each with its id in the page."""
    found: dict[str, list[tuple[str, str]]] = {"may_qualify": [], "cannot_tell": [], "probably_not": []}
    for one in shown.needs:
        for item in (*one.open, *one.out):
            found[item.outcome].append((item.name, item.id))
    return found


ROUTES: tuple[Page, ...] = (
    read("/intake", blank),
    change("/intake", checked),
    change("/intake/list", to_list),
)
