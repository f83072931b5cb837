"""What people say is wrong with one place or answer: whose it is, and what was decided; the first decision stands."""

from __future__ import annotations

from starlette.responses import Response

from directory.desk.frame import Visit
from directory.desk.inbox import words
from directory.errors import InboxError
from directory.inbox import handling, outcomes, reports
from directory.inbox.handling import Decided
from directory.inbox.outcomes import Outcome
from directory.inbox.reports import Reported

__all__ = ["decided", "gave_back", "one", "took"]


def one(visit: Visit) -> Response:
    """The report; who reads it is noted."""
    return _page(visit)


def took(visit: Visit) -> Response:
    """This person looks into it; who was first is told to the second."""
    item = _open(visit)
    if item is None:
        return _page(visit, code=409)
    try:
        handling.take(words.report_key(item), words.staff(visit), visit.now, over=bool(visit.form.get("over")))
    except InboxError as error:
        return _page(visit, str(error), 409)
    visit.audit("inbox.report.taken", f"R{item.id}")
    return visit.go(f"/inbox/report/{item.id}", said="inbox.said.taken")


def gave_back(visit: Visit) -> Response:
    """Somebody else may look into it."""
    item = _open(visit)
    if item and handling.give_back(words.report_key(item), words.staff(visit)):
        visit.audit("inbox.report.given_back", f"R{item.id}")
    return visit.go("/inbox", said="inbox.said.given_back")


def decided(visit: Visit) -> Response:
    """What we show is right, or was wrong and is mended; refused when another decided, or more was said meanwhile."""
    item = _open(visit)
    if item is None:
        return _page(visit, code=409)
    verdict = visit.form.get("verdict")
    if problem := _refused(visit, item, verdict):
        return _page(visit, problem, 400)
    try:
        reports.decide(item.subject, verdict, visit.who.shown, visit.now)
    except InboxError:  # another was faster, a moment ago
        return _page(visit, code=409)
    handling.give_back(words.report_key(item))
    visit.audit(f"inbox.report.{verdict}", f"R{item.id}")
    return visit.go("/inbox", said="inbox.said.decided")


def _refused(visit: Visit, item: Reported, verdict: str) -> str:
    """Why this cannot be decided so; empty when it can."""
    if item.about == "rule" and not visit.staff:
        return visit.say("inbox.decide.staff")
    if verdict not in reports.VERDICTS:
        return visit.say("inbox.decide.which")
    if visit.form.get("seen") != _seen(item):
        return visit.say("inbox.decide.more")
    if verdict == "wrong" and item.about == "listing" and not visit.form.get("mended"):
        return visit.say("inbox.decide.mend")
    return ""


def _page(visit: Visit, problem: str = "", code: int = 200) -> Response:
    id = int(str(visit.params["id"]))
    over, item = handling.decided(id), _open(visit)
    visit.audit("inbox.report.read", f"R{id}")
    if over:
        return visit.page("inbox/decided.html", code, id=id, **_over(over, visit), late=bool(visit.form.fields))
    if item is None:  # one of several open reports on the same: they are one, under the first's number
        raise InboxError(f"R{id} belongs to another report on the same place. Look in the inbox.")
    held = handling.holders().get(words.report_key(item))
    total = outcomes.of_listing(item.subject) if item.about == "listing" else {}
    return visit.page(
        "inbox/report.html", code, item=item, line=words.report(item, held, visit), problem=problem, seen=_seen(item),
        what=[(visit.say(f"verify.report.{name}"), count) for name, count in item.what],
        last=words.when(item.last_at, visit), outcomes=[(each, total[each]) for each in Outcome if each in total],
        may=item.about == "listing" or visit.staff,
    )  # fmt: skip


def _over(made: Decided, visit: Visit) -> dict[str, object]:
    told = visit.say(
        f"inbox.decided.{made.verdict or 'right'}", name=made.by, time=_to_the_second(made, visit),
    )  # fmt: skip
    return {
        "about": made.about,
        "subject": made.subject,
        "name": words.place(made.about, made.subject, visit),
        "told": told,
    }


def _to_the_second(made: Decided, visit: Visit) -> str:
    return f"{words.when(made.at, visit)} (:{made.at:%S})"


def _open(visit: Visit) -> Reported | None:
    id = int(str(visit.params["id"]))
    return next((item for item in reports.open_reports() if item.id == id), None)


def _seen(item: Reported) -> str:
    """What was read, so that nobody decides what was said after it."""
    return f"{item.last_at.isoformat()}/{sum(count for _, count in item.what)}"
